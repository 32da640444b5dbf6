"""Dates that do not exist, names nobody describes, facts no source may state: caught on reading, with the line."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.dates import TYPES, is_date
from buendnis_graph.evidence.faults import Fault, Refuse, raising
from buendnis_graph.evidence.reader import Located
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand, shorten

_STATED = expand("bg:StatedProperty")
_PAGE = f"{BASE}source/"
_UNDESCRIBED = (f"{BASE}graph/", f"{BASE}shape/", f"{BASE}ontology/", f"{BASE}coding/")
"""Names that are described elsewhere, or nowhere: graphs of rules, shapes, versions."""


_LENGTHS = {expand(name).value: length for length, name in TYPES.items()}
"""How long a date is, by its datatype."""


def check_dates(quads: Iterable[Located], refuse: Refuse = raising) -> None:
    """Check that every date is one, under whatever property it stands.

    Raises:
        LayoutError: for the first that does not exist in the calendar or has a time zone, unless faults are collected.
    """
    for item in quads:
        literal = item.quad.object
        if not isinstance(literal, ox.Literal) or literal.datatype.value not in _LENGTHS:
            continue
        if len(literal.value) != _LENGTHS[literal.datatype.value] or not is_date(literal.value):
            parts = {"datatype": shorten(literal.datatype.value), "value": literal.value}
            refuse(Fault("date", item.path, item.line, item.quad, literal, parts))


def check_references(quads: list[Located], refuse: Refuse = raising) -> None:
    """Check that every name of our own namespace that is used is described somewhere.

    Raises:
        LayoutError: for the first that is not, with names like it, unless faults are collected.
    """
    known = {item.quad.subject for item in quads if not _is_fact_of_a_source(item)}
    names: list[str] = []
    parts: dict[ox.NamedNode, dict[str, str]] = {}
    told: set[tuple[object, Path, int]] = set()
    for item in quads:
        for term in (item.quad.subject, item.quad.predicate, item.quad.object):
            place = (term, item.path, item.line)
            if not isinstance(term, ox.NamedNode) or term in known or not _must_be_described(term) or place in told:
                continue
            told.add(place)
            if term not in parts:
                names = names or sorted({shorten(getattr(k, "value", "")) for k in known})
                parts[term] = _alike(shorten(term.value), names)
            refuse(Fault("undescribed", item.path, item.line, item.quad, term, parts[term]))


def _alike(name: str, names: list[str]) -> dict[str, str]:
    close = difflib.get_close_matches(name, names, n=3)
    return {"name": name, "close": ", ".join(close)} if close else {"name": name}


def _is_fact_of_a_source(item: Located) -> bool:
    """Return whether a quad is a plain fact in a source's graph: it speaks of a thing but does not describe it."""
    graph, subject = item.quad.graph_name, item.quad.subject
    return getattr(graph, "value", "").startswith(_PAGE) and getattr(subject, "value", "").startswith(f"{BASE}id/")


def _must_be_described(term: ox.NamedNode) -> bool:
    value = term.value
    if not value.startswith(BASE) or value.startswith(_UNDESCRIBED) or value == BASE:
        return False
    # a page is described by a rule, from its readings
    return not (value.startswith(_PAGE) and value.count("/") < _PAGE.count("/") + 2)


def check_stated(quads: Iterable[Located], refuse: Refuse = raising) -> None:
    """Check that sources state plain facts only under properties meant for it (``bg:StatedProperty``).

    Memberships are attestations, topics and roles are codings, kinds and labels belong to the registry.

    Raises:
        LayoutError: for the first fact under another property, unless faults are collected.
    """
    items = list(quads)
    allowed = {i.quad.subject for i in items if i.quad.predicate == RDF_TYPE and i.quad.object == _STATED}
    for item in items:
        quad = item.quad
        graph, subject = quad.graph_name, quad.subject
        if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(_PAGE) or quad.predicate in allowed:
            continue
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(f"{BASE}id/"):
            parts = {"property": shorten(quad.predicate.value), "subject": shorten(subject.value)}
            parts["allowed"] = ", ".join(sorted(_names(allowed)))
            refuse(Fault("not-stated", item.path, item.line, quad, quad.predicate, parts))


def _names(terms: Iterable[object]) -> Iterator[str]:
    return (shorten(getattr(term, "value", "")) for term in terms)
