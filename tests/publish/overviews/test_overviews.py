"""Overviews: well-formed, in both languages, and drawing, table and independent queries give the same numbers."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish import overviews
from buendnis_graph.publish.overviews import OVERVIEWS, Facts, Overview, headline, read
from buendnis_graph.publish.overviews.tilemap import maps
from buendnis_graph.report import summarise
from buendnis_graph.wording import LANGUAGES
from tests.mini import MiniProject, rows

SVG = "{http://www.w3.org/2000/svg}"
FOLDER = Path(overviews.__file__).parent
EACH = pytest.mark.parametrize("overview", OVERVIEWS.values(), ids=OVERVIEWS)


@pytest.fixture(scope="module")
def store(graph: Graph) -> ox.Store:
    return graph.store


@pytest.fixture(scope="module")
def facts(store: ox.Store) -> Facts:
    return read(store)


def link(iri: str) -> str:
    return "../" + iri.removeprefix(BASE) + ".html"


def drawn(overview: Overview, facts: Facts, language: str = "de") -> ET.Element:
    return ET.fromstring(overview.svg(facts, language, link))  # noqa: S314 - our own


def classed(root: ET.Element, name: str) -> Iterator[ET.Element]:
    return (element for element in root.iter() if name in element.get("class", "").split())


@EACH
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drawing_is_well_formed_named_and_without_inline_style(
    overview: Overview, facts: Facts, language: str
) -> None:
    root = drawn(overview, facts, language)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for svg in root.iter(SVG + "svg"):
        has_links = svg.find(f".//{SVG}a") is not None
        assert svg.get("role") == ("group" if has_links else "img")
        assert svg.get("aria-labelledby") in ids
        assert svg.get("aria-describedby") in ids
        assert (svg.findtext(SVG + "title") or "").strip()
        assert (svg.findtext(SVG + "desc") or "").strip()
    forbidden = {"style", "onclick", "onload", "fill", "stroke"}
    assert not [e for e in root.iter() if forbidden & e.attrib.keys() or e.tag.endswith(("style", "script"))]


@EACH
def test_the_same_facts_give_the_same_drawing(overview: Overview, facts: Facts, store: ox.Store) -> None:
    assert overview.svg(facts, "en", link) == overview.svg(read(store), "en", link)
    assert overview.table(facts, "en") == overview.table(read(store), "en")


@EACH
def test_every_class_of_a_drawing_is_in_the_style_sheet(overview: Overview, facts: Facts) -> None:
    css = (FOLDER / "overviews.css").read_text(encoding="utf-8")
    used = {name for element in drawn(overview, facts).iter() for name in element.get("class", "").split()}
    idle = {"ov-matrix", "ov-edge-dated", "ov-q0"}  # shapes that are drawn as their kind is
    assert {name for name in used - idle if not re.search(rf"\.{name}\b", css)} == set()
    assert "url(" not in css
    assert "#" not in re.sub(r"/\*.*?\*/", "", css)  # no colour but those of the page


@EACH
def test_both_languages_say_the_same_rows(overview: Overview, facts: Facts) -> None:
    german, english = (overview.table(facts, language) for language in LANGUAGES)
    assert len(german.columns) == len(english.columns) == len(german.rows[0])
    for mine, theirs in zip(german.rows, english.rows, strict=True):
        assert [c.iri for c in mine] == [c.iri for c in theirs]
        assert [c.value for c in mine if isinstance(c.value, int)] == [
            c.value for c in theirs if isinstance(c.value, int)
        ]
    assert overview.title["de"] != overview.title["en"]


def test_all_words_are_there_in_both_languages() -> None:
    texts = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    for section in texts.values():
        for key, pair in section.items():
            assert len(pair) == 2, key
            assert all(pair), key
            german, english = (sorted(re.findall(r"{(\w+)}", text)) for text in pair)
            assert german == english, key


@EACH
def test_the_table_links_to_whatever_the_drawing_links_to(overview: Overview, facts: Facts) -> None:
    hrefs = {a.get("href") for a in drawn(overview, facts).iter(SVG + "a")}
    said = {link(cell.iri) for row in overview.table(facts, "de").rows for cell in row if cell.iri}
    assert hrefs == (said if overview.name != "timeline" else set())


def test_the_matrix_shows_each_membership_of_who_is_in_two_alliances(facts: Facts, store: ox.Store) -> None:
    asked = {
        (member, alliance)
        for member, alliance in rows(
            store,
            """SELECT DISTINCT ?m ?a WHERE { ?x a org:Membership ; org:member ?m ; org:organization ?a ; bg:countsAsMember true .
               ?y a org:Membership ; org:member ?m ; org:organization ?b ; bg:countsAsMember true .
               FILTER(?a != ?b) FILTER NOT EXISTS { ?a (bg:successorOf|^bg:successorOf)+ ?b } }""",
        )
    }
    for name in ("matrix", "network"):
        told = [(row[0].iri, row[1].iri) for row in OVERVIEWS[name].table(facts, "de").rows]
        assert len(told) == len(set(told))
        assert set(told) == asked
    grid = drawn(OVERVIEWS["matrix"], facts)
    marks = [e for e in grid.iter(SVG + "rect") if e.find(SVG + "title") is not None]
    assert len(marks) == len(asked)
    assert len(list(classed(drawn(OVERVIEWS["network"], facts), "ov-edge"))) == len(asked) + 3  # and the key's


def test_predecessor_and_successor_are_one_alliance_and_are_marked(mini: MiniProject) -> None:
    labels = {slug: slug.upper() for slug in ("a", "b", "old", "new", "other")}
    for slug, name in labels.items():
        mini.write(f"data/registry/{slug}.ttl", f'id:{slug} a org:Organization ; skos:prefLabel "{name}"@de .\n')
    for member, alliance in (("a", "old"), ("a", "new"), ("b", "old"), ("b", "new"), ("b", "other")):
        mini.attest(f"list-{member}-{alliance}", member, alliance)
    store = mini.derived()
    store.add(
        ox.Quad(*(ox.NamedNode(one) for one in (f"{BASE}id/new", expand("bg:successorOf").value, f"{BASE}id/old")))
    )
    facts = read(store)
    assert facts.degree == {"a": 1, "b": 2}
    for name in ("matrix", "network"):
        told = [[cell.value for cell in row] for row in OVERVIEWS[name].table(facts, "en").rows]
        assert {(row[0], row[1], row[-1]) for row in told} == {
            ("B", "OLD", "NEW"),
            ("B", "NEW", "OLD"),
            ("B", "OTHER", ""),
        }
        marks = [e.findtext(SVG + "title") for e in classed(drawn(OVERVIEWS[name], facts, "en"), "ov-chain")]
        assert sorted(filter(None, marks)) == ["OLD → NEW: predecessor and successor: counted as one"]
        assert "partial" in OVERVIEWS[name].description["en"]


def test_states_are_those_of_the_memberships(facts: Facts, store: ox.Store) -> None:
    dated = rows(
        store,
        "SELECT DISTINCT ?m ?a WHERE { ?x a org:Membership ; org:member ?m ; org:organization ?a ; "
        "bg:countsAsMember true ; bg:state state:attested }",
    )
    assert {
        (f"{BASE}id/{m}", f"{BASE}id/{a}") for (m, a), state in facts.memberships.items() if state == "dated"
    } == set(dated)


def test_no_label_of_the_network_lies_on_another(facts: Facts) -> None:
    root = drawn(OVERVIEWS["network"], facts)
    assert not [a for a in root.iter(SVG + "a") if a.find(SVG + "text") is None]
    spots = [(float(t.get("x", "")), float(t.get("y", ""))) for a in root.iter(SVG + "a") for t in a.iter(SVG + "text")]
    assert len(spots) == len(set(spots))


@pytest.mark.parametrize("kind", ["states", "saxony"])
def test_the_map_counts_what_a_query_counts(kind: str, facts: Facts, store: ox.Store) -> None:
    asked = {
        place: (int(alliances), int(others))
        for place, alliances, others in rows(
            store,
            """SELECT ?place (SUM(?is) AS ?alliances) (SUM(1 - ?is) AS ?others) WHERE {
                 { SELECT DISTINCT ?place ?body ?is WHERE {
                   ?body a org:Organization ; bg:seat|schema:location ?at . ?at schema:containedInPlace* ?place .
                   BIND(IF(EXISTS { ?body a bg:Alliance }, 1, 0) AS ?is) } }
               } GROUP BY ?place""",
        )
    }
    keys = {tile.key for tile in maps()[kind]}
    told = {
        row[1].iri: (row[2].value, row[3].value)
        for row in OVERVIEWS["map"].table(facts, "de").rows
        if row[1].iri and row[1].iri.rpartition("-")[2] in keys
    }
    assert len(told) == len(keys)
    assert told == {place: asked.get(place, (0, 0)) for place in told}
    tiles = {a.get("href"): a for a in drawn(OVERVIEWS["map"], facts).iter(SVG + "a")}
    for place, counts in told.items():
        assert [t.text for t in tiles[link(place)].iter(SVG + "text")][-2:] == [str(n) for n in counts]


def test_the_map_says_first_how_many_are_on_no_tile(facts: Facts) -> None:
    *_, row = OVERVIEWS["map"].table(facts, "en").rows
    (told,) = (p.text for p in classed(drawn(OVERVIEWS["map"], facts, "en"), "ov-first"))
    assert told == (
        f"Without a known place and on no tile: {row[2].value} alliances and {row[3].value} other organisations."
    )


def test_the_map_has_every_land_and_every_district_of_saxony_once(store: ox.Store) -> None:
    lands = {key for (key,) in rows(store, "SELECT ?key WHERE { ?x a schema:State ; bg:ags ?key }")}
    districts = {key for (key,) in rows(store, "SELECT ?key WHERE { ?x bg:ags ?key FILTER(REGEX(?key, '^14...$')) }")}
    for kind, keys in (("states", lands), ("saxony", districts)):
        tiles = maps()[kind]
        assert sorted(tile.key for tile in tiles) == sorted(keys)
        assert len({(tile.column, tile.row) for tile in tiles}) == len(tiles)


def test_the_tree_counts_what_a_query_counts(facts: Facts, store: ox.Store) -> None:
    asked = {
        topic: (int(own), int(everything))
        for topic, own, everything in rows(
            store,
            """SELECT ?topic (COUNT(DISTINCT ?body) AS ?own) (COUNT(DISTINCT ?any) AS ?all) WHERE {
                 ?topic skos:inScheme <https://w3id.org/buendnis-graph/topic> .
                 OPTIONAL { ?body a org:Organization ; bg:topic ?topic }
                 OPTIONAL { ?below skos:broader* ?topic . ?any a org:Organization ; bg:topic ?below }
               } GROUP BY ?topic""",
        )
    }
    table = OVERVIEWS["topics"].table(facts, "de")
    numbers = {row[0].iri: [int(cell.value) for cell in row[2:]] for row in table.rows}
    assert {topic: (n[2] + n[3], n[0] + n[1]) for topic, n in numbers.items()} == asked
    for a in drawn(OVERVIEWS["topics"], facts).iter(SVG + "a"):
        shown = [t.text for t in a.iter(SVG + "text")][-1]
        iri = BASE + a.get("href", "").removeprefix("../").removesuffix(".html")
        assert shown == str(asked[iri][1])


def test_the_timeline_counts_what_queries_count(facts: Facts, store: ox.Store) -> None:
    def years(pattern: str) -> Counter[str]:
        return Counter(day[:4] for _, day in rows(store, f"SELECT DISTINCT ?x ?day WHERE {{ {pattern} }}"))

    asked = [
        years("?x a bg:Alliance ; schema:foundingDate ?day"),
        years("?x a org:Organization ; schema:foundingDate ?day FILTER NOT EXISTS { ?x a bg:Alliance }"),
        years("?x a bg:Source ; dcterms:issued ?day"),
        years("?x a bg:Attestation ; bg:attestedOn ?day"),
    ]
    *dated, undated = OVERVIEWS["timeline"].table(facts, "de").rows
    for column, counts in enumerate(asked, start=1):
        told = {str(row[0].value): row[column].value for row in dated if row[column].value}
        early = sum(n for year, n in counts.items() if year not in told)
        assert sum(int(n) for year, n in told.items() if not year.isdigit()) == early
        assert {year: n for year, n in told.items() if year.isdigit()} == {y: n for y, n in counts.items() if y in told}
        assert int(undated[column].value) + sum(counts.values()) == totals(facts)[column - 1]
    root = drawn(OVERVIEWS["timeline"], facts)
    bars = [t.text or "" for r in root.iter(SVG + "rect") if (t := r.find(SVG + "title")) is not None]
    assert sum(int(re.findall(r": (\d+)", bar)[0]) for bar in bars) == sum(sum(c.values()) for c in asked)


def totals(facts: Facts) -> list[int]:
    return [
        len(facts.alliances),
        len(facts.organisations),
        sum(facts.sources.values()),
        sum(facts.attestations.values()),
    ]


def test_headlines_are_the_numbers_of_the_report(facts: Facts, store: ox.Store) -> None:
    counts = summarise(store)["counts"]
    said = {line.label["en"].split(",")[0]: line.number for line in headline(facts)}
    for key in ("alliances", "memberships", "sources", "attestations"):
        assert said[key] == counts[key]
    assert said["other organisations"] == counts["organisations"] - counts["alliances"]
    assert all(line.label["de"] and line.label["en"] and line.page for line in headline(facts))


def test_names_do_no_harm(mini: MiniProject) -> None:
    nasty = '<script>alert(1)</script> & "„quote“" \u202egnp.exe ' + "x" * 500
    text = nasty.replace("\\", "\\\\").replace('"', '\\"')
    mini.write("data/registry/a.ttl", f'id:a a org:Organization ; skos:prefLabel "{text}"@de .\n')
    for alliance in "xy":
        mini.attest(f"list-{alliance}", "a", alliance)
    facts = read(mini.derived())
    for name in ("matrix", "network"):
        markup = OVERVIEWS[name].svg(facts, "de", link)
        assert "<script" not in markup
        root = ET.fromstring(markup)  # noqa: S314 - our own
        assert max(len(t.text or "") for t in root.iter(SVG + "text")) < 80
        assert any(nasty in (t.text or "") for t in root.iter(SVG + "title"))


@EACH
def test_a_graph_without_facts_is_drawn_empty(overview: Overview) -> None:
    facts = read(ox.Store())
    assert list(drawn(overview, facts).iter()) != []
    assert not [row for row in overview.table(facts, "de").rows if row[0].iri]
