"""Unknown terms: what is meant is said, and nobody is told to declare what is forbidden."""

from __future__ import annotations

import pytest

from buendnis_graph.check import check_project
from buendnis_graph.validate import Fast, Finding, findings
from tests.mini import MiniProject


def found(project: MiniProject, language: str = "en") -> list[Finding]:
    checked = check_project(project, Fast())
    return findings(checked.results, checked.corpus, language, view=checked.derived)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("skos:prefLable 'x'@de", "skos:prefLabel"),
        ("<http://schema.org/foundingDate> '2001'", "schema:foundingDate"),
        ("<http://purl.org/dc/elements/1.1/licence> <http://l.example/>", "dcterms:license"),
        ("a org:Organisation", "org:Organization"),
        ("schema:hovercraft 'x'@de", ""),
    ],
)
def test_a_misspelt_term_is_told_with_the_one_that_is_meant(mini: MiniProject, said: str, meant: str) -> None:
    mini.write("data/registry/d.ttl", f'id:d a org:Organization ; skos:prefLabel "D"@de ; {said} .')
    for language, question in (("en", f"Did you mean {meant}?"), ("de", f"Gemeint ist wohl {meant}.")):
        (finding,) = [f for f in found(mini, language) if "declared-" in f.result.rule]
        assert finding.message.endswith(question if meant else ("." if language == "en" else "welche es gibt."))
        assert (question in finding.message) is bool(meant)
        assert not any(question in text for text in finding.result.messages.values())


@pytest.mark.parametrize("said", ["schema:email 'x'", "<http://schema.org/telephone> 'x'", "a schema:Person"])
def test_what_is_forbidden_is_not_told_to_be_declared(mini: MiniProject, said: str) -> None:
    mini.write("data/registry/d.ttl", f'id:d a org:Organization ; skos:prefLabel "D"@de ; {said} .')
    rules = {finding.result.rule.rpartition("/")[2] for finding in found(mini)}
    assert any(rule.startswith("no-personal-") for rule in rules)
    assert not any(rule.startswith("declared-") for rule in rules)
    mini.write("data/registry/c.ttl", 'id:c a org:Organization ; skos:prefLabel "C"@de ; schema:hovercraft "x"@de .')
    assert "declared-property" in {finding.result.rule.rpartition("/")[2] for finding in found(mini)}
