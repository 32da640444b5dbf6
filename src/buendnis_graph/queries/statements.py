"""Who says a statement."""

from __future__ import annotations

from functools import partial

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.namespaces import iri_of
from buendnis_graph.queries.explain.origins import origins
from buendnis_graph.queries.labels import labels_of
from buendnis_graph.queries.table import Table, Term
from buendnis_graph.store.askable import Askable, solutions

_COLUMNS = ("kind", "source", "address", "issued", "seen")


def sources_of(graph: Askable, subject: object, predicate: object, value: object) -> Table:
    """Return where a statement of the consolidated view comes from.

    Args:
        graph: that holds it.
        subject: a term of rdflib or pyoxigraph, prefixed name, slug or IRI.
        predicate: likewise.
        value: likewise; or a literal, found by its text whatever its language or datatype.

    Returns:
        One row a source, with the columns ``kind``, ``source``, ``address``, ``issued``, ``seen``.

    Raises:
        QueryError: if a subject or predicate can't be an IRI.
    """
    node, prop = _named(subject), _named(predicate)
    if node is None or prop is None:
        wrong = subject if node is None else predicate
        raise QueryError(
            f"'{wrong}' names nothing: it is no IRI, prefixed name or slug.", hint="For example: org:memberOf"
        )
    found = set().union(*origins(graph, _stated(graph, node, prop, value)).values())
    rows: list[tuple[Term, ...]] = [
        (
            ox.Literal(origin.kind),
            ox.NamedNode(origin.iri) if origin.iri else None,
            *(ox.Literal(text) if text else None for text in (origin.address, origin.issued, origin.seen)),
        )
        for origin in sorted(found, key=lambda origin: (origin.kind != "source", origin))
    ]
    return Table(_COLUMNS, rows, partial(labels_of, graph))


def _stated(
    graph: Askable, node: ox.NamedNode, prop: ox.NamedNode, value: object
) -> list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    """Return the triples meant: several if a text stands in several languages."""
    named = _named(value)
    text = str(getattr(value, "value", value) if isinstance(value, ox.Literal) else value)
    match = f"(ISLITERAL(?o) && STR(?o) = {ox.Literal(text)})" + (f" || ?o = {named}" if named else "")
    rows = solutions(graph, f"SELECT DISTINCT ?o {{ {node} {prop} ?o FILTER({match}) }}")
    return [(node, prop, o) for (o,) in rows if isinstance(o, ox.NamedNode | ox.Literal)]


def _named(term: object) -> ox.NamedNode | None:
    """Return the IRI a term or text stands for; None if it stands for none."""
    if isinstance(term, ox.NamedNode):
        return term
    if isinstance(term, ox.Literal) or type(term).__name__ == "Literal":
        return None
    iri = str(term) if type(term).__name__ == "URIRef" else iri_of(str(term))
    if iri is None:
        return None
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
