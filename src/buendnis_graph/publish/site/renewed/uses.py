"""Of what the terms of the graph are used first, after a change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE
from buendnis_graph.publish.site.renewed.change import Change


def uses_after(
    before: Mapping[str, str], change: Change, is_used: Callable[[str, str], bool], first_use: Callable[[str], str]
) -> dict[str, str]:
    """Return by IRI of a property or class the first subject that it is used of.

    Args:
        before: the same before the change.
        change: the change.
        is_used: tells of a term and a subject whether it is used of that in the graph as it is.
        first_use: looks up the first one there, among all; empty if there is none.
    """
    found, lost = dict(before), set[str]()
    for subject in change.subjects:
        for term in {*_terms_of(change, subject)}:
            if is_used(term, subject):
                found[term] = min(subject, found.get(term, subject))
            elif found.get(term) == subject:
                lost.add(term)
    found |= {term: first_use(term) for term in sorted(lost)}
    return {term: first for term, first in sorted(found.items()) if first}


def _terms_of(change: Change, subject: str) -> Iterator[str]:
    for triple in change.of(subject):
        yield triple.predicate.value
        if triple.predicate == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
            yield triple.object.value
