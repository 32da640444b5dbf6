"""A store of another vendor: Virtuoso 7 keeps the contract of a store, and a push gives it the build; where it differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import EndpointError
from buendnis_graph.graph import Graph, open_endpoint
from buendnis_graph.publish.push import Wanted, plan_push, push
from buendnis_graph.publish.push.record import RECORD, read_record
from buendnis_graph.publish.push.wanted import VIEW
from buendnis_graph.store import remote_quads
from buendnis_graph.store.addresses import addresses_of
from buendnis_graph.store.http import Client, StatusError
from buendnis_graph.store.logins import Login
from buendnis_graph.store.quads import DEFAULT, in_graph
from buendnis_graph.store.remote_quads import RemoteQuads
from tests.mini import REAL, MiniProject
from tests.pushing import check_register
from tests.store import contract
from tests.store.contract import ONE, READING, TWO, WRITING, Home
from tests.store.differences import DIFFERENCES, Difference
from tests.system import virtuoso

pytestmark = pytest.mark.system
ROWS = 10_000
"""What an answer of a Virtuoso has at most as it comes."""


def silent(_text: str) -> None:
    pass


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with virtuoso.server(tmp_path_factory.mktemp("virtuoso"), rows=ROWS) as address:
        yield f"{address}-auth"


@pytest.fixture(scope="module")
def store(endpoint: str) -> RemoteQuads:
    return RemoteQuads(addresses_of(endpoint), Client(Login("dba", "dba"), 60, 1 << 28))


@pytest.mark.parametrize("check", [*READING, *WRITING], ids=lambda check: check.__name__)
def test_contract(store: RemoteQuads, check: Callable[[Home], None]) -> None:
    store.replace(TWO, ())
    store.replace(ONE, contract.quads_in(ONE))
    store.replace(contract.NOBODYS, [contract.MARK])
    check(Home(store, has_default=False))


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.name)
def test_differences_are_there_still(store: RemoteQuads, difference: Difference) -> None:
    page = (REAL.root / "docs" / "scaling.md").read_text(encoding="utf-8")
    assert f"| {difference.name} | {difference.what} |" in page
    difference.show(store)


def test_a_build_is_pushed_updated_and_asked(
    graph: Graph, store: RemoteQuads, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace(contract.NOBODYS, [contract.MARK])
    small = ox.Store()
    some = sorted((name for name in graph.store.named_graphs() if "/source/" in str(name)), key=str)[:20]
    for name in some:
        small.bulk_extend(graph.store.quads_for_pattern(None, None, None, name))
    view = graph.store.quads_for_pattern(None, None, None, DEFAULT)
    small.bulk_extend(quad for quad in view if not re.search(r"/(link|statement|coding|topic)/", str(quad.subject)))
    plan, is_atomic = push(store, Wanted("first", small), step=silent)
    assert (plan.default, plan.wanted.view, is_atomic) == ("union", VIEW, False)
    assert plan.wanted.contents[VIEW].count > 2 * ROWS  # read back in pages
    view_here = set(in_graph(small.quads_for_pattern(None, None, None, DEFAULT), VIEW))
    assert set(store.quads_of(VIEW)) == view_here
    with monkeypatch.context() as patched:
        patched.setattr(remote_quads, "WHOLE", ROWS + 2_000)  # a large graph, and longer pages than it gives
        assert set(store.quads_of(VIEW)) == view_here
    assert plan_push(store, Wanted("first", small), step=silent).is_done

    gone = next(g for g in small.named_graphs() if isinstance(g, ox.NamedNode) and "/source/" in str(g))
    small.remove_graph(gone)
    small.add(ox.Quad(ONE, ONE, ox.Literal("neu", language="de"), ox.NamedNode(f"{ONE.value}/new")))
    plan, _ = push(store, Wanted("second", small), step=silent)
    assert (plan.new, list(plan.dropped)) == ({ox.NamedNode(f"{ONE.value}/new")}, [gone])
    record, quads = read_record(store)
    assert (record.build, record.is_whole) == ("second", True)
    assert str(gone) not in str(quads)
    assert store.count([gone, contract.NOBODYS]) == {gone: 0, contract.NOBODYS: 1}

    asked = open_endpoint(f"{endpoint.removesuffix('-auth')}?default-graph-uri={VIEW.value}", graph.project)
    assert asked.query("founders-and-carriers") == graph.query("founders-and-carriers")
    assert RECORD.value not in str(asked.query("SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 9000"))


def test_a_register_comes_stays_changes_and_goes(endpoint: str, store: RemoteQuads, mini: MiniProject) -> None:
    for name in read_record(store)[0].graphs:
        store.replace(name, ())
    store.replace(RECORD, ())
    mini.attest("p", "a", "x")
    login = {"BUENDNIS_PUSH_USER": "dba", "BUENDNIS_PUSH_PASSWORD": "dba"}
    check_register(mini, endpoint, store, entries=2_000, login=login)  # read back in pages


def test_a_wrong_password_is_said_and_not_shown(endpoint: str) -> None:
    store = RemoteQuads(addresses_of(endpoint), Client(Login("dba", "wrong-password"), 60, 1 << 20))
    with pytest.raises(EndpointError, match="401") as caught:
        store.apply((), [contract.MARK])
    assert "BUENDNIS_PUSH_USER" in caught.value.hint
    assert "wrong-password" not in f"{caught.value!r}{caught.value}{caught.value.__cause__!r}"


def test_without_a_login_nothing_is_written(endpoint: str, store: RemoteQuads) -> None:
    asked_only = addresses_of(endpoint.removesuffix("-auth"))
    with pytest.raises(StatusError, match="No permission") as caught:
        RemoteQuads(replace(asked_only, data=""), Client(None, 60, 1 << 20)).apply((), [contract.MARK])
    assert "/sparql-auth for /sparql" in caught.value.hint
    store.replace(contract.NOBODYS, ())
