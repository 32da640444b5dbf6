"""Lists of more rows than a page takes: cut by how names begin, so that a change concerns the pages that it is on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.hosts.parts import PATH
from buendnis_graph.publish.site import whole
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.paged import Listing, key_of, shown
from buendnis_graph.publish.site.renewed.listings import RenewedList
from buendnis_graph.publish.site.whole import publish_site
from buendnis_graph.renew.kept import NotLocalError
from tests.mini import MiniProject
from tests.publish.site.conftest import small_project
from tests.publish.site.test_renewed import assert_as_whole
from tests.renew.edits import Edit, count_renewals

ROWS, FEW = 2, 3
NAMES = st.sampled_from(
    ["A", "Ab", "Äb", "Ab c", "ab (c)", "Abc", "B", "Verein", "Vereine", "1. Mai", "2", "Щит", "„B“"]
)
names = st.dictionaries(st.sampled_from([f"{BASE}id/{n}" for n in range(12)]), NAMES, max_size=12)


def _page(documents: Iterable[Document]) -> Page:
    rows = sorted((one.title["de"], one.path) for one in documents)
    return Page("organisations", "list", {"de": "Organisationen", "en": "Organisations"}, {"rows": rows})


LISTING = Listing("organisations", Kind.ORGANISATION, lambda one: one.title["de"], _page)


def _documents(named: Mapping[str, str]) -> dict[str, Document]:
    return {
        iri: Document(iri, iri.removeprefix(BASE), Kind.ORGANISATION, {"de": name, "en": name}, (), ())
        for iri, name in sorted(named.items())
    }


def _whole(named: Mapping[str, str]) -> tuple[dict[str, int], dict[str, Page]]:
    documents = _documents(named).values()
    parts = LISTING.parts(documents, ROWS)
    return parts, {page.path: page for page in LISTING.pages(documents, parts)}


@given(text=st.text(), other=st.text())
def test_any_name_is_filed_under_an_address(text: str, other: str) -> None:

    key, another = key_of(text), key_of(other)
    for end in range(1, len(key) + 1):
        assert re.fullmatch(PATH, f"organisations/{key[:end]}")
        assert shown(key[:end])
    assert key == another or not key.startswith(another) or len(another) == 60


@given(named=names)
def test_each_thing_stands_on_one_page_and_no_page_has_too_many(named: Mapping[str, str]) -> None:
    parts, pages = _whole(named)
    assert bool(parts) == (len(named) > ROWS)
    assert sum(parts.values()) == (len(named) if parts else 0)
    assert not any(two.startswith(one) for one, two in pairwise(parts))
    rows = [row for start in parts for row in pages[LISTING.path(start)].context["rows"]]
    assert not parts or sorted(rows) == sorted((name, iri.removeprefix(BASE)) for iri, name in named.items())
    for start, number in parts.items():
        there = pages[LISTING.path(start)].context["rows"]
        assert len(there) == number
        assert number <= ROWS or len({key_of(name) for name, _ in there}) == 1
        above = sum(key_of(name).startswith(start[:-1]) for name in named.values())
        assert above > ROWS, "no beginning is longer than it must be"


@given(before=names, after=names, touched=st.sets(st.sampled_from([f"{BASE}id/{n}" for n in range(12)]), max_size=2))
def test_a_renewed_list_equals_a_whole_one(before: dict[str, str], after: dict[str, str], touched: set[str]) -> None:
    parts, old = _whole(before)
    changed = touched | {iri for iri in before.keys() | after.keys() if before.get(iri) != after.get(iri)}
    was, documents = _documents(before), _documents(after)
    read = []

    def text(path: str) -> str:
        read.append(path)
        return "".join(f'<a href="../{row}.html">' for _, row in old[path].context["rows"])

    renewed = RenewedList(
        LISTING, ROWS, parts,
        {iri: LISTING.key(was[iri]) for iri in changed & was.keys()},
        {iri: documents[iri] for iri in changed & documents.keys()},
        documents.get, text,
    )  # fmt: skip
    if not parts:
        return
    now, new = _whole(after)
    assert renewed.after == now
    if not now:
        return
    made = {page.path: page for page in renewed.pages()}
    gone = {LISTING.path(start) for start in parts.keys() - now.keys()}
    assert {path: page for path, page in old.items() if path not in gone} | made == new
    stays = {path for path in old.keys() & new.keys() if old[path] == new[path]}
    same = {path for path in stays if not changed & {f"{BASE}{row}" for _, row in new[path].context.get("rows", ())}}
    assert same.isdisjoint(made.keys() - {LISTING.name}), "what shows the same is not made"
    assert len(read) == len(set(read)), "no page is read twice"


URL = "https://example.org/graph/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[MiniProject, Path]:
    """A small project with four organisations and four alliances, and its site with three rows on a page."""
    root = tmp_path_factory.mktemp("paged")
    project = small_project(root / "project", ("Verein A", "Verein B", "Ärzte & Co"))
    _enter("d", "Verein D")(project)
    project.body("w", "org:Organization , bg:Alliance")
    build(project)
    publish_site(Graph(project), root / "public", site_url=URL, rows=FEW)
    return project, root / "public"


def _parsed(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_text(encoding="utf-8"))


def _links(page: LexborHTMLParser, css: str, path: str) -> list[str]:
    return [urljoin(path, link.attributes["href"] or "") for link in page.css(css)]


def test_an_overview_leads_to_all_parts_and_these_to_their_things(published: tuple[MiniProject, Path]) -> None:
    output = published[1]
    for folder in ("", "en/"):
        overview = _parsed(output / f"{folder}organisations.html")
        rows = [" ".join(row.text().split()) for row in overview.css(".entries li")]
        one, many = ("1 entry", "3 entries") if folder else ("1 Eintrag", "3 Einträge")
        assert rows == [f"A… {one}", f"V… {many}"]
        parts = _links(overview, ".entries a", f"{folder}organisations.html")
        assert parts == [f"{folder}organisations/a.html", f"{folder}organisations/v.html"]
        page = _parsed(output / parts[1])
        assert _links(page, ".entries a", parts[1]) == [f"{folder}id/{slug}.html" for slug in "abd"]
        assert _links(page, 'head link[rel="prev"]', parts[1]) == [parts[0]]
        assert not page.css('head link[rel="next"]')
        assert _links(page, "nav.letters a[rel]", parts[1]) == [parts[0]]
        current = page.css_first('nav.letters [aria-current="page"]')
        assert current is not None
        assert current.text() == "V…"
        assert f"{folder}organisations.html" in _links(page, ".crumbs a", parts[1])
        assert f"{URL}{parts[1]}" in (output / "sitemap.xml").read_text("utf-8")
    assert len(_links(_parsed(output / "alliances.html"), ".entries a", "")) == 4
    assert _parsed(output / "alliances" / "x.html").css("tbody tr")


def _enter(slug: str, name: str) -> Edit:
    return lambda p: p.write(
        f"data/registry/{slug}.ttl", f'id:{slug} a org:Organization ; skos:prefLabel "{name}"@de .\n'
    )


def _leave(slug: str) -> Edit:
    return lambda p: (p.data / f"registry/{slug}.ttl").unlink()


STEPS: tuple[tuple[Edit, list[str]], ...] = (
    (_enter("a", "Verein Neu"), ["a", "v"]),
    (_enter("e", "Verein E"), ["a", "verein_b", "verein_d", "verein_e", "verein_n"]),
    (_enter("b", "Bund"), ["a", "b", "v"]),
    (_leave("d"), ["a", "b", "v"]),
    (_leave("e"), []),
    (_enter("e", "Verein E"), ["a", "b", "v"]),
)
"""Edits, and the parts of the list of organisations after each."""


def test_parts_come_and_go_as_in_a_whole_site(
    published: tuple[MiniProject, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, output = published
    outcomes = count_renewals(monkeypatch, whole, "renewed")
    for edit, parts in STEPS:
        edit(project)
        build(project)
        publish_site(Graph(project), output, site_url=URL, rows=FEW)
        assert sorted(path.stem for path in output.glob("organisations/*.html")) == parts
        if not parts:
            assert_as_whole(project, output, URL, FEW)
    assert_as_whole(project, output, URL, FEW)
    assert outcomes == {True: len(STEPS)}
    publish_site(Graph(project), output, site_url=URL)
    assert not (output / "sources").exists()
    assert outcomes == {True: len(STEPS), False: 1}, "with another length of pages all is made"


def test_a_part_that_was_changed_by_somebody_is_not_relied_upon() -> None:
    named = dict.fromkeys((f"{BASE}id/{n}" for n in range(3)), "Verein") | {f"{BASE}id/3": "Bund"}
    parts, documents = _whole(named)[0], _documents(named)
    renewed = RenewedList(
        LISTING, ROWS, parts, {}, {f"{BASE}id/4": documents[f"{BASE}id/3"]}, documents.get, lambda _path: ""
    )
    with pytest.raises(NotLocalError):
        list(renewed.pages())
