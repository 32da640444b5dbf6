"""Turn what a user typed for a parameter into an RDF term."""

from __future__ import annotations

import difflib
import re

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.namespaces import BASE, PREF_LABEL, PREFIXES, RDF_TYPE, expand
from buendnis_graph.queries.catalogue import Parameter

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATES = {
    re.compile(r"\d{4}"): "xsd:gYear",
    re.compile(r"\d{4}-\d{2}"): "xsd:gYearMonth",
    re.compile(r"\d{4}-\d{2}-\d{2}"): "xsd:date",
}
LANGUAGES = ("de", "en")
_ALT_LABEL = expand("skos:altLabel")
_REPLACED = expand("dcterms:isReplacedBy")


def resolve(store: ox.Store, parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal:
    """Return the term for a value typed for a parameter.

    Things are named by IRI (``https://…``), prefixed name (``id:…``), slug, or one of their names.

    Raises:
        QueryError: if the value is not of the parameter's kind, or no thing bears the name.
    """
    if parameter.kind == "iri":
        return _thing(store, parameter, value)
    if parameter.kind == "date":
        for pattern, datatype in _DATES.items():
            if pattern.fullmatch(value):
                return ox.Literal(value, datatype=expand(datatype))
        raise QueryError(
            f"parameter '{parameter.name}' takes a date such as 2023, 2023-03 or 2023-03-27, not '{value}'."
        )
    if parameter.kind == "number":
        if re.fullmatch(r"[+-]?\d+", value):
            return ox.Literal(value, datatype=expand("xsd:integer"))
        raise QueryError(f"parameter '{parameter.name}' takes a whole number, not '{value}'.")
    if parameter.kind == "language" and value not in LANGUAGES:
        raise QueryError(f"parameter '{parameter.name}' takes {' or '.join(LANGUAGES)}, not '{value}'.")
    return ox.Literal(value)


def _thing(store: ox.Store, parameter: Parameter, value: str) -> ox.NamedNode:
    prefix, colon, local = value.partition(":")
    candidates = []
    if _SLUG.fullmatch(value):
        candidates.append(f"{BASE}id/{value}")
    elif colon and prefix in PREFIXES:
        candidates.append(PREFIXES[prefix] + local)
    elif prefix in {"http", "https"}:
        candidates.append(value)
    if parameter.of_class == "rdf:Property" and value.isalnum():
        candidates += [PREFIXES[known] + value for known in ("schema", "bg", "org", "skos", "dcterms")]
    for iri in candidates:
        try:
            node = ox.NamedNode(iri)
        except ValueError as error:
            raise QueryError(f"'{value}' is no valid IRI.") from error
        if _is_known(store, node):
            return _checked(store, parameter, value, _current(store, node))
    return _named(store, parameter, value)


def _current(store: ox.Store, node: ox.NamedNode) -> ox.NamedNode:
    """Return what an entry that was merged into another leads to, or the entry itself."""
    seen = {node}
    while quad := next(store.quads_for_pattern(node, _REPLACED, None, ox.DefaultGraph()), None):
        if not isinstance(quad.object, ox.NamedNode) or quad.object in seen:
            break
        node = quad.object
        seen.add(node)
    return node


def _is_known(store: ox.Store, node: ox.NamedNode) -> bool:
    view = ox.DefaultGraph()
    as_subject = store.quads_for_pattern(node, None, None, view)
    as_predicate = store.quads_for_pattern(None, node, None, view)
    return next(as_subject, None) is not None or next(as_predicate, None) is not None


def _is_of_class(store: ox.Store, parameter: Parameter, node: ox.NamedNode) -> bool:
    if parameter.of_class in {"", "rdf:Property"}:
        return True
    quads = store.quads_for_pattern(node, RDF_TYPE, expand(parameter.of_class), ox.DefaultGraph())
    return next(quads, None) is not None


def _checked(store: ox.Store, parameter: Parameter, value: str, node: ox.NamedNode) -> ox.NamedNode:
    if _is_of_class(store, parameter, node):
        return node
    raise QueryError(
        f"'{value}' is not what parameter '{parameter.name}' takes: {parameter.labels['en']} ({parameter.of_class}).",
        hint="Alliances: buendnis query alliances",
    )


def _named(store: ox.Store, parameter: Parameter, value: str) -> ox.NamedNode:
    wanted = value.casefold()
    by_label: dict[str, dict[ox.NamedNode, str]] = {}
    for label_property in (PREF_LABEL, _ALT_LABEL):
        for quad in store.quads_for_pattern(None, label_property, None, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
                by_label.setdefault(quad.object.value.casefold(), {}).setdefault(quad.subject, quad.object.value)
    found = {_current(store, node) for node in by_label.get(wanted, {})}
    fitting = [node for node in found if _is_of_class(store, parameter, node)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(sorted(node.value.removeprefix(BASE) for node in fitting))
        raise QueryError(
            f"'{value}' is the name of several things: {names}.", hint="Give one of them by its short name."
        )
    if found:
        return _checked(store, parameter, value, next(iter(found)))
    raise QueryError(
        f"nothing in the graph is called '{value}'.", hint=_suggestions(store, parameter, wanted, by_label)
    )


def _suggestions(
    store: ox.Store, parameter: Parameter, wanted: str, by_label: dict[str, dict[ox.NamedNode, str]]
) -> str:
    """Return names of fitting things that are like what was typed, each thing once, as they are written."""
    written: dict[ox.NamedNode, str] = {}
    for label in difflib.get_close_matches(wanted, by_label, n=20, cutoff=0.5):
        for node, text in by_label[label].items():
            if len(written) < 3 and _is_of_class(store, parameter, node):
                written.setdefault(node, text)
    if written:
        return f"Did you mean: {'; '.join(written.values())}?"
    return "Names are matched whole; the alliances: buendnis query alliances"
