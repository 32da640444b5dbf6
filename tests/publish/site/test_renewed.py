"""A renewed site equals one made whole, byte for byte, whatever was edited before."""

from __future__ import annotations

import gc
import json
import shutil
from collections import Counter
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.publish import hosts
from buendnis_graph.publish.documents.tables import borrowing
from buendnis_graph.publish.dumps.licences import Licences
from buendnis_graph.publish.site import whole
from buendnis_graph.publish.site.asked import Answer
from buendnis_graph.publish.site.folder import MADE, Held, writing
from buendnis_graph.publish.site.listed import Listed
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.paged import ROWS
from buendnis_graph.publish.site.renewed import Made
from buendnis_graph.publish.site.whole import publish_site
from tests.mini import REAL, MiniProject
from tests.publish.site.conftest import small_project
from tests.publish.small import LINKS
from tests.renew.edits import EDITS, Edit, count_renewals, edited

FEW = 2
"""Rows of a list on a page: those of alliances, organisations and sources have more, that of programmes has none."""


def content(folder: Path) -> dict[str, bytes]:
    """Return all files of a site."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def assert_as_whole(project: MiniProject, output: Path, site_url: str = "", rows: int = ROWS) -> None:
    """Check that a site is what it would be if it were made whole."""
    other = output.with_name("whole")
    publish_site(Graph(project), other, site_url=site_url, rows=rows, force=True)
    one, two = content(output), content(other)
    assert [name for name in sorted(one.keys() | two.keys()) if one.get(name) != two.get(name)] == []
    shutil.rmtree(other)


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> Counter[bool]:
    """How often a renewal was enough, and how often it was not."""
    return count_renewals(monkeypatch, whole, "renewed")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[MiniProject, Path]:
    """A small project and its site, to be edited on and on: each example begins where the last one ended."""
    root = tmp_path_factory.mktemp("renewed")
    project = small_project(root / "project")
    for theme in ("overlap", "conflicts", "time"):
        shutil.copytree(REAL.queries / theme, project.queries / theme)
    build(project)
    publish_site(Graph(project), root / "public", rows=FEW)
    return project, root / "public"


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDITS, min_size=2, max_size=5))
def test_after_any_edits_a_renewed_site_equals_a_whole_one(
    edits: list[Edit], published: tuple[MiniProject, Path], outcomes: Counter[bool]
) -> None:
    project, output = published
    outcomes.clear()
    expected = Counter[bool]()
    others = Licences.of(Graph(project)).by_graph
    for edit in edits:
        if edited(project, edit):
            publish_site(Graph(project), output, rows=FEW)
            now = Licences.of(Graph(project)).by_graph
            expected[now == others] += 1  # if other graphs are not under CC0, all is made
            others = now
    assert outcomes == expected
    assert_as_whole(project, output, rows=FEW)


def _replaced(path: str, old: str, new: str) -> Edit:
    def edit(project: MiniProject) -> None:
        file = project.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _without_p5(project: MiniProject) -> None:
    """Remove a source and what is coded of it: the membership that it alone attests goes."""
    (project.data / "sources/example.org/p5/2026-11-22.trig").unlink()
    for coding in (project.data / "codings").glob("p5-*.ttl"):
        coding.unlink()


EDITS_OF_ALL: tuple[Edit, ...] = (
    _replaced("data/links/register.ttl", '"A e.V."', '"A eV"'),
    _replaced("data/registry/z.ttl", '"Z"', '"Neuer Name"'),
    _without_p5,
    _replaced("data/links/register.ttl", "judgement:same", "judgement:unsure"),
)
"""The last one leaves no derived graph under another licence than CC0, so that the licences of all have to be found out."""


def test_licences_cards_and_what_is_gone_are_renewed(tmp_path: Path, outcomes: Counter[bool]) -> None:
    project, output, url = small_project(tmp_path / "project"), tmp_path / "public", "https://example.org/graph/"
    project.write("data/links/register.ttl", LINKS)
    build(project)
    publish_site(Graph(project), output, site_url=url)
    for edit in EDITS_OF_ALL:
        edit(project)
        build(project)
        publish_site(Graph(project), output, site_url=url)
        if edit is _without_p5:
            assert_as_whole(project, output, url)
    assert outcomes == {True: 3, False: 1}
    assert not (output / "membership/y/x.html").exists()
    assert_as_whole(project, output, url)


def test_what_is_not_known_is_made_whole(tmp_path: Path, outcomes: Counter[bool]) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    build(project)
    graph = Graph(project)
    publish_site(graph, output)
    (output / "about.html").unlink()
    assert publish_site(graph, output).written.new == 0
    assert not (output / "about.html").exists(), "files that nobody changes are not looked at"
    publish_site(graph, output, force=True)
    assert (output / "about.html").exists()
    (output / MADE).unlink()
    publish_site(graph, output)
    shutil.rmtree(project.queries)
    publish_site(graph, output)
    assert outcomes == {True: 1, False: 1}
    assert_as_whole(project, output)


def test_another_name_has_no_list_of_all_files_addresses_or_uses_looked_at(
    tmp_path: Path, outcomes: Counter[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    build(project)
    publish_site(Graph(project), output)
    _replaced("data/registry/z.ttl", '"Z"', '"Neuer Name"')(project)
    build(project)

    def refused(*_: object) -> None:
        raise AssertionError

    for of, name in ((Site, "first_use"), (Held, "kept"), (Held, "keep"), (Listed, "__iter__")):
        monkeypatch.setattr(of, name, refused)
    publish_site(Graph(project), output)
    monkeypatch.undo()
    assert outcomes == {True: 1}
    assert_as_whole(project, output)


def test_of_a_body_that_comes_or_goes_hosts_learn_only_what_is_new_to_them(
    tmp_path: Path, outcomes: Counter[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    build(project)
    publish_site(Graph(project), output)

    def refused(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(hosts, "files", refused)
    z, new = (project.data / "registry" / f"{name}.ttl" for name in ("z", "zz"))
    for step in range(2):
        if step == 0:
            new.write_text(z.read_text("utf-8").replace("id:z", "id:zz").replace('"Z"', '"ZZ"'), encoding="utf-8")
        else:
            new.unlink()
        build(project)
        publish_site(Graph(project), output)
        assert (output / "id" / "zz.html").exists() == (step == 0)
    monkeypatch.undo()
    assert outcomes == {True: 2}
    assert_as_whole(project, output)


def test_pages_that_name_who_publishes_are_renewed(tmp_path: Path, outcomes: Counter[bool]) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    with (project.data / "dataset.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "<https://w3id.org/buendnis-graph/dataset> dcterms:publisher <https://w3id.org/buendnis-graph/id/z> .\n"
        )
    build(project)
    publish_site(Graph(project), output)
    _replaced("data/registry/z.ttl", '"Z"', '"Neuer Name"')(project)
    build(project)
    publish_site(Graph(project), output)
    assert outcomes == {True: 1}
    assert "Neuer Name" in (output / "about.html").read_text("utf-8")
    assert_as_whole(project, output)


@pytest.mark.parametrize("dump", ["quads", "view"])
def test_where_the_earlier_build_is_damaged_or_goes_all_is_made(
    tmp_path: Path, outcomes: Counter[bool], dump: str
) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    project.write("data/links/register.ttl", LINKS)
    old = build(project)[0]
    publish_site(Graph(project), output)
    _replaced("data/registry/z.ttl", '"Z"', '"Neuer Name"')(project)
    build(project)
    shard = min((old / dump).iterdir())
    shard.unlink()  # the new build has the same file
    shard.write_text("<damaged\n")
    publish_site(Graph(project), output)
    assert outcomes == {False: 1}
    assert "Neuer Name" in (output / "id" / "z.html").read_text("utf-8")


def test_a_page_that_too_many_lead_to_lists_none_of_them(
    tmp_path: Path, outcomes: Counter[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = replace(borrowing(), at_most=2)
    for module in ("site.things", "documents.borrowing"):
        monkeypatch.setattr(import_module(f"buendnis_graph.publish.{module}"), "borrowing", lambda: few)
    project = small_project(tmp_path / "project", ("Verein A", "Verein B", "Verein C"))
    for slug in "ab":
        project.source(f"f{slug}", f"id:{slug} bg:legalForm legal-form:ev .")
    build(project)
    output = tmp_path / "site"
    page, data = output / "legal-form" / "ev.html", output / "legal-form" / "ev.ttl"
    publish_site(Graph(project), output)
    assert "Verein A" in page.read_text()
    assert "Verein A" in data.read_text()
    project.source("fc", "id:c bg:legalForm legal-form:ev .")
    build(project)
    publish_site(Graph(project), output)
    assert "Zu viele für eine Seite" in page.read_text()
    assert "Verein A" not in page.read_text()
    assert "Verein A" not in data.read_text()
    assert_as_whole(project, output)
    (project.data / "sources/example.org/fa/2026-11-22.trig").unlink()
    build(project)
    publish_site(Graph(project), output)
    assert "Verein B" in page.read_text()
    assert_as_whole(project, output)
    assert outcomes == {True: 2}


DAMAGE: dict[str, list[object]] = {
    "build": [1, "../other", "", "\0"],
    "means": [None],
    "uses": ["x", {"a": ["b"]}],
    "answers": [
        [],
        {"a": 1},
        {"a": {"columns": ["q"], "rows": [["<x:y>"]]}},
        {"a": {"columns": ["q"], "rows": [["<x:y>"]], "total": "1"}},
        {"a": {"columns": ["q"], "rows": [["<x:y>", None]], "total": 1}},
        {"a": {"columns": ["q"], "rows": [["no term"]], "total": 1}},
        {"a": {"columns": ["q"], "rows": [["<x:y> .\n<x:s> <x:p> <x:z>"]], "total": 1}},
        {"a": {"columns": ["q"], "rows": [[1]], "total": 1}},
        {"a": {"columns": [1], "rows": [], "total": 1}},
        {"a": {"columns": "q", "rows": [], "total": 1}},
    ],
    "parts": [7, {"alliances": []}, {"alliances": {"a": "1"}}, {"alliances": {"a": True}}],
}
"""By what is remembered of a site: what it may become that is JSON still."""


ANSWER = Answer(("a", "b"), ((ox.NamedNode("x:y"), None), (ox.Literal('"\n\u202e', language="de"), ox.Literal(7))), 9)


def test_what_is_remembered_comes_back_whole_or_not_at_all(tmp_path: Path) -> None:
    made = Made("0a-2", "m", None, {"c": "d"}, {"q": ANSWER}, {"list": {"a": 1}})
    with writing(tmp_path / "site") as held:
        raw = json.loads(json.dumps(made.keep(held)))
    assert Made.of_json(raw) == made
    for name, values in DAMAGE.items():
        assert Made.of_json({key: value for key, value in raw.items() if key != name}) is None
        for value in values:
            assert Made.of_json(raw | {name: value}) is None, (name, value)
    assert Made.of_json(raw | {"more": 1}) is None
    assert Made.of_json([raw]) is None


@pytest.mark.parametrize("damage", [*({name: values[-1]} for name, values in DAMAGE.items()), None])
def test_where_what_is_remembered_is_damaged_all_is_made(tmp_path: Path, damage: dict[str, object] | None) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    build(project)
    publish_site(Graph(project), output, rows=FEW)
    made = (output / MADE).read_text("utf-8")
    told = json.loads(made)
    told["from"] |= damage or {}
    (output / MADE).write_text("[" * 100_000 if damage is None else json.dumps(told), "utf-8")
    (output / "about.html").unlink()
    publish_site(Graph(project), output, rows=FEW)
    assert (output / "about.html").exists()
    assert (output / MADE).read_text("utf-8") == made


def test_nothing_is_kept_of_a_site_that_was_written(tmp_path: Path) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    gc.unfreeze()  # what was tested before may have frozen something
    for name in ("Verein A", "Verein B"):  # whole, then renewed
        project.write("data/registry/a.ttl", f'id:a a org:Organization ; skos:prefLabel "{name}"@de .')
        build(project)
        publish_site(Graph(project), output)
        gc.collect()
        assert gc.get_freeze_count() == 0  # else the next line would not see what is kept
        assert [one for one in gc.get_objects() if isinstance(one, Site) and one.graph.project is project] == []
