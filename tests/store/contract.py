"""What every home of a store must do, one check a function; each is run in memory, on disk, and on two vendors' servers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.store.quads import DEFAULT, GraphName, QuadStore, in_graph, lines_of

EXAMPLE = "https://example.org/"


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(EXAMPLE + name)


def _typed(value: str, kind: str) -> ox.Literal:
    return ox.Literal(value, datatype=expand(kind))


ONE, TWO, NOBODYS = node("g/one"), node("g/two"), node("g/nobodys")
VALUES: tuple[ox.NamedNode | ox.Literal, ...] = (
    node("ümlaut/%C3%A4?q=1&r=(2)#m--a--b"),
    ox.Literal(""),
    ox.Literal(" a  b "),
    ox.Literal("ä € 😀 ' \" \\ / \n \t \r ?x $y {} <a:b> # @de"),
    ox.Literal("\\u0041 \\n \\\\ \\"),
    ox.Literal("lang ü " * 1_200),
    ox.Literal("Bündnis", language="de"),
    ox.Literal("Bündnis", language="en"),
    ox.Literal("true"),
    _typed("true", "xsd:boolean"),
    _typed("false", "xsd:boolean"),
    _typed("2023", "xsd:gYear"),
    _typed("2023-03", "xsd:gYearMonth"),
    _typed("2023-03-27", "xsd:date"),
    _typed("2023-03-27T10:00:00Z", "xsd:dateTime"),
    _typed("42", "xsd:integer"),
    _typed("-7", "xsd:integer"),
    _typed("1.5", "xsd:decimal"),
    _typed("https://example.org/", "xsd:anyURI"),
    ox.Literal("elf", datatype=ox.NamedNode(f"{BASE}ontology#elf")),
)
"""Values that our data has, and some that are hard to carry."""


def lines(quads: Iterable[ox.Quad]) -> set[bytes]:
    """Return quads as lines of N-Triples, as a store here writes them."""
    store = ox.Store()
    store.extend(in_graph(quads, DEFAULT))
    return lines_of(store, DEFAULT)


def quads_in(graph: GraphName) -> set[ox.Quad]:
    return {ox.Quad(node(f"s{i % 3}"), node(f"p{i % 2}"), value, graph) for i, value in enumerate(VALUES)}


@dataclass(frozen=True)
class Home:
    """A store, and whether it has a default graph of its own, and can be written."""

    store: QuadStore
    has_default: bool = True
    is_writable: bool = True


def held(home: Home, graph: GraphName) -> set[ox.Quad]:
    return set(home.store.quads_of(graph))


def gives_back_what_it_was_given(home: Home) -> None:
    assert held(home, ONE) == quads_in(ONE)
    if home.has_default:
        assert held(home, DEFAULT) == {next(iter(in_graph([MARK], DEFAULT)))}


def tells_in_what_a_graph_differs(home: Home) -> None:
    here = lines(quads_in(TWO))  # whatever the name of the graph
    other = b'<urn:s> <urn:p> "other" .\n'
    for less in (set[bytes](), {min(here)}, {max(here)}, here):
        assert home.store.difference(ONE, here - less) == (less, set())
        assert home.store.difference(ONE, here - less | {other}) == (less, {other})
    assert home.store.difference(TWO, {other}) == (set(), {other})


def counts(home: Home) -> None:
    names: list[GraphName] = [ONE, TWO, *([DEFAULT] if home.has_default else [])]
    assert home.store.count(names) == dict(zip(names, (len(VALUES), 0, 1), strict=False))
    assert home.store.count([]) == {}


def answers(home: Home) -> None:
    assert bool(home.store.query(f"ASK {{ GRAPH {ONE} {{ ?s ?p 'true' }} }}")) is True
    assert bool(home.store.query(f"ASK {{ GRAPH {TWO} {{ ?s ?p ?o }} }}")) is False


def replaces_one_graph_and_no_other(home: Home) -> None:
    for quads in (quads_in(TWO), {ox.Quad(ONE, ONE, ox.Literal("new"), TWO)}, set[ox.Quad]()):
        home.store.replace(TWO, quads)
        assert held(home, TWO) == quads
    assert held(home, ONE) == quads_in(ONE)
    if home.has_default:
        home.store.replace(DEFAULT, in_graph(quads_in(ONE), DEFAULT))
        assert held(home, DEFAULT) == quads_in(DEFAULT)


def applies_a_difference_to_several_graphs(home: Home) -> None:
    gone = {quad for quad in quads_in(ONE) if quad.predicate == node("p1")}
    home.store.apply(gone, quads_in(TWO))
    assert held(home, ONE) == quads_in(ONE) - gone
    assert held(home, TWO) == quads_in(TWO)
    home.store.apply(gone, quads_in(TWO))  # what is sent twice does no harm
    assert held(home, ONE) | held(home, TWO) == quads_in(ONE) - gone | quads_in(TWO)
    home.store.apply((), ())
    if home.has_default:
        home.store.apply(held(home, DEFAULT), quads_in(DEFAULT))
        assert held(home, DEFAULT) == quads_in(DEFAULT)


def drops_a_graph_with_its_name(home: Home) -> None:
    home.store.apply((), quads_in(TWO), [ONE, node("g/never-there")])
    assert held(home, ONE) == set()
    assert held(home, TWO) == quads_in(TWO)
    assert held(home, NOBODYS) == {MARK}
    names = home.store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert str(ONE) not in {str(row[0]) for row in names}  # type: ignore[union-attr]


def knows_whether_a_request_is_a_transaction(home: Home) -> None:
    for _ in range(2):
        assert home.store.is_atomic(TWO) in {True, False}
        assert held(home, TWO) == set()


MARK = ox.Quad(NOBODYS, NOBODYS, ox.Literal("left alone"), NOBODYS)
READING: tuple[Callable[[Home], None], ...] = (
    gives_back_what_it_was_given,
    tells_in_what_a_graph_differs,
    counts,
    answers,
)
WRITING: tuple[Callable[[Home], None], ...] = (
    replaces_one_graph_and_no_other,
    applies_a_difference_to_several_graphs,
    drops_a_graph_with_its_name,
    knows_whether_a_request_is_a_transaction,
)


def given(has_default: bool = True) -> set[ox.Quad]:
    """Return what a home holds before each check."""
    return {*quads_in(ONE), MARK, *(in_graph([MARK], DEFAULT) if has_default else ())}
