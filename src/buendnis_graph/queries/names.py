"""Find things by one of their names, and names that are like what was typed."""

from __future__ import annotations

import pyoxigraph as ox

from buendnis_graph.namespaces import PREF_LABEL, expand
from buendnis_graph.store.askable import Askable, solutions

_ALT_LABEL = expand("skos:altLabel")
_HAS_NAME = f"{{ ?thing {PREF_LABEL} ?name }} UNION {{ ?thing {_ALT_LABEL} ?name }}"
MAX_NAME = 500
"""No name of ours is near this long; comparing longer ones takes long."""
_LIKE = 60
"""How like a name must be to be suggested, of 100 (rapidfuzz's WRatio); so "Tolerantes Saxen" finds its alliance."""


def named(graph: Askable, name: str) -> set[ox.NamedNode]:
    """Return the things of this name: as written; else in any case; else in any legal form and spelling of umlauts."""
    if len(name) > MAX_NAME:
        return set()
    written = " ".join(
        str(term) for term in (ox.Literal(name), *(ox.Literal(name, language=tag) for tag in ("de", "en")))
    )
    found = _things(graph, f"SELECT ?thing {{ VALUES ?name {{ {written} }} {_HAS_NAME} }}")
    if not found:
        folded = f"LCASE(STR(?name)) = LCASE({ox.Literal(name)})"
        found = _things(graph, f"SELECT ?thing {{ {_HAS_NAME} FILTER({folded}) }}")
    return found or _spelt_otherwise(graph, name)


def like(graph: Askable, name: str, of_class: ox.NamedNode | None) -> list[str]:
    """Return up to three names of things (of a class) that are like a name, each thing once, as they are written."""
    from rapidfuzz import fuzz, process, utils

    names = all_names(graph, of_class)
    written: dict[ox.NamedNode, str] = {}
    texts = [text for text, _ in names]
    for text, _score, place in process.extract(
        name[:MAX_NAME], texts, scorer=fuzz.WRatio, processor=utils.default_process, limit=20, score_cutoff=_LIKE
    ):
        written.setdefault(names[place][1], text)
    return list(written.values())[:3]


def all_names(graph: Askable, of_class: ox.NamedNode | None = None) -> list[tuple[str, ox.NamedNode]]:
    """Return all names with what bears them, sorted."""
    of = f"?thing a {of_class} ." if of_class else ""
    rows = solutions(graph, f"SELECT DISTINCT ?name ?thing {{ {of} {_HAS_NAME} }}")
    return sorted(
        (
            (name.value, thing)
            for name, thing in rows
            if isinstance(name, ox.Literal) and isinstance(thing, ox.NamedNode)
        ),
        key=str,
    )


def _things(graph: Askable, sparql: str) -> set[ox.NamedNode]:
    return {row[0] for row in solutions(graph, sparql) if isinstance(row[0], ox.NamedNode)}


def _spelt_otherwise(graph: Askable, name: str) -> set[ox.NamedNode]:
    from buendnis_graph.resolving.normalise import parse

    wanted = parse(name).stems
    if not wanted:
        return set()
    return {thing for other, thing in all_names(graph) if parse(other).stems == wanted}
