"""Where Virtuoso 7 does otherwise than Oxigraph, each with what shows that it still does; docs/scaling.md names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import EndpointError
from buendnis_graph.namespaces import expand
from buendnis_graph.store.askable import solutions
from buendnis_graph.store.quads import BATCH
from buendnis_graph.store.remote_quads import RemoteQuads
from tests.store.contract import ONE, TWO, node


@dataclass(frozen=True)
class Difference:
    """One, by a short name, what it is with what becomes of it, and what shows it on a server."""

    name: str
    what: str
    show: Callable[[RemoteQuads], None]


def _written(store: RemoteQuads, value: str, kind: str) -> str:
    store.replace(TWO, [ox.Quad(TWO, TWO, ox.Literal(value, datatype=expand(kind)), TWO)])
    ((found,),) = solutions(store, f"SELECT ?o {{ GRAPH {TWO} {{ ?s ?p ?o }} }}")
    assert isinstance(found, ox.Literal)
    return found.value


def _booleans(store: RemoteQuads) -> None:
    assert _written(store, "true", "xsd:boolean") == "1"
    assert {quad.object for quad in store.quads_of(TWO)} == {ox.Literal(True)}


def _numbers(store: RemoteQuads) -> None:
    assert _written(store, "042", "xsd:integer") == "42"
    assert _written(store, "1.50", "xsd:decimal") == "1.5"


def _years(store: RemoteQuads) -> None:
    assert _written(store, "-0001", "xsd:gYear") == "0000"


def _large_numbers(store: RemoteQuads) -> None:
    large = ox.Quad(TWO, TWO, ox.Literal("9" * 20, datatype=expand("xsd:integer")), TWO)
    with pytest.raises(EndpointError, match="Invalid integer value"):
        store.apply((), [large])


def _no_default(store: RemoteQuads) -> None:
    with pytest.raises(EndpointError, match="No plain default graph"):
        store.apply((), [ox.Quad(ONE, ONE, ONE)])


def _long_updates(store: RemoteQuads) -> None:
    many = [ox.Quad(TWO, TWO, ox.Literal(f"value {i}"), TWO) for i in range(5 * BATCH)]
    store.apply((), many[:BATCH])
    with pytest.raises(EndpointError, match="memory exhausted"):
        store.apply((), many)


def _no_transaction(store: RemoteQuads) -> None:
    assert not store.is_atomic(TWO)


def _cut(store: RemoteQuads) -> None:
    many = {ox.Quad(node(f"s{i}"), TWO, ox.Literal(f"value {i}"), TWO) for i in range(12_000)}
    store.replace(TWO, many)
    assert len(solutions(store, f"SELECT ?s {{ GRAPH {TWO} {{ ?s ?p ?o }} }}")) == 10_000
    assert set(store.quads_of(TWO)) == many


DIFFERENCES = (
    Difference("truth values", "It gives 1 and 0 for true and false. Values are compared.", _booleans),
    Difference("numbers", "It gives 042 as 42 and 1.50 as 1.5; so does Oxigraph. Values are compared.", _numbers),
    Difference("years before 1", "It makes -0001 the year 0000. Such a push ends with an error.", _years),
    Difference(
        "large numbers", "It refuses whole numbers beyond 64 bits. Such a push ends with an error.", _large_numbers
    ),
    Difference(
        "default graph",
        "It has none to write to; without a name all graphs are asked at once. The view gets a graph with a name.",
        _no_default,
    ),
    Difference("long updates", "Its parser refuses an update of 5,000 triples. Each has 1,000 at most.", _long_updates),
    Difference(
        "transactions",
        "What a request has done before it fails may stay. So it is changed in steps, and the record says so meanwhile.",
        _no_transaction,
    ),
    Difference(
        "cut answers",
        "It gives 10,000 rows (as it comes) and is silent about the rest. Graphs are counted, and read in pages.",
        _cut,
    ),
)
