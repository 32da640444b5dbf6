"""From files to findings: which file, which line, what is wrong and what to do, in both languages."""

from __future__ import annotations

import pytest

from buendnis_graph.store import consolidate
from buendnis_graph.validate import Fast, Finding, findings, render, validate_files, validate_view
from tests.mini import MiniProject

SOURCE = "data/sources/example.org/good/2026-11-22.trig"
FACTS = """
:m--x--a a bg:Attestation ; org:member id:a ; org:organization id:x ; bg:listedName "A e.V." ;
  bg:since "2020"^^xsd:gYear ;
  dcterms:source SRC .
id:a schema:foundingDate "2001"^^xsd:gYear .
"""


@pytest.fixture
def good(mini: MiniProject) -> MiniProject:
    """A project of files that breaks no constraint."""
    source = mini.source("good", FACTS, publisher="b", issued="2022-02")
    mini.source("other", 'id:a schema:foundingDate "2002"^^xsd:gYear .')
    mini.code_role("good", source, "m--x--a", "member")
    return mini


def _found(mini: MiniProject, language: str = "de") -> list[Finding]:
    corpus = mini.corpus(checked=False)
    return findings(validate_files(corpus, mini, Fast()), corpus, language)


def _change(mini: MiniProject, path: str, old: str, new: str) -> int:
    """Change a file; return the line of the change."""
    file = mini.root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_good_files_and_their_view_have_no_findings(good: MiniProject) -> None:
    assert _found(good) == []
    corpus = good.corpus()
    assert findings(validate_view(consolidate(good.derived()), good, Fast()), corpus, "de") == []


@pytest.mark.parametrize(
    ("path", "old", "new", "shape"),
    [
        (SOURCE, "<https://example.org/good>", "<ftp://example.org/good>", "stated-url"),
        (SOURCE, '"2020"^^xsd:gYear', '"2023-02-30"^^xsd:date', "attestation-since"),
        (SOURCE, "org:member id:a", "org:member id:nobody", "attestation-member"),
        (SOURCE, '"2001"^^xsd:gYear', '"2001"^^xsd:gYear , "2003"^^xsd:gYear', "stated-founding-date"),
        ("data/registry/a.ttl", '"A"@de', '"A"@de , "Z"@de', "name"),
        ("data/registry/a.ttl", '"A"@de', '"B"@de', "body-name-once"),
        ("data/codings/good-m--x--a.ttl", "confidence:high", "confidence:total", "coding-confidence"),
        ("ontology/topics.ttl", '"Rassismus"@de', '"Rassismus"@de , "Hass"@de', "label-once-a-language"),
    ],
)
def test_a_finding_names_file_and_line(good: MiniProject, path: str, old: str, new: str, shape: str) -> None:
    line = _change(good, path, old, new)
    found = [finding for finding in _found(good) if finding.path == path]
    assert {finding.shape for finding in found} == {f"shape:{shape}"}
    assert {finding.line for finding in found} == {line}


def test_a_source_is_judged_by_its_own_words_and_found_in_its_own_file(good: MiniProject) -> None:
    """Two founding dates of two sources are no fault; two of one are, in that source's file."""
    good.source("third", 'id:a schema:foundingDate "2003"^^xsd:gYear , "2004"^^xsd:gYear .')
    (finding,) = _found(good)
    assert finding.shape == "shape:stated-founding-date"
    assert finding.path == "data/sources/example.org/third/2026-11-22.trig"
    assert finding.focus == "id:a"


def test_a_finding_says_what_to_do_in_the_readers_language(good: MiniProject) -> None:
    _change(good, SOURCE, 'bg:listedName "A e.V." ;', "")
    german, english = (render(_found(good, language), language) for language in ("de", "en"))
    assert "Fehler: Schreibe genau einen Namen, so wie ihn die Quelle schreibt (bg:listedName)" in german
    assert "error: Write exactly one name as the source spells it (bg:listedName)" in english


def test_a_message_names_the_other_party(good: MiniProject) -> None:
    _change(good, "data/registry/a.ttl", '"A"@de', '"B"@de')
    messages = {finding.focus: finding.message for finding in _found(good, "en")}
    assert "https://w3id.org/buendnis-graph/id/b bears the same name" in messages["id:a"]
    assert "https://w3id.org/buendnis-graph/id/a bears the same name" in messages["id:b"]
