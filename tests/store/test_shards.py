"""Sorted dumps in shards: a changed graph's equal those of the same graph written at once."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.namespaces import BASE
from buendnis_graph.store import (
    CONSOLIDATED,
    QUADS,
    SubjectLines,
    dataset,
    dump_lines,
    dump_size,
    load_dumps,
    read_dump,
    save,
    shards,
)
from buendnis_graph.store.shards import DumpWriter, differing, line_of, renew_shards

_NODES = st.sampled_from(
    [
        f"{BASE}id/a",
        f"{BASE}id/a#x",
        f"{BASE}id/a/b",
        f"{BASE}id/b",
        f"{BASE}membership/a/b",
        f"{BASE}source/e.org/p/2026-11-22#x",
        "http://e/a",
        "http://e/b",
    ]
).map(ox.NamedNode)
_TEXTS = st.sampled_from(["", "a <http://e/a> .", 'q"', "x\ny", "x\ry", "<b", "ä \\ .", "a <b"])
_LITERALS = st.one_of(
    st.builds(ox.Literal, _TEXTS),
    st.builds(lambda text: ox.Literal(text, language="de"), _TEXTS),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://e/type")), _TEXTS),
)
_QUADS = st.builds(ox.Quad, _NODES, _NODES, st.one_of(_NODES, _LITERALS), st.one_of(_NODES, st.just(ox.DefaultGraph())))


_MANY = st.frozensets(_QUADS, max_size=40)


def _saved(quads: frozenset[ox.Quad], folder: Path) -> Path:
    store = ox.Store()
    store.extend(quads)
    folder.mkdir()
    save(store, folder)
    return folder


def _dumped(quads: frozenset[ox.Quad], folder: Path) -> Path:
    folder.mkdir()
    writer = DumpWriter(folder)
    writer.add(map(line_of, quads))
    writer.finish()
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for dump in (QUADS, CONSOLIDATED) for path in shards(folder, dump)}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=st.frozensets(_QUADS, max_size=12), two=st.frozensets(_QUADS, max_size=12))
def test_a_change_gives_what_writing_anew_gives(
    one: frozenset[ox.Quad], two: frozenset[ox.Quad], tmp_path_factory: object
) -> None:
    root = tmp_path_factory.mktemp("shards")  # type: ignore[attr-defined]
    old, new = _saved(one, root / "old"), root / "new"
    new.mkdir()
    for dump, is_of in ((QUADS, ox.NamedNode), (CONSOLIDATED, ox.DefaultGraph)):
        gone, come = ({line_of(q) for q in some if isinstance(q.graph_name, is_of)} for some in (one - two, two - one))
        renew_shards(old, new, dump, gone, come)
    fresh = _saved(two, root / "fresh")
    assert _files(new) == _files(fresh)
    assert {q for dump in (QUADS, CONSOLIDATED) for q in read_dump(new, dump)} == two
    assert set(load_dumps(new)) == two == set(ox.Store.read_only(str(fresh / "store")))
    lines = list(dump_lines(new, QUADS))
    assert lines == sorted(lines)
    assert sum(map(len, lines)) == dump_size(new, QUADS)


@settings(max_examples=50)
@given(one=_MANY, more=_MANY, less=st.integers(0, 5), block=st.integers(1, 200))
def test_two_builds_differ_in_what_one_alone_says(
    one: frozenset[ox.Quad], more: frozenset[ox.Quad], less: int, block: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root, two = tmp_path_factory.mktemp("shards"), frozenset(sorted(one, key=str)[less:]) | more
    old, new = _dumped(one, root / "old"), _dumped(two, root / "new")
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(differing.__globals__, "_BLOCK", block)
        for dump, is_of in ((QUADS, ox.NamedNode), (CONSOLIDATED, ox.DefaultGraph)):
            gone, come = differing(old, new, dump)
            assert {*gone} == {quad for quad in one - two if isinstance(quad.graph_name, is_of)}
            assert {*come} == {quad for quad in two - one if isinstance(quad.graph_name, is_of)}


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=st.frozensets(_QUADS, max_size=12), size=st.integers(1, 400))
def test_a_file_loaded_in_pieces_is_loaded_as_a_whole(
    quads: frozenset[ox.Quad], size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, store = tmp_path_factory.mktemp("lines") / "all.nq", ox.Store()
    path.write_bytes(b"".join(map(line_of, quads)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(dataset, "_PIECE", size)
        dataset.load_lines(store, path, ox.RdfFormat.N_QUADS)
    assert set(store) == quads


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=st.frozensets(_QUADS, max_size=12))
def test_what_is_derived_stands_once_in_its_graph_and_in_the_view(
    quads: frozenset[ox.Quad], tmp_path_factory: object
) -> None:
    root, graph = tmp_path_factory.mktemp("derived"), ox.NamedNode("http://e/graph")  # type: ignore[attr-defined]
    both = frozenset(ox.Quad(q.subject, q.predicate, q.object, g) for q in quads for g in (graph, ox.DefaultGraph()))
    dumps = DumpWriter(root)
    for _ in range(2):
        dumps.add_derived((line_of(quad.triple) for quad in quads), graph)
    dumps.finish()
    assert _files(root) == _files(_saved(both, root / "saved"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quads=_MANY)
def test_a_dump_gives_the_lines_of_a_subject(
    quads: frozenset[ox.Quad], tmp_path_factory: pytest.TempPathFactory
) -> None:
    build = _dumped(quads, tmp_path_factory.mktemp("lines") / "build")
    for dump in (QUADS, CONSOLIDATED):
        lines, of = list(dump_lines(build, dump)), SubjectLines(build, dump).of
        for node in (
            *map(f"{BASE}".__add__, ("id/a", "id/a#", "id/a#x", "id/a/b", "id/b", "membership/a/b")),
            "http://e/a",
        ):
            said = [line for line in lines if line.startswith(f"<{node}> ".encode())]
            assert of(node).splitlines(keepends=True) == said


def test_more_shards_may_be_asked_than_are_open_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = [ox.NamedNode(f"{BASE}id/{n}") for n in range(20)]
    build = _dumped(frozenset(ox.Quad(node, node, node) for node in nodes), tmp_path / "build")
    monkeypatch.setattr(import_module("buendnis_graph.store.shards"), "_OPEN", 2)
    of = SubjectLines(build, CONSOLIDATED).of
    assert [of(node.value) for node in nodes * 2] == [f"{node} {node} {node} .\n".encode() for node in nodes * 2]


@pytest.mark.parametrize("asked", ["id/a", "id/a#x", "id/z"])
def test_a_dump_that_was_cut_off_ends_there(asked: str, tmp_path: Path) -> None:
    nodes = [ox.NamedNode(f"{BASE}id/{name}") for name in ("a", "a#x")]
    build = _dumped(frozenset(ox.Quad(node, node, node) for node in nodes), tmp_path / "build")
    (shard,) = shards(build, CONSOLIDATED)
    shard.write_bytes(shard.read_bytes()[:-3])
    whole = f"<{BASE}{asked}> " * 3 + ".\n"
    assert whole.startswith(SubjectLines(build, CONSOLIDATED).of(BASE + asked).decode())
    shard.write_bytes(b"")
    with pytest.raises(NotBuiltError, match="can't be read"):
        SubjectLines(build, CONSOLIDATED).of(f"{BASE}id/a")


def test_who_asks_a_dump_that_is_gone_is_told(tmp_path: Path) -> None:
    quad = ox.Quad(ox.NamedNode(f"{BASE}id/a"), ox.NamedNode("http://e/p"), ox.Literal("a"))
    build = _dumped(frozenset({quad}), tmp_path / "build")
    lines = SubjectLines(build, CONSOLIDATED)
    shutil.rmtree(build)
    with pytest.raises(NotBuiltError, match="no longer there"):
        lines.of(f"{BASE}id/a")
    with pytest.raises(NotBuiltError, match="no longer there"):
        SubjectLines(build, CONSOLIDATED)
