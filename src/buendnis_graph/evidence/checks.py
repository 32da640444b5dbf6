"""Dates that do not exist, names nobody describes, facts no source may state: caught on reading, with the line."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from buendnis_graph.errors import LayoutError
from buendnis_graph.evidence.reader import Located
from buendnis_graph.namespaces import BASE, PREFIXES, RDF_TYPE, expand, shorten

_STATED = expand("bg:StatedProperty")
_PAGE = f"{BASE}source/"
_UNDESCRIBED = (f"{BASE}graph/", f"{BASE}shape/", f"{BASE}ontology/", f"{BASE}coding/")
"""Names that are described elsewhere, or nowhere: graphs of rules, shapes, versions."""


_DATE_FORMS = {
    PREFIXES["xsd"] + "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    PREFIXES["xsd"] + "gYearMonth": re.compile(r"\d{4}-\d{2}"),
    PREFIXES["xsd"] + "gYear": re.compile(r"\d{4}"),
}


def is_date(lexical: str, datatype: str) -> bool:
    """Return whether a lexical form is a day, month or year of the calendar, without a time zone."""
    if not _DATE_FORMS[datatype].fullmatch(lexical):
        return False
    try:
        datetime.date.fromisoformat((lexical + "-01-01")[:10])
    except ValueError:
        return False
    return True


def check_dates(quads: Iterable[Located]) -> None:
    """Check that every date is one, under whatever property it stands.

    Raises:
        LayoutError: for the first that does not exist in the calendar or has a time zone.
    """
    for item in quads:
        literal = item.quad.object
        if not isinstance(literal, ox.Literal) or literal.datatype.value not in _DATE_FORMS:
            continue
        if not is_date(literal.value, literal.datatype.value):
            raise LayoutError(
                f"gives {shorten(literal.datatype.value)} {literal.value!r}, which does not exist as such.",
                path=item.path,
                line=item.line,
                hint="Write a day (2023-05-03), month (2023-05) or year (2023), as precise as the source is, without a "
                "time zone; with the datatype that goes with it: xsd:date, xsd:gYearMonth, xsd:gYear.",
            )


def check_references(quads: list[Located]) -> None:
    """Check that every name of our own namespace that is used is described somewhere.

    Raises:
        LayoutError: for the first that is not, with names like it.
    """
    known = {item.quad.subject for item in quads if not _is_fact_of_a_source(item)}
    for item in quads:
        for term in (item.quad.subject, item.quad.predicate, item.quad.object):
            if isinstance(term, ox.NamedNode) and term not in known and _must_be_described(term):
                name = shorten(term.value)
                close = difflib.get_close_matches(name, {shorten(getattr(k, "value", "")) for k in known}, n=3)
                raise LayoutError(
                    f"uses {name}, which nothing describes.",
                    path=item.path,
                    line=item.line,
                    hint=f"Did you mean: {', '.join(close)}?" if close else "Describe it, or mend the name.",
                )


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


def check_stated(quads: Iterable[Located]) -> None:
    """Check that sources state plain facts only under properties meant for it (``bg:StatedProperty``).

    Memberships are attestations, topics and roles are codings, kinds and labels belong to the registry.

    Raises:
        LayoutError: for the first fact under another property.
    """
    items = list(quads)
    allowed = {i.quad.subject for i in items if i.quad.predicate == RDF_TYPE and i.quad.object == _STATED}
    for item in items:
        quad = item.quad
        graph, subject = quad.graph_name, quad.subject
        if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(_PAGE) or quad.predicate in allowed:
            continue
        if isinstance(subject, ox.NamedNode) and subject.value.startswith(f"{BASE}id/"):
            raise LayoutError(
                f"states {shorten(quad.predicate.value)} of {shorten(subject.value)}, which no source may.",
                path=item.path,
                line=item.line,
                hint=f"Plain facts stand under: {', '.join(sorted(_names(allowed)))}.",
            )


def _names(terms: Iterable[object]) -> Iterator[str]:
    return (shorten(getattr(term, "value", "")) for term in terms)
