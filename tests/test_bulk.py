"""A build with a register: what it says beside all else, under its licence, found by all that answers."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.build import build
from buendnis_graph.check import check_changed, check_project
from buendnis_graph.errors import InvalidDataError, LayoutError
from buendnis_graph.evidence.bulk import bulk_sources, shard_name
from buendnis_graph.evidence.revisions import git
from buendnis_graph.graph import Graph
from buendnis_graph.inputs import input_list
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.dumps import read_manifest
from buendnis_graph.publish.export import export
from buendnis_graph.store import CONSOLIDATED, QUADS, dump_lines
from buendnis_graph.store.builds import read_report
from buendnis_graph.store.bulk import shards_of
from buendnis_graph.validate import Fast
from tests.linking.test_taking import DAY, take
from tests.mini import MiniProject, ask, rows
from tests.publish.small import publishable
from tests.register import ROWS
from tests.renew.test_renewal import assert_same

SOURCE = f"{BASE}source/offeneregister.de/vereinsregister/{DAY}"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A build without the register."""
    return publishable(MiniProject(tmp_path_factory.mktemp("plain")))


@pytest.fixture(scope="module")
def taken(plain: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The same project with it."""
    project = _copied(plain, tmp_path_factory.mktemp("taken"))
    take(project)
    build(project)
    return Graph(project)


def _copied(graph: Graph, folder: Path) -> MiniProject:
    """Return a copy of a graph's project, without its build."""
    root = folder / "project"
    shutil.copytree(graph.project.root, root, ignore=shutil.ignore_patterns("build"))
    project = MiniProject.__new__(MiniProject)
    object.__setattr__(project, "root", root)
    return project


def committed(project: MiniProject) -> None:
    """Make a repository of a project, with its files but the register in one commit."""
    (project.root / ".gitignore").write_text("/data/bulk/\n", encoding="utf-8")
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for arguments in (("init", "--quiet"), ("add", "."), (*who, "commit", "--quiet", "--message", "x")):
        git(project, *arguments)


def _quads(graph: Graph) -> set[ox.Quad]:
    return set(graph.store)


def _is_entry(quad: ox.Quad) -> bool:
    return quad.graph_name == ox.NamedNode(SOURCE) or quad.subject.value.startswith(f"{BASE}register/")  # type: ignore[union-attr]


def test_the_store_holds_the_entries_in_the_graph_of_their_source_and_in_the_view(plain: Graph, taken: Graph) -> None:
    (source,) = bulk_sources(taken.project)
    said = {quad.triple for shard in source.shards for quad in ox.parse(path=shard)}
    quads = _quads(taken)
    assert {quad.triple for quad in quads if quad.graph_name == ox.NamedNode(SOURCE)} == said
    assert {quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)} >= said
    with_source = {str(quad) for quad in quads if not _is_entry(quad)}
    without = {str(quad) for quad in _quads(plain) if not _is_entry(quad)}
    assert without <= with_source
    assert all("offeneregister.de/vereinsregister" in line for line in with_source - without), "its description"
    assert read_report(taken.folder)["counts"]["register-entries"] == len(ROWS)
    assert "register-entries" not in read_report(plain.folder)["counts"]


def test_an_entry_of_ours_is_joined_with_what_the_register_says(taken: Graph) -> None:
    entry = f"<{BASE}register/U1104_VR1>"
    assert ask(
        taken.store, f"id:a schema:sameAs {entry} . {entry} bg:registeredName 'A e.V.' ; dcterms:source <{SOURCE}>"
    )
    assert rows(taken.store, f"SELECT ?c {{ {entry} bg:registerCourt ?c }}") == [("Dresden",)], "said once"
    found = rows(taken.store, "SELECT (COUNT(*) AS ?n) { ?e a bg:RegisterEntry ; bg:isRegistered true }")
    assert found == [("3",)]


def test_what_is_handed_over_as_a_whole_leaves_it_out(plain: Graph, taken: Graph) -> None:
    assert not [q for q in taken.without_bulk if q.graph_name == ox.NamedNode(SOURCE)]
    naming = [b"".join(dump_lines(g.folder, CONSOLIDATED)).count(b"registeredName") for g in (taken, plain)]
    assert naming[0] == naming[1], "only the term"
    assert plain.without_bulk is plain.store


def test_an_export_holds_it_as_a_file_of_its_own_under_its_licence(plain: Graph, taken: Graph, tmp_path: Path) -> None:
    export(taken, tmp_path / "taken")
    export(plain, tmp_path / "plain")
    manifest, other = read_manifest(tmp_path / "taken"), read_manifest(tmp_path / "plain")
    assert manifest is not None
    assert other is not None
    (own,) = (dump for dump in manifest.dumps if dump.kind == "register")
    assert (own.path, own.licence) == ("dumps/buendnis-graph-vereinsregister.nq.gz", CC_BY)
    quads = list(ox.parse(gzip.decompress((tmp_path / "taken" / own.path).read_bytes()), format=ox.RdfFormat.N_QUADS))
    assert {str(quad.graph_name) for quad in quads} == {f"<{SOURCE}>"}
    assert own.count == len(quads)
    for dump in manifest.dumps:
        content = (tmp_path / "taken" / dump.path).read_bytes()
        text = gzip.decompress(content) if dump.compressed else content
        assert dump is own or b"Verein am Meer" not in text
    licences = {dump.path: dump.licence for dump in manifest.dumps if dump is not own}
    assert licences == {dump.path: dump.licence for dump in other.dumps}


