"""Of what the terms of the graph are used first, after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE
from buendnis_graph.publish.site.renewed.change import Change


def uses_after(before: Mapping[str, str], change: Change, first_use: Callable[[str], str]) -> dict[str, str]:
    """Return by IRI of a property or class the first subject that it is used of.

    Args:
        before: the same before the change.
        change: the change.
        first_use: looks it up in the graph as it is; empty if there is none.
    """
    known = dict(before)
    for subject in change.subjects:
        for term in _terms_of(change, subject):
            if subject <= known.get(term, subject):
                known[term] = ""
    found = ((term, first or first_use(term)) for term, first in sorted(known.items()))
    return {term: first for term, first in found if first}


def _terms_of(change: Change, subject: str) -> Iterator[str]:
    for triple in change.of(subject):
        yield triple.predicate.value
        if triple.predicate == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
            yield triple.object.value
