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
        is_used: looks up in the graph as it is whether a term is used of a subject.
        first_use: looks up the first subject there; empty if there is none. Takes long: asked only of a term that is
            no longer used of its first one.
    """
    known, lost = dict(before), set[str]()
    for subject in sorted(change.subjects):
        for term in {*_terms_of(change, subject)}:
            if subject > known.get(term, subject):
                continue
            if is_used(subject, term):
                known[term] = subject
            elif subject == before.get(term):
                lost.add(term)
    found = ((term, first_use(term) if term in lost else first) for term, first in sorted(known.items()))
    return {term: first for term, first in found if first}


def _terms_of(change: Change, subject: str) -> Iterator[str]:
    for triple in change.of(subject):
        yield triple.predicate.value
        if triple.predicate == RDF_TYPE and isinstance(triple.object, ox.NamedNode):
            yield triple.object.value
