"""The triple patterns of a query, and what they match in a solution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.explain.paths import Pair, Triple, edges
from buendnis_graph.queries.explain.unfold import MARK
from buendnis_graph.store.askable import Askable

Node = ox.NamedNode | ox.Literal
Pattern = tuple[Any, Any, Any, Any, frozenset[str]]
"""Subject, predicate or path, object and graph (or None), as rdflib has them; variables bound if it matched."""


def patterns(sparql: str) -> list[Pattern]:
    """Return the patterns of a query whose matches its solutions show; not those of MINUS, EXISTS and inner SELECTs.

    Raises:
        QueryError: if rdflib can't read the query.
    """
    import rdflib
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    rdflib.NORMALIZE_LITERALS = False
    try:
        algebra = translateQuery(parseQuery(sparql), initNs=PREFIXES).algebra
    except Exception as error:
        raise QueryError(
            "the query is beyond what can be explained.", hint=str(error).partition("\n")[0][:200]
        ) from error
    return list(dict.fromkeys(_walk(algebra, None)))


def _walk(node: Any, graph: Any, marks: frozenset[str] = frozenset()) -> Iterator[Pattern]:
    name = getattr(node, "name", "")
    if name == "BGP":
        for subject, predicate, thing in node.triples:
            yield subject, predicate, thing, graph, marks
    elif name == "Graph":
        yield from _walk(node.p, node.term, marks)
    elif name == "Minus":
        yield from _walk(node.p1, graph, marks)
    elif name == "Extend" and str(node.var).startswith(MARK):
        yield from _walk(node.p, graph, marks | {str(node.var)})
    elif name != "ToMultiSet":
        for part in ("p", "p1", "p2"):
            inner = node.get(part) if hasattr(node, "get") else None
            if inner is not None:
                yield from _walk(inner, graph, marks)


def matches(
    graph: Askable, found: list[Pattern], solutions: list[Mapping[str, Node]]
) -> list[set[tuple[Triple, Node | None]]]:
    """Return for each solution the triples its patterns match, each with its named graph if it was asked by GRAPH.

    Paths are followed to the triples they lead over.
    """
    direct: list[set[tuple[Triple, Node | None]]] = [set() for _ in solutions]
    walked: dict[Any, dict[Pair, list[tuple[int, Node | None]]]] = {}
    for subject, predicate, thing, named, marks in found:
        is_path = not hasattr(predicate, "toPython")
        for number, solution in enumerate(solutions):
            s, o = _value(subject, solution), _value(thing, solution)
            p = None if is_path else _value(predicate, solution)
            g = None if named is None else _value(named, solution)
            if not isinstance(s, ox.NamedNode) or o is None or not marks <= solution.keys():
                continue
            if is_path:
                walked.setdefault(predicate, {}).setdefault((s, o), []).append((number, g))
            elif isinstance(p, ox.NamedNode):
                direct[number].add(((s, p, o), g))
    for path, pairs in walked.items():
        for pair, triples in edges(graph, path, set(pairs)).items():
            for number, g in pairs[pair]:
                direct[number].update((triple, g) for triple in triples)
    return direct


def _value(term: Any, solution: Mapping[str, Node]) -> Node | None:
    from rdflib import Literal, URIRef, Variable

    if isinstance(term, Variable):
        return solution.get(str(term))
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, Literal):
        if term.language:
            return ox.Literal(str(term), language=term.language)
        return (
            ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype))) if term.datatype else ox.Literal(str(term))
        )
    return None
