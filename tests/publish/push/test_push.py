"""A push gives a store the build, whatever it held of ours before, and whenever an earlier push was killed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import EndpointError, UsageError
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.push import Wanted, carry, plan, plan_push, push
from buendnis_graph.publish.push.record import RECORD, Record, read_record, refuse_to_drop_register
from buendnis_graph.publish.push.wanted import REGISTER_GRAPH, VIEW
from buendnis_graph.store.quads import DEFAULT, GraphName, LocalQuads

GRAPHS: list[GraphName] = [DEFAULT, *(ox.NamedNode(f"{BASE}source/{name}") for name in "abc")]
THING = ox.NamedNode(f"{BASE}id/thing")
FOREIGN = ox.Quad(THING, THING, ox.Literal("somebody else's"), ox.NamedNode("https://example.org/theirs"))
QUADS = [
    ox.Quad(THING, predicate, value, graph)
    for graph in GRAPHS
    for predicate in (THING, ox.NamedNode(f"{BASE}id/other"))
    for value in (ox.Literal("a"), ox.Literal("a", language="de"), ox.Literal(True), THING)
]
BUILDS = st.frozensets(st.sampled_from(QUADS))


class KilledError(BaseException):
    """The process ends here."""


class Mortal(LocalQuads):
    """A store whose client is killed at a write: before it, or behind it.

    Args:
        store: that is written.
        at: which write; the first is 0.
        is_done: whether that write is still carried out.
        atomic: whether its requests are transactions.
    """

    def __init__(self, store: ox.Store, at: int, is_done: bool, atomic: bool) -> None:
        super().__init__(store)
        self._left, self._is_done, self._atomic = at, is_done, atomic

    def _update(self, text: str) -> None:
        if self._left == 0 and not self._is_done:
            raise KilledError
        super()._update(text)
        if self._left == 0:
            raise KilledError
        self._left -= 1

    def is_atomic(self, graph: ox.NamedNode) -> bool:
        return self._atomic and super().is_atomic(graph)


def silent(_text: str) -> None:
    pass


def built(quads: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(quads)
    return store


def name_of(quads: Iterable[ox.Quad]) -> str:
    return str(hash(frozenset(quads)))


def pushed(store: LocalQuads, quads: Iterable[ox.Quad], **how: Any) -> None:
    push(store, Wanted(name_of(quads), built(quads)), step=silent, **how)


def content(store: LocalQuads) -> set[ox.Quad]:
    return {quad for quad in store.store if quad.graph_name != RECORD}


@given(st.lists(BUILDS, min_size=1, max_size=4), st.sampled_from([1, 3, 1000]))
def test_pushes_one_after_another_equal_a_fresh_load_of_the_last(builds: list[frozenset[ox.Quad]], batch: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (carry, plan):
            patch.setattr(module, "BATCH", batch)
        patch.setattr(carry, "DROPPED", batch)
        store, fresh = LocalQuads(built([FOREIGN])), LocalQuads(built([FOREIGN]))
        for build in builds:
            pushed(store, build)
        pushed(fresh, builds[-1])
    assert content(store) == {*builds[-1], FOREIGN}
    assert set(store.store) == set(fresh.store)
    names = {quad.graph_name for quad in store.store} - {DEFAULT}
    assert set(store.store.named_graphs()) == names  # no empty graph shows what once was


@settings(max_examples=200)
@given(
    builds=st.tuples(BUILDS, BUILDS, BUILDS),
    at=st.integers(0, 14),
    is_done=st.booleans(),
    atomic=st.booleans(),
    batch=st.sampled_from([1, 4, 1000]),
)
def test_killed_at_any_write_it_is_known_and_completed(
    builds: tuple[frozenset[ox.Quad], ...], at: int, is_done: bool, atomic: bool, batch: int
) -> None:
    before, killed, last = builds
    with pytest.MonkeyPatch.context() as patch:
        for module in (carry, plan):
            patch.setattr(module, "BATCH", batch)
        patch.setattr(carry, "DROPPED", batch)
        store = LocalQuads(built([FOREIGN]))
        pushed(store, before)
        try:
            pushed(Mortal(store.store, at, is_done, atomic), killed)
        except KilledError:
            record, _ = read_record(store)
            if record.is_whole:  # then it is the old state or the new one, never a mixture
                assert content(store) == {*{name_of(before): before, name_of(killed): killed}[record.build], FOREIGN}
        pushed(store, last)
    assert content(store) == {*last, FOREIGN}
    assert read_record(store)[1] == read_record(store)[0].quads()


@given(BUILDS, BUILDS, st.sampled_from([1, 1000]))
def test_a_dry_run_says_what_a_push_does_and_writes_nothing(
    old: frozenset[ox.Quad], new: frozenset[ox.Quad], batch: int
) -> None:
    store = LocalQuads(built([FOREIGN]))
    pushed(store, old)
    before = set(store.store)
    wanted = Wanted("new", built(new))
    with pytest.MonkeyPatch.context() as patch:
        for module in (carry, plan):
            patch.setattr(module, "BATCH", batch)
        told = plan_push(store, wanted, step=silent)
        assert set(store.store) == before
        assert (told.added, told.removed) == (len(new - old), len(old - new))
        done, _ = push(store, wanted, step=silent)
    assert (done.changed, done.put, done.dropped, done.new) == (told.changed, told.put, told.dropped, told.new)
    again = plan_push(store, wanted, recheck=True, step=silent)
    assert again.is_done
    assert not again.changed
    assert not again.put


def test_a_change_behind_our_back_is_found_by_count_or_by_looking() -> None:
    store = LocalQuads(ox.Store())
    pushed(store, QUADS)
    store.store.remove(QUADS[9])
    assert not plan_push(store, Wanted("x", built(QUADS)), step=silent).is_done
    store.store.add(ox.Quad(THING, THING, ox.Literal("instead"), QUADS[9].graph_name))
    assert not plan_push(store, Wanted("x", built(QUADS)), step=silent).changed
    assert plan_push(store, Wanted("x", built(QUADS)), recheck=True, step=silent).changed
    pushed(store, QUADS, recheck=True)
    assert content(store) == set(QUADS)


def test_a_build_that_is_there_is_not_read_again() -> None:
    store, unread = LocalQuads(ox.Store()), Wanted("a", ox.Store())
    push(store, Wanted("a", built(QUADS)), step=silent)
    assert plan_push(store, unread, step=silent).is_done
    assert not plan_push(store, unread, recheck=True, step=silent).is_done
    assert not plan_push(store, unread, view="graph", step=silent).is_done
    assert not plan_push(store, Wanted("b", ox.Store()), step=silent).is_done
    with pytest.raises(KilledError):
        push(Mortal(store.store, 2, True, False), Wanted("a", built(QUADS[:1])), recheck=True, step=silent)
    assert not plan_push(store, unread, step=silent).is_done, "it says that it is not whole"


def test_a_default_graph_of_others_is_left_alone() -> None:
    theirs = ox.Quad(THING, THING, ox.Literal("theirs"))
    store = LocalQuads(built([theirs]))
    with pytest.raises(EndpointError, match="holds 1 triples that are not ours"):
        pushed(store, QUADS)
    assert set(store.store) == {theirs}
    pushed(store, QUADS, view="graph")
    view = {quad.triple for quad in QUADS if quad.graph_name == DEFAULT}
    assert {quad.triple for quad in store.quads_of(VIEW)} == view
    assert set(store.quads_of(DEFAULT)) == {theirs}


@pytest.mark.parametrize("batch", [2, 1000])
def test_where_the_view_was_before_it_goes(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (carry, plan):
        monkeypatch.setattr(module, "BATCH", batch)
    store = LocalQuads(ox.Store())
    for view, full, empty in (("default", DEFAULT, VIEW), ("graph", VIEW, DEFAULT), ("auto", DEFAULT, VIEW)):
        pushed(store, QUADS, view=view)
        counts = store.count([full, empty])
        assert list(counts.values()) == [8, 0]
    assert not store.store.contains_named_graph(VIEW)


def test_blank_nodes_of_others_in_our_graphs_go() -> None:
    store = LocalQuads(ox.Store())
    pushed(store, QUADS)
    store.store.add(ox.Quad(ox.BlankNode(), THING, ox.BlankNode(), GRAPHS[1]))
    pushed(store, QUADS)
    assert content(store) == set(QUADS)


def test_what_the_store_changes_is_said_and_the_record_says_that_it_is_not_whole() -> None:
    class Forgetful(LocalQuads):
        def _update(self, text: str) -> None:
            super()._update(text.replace('"a"@de', '"b"@de'))

    store = Forgetful(ox.Store())
    for _ in range(2):
        with pytest.raises(EndpointError, match=r"holds \d triples there.*\"a\"@de|\"b\"@de"):
            pushed(store, QUADS)
        assert not read_record(store)[0].is_whole


def test_a_build_must_not_hold_the_graph_of_the_view() -> None:
    with pytest.raises(UsageError, match="of its own"):
        Wanted("x", built([ox.Quad(THING, THING, THING, VIEW)]))


def test_a_record_is_read_as_it_was_written() -> None:
    store = LocalQuads(ox.Store())
    record = Record("b", True, Wanted("b", built(QUADS)).contents, "hash")
    store.apply((), record.quads())
    assert read_record(store) == (record, record.quads())
    assert Record().quads() == set()


def _court(path: Path, numbers: Iterable[int]) -> dict[GraphName, Path]:
    """Write a file of a register; return it by its graph."""
    path.write_text("".join(sorted(f'<{BASE}register/VR{n}> <{BASE}name> "Verein {n}" .\n' for n in numbers)))
    return {ox.NamedNode(f"{REGISTER_GRAPH}U1104"): path}


@pytest.mark.parametrize("batch", [2, 1000])
def test_a_register_goes_into_graphs_of_its_own_by_difference(
    tmp_path: Path, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (carry, plan):
        monkeypatch.setattr(module, "BATCH", batch)
    store, build = LocalQuads(ox.Store()), built(QUADS)
    file = tmp_path / "U1104.nt"
    for numbers in (range(9), range(1, 9), range(9)):
        parts = _court(file, numbers)
        wanted = Wanted(f"{numbers}", build, parts=parts)
        done, _ = push(store, wanted, step=silent)
        (graph,) = parts
        assert (done.added, done.removed) in {(8 * 4 + 9, 0), (0, 1), (1, 0)}
        assert store.difference(graph, set(file.read_bytes().splitlines(keepends=True))) == (set(), set())
        assert plan_push(store, wanted, recheck=True, step=silent).is_done
    with pytest.raises(UsageError, match="would lose it"):
        refuse_to_drop_register(store)
    pushed(store, QUADS)
    assert content(store) == set(QUADS), "without it, it goes"
    refuse_to_drop_register(store)


class Noting(LocalQuads):
    """Notes how many graphs each request drops."""

    def __init__(self, store: ox.Store) -> None:
        super().__init__(store)
        self.dropped: list[int] = []

    def apply(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad], dropped: Iterable[ox.NamedNode] = ()) -> None:
        gone = list(dropped)
        self.dropped += [len(gone)] if gone else []
        super().apply(removed, added, gone)


@pytest.mark.parametrize(("most", "requests"), [(100, [3]), (16, [2, 1]), (3, [1, 1, 1])])
def test_graphs_that_go_are_dropped_by_requests_of_so_many_triples(
    most: int, requests: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry, "DROPPED", most)
    store = Noting(ox.Store())
    pushed(store, QUADS)
    view = [quad for quad in QUADS if quad.graph_name == DEFAULT]
    _, is_atomic = push(store, Wanted("view", built(view)), step=silent)
    assert (store.dropped, is_atomic) == (requests, most == 100)
    assert content(store) == set(view)


@pytest.mark.parametrize("at", range(5))
def test_a_register_that_was_killed_on_its_way_is_completed(
    tmp_path: Path, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (carry, plan):
        monkeypatch.setattr(module, "BATCH", 2)
    store, parts = LocalQuads(ox.Store()), _court(tmp_path / "U1104.nt", range(9))
    wanted = Wanted("one", built(QUADS[:4]), parts=parts)
    with contextlib.suppress(KilledError):
        push(Mortal(store.store, at, True, False), wanted, step=silent)
    push(store, wanted, step=silent)
    assert {quad.triple for quad in store.store if quad.graph_name in parts} == {
        quad.triple for quad in wanted.quads_of(next(iter(parts)))
    }
    assert read_record(store)[0].is_whole
