"""What a rule may construct."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.derive import read_rules
from buendnis_graph.errors import RuleError

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("constant", "kept"),
    [
        ("1.50", "1.5"),
        ("x:n", ""),
        ('"1, 01"@de', ""),
        ("true", ""),
        ('"2020-01-01"^^xsd:date', ""),
        ('"01"^^xsd:integer', "1"),
        (f'"1"^^<{XSD}boolean>', "true"),
    ],
)
def test_literals_that_the_store_writes_otherwise_are_refused(constant: str, kept: str, tmp_path: Path) -> None:
    """A full build would hold them as the rule writes them, a renewed one as the store does."""
    rule = tmp_path / "10-some.rq"
    rule.write_text(
        f"prefix x: <urn:x:>\nPREFIX xsd: <{XSD}>\n"
        f"CONSTRUCT {{ ?s x:p {constant} , ?o ; a x:c . # {{ 01\n ?o $p ?s }} WHERE {{ ?s ?p ?o FILTER(?o != 01) }}"
    )
    if not kept:
        assert [one.name for one in read_rules(tmp_path)] == ["some"]
        return
    with pytest.raises(RuleError, match=f'"{kept}"'):
        read_rules(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "BASE <urn:x:> CONSTRUCT { ?s <p> 01 } WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p 01 # the same.\n} WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p 01 . # the same\n} WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o ; ?o 01 ; } WHERE { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p 01 }",
    ],
)
def test_however_a_rule_is_written_its_literals_are_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "10-some.rq").write_text(text)
    with pytest.raises(RuleError, match='derives "01"'):
        read_rules(tmp_path)