def test_the_name_of_a_shard_is_its_content_for_the_next_build(taken: Graph) -> None:
    project = taken.project
    (source,) = bulk_sources(project)
    before, content = input_list(project), source.shards[0].read_bytes()
    folder, is_new = build(project)
    assert (folder, is_new) == (taken.folder, False)
    other = source.shards[0].with_name(shard_name("U1104", content[: content.index(b"\n") + 1]))
    other.write_bytes(content[: content.index(b"\n") + 1])
    assert input_list(project) != before
    other.unlink()
    assert input_list(project) == before


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (lambda text: text.replace(b"Dresden", b"Leipzig"), "name", "not the one that its name tells"),
        (lambda text: text + text[:200].partition(b"\n")[0] + b"\n", "line", "out of order"),
        (lambda text: text.replace(b"#registeredName", b"#registeredVorstand"), "line", "nothing of an entry"),
        (lambda text: text.replace(b"register/U1104_VR1>", b"id/a>"), "line", "nothing of an entry"),
        (lambda text: text.replace(b"/vereinsregister/", b"/anderes/"), "line", "nothing of an entry"),
        (lambda text: text.replace(b"A e.V.", b"a@example.org"), "shape", "e-mail address"),
        (lambda text: text.replace(b"Dresden", b"Meissen"), "shape", "one register court"),
    ],
)
def test_what_does_not_belong_there_is_refused_with_file_and_line(
    taken: Graph, tmp_path: Path, change: object, error: str, says: str
) -> None:
    project = _copied(taken, tmp_path)
    (source,) = bulk_sources(project)
    shard = source.shards[0]
    content = change(shard.read_bytes())  # type: ignore[operator]
    if error != "name":
        shard.unlink()
        shard = shard.with_name(shard_name("U1104", content))
    shard.write_bytes(content)
    with pytest.raises((InvalidDataError, LayoutError), match=says) as raised:
        build(project)
    assert shard.name in str(raised.value)
    if error == "shape":
        places = {result.place for result in check_project(project, Fast()).results if result.severity == "Violation"}
        assert project.relative(shard).as_posix() in {place and place[0] for place in places}
    else:
        with pytest.raises(LayoutError, match=says):
            check_project(project, Fast())


def test_entries_are_checked_when_something_beside_them_changes(taken: Graph, tmp_path: Path) -> None:
    project = _copied(taken, tmp_path)
    committed(project)
    (source,) = bulk_sources(project)
    shard = source.shards[0]
    content = shard.read_bytes().replace(b"A e.V.", b"a@example.org")
    shard.unlink()
    shard.with_name(shard_name("U1104", content)).write_bytes(content)
    link = project.data / "links" / "register.ttl"
    for file, is_checked in ((project.data / "registry" / "b.ttl", False), (link, True)):
        text = file.read_text("utf-8")
        file.write_text(f"{text}# more\n", encoding="utf-8")
        checked, _ = check_changed(project, "HEAD", Fast())
        assert any(result.place for result in checked.results) is is_checked
        file.write_text(text, encoding="utf-8")


def test_without_it_the_build_is_as_before(plain: Graph, taken: Graph, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(taken.project.root, root, ignore=shutil.ignore_patterns("build"))
    project = MiniProject.__new__(MiniProject)
    object.__setattr__(project, "root", root)
    shutil.rmtree(root / "data" / "bulk")
    folder, _ = build(project)
    for dump in (QUADS, CONSOLIDATED):
        assert list(dump_lines(folder, dump)) == list(dump_lines(plain.folder, dump))
    assert read_report(folder) == read_report(plain.folder)


def test_a_change_beside_it_is_renewed_with_it(taken: Graph, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(taken.project.root, root)
    project = MiniProject.__new__(MiniProject)
    object.__setattr__(project, "root", root)
    project.source("more", 'id:a schema:foundingDate "2020"^^xsd:gYear .')
    told: list[str] = []
    renewed, _ = build(project, step=told.append)
    assert "reading what has changed" in told
    shards = {path.name: path.read_bytes() for path in shards_of(renewed)[SOURCE]}
    renewed_quads = _quads(Graph(project))
    whole, _ = build(project, force=True)
    assert "reading" not in told
    assert_same(renewed, whole)
    assert shards == {path.name: path.read_bytes() for path in shards_of(whole)[SOURCE]}
    assert renewed_quads == _quads(Graph(project))
