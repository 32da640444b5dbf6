"""What has drifted apart is found, both ways, and items are read in every form Wikidata hands them out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from buendnis_graph.cli import cli
from buendnis_graph.errors import ReadError
from buendnis_graph.linking.drift import FAULTS, Drift, accepted_by_authority, doubled, drift
from buendnis_graph.linking.items import Item, Statement, read_items
from buendnis_graph.linking.mappings import read_mappings
from buendnis_graph.namespaces import BASE
from tests.linking.test_mappings import A
from tests.linking.test_quickstatements import SITE
from tests.mini import REAL

KNOWN = {A.subject: frozenset({"P856"})}
HERE = Item("Q1", "Q1", {"de": "A"})
ROR = replace(A, slug="a--ror-1", object="https://ror.org/01")

# Accepted links by data set. A link may only go with a reason; then write the new number here.
LEAST = {
    "crossref-funder": 2, "eurovoc": 138, "fast": 202, "geonames": 482, "gnd": 164, "grid": 4, "isil": 1, "isni": 4,
    "lcsh": 176, "register": 32, "ror": 4, "stw": 137, "unesco": 175, "wikidata": 521,
}  # fmt: skip


def test_no_accepted_link_has_vanished() -> None:
    counts = accepted_by_authority(read_mappings(REAL))
    assert {name: number for name, number in LEAST.items() if counts.get(name, 0) < number} == {}


def test_no_id_is_used_twice() -> None:
    assert list(doubled(read_mappings(REAL))) == []


def _kinds(
    *links: object, item: Item | None, known: dict[str, frozenset[str]] | None = None
) -> list[tuple[str, str, str]]:
    items = {"Q1": item} if item else {}
    found = drift(links, items, [], KNOWN if known is None else known)  # type: ignore[arg-type]
    return [(one.kind, one.property, one.theirs) for one in found]


def test_nothing_has_drifted() -> None:
    assert _kinds(A, item=HERE) == []


@pytest.mark.parametrize(
    ("item", "kind", "about", "theirs"),
    [
        (None, "unread", "", ""),
        (Item("Q1", "Q1", is_missing=True), "deleted", "", ""),
        (replace(HERE, qid="Q2"), "redirected", "", "http://www.wikidata.org/entity/Q2"),
        (replace(HERE, labels={"de": "B", "en": "C"}), "label", "", "B"),
        (replace(HERE, statements={"P6782": (Statement("02"),)}), "theirs", "P6782", "02"),
        (replace(HERE, statements={"P571": (Statement("+1999-00-00T00:00:00Z/9"),)}), "theirs", "P571", "+1999-00-00T00:00:00Z/9"),
    ],
)  # fmt: skip
def test_each_kind_of_drift(item: Item | None, kind: str, about: str, theirs: str) -> None:
    assert _kinds(A, item=item) == [(kind, about, theirs)]


def test_what_we_know_already_is_not_told_as_theirs_alone() -> None:
    assert _kinds(A, item=replace(HERE, statements={"P856": (Statement("https://a.example"),)})) == []


def test_a_place_that_is_no_seat_is_theirs_once() -> None:
    assert _kinds(A, item=replace(HERE, statements={"P159": (Statement("Q2"),)})) == [("theirs", "P159", "Q2")]


def test_another_id_there_is_told_and_the_same_is_not() -> None:
    assert _kinds(A, ROR, item=replace(HERE, statements={"P6782": (Statement("02"),)})) == [("changed", "P6782", "02")]
    assert _kinds(A, ROR, item=replace(HERE, statements={"P6782": (Statement("01"),)})) == []


def test_ids_used_twice_are_told() -> None:
    other = replace(A, slug="b", subject=f"{BASE}id/b")
    second = replace(A, slug="c", object="http://www.wikidata.org/entity/Q2")
    assert [one.kind for one in doubled([A, other])] == ["doubled"]
    assert [one.kind for one in doubled([A, second])] == ["several"]
    assert list(doubled([A, replace(other, judgement="unsure"), replace(second, judgement="not-same")])) == []


def test_what_only_we_know_and_what_contradicts_is_told_with_its_source() -> None:
    assert drift([], {"Q1": HERE}, [SITE], {}) == [
        Drift("ours", "urn:a", "http://www.wikidata.org/entity/Q1", "P856", SITE.value, "", (SITE.reference.url,))
    ]
    there = replace(HERE, statements={"P856": (Statement("https://b.example", references=("https://r.example",)),)})
    (found,) = drift([], {"Q1": there}, [SITE], {})
    assert (found.kind, found.references) == ("contradiction", (SITE.reference.url, "https://r.example"))


CLAIM = {
    "mainsnak": {"datavalue": {"value": {"time": "+1999-00-00T00:00:00Z", "precision": 9}}},
    "references": [{"snaks": {"P854": [{"datavalue": {"value": "https://r.example"}}]}}],
    "qualifiers": {"P580": [{"datavalue": {"value": {"id": "Q5"}}}]},
}
ENTITY = {
    "id": "Q1",
    "labels": {"de": {"language": "de", "value": "A"}},
    "aliases": {"de": [{"language": "de", "value": "AA"}]},
    "claims": {"P571": [CLAIM, {**CLAIM, "rank": "deprecated"}], "P1": [{"mainsnak": {"snaktype": "novalue"}}]},
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ENTITY),
        json.dumps({"entities": {"Q1": ENTITY}}),
        f"[\n{json.dumps(ENTITY)},\n{json.dumps({'id': 'Q2', 'missing': ''})}\n]\n",
        f"{json.dumps(ENTITY)}\n{json.dumps({'id': 'Q2'})}\n",
    ],
    ids=["one", "entities", "dump", "lines"],
)
def test_items_are_read_in_every_form(tmp_path: Path, text: str) -> None:
    path = tmp_path / "items.json"
    path.write_text(text, encoding="utf-8")
    item = read_items(path)["Q1"]
    assert (item.labels, item.aliases, item.is_missing) == ({"de": "A"}, frozenset({"AA"}), False)
    assert item.statements["P571"] == (Statement("+1999-00-00T00:00:00Z/9", {"P580": ("Q5",)}, ("https://r.example",)),)
    assert item.statements["P1"] == ()


def test_a_merged_item_is_known_by_the_id_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps({"entities": {"Q1": {"id": "Q2"}}}), encoding="utf-8")
    assert read_items(path)["Q1"].qid == "Q2"
    path.write_text(json.dumps({"id": "Q2", "redirects": {"from": "Q1", "to": "Q2"}}), encoding="utf-8")
    assert read_items(path)["Q1"].qid == "Q2"


@pytest.mark.parametrize("text", ["<html>", '{"id": "P5"}', "[1]", '{"entities": {"Q1": null}}', '"Q1"'])
def test_what_is_no_item_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "items.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError):
        read_items(path)


def test_the_verb_counts_and_compares(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(json.dumps({"entities": {"Q451778": {"id": "Q451778", "missing": ""}}}), encoding="utf-8")
    done = CliRunner().invoke(cli, ["--root", str(REAL.root), "link", "check", "--items", str(path), "--json"])
    told = json.loads(done.stdout)
    assert told["accepted"]["ror"] >= LEAST["ror"]
    faults = [(one["kind"], one["subject"]) for one in told["drift"] if one["kind"] in FAULTS]
    assert faults == [("deleted", f"{BASE}id/amadeu-antonio-stiftung")]
    assert done.exit_code == 1
    assert CliRunner().invoke(cli, ["--root", str(REAL.root), "link", "--check"]).exit_code == 0
