"""A renewed site equals one made whole, byte for byte, whatever was edited before."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.publish import hosts
from buendnis_graph.publish.site import whole
from buendnis_graph.publish.site.folder import MADE, Held
from buendnis_graph.publish.site.listed import Listed
from buendnis_graph.publish.site.paged import ROWS
from buendnis_graph.publish.site.renewed.near_site import NearSite
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
    built = [edit for edit in edits if edited(project, edit) and publish_site(Graph(project), output, rows=FEW)]
    assert outcomes[True] == len(built)
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

    for of, name in ((NearSite, "first_use"), (Held, "kept"), (Held, "keep"), (Listed, "__iter__")):
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
