"""Where triples come from: the sources that say them, or what of ours they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREF_LABEL, RDF_TYPE, expand
from buendnis_graph.queries.explain.paths import AT_ONCE, Triple
from buendnis_graph.store.askable import Askable, solutions

SOURCE, REGISTRY, CODING, ONTOLOGY, LINKS, DERIVED, UNKNOWN = (
    "source",
    "registry",
    "coding",
    "ontology",
    "links",
    "derived",
    "unknown",
)
_IDENTITY = {PREF_LABEL, RDF_TYPE, expand("skos:altLabel"), expand("dcterms:isReplacedBy")}
_DERIVED = ("membership/", "conflict/", "coverage/", "statement/")
_BACKED = (
    "bg:attestation ?attestation . ?attestation dcterms:source ?source . {0} bg:countsAsMember true . "
    "FILTER EXISTS {{ ?attestation org:role/bg:countsAsMember true }}"
)
"""Who says that a thing is a member: those who name a role that counts, as in rules 62 and 63; a carrier is none."""
_NODE_SOURCES = (
    "?n dcterms:source ?source",
    "?n " + _BACKED.format("?n"),
    "?n bg:attestation/dcterms:source ?source . FILTER NOT EXISTS { ?n bg:countsAsMember true }",
    "?n bg:statement/dcterms:source ?source",
    "?n bg:statedCount/dcterms:source ?source",
    "?n a bg:Source . BIND(?n AS ?source)",
)
_MEMBER_OF = {expand("org:memberOf"): False, expand("org:hasMember"): True}


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """One source behind a row, or a part of this project that is.

    Args:
        kind: ``source``, ``registry`` (who is who), ``coding`` (our judgement), ``ontology`` (terms and their labels),
            ``links``, ``derived`` (by our rules) or ``unknown`` (nothing says where it comes from).
        iri: of the source.
        address: of its page.
        issued: date of the page as it states it, if it does.
        seen: when it was read.
    """

    kind: str
    iri: str = ""
    address: str = ""
    issued: str = ""
    seen: str = ""

    @property
    def site(self) -> str:
        """The host of the page."""
        return (urlsplit(self.address).hostname or "").removeprefix("www.")


def origins(graph: Askable, triples: Iterable[Triple]) -> dict[Triple, set[Origin]]:
    """Return where triples of the consolidated view come from; those that are not in it are left out."""
    there = _present(graph, set(triples))
    by_node = _sources_of_nodes(graph, {subject for subject, _, _ in there})
    said, coded = _sources_of_statements(graph, there)
    for triple, sources in _sources_of_members(graph, there).items():
        said.setdefault(triple, set()).update(sources)
    every = {iri for found in (*by_node.values(), *said.values()) for iri in found}
    described = _described(graph, every)
    result: dict[Triple, set[Origin]] = {}
    for triple in there:
        found = {described[iri] for iri in by_node.get(triple[0], set()) | said.get(triple, set())}
        kind = _own(triple, has_source=bool(found))
        result[triple] = found | ({Origin(CODING)} if triple in coded else set()) | ({Origin(kind)} if kind else set())
    return result


def describe(graph: Askable, sources: Iterable[ox.NamedNode]) -> dict[ox.NamedNode, Origin]:
    """Return sources by IRI, as far as they are described."""
    return {
        ox.NamedNode(iri): origin
        for iri, origin in _described(graph, {s.value for s in sources}).items()
        if origin.address
    }


def _own(triple: Triple, *, has_source: bool) -> str:
    """Return what of ours a triple is, empty if it is only said by sources."""
    subject, predicate, _ = triple
    if not subject.value.startswith(BASE):
        return "" if has_source else UNKNOWN
    path = subject.value[len(BASE) :]
    if path.startswith("coding/"):
        return CODING
    if has_source:
        return ""
    if path.startswith(_DERIVED):
        return DERIVED
    if path.startswith("id/"):
        return REGISTRY if predicate in _IDENTITY else UNKNOWN
    if path.startswith(("judgement/", "link/")):
        return LINKS
    return ONTOLOGY


def _ask(graph: Askable, columns: str, names: str, values: Iterable[str], pattern: str) -> list[tuple[Any, ...]]:
    """Return rows of a pattern for values, so many at once."""
    rows: list[tuple[Any, ...]] = []
    listed = sorted(set(values))
    for start in range(0, len(listed), AT_ONCE):
        given = " ".join(listed[start : start + AT_ONCE])
        rows += solutions(graph, f"SELECT DISTINCT {columns} {{ VALUES {names} {{ {given} }} {pattern} }}")
    return rows


def _as_values(triples: Iterable[Triple]) -> list[str]:
    return [f"({s} {p} {o})" for s, p, o in triples]


def _present(graph: Askable, triples: set[Triple]) -> set[Triple]:
    rows = _ask(graph, "?s ?p ?o", "(?s ?p ?o)", _as_values(triples), "?s ?p ?o")
    return {(s, p, o) for s, p, o in rows}


def _sources_of_nodes(graph: Askable, nodes: set[ox.NamedNode]) -> dict[ox.NamedNode, set[str]]:
    found: dict[ox.NamedNode, set[str]] = {}
    for pattern in _NODE_SOURCES:
        for node, source in _ask(graph, "?n ?source", "?n", map(str, nodes), pattern):
            found.setdefault(node, set()).add(source.value)
    return found


def _sources_of_statements(graph: Askable, triples: set[Triple]) -> tuple[dict[Triple, set[str]], set[Triple]]:
    """Return the sources that statements and codings name for triples, and which of them are coded."""
    pattern = (
        "?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; a ?kind ; dcterms:source ?source . "
        "FILTER(?kind IN (rdf:Statement, bg:Coding))"
    )
    said: dict[Triple, set[str]] = {}
    coded: set[Triple] = set()
    for s, p, o, kind, source in _ask(graph, "?s ?p ?o ?kind ?source", "(?s ?p ?o)", _as_values(triples), pattern):
        said.setdefault((s, p, o), set()).add(source.value)
        if kind == expand("bg:Coding"):
            coded.add((s, p, o))
    return said, coded


def _sources_of_members(graph: Askable, triples: set[Triple]) -> dict[Triple, set[str]]:
    """Return the sources of ``org:memberOf`` and ``org:hasMember``: those of the memberships behind them."""
    pattern = "?x org:member ?s ; org:organization ?o ; " + _BACKED.format("?x")
    found: dict[Triple, set[str]] = {}
    for predicate, is_inverse in _MEMBER_OF.items():
        pairs = {(o, s) if is_inverse else (s, o): (s, p, o) for s, p, o in triples if p == predicate}
        for s, o, source in _ask(graph, "?s ?o ?source", "(?s ?o)", (f"({a} {b})" for a, b in pairs), pattern):
            found.setdefault(pairs[s, o], set()).add(source.value)
    return found


def _described(graph: Askable, sources: set[str]) -> dict[str, Origin]:
    found = {iri: Origin(SOURCE, iri) for iri in sources}
    pattern = "?n schema:url ?url . OPTIONAL { ?n dcterms:issued ?issued } OPTIONAL { ?n bg:seenOn ?seen }"
    nodes = (str(ox.NamedNode(iri)) for iri in sources)
    for node, url, issued, seen in sorted(_ask(graph, "?n ?url ?issued ?seen", "?n", nodes, pattern), key=str):
        dates = ("" if term is None else str(term.value) for term in (issued, seen))
        found[node.value] = Origin(SOURCE, node.value, str(url.value), *dates)
    return found
