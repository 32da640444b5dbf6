"""A renewed build equals a full one, byte for byte, whatever was edited before."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnis_graph import renew as renewing
from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.settings import Project
from tests.mini import MiniProject, copy_of
from tests.renew.edits import EDITS, Edit, count_renewals, edited, link

SOURCE = f"{BASE}source/example.org"
_SAME = ("quads", "view", "tables", "kept")


def content(folder: Path) -> dict[str, object]:
    """Return all that a build says: its files, and what its stores hold."""
    files = [path for part in _SAME for path in (folder / part).iterdir() if path.is_file()]
    found: dict[str, object] = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    found["report.json"] = (folder / "report.json").read_bytes()
    for name in ("store", "kept/said"):
        store = ox.Store.read_only(str(folder / name))
        found[name] = set(store), set(store.named_graphs())
    return found


def assert_same(renewed: Path, full: Path) -> None:
    """Check that two builds say the same."""
    one, two = content(renewed), content(full)
    assert [name for name in one.keys() | two.keys() if one.get(name) != two.get(name)] == []


@pytest.fixture
def outcomes(monkeypatch: pytest.MonkeyPatch) -> Counter[bool]:
    """How often a renewal was enough, and how often it was not."""
    return count_renewals(monkeypatch, renewing, "renew")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a project is built: a belongs to x, b to y, and x has a founding date."""
    project = MiniProject(tmp_path_factory.mktemp("start"))
    project.attest("ax1", "a", "x", "founding-member", more='; bg:since "2020"^^xsd:gYear', issued="2021-05")
    project.attest("by1", "b", "y", publisher="y")
    project.source("s1", 'id:x schema:foundingDate "2019-05"^^xsd:gYearMonth .')
    build(project)
    return project.root


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDITS, min_size=1, max_size=6))
def test_after_any_edits_a_renewed_build_equals_a_full_one(
    start: Path, edits: list[Edit], tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = MiniProject(tmp_path_factory.mktemp("mini"))
    shutil.copytree(start, project.root, dirs_exist_ok=True)
    folder, _ = build(project)
    for edit in edits:
        folder = edited(project, edit) or folder
    assert_same(folder, build(project, force=True)[0])
    shutil.rmtree(project.root)


@pytest.mark.parametrize("name", ["a \u2028z.ttl", "organisations.ttl\tz.ttl"])
def test_a_file_with_a_line_break_or_a_tab_in_its_name_does_not_hide_what_another_one_says(
    start: Path, tmp_path: Path, name: str
) -> None:
    project = MiniProject(tmp_path)
    shutil.copytree(start, project.root, dirs_exist_ok=True)
    project.write(f"data/links/{name}", link("c", "same", "register"))
    goes = project.write("data/links/organisations.ttl", link("b", "same"))
    build(project)
    goes.unlink()
    folder, _ = build(project)
    assert_same(folder, build(project, force=True)[0])


class RealProject(MiniProject):
    """A copy of the project's own files and their build, with the means to write more."""

    def __init__(self, built: Project, root: Path) -> None:
        Project.__init__(self, copy_of(built, root).root)


def _replaced(path: str, old: str, new: str) -> Edit:
    def edit(project: MiniProject) -> None:
        file = project.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def _a_source_nobody_else_names(project: Project) -> Path:
    """Return the first source that has a fact of its own and that no coding is about."""
    codings = "".join(path.read_text("utf-8") for path in sorted((project.data / "codings").rglob("*.ttl")))
    for path in sorted((project.data / "sources").rglob("*.trig")):
        source = path.relative_to(project.data / "sources").with_suffix("").as_posix()
        if source not in codings and "schema:foundingDate" in path.read_text("utf-8"):
            return path
    raise AssertionError


ALLIANCE = "netzwerk-tolerantes-sachsen"
REAL_EDITS: dict[str, Edit] = {
    "a label": _replaced(f"data/registry/{ALLIANCE}.ttl", '"TolSax"@de', '"TolSax."@de'),
    "a source with a new membership": lambda p: p.attest("new", "balu-und-du", ALLIANCE, issued="2026-01-05"),
    "its role": lambda p: p.code_role("new", f"{SOURCE}/new/2026-11-22", f"m--{ALLIANCE}--balu-und-du", "carrier"),
    "a founding date that conflicts": lambda p: p.source(
        "date", f'id:{ALLIANCE} schema:foundingDate "1983"^^xsd:gYear .', publisher=ALLIANCE
    ),
    "a link": _replaced("data/links/organisations.ttl", "judgement:same", "judgement:unsure"),
    "a source that goes": lambda p: _a_source_nobody_else_names(p).unlink(),
    "a table of decisions": lambda p: p.write("data/review/more.csv", ""),
}


def test_edits_of_the_real_data_are_renewed_and_equal_a_full_build(
    graph: Graph, tmp_path: Path, outcomes: Counter[bool]
) -> None:
    project, folder = RealProject(graph.project, tmp_path), graph.folder
    for name, edit in REAL_EDITS.items():
        edit(project)
        folder, is_new = build(project)
        assert (is_new, outcomes[False]) == (True, 0), name
    assert outcomes[True] == len(REAL_EDITS)
    assert_same(folder, build(project, force=True)[0])
