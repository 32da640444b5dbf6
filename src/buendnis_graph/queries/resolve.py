"""Turn what a user typed for a parameter into an RDF term."""

from __future__ import annotations

import re

import pyoxigraph as ox

from buendnis_graph.dates import TYPES, is_date
from buendnis_graph.errors import QueryError
from buendnis_graph.namespaces import BASE, PREFIXES, expand, iri_of
from buendnis_graph.queries.catalogue import Parameter
from buendnis_graph.queries.names import like, named
from buendnis_graph.store.askable import Askable, solutions
from buendnis_graph.wording import LANGUAGES

_GERMAN_DAY = re.compile(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_ISO = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


def resolve(graph: Askable, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    """Return the term for a value typed for a parameter.

    Things are named by IRI (``https://…``), prefixed name (``id:…``), slug, or one of their names. The value reaches
    the graph as a term, never as text of a query.

    Raises:
        QueryError: if the value is not of the parameter's kind, or no thing bears the name.
    """
    if parameter.kind == "iri":
        return _thing(graph, parameter, value)
    if parameter.kind == "date":
        return _date(parameter, value)
    if parameter.kind == "number":
        if re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            return ox.Literal(value, datatype=expand("xsd:integer"))
        raise QueryError(f"parameter '{parameter.name}' takes a whole number, not '{value}'.")
    if parameter.kind == "language" and value not in LANGUAGES:
        raise QueryError(f"parameter '{parameter.name}' takes {' or '.join(LANGUAGES)}, not '{value}'.")
    return ox.Literal(value)


def _date(parameter: Parameter, value: str) -> ox.Literal:
    german = _GERMAN_DAY.fullmatch(value)
    date = f"{german[3]}-{int(german[2]):02}-{int(german[1]):02}" if german else value
    if is_date(date):
        return ox.Literal(date, datatype=expand(TYPES[len(date)]))
    if german or _ISO.fullmatch(value):
        raise QueryError(f"parameter '{parameter.name}': there is no such day, month or year: '{value}'.")
    raise QueryError(f"parameter '{parameter.name}' takes a date such as 2023, 2023-03 or 2023-03-27, not '{value}'.")


def _thing(graph: Askable, parameter: Parameter, value: str) -> ox.NamedNode:
    for iri in _iris(parameter, value):
        try:
            node = ox.NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"'{value}' is no valid IRI.") from error
        if _ask(graph, f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s {node} ?o }} }}"):
            return _checked(graph, parameter, value, current(graph, node))
    return _by_name(graph, parameter, value)


def _iris(parameter: Parameter, value: str) -> list[str]:
    """Return the IRIs a value may mean."""
    iri = iri_of(value)
    found = [] if iri is None else [iri]
    if parameter.of_class == "rdf:Property" and value.isascii() and value.isalnum():
        found += [PREFIXES[known] + value for known in ("schema", "bg", "org", "skos", "dcterms")]
    return found


def current(graph: Askable, node: ox.NamedNode) -> ox.NamedNode:
    """Return what an entry that was merged into another leads to, or the entry itself."""
    seen = {node}
    while True:
        rows = solutions(graph, f"SELECT ?next {{ {node} {expand('dcterms:isReplacedBy')} ?next }} ORDER BY ?next")
        following = rows[0][0] if rows else None
        if not isinstance(following, ox.NamedNode) or following in seen:
            return node
        node = following
        seen.add(node)


def _ask(graph: Askable, sparql: str) -> bool:
    return bool(graph.query(sparql))


def _is_of_class(graph: Askable, parameter: Parameter, node: ox.NamedNode) -> bool:
    if parameter.of_class in {"", "rdf:Property"}:
        return True
    return _ask(graph, f"ASK {{ {node} a {expand(parameter.of_class)} }}")


def _checked(graph: Askable, parameter: Parameter, value: str, node: ox.NamedNode) -> ox.NamedNode:
    if _is_of_class(graph, parameter, node):
        return node
    raise QueryError(
        f"'{value}' is not what parameter '{parameter.name}' takes: {parameter.labels['en']} ({parameter.of_class}).",
        hint="Alliances: buendnis query alliances",
    )


def _by_name(graph: Askable, parameter: Parameter, value: str) -> ox.NamedNode:
    found = {current(graph, node) for node in named(graph, value)}
    fitting = [node for node in found if _is_of_class(graph, parameter, node)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(sorted(node.value.removeprefix(BASE) for node in fitting))
        raise QueryError(
            f"'{value}' is the name of several things: {names}.", hint="Give one of them by its short name."
        )
    if found:
        return _checked(graph, parameter, value, min(found, key=str))
    of_class = None if parameter.of_class in {"", "rdf:Property"} else expand(parameter.of_class)
    close = like(graph, value, of_class)
    hint = f"Did you mean: {'; '.join(close)}?" if close else "The alliances by name: buendnis query alliances"
    raise QueryError(f"nothing in the graph is called '{value}'.", hint=hint)
