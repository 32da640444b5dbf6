"""What people call the things whose IRIs are in an answer."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from buendnis_graph.errors import BuendnisError
from buendnis_graph.namespaces import BASE, PREF_LABEL, expand
from buendnis_graph.store.askable import Askable, solutions

_RDFS_LABEL = expand("rdfs:label")
_RELATED = expand("skos:related")
_AT_ONCE = 500


def labels_of(graph: Askable, things: Iterable[ox.NamedNode], language: str) -> dict[str, str]:
    """Return the labels of things by IRI: in a language, else in German, else any; without one, a thing is left out.

    Labels are a help: if the graph can't be asked for them, there are none.
    """
    order = [language, "de", "en", ""]
    found: dict[str, tuple[int, str]] = {}
    nodes = sorted(set(things), key=str)
    for start in range(0, len(nodes), _AT_ONCE):
        listed = " ".join(map(str, nodes[start : start + _AT_ONCE]))
        pattern = f"{{ ?thing {PREF_LABEL} ?name }} UNION {{ ?thing {_RDFS_LABEL} ?name }}"
        try:
            rows = solutions(graph, f"SELECT ?thing ?name {{ VALUES ?thing {{ {listed} }} {pattern} }}")
        except (BuendnisError, OSError, ValueError, SyntaxError):
            return {}
        for thing, name in rows:
            if isinstance(thing, ox.NamedNode) and isinstance(name, ox.Literal):
                tag = name.language or ""
                candidate = (order.index(tag) if tag in order else len(order), name.value)
                found[thing.value] = min(candidate, found.get(thing.value, candidate))
    return {iri: text for iri, (_, text) in found.items()}


def related_names(graph: Askable, terms: Iterable[ox.NamedNode | ox.Literal], language: str) -> list[str]:
    """Return the names of the topics related to what was asked for, so that racism leads to anti-racism; sorted.

    They are a help: if the graph can't be asked for them, there are none.
    """
    things = {term for term in terms if isinstance(term, ox.NamedNode)}
    if not things:
        return []
    listed = " ".join(sorted(map(str, things)))
    try:
        rows = solutions(graph, f"SELECT ?other {{ VALUES ?thing {{ {listed} }} ?thing {_RELATED} ?other }}")
    except (BuendnisError, OSError, ValueError, SyntaxError):
        return []
    others = {other for (other,) in rows if isinstance(other, ox.NamedNode)} - things
    return sorted(labels_of(graph, others, language).values(), key=lambda name: (name.casefold(), name))


def related_topics(graph: Askable, topics: Iterable[str], language: str) -> list[str]:
    """Return what :func:`related_names` does, of topics by the end of their IRI."""
    return related_names(graph, [ox.NamedNode(f"{BASE}topic/{topic}") for topic in topics], language)
