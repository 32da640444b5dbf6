"""Findings about derived nodes: named by what they are about, with the files that they follow from."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.check import check_project
from buendnis_graph.evidence.recalled import Recalled
from buendnis_graph.namespaces import BASE
from buendnis_graph.validate import Fast, Finding, Result, findings
from buendnis_graph.validate.columns import Columns
from buendnis_graph.validate.report import as_json, as_sarif, render
from tests.mini import MiniProject


def about(project: MiniProject, node: str) -> Finding:
    """Return a finding about a node of the view."""
    checked = check_project(project, Fast())
    assert checked.view, [r.messages for r in checked.results]
    result = Result(ox.NamedNode(BASE + node), None, None, "NodeKindConstraintComponent", "Info", "urn:s", {"en": "x"})
    assert any(quad.subject == result.focus for quad in checked.derived)
    (finding,) = findings([result], checked.corpus, "en", view=checked.derived)
    columns = Columns.of_triples(quad.triple for quad in checked.derived)  # as a build has them
    assert findings([result], Recalled(project, checked.corpus), "en", view=columns) == [finding]
    return finding


def line_of(project: MiniProject, path: str, text: str) -> tuple[str, int]:
    lines = (project.root / path).read_text(encoding="utf-8").split("\n")
    return path, next(n for n, line in enumerate(lines, start=1) if text in line)


def source(slug: str) -> str:
    return f"data/sources/example.org/{slug}/2026-11-22.trig"


def test_a_membership_has_the_names_of_both_and_the_lines_of_its_attestations(mini: MiniProject) -> None:
    mini.attest("one", "a", "x")
    mini.attest("two", "a", "x")
    finding = about(mini, "membership/x/a")
    assert finding.label == "A – X"
    assert (finding.path, finding.line) == line_of(mini, source("one"), "a bg:Attestation")
    assert finding.related == (line_of(mini, source("two"), "a bg:Attestation"),)
    text = render([finding], "en")
    assert text.startswith("A – X (")
    assert f"{source('two')}:{finding.related[0][1]}" in text
    assert json.loads(as_json([finding], "fast"))["results"][0]["related"] == [
        {"file": source("two"), "line": finding.related[0][1]}
    ]
    (result,) = json.loads(as_sarif([finding], "fast"))["runs"][0]["results"]
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == source("two")


def test_a_statement_has_the_lines_that_state_it(mini: MiniProject) -> None:
    mini.source("one", 'id:a schema:url <http://a.example/> .\n id:a schema:foundingDate "2001"^^xsd:gYear .')
    checked = check_project(mini, Fast())
    node = next(
        q.subject.value.removeprefix(BASE)  # type: ignore[union-attr]
        for q in checked.derived
        if "/statement/a/foundingDate" in str(q.subject)
    )
    finding = about(mini, node)
    assert finding.label.startswith("A – ")
    assert (finding.path, finding.line) == line_of(mini, source("one"), "foundingDate")


def test_notes_about_coverage_name_the_alliance_and_the_number(mini: MiniProject) -> None:
    for alliance in "xy":
        for member in "ab":
            mini.attest(f"{alliance}{member}", member, alliance)
        mini.source(
            f"count-{alliance}",
            f":count-{alliance}-2026 a bg:MemberCount ; bg:countOf id:{alliance} ; bg:count 1 ; bg:bound bound:exact ;\n"
            " bg:countKind count-kind:members ; dcterms:source SRC .",
        )
    checked = check_project(mini, Fast())
    assert {r.severity for r in checked.results} == {"Info"}, [r.messages for r in checked.results]
    found = findings(checked.results, checked.corpus, "de", view=checked.derived)
    labels = [finding.label for finding in found]
    assert [label.split(" – ")[0] for label in labels] == ["X", "Y"]
    many = [replace(found[0], label=f"L{n}") for n in range(8)]
    assert "… und 3 weitere dieser Art:" in render(many, "de")
    assert render(many, "de").split("\n")[-3] == "      L5, L6, L7"
    assert [Path(finding.path).parts[3] for finding in found] == ["count-x", "count-y"]
