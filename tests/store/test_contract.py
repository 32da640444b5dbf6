"""One contract of a store: in memory, on disk, and behind ``oxigraph serve``. Virtuoso: tests/system/test_push_virtuoso.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import UsageError
from buendnis_graph.store import remote_quads
from buendnis_graph.store.addresses import addresses_of
from buendnis_graph.store.http import Client
from buendnis_graph.store.quads import DEFAULT, GraphName, LocalQuads, QuadStore, clear_text, digest
from buendnis_graph.store.remote_quads import RemoteQuads
from tests.endpoint import oxigraph_to_write
from tests.store import contract
from tests.store.contract import ONE, READING, TWO, WRITING, Home, node

QUADS = [
    ox.Quad(node(s), node(p), o, graph)
    for graph in (DEFAULT, ONE, TWO)
    for s in "ab"
    for p in "xy"
    for o in contract.VALUES[:6]
]

HOMES = (
    "memory",
    "disk",
    "oxigraph serve",
    "oxigraph serve, updates only",
    "oxigraph serve, in small pieces",
    "oxigraph serve, in small updates only",
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oxigraph_to_write() as url:
        yield url


def remote(url: str, data: str = "") -> RemoteQuads:
    return RemoteQuads(addresses_of(url, data=data), Client(None, 10, 1 << 24))


def _fill(store: QuadStore) -> None:
    store.apply((), contract.given(), [ONE, TWO])


def _homes(server: str, folder: Path) -> dict[str, Callable[[], Home]]:
    def on_disk() -> Home:
        store = ox.Store(str(folder / "store"))
        store.extend(contract.given())
        store.flush()
        del store
        return Home(LocalQuads(ox.Store.read_only(str(folder / "store"))), is_writable=False)

    def filled(store: QuadStore) -> Home:
        for graph in (DEFAULT, ONE, TWO):
            store.replace(graph, ())
        _fill(store)
        return Home(store)

    return {
        "memory": lambda: filled(LocalQuads(ox.Store())),
        "disk": on_disk,
        "oxigraph serve": lambda: filled(remote(server)),
        "oxigraph serve, updates only": lambda: filled(remote(server, "none")),
        "oxigraph serve, in small pieces": lambda: filled(remote(server)),
        "oxigraph serve, in small updates only": lambda: filled(remote(server, "none")),
    }


@pytest.mark.parametrize("change", ["", "cuts", "turns about"])
def test_a_large_graph_is_read_in_few_pages_sorted_or_small_ones_only_if_these_will_not_do(
    server: str, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_quads, "WHOLE", 80)
    monkeypatch.setattr(remote_quads, "PAGE", 60)
    store, asked = remote(server), list[str]()
    quads = {
        ox.Quad(node(f"s{n}"), node(p), ox.Literal(str(n)), ONE)
        for p, size in (("x", 200), ("y", 9))
        for n in range(size)
    }
    store.replace(ONE, quads)
    fetch = store._fetch

    def fetched(query: str, kind: str) -> tuple[bytes, str]:
        asked.append(query)
        if change == "turns about" and "ORDER BY ?s" not in query:  # as who has no order of its own
            query = query.replace("OFFSET 80", "OFFSET 40")
        body, media_type = fetch(query, kind)
        return (b"".join(body.splitlines(keepends=True)[:70]) if change == "cuts" else body), media_type

    monkeypatch.setattr(store, "_fetch", fetched)
    assert set(store.quads_of(ONE)) == quads
    found = [(re.search(r"LIMIT (\d+) OFFSET (\d+)", query), "ORDER BY ?s" in query) for query in asked]
    large, in_order, small = (
        [(str(page), str(start), is_sorted) for start in range(0, 200, page)]
        for page, is_sorted in ((80, False), (80, True), (60, True))
    )
    assert [(*page.groups(), is_sorted) for page, is_sorted in found if page] == {
        "": large,
        "turns about": [*large[:2], *in_order],
        "cuts": [large[0], in_order[0], *small],
    }[change]


@pytest.mark.parametrize("check", [*READING, *WRITING], ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", HOMES)
def test_contract(
    server: str, tmp_path: Path, name: str, check: Callable[[Home], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "small" in name:
        monkeypatch.setattr(remote_quads, "PIECE", 3)
        monkeypatch.setattr(remote_quads, "BATCH", 3)
    home = _homes(server, tmp_path)[name]()
    if check in READING or home.is_writable:
        check(home)
        return
    with pytest.raises(UsageError, match="read-only"):
        home.store.apply((), contract.quads_in(TWO))
    with pytest.raises(UsageError, match="read-only"):
        home.store.replace(TWO, ())
    assert contract.held(home, TWO) == set()


def test_a_request_to_oxigraph_is_a_transaction(server: str) -> None:
    assert remote(server).is_atomic(TWO)


@pytest.mark.parametrize("name", ["memory", "oxigraph serve"])
@settings(max_examples=12)
@given(data=st.data())
def test_differences_add_up_as_sets_do(server: str, name: str, data: st.DataObject) -> None:
    store: QuadStore = LocalQuads(ox.Store()) if name == "memory" else remote(server)
    for graph in (DEFAULT, ONE, TWO):
        store.replace(graph, ())
    now: set[ox.Quad] = set()
    some = st.frozensets(st.sampled_from(QUADS), max_size=20)
    for removed, added in data.draw(st.lists(st.tuples(some, some), max_size=3)):
        store.apply(removed, added)
        now = now - removed | added
    graphs: list[GraphName] = [DEFAULT, ONE, TWO]
    for graph in graphs:
        assert set(store.quads_of(graph)) == {quad for quad in now if quad.graph_name == graph}
    assert store.count(graphs) == {graph: sum(quad.graph_name == graph for quad in now) for graph in graphs}


@given(st.frozensets(st.sampled_from(QUADS)), st.randoms())
def test_the_hash_is_of_what_is_said_in_whatever_order(quads: frozenset[ox.Quad], random: object) -> None:
    lines = sorted(contract.lines(quads))
    whole = digest(lines)
    random.shuffle(lines)  # type: ignore[attr-defined]
    assert digest(lines) == whole
    for line in lines:
        assert digest(set(lines) - {line}) != whole


def test_emptying_the_default_graph_leaves_those_with_names() -> None:
    store = ox.Store()
    store.extend(contract.given())
    store.update(clear_text(DEFAULT))
    assert set(store) == contract.given(has_default=False)
