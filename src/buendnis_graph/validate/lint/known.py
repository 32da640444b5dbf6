"""Which terms there are: what an ontology declares, what the well-known vocabularies hold, what SHACL knows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES, RDF_TYPE, expand
from buendnis_graph.validate.lint.index import Index

# Vocabularies that are finished or grow slowly, so that a term rdflib's list lacks is a misspelt one.
_VOCABULARIES = ("DC", "DCMITYPE", "DCTERMS", "FOAF", "ORG", "OWL", "PROV", "RDF", "RDFS", "SDO", "SKOS", "VOID", "XSD")
_TERM_CLASSES = {
    expand(name)
    for name in (
        "owl:AnnotationProperty",
        "owl:Class",
        "owl:DatatypeProperty",
        "owl:ObjectProperty",
        "rdf:Property",
        "rdfs:Class",
        "rdfs:Datatype",
        "skos:Concept",
    )
}
_NAMESPACE_OWNERS = {expand("owl:Ontology"), expand("skos:ConceptScheme")}
_NAMESPACE_URI = expand("vann:preferredNamespaceUri")


def namespace_of(iri: str) -> str:
    """Return an IRI up to its last ``#`` or ``/``."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


class Known:
    """Knows terms by IRI.

    Args:
        ontology: what declares terms; may hold nothing.
        shacl: SHACL's terms.
        is_project: whether the project's own prefixes are all there is: then an IRI in another namespace is unknown.
    """

    def __init__(self, ontology: Index, shacl: Iterable[str], *, is_project: bool) -> None:
        self._declared = {s.value for s in (q.quad.subject for q in ontology.quads) if isinstance(s, ox.NamedNode)}
        self._own = _own_namespaces(ontology)
        self._shacl = frozenset(shacl)
        self._is_project = is_project

    @cached_property
    def _vocabularies(self) -> dict[str, frozenset[str]]:
        import rdflib.namespace

        found = (getattr(rdflib.namespace, name) for name in _VOCABULARIES)
        return {str(vocabulary): frozenset(map(str, dir(vocabulary))) for vocabulary in found}

    def is_own(self, iri: str) -> bool:
        """Whether an IRI lies in a namespace that the ontology declares terms of."""
        return namespace_of(iri) in self._own

    def is_undeclared(self, iri: str) -> bool:
        """Whether an IRI lies in a namespace all of whose terms are known, and is none of them."""
        namespace = namespace_of(iri)
        if namespace == PREFIXES["sh"] or iri in self._declared:
            return False
        if namespace in self._own:
            return True
        return iri not in self._vocabularies.get(namespace, (iri,))

    def is_foreign(self, iri: str) -> bool:
        """Whether an IRI lies in none of the namespaces that a project uses; elsewhere nobody can know."""
        return self._is_project and not iri.startswith(tuple(PREFIXES.values())) and iri not in self._declared

    def closest(self, iri: str) -> str:
        """Return the known term that an IRI most likely means, ``""`` if none is close."""
        namespace = namespace_of(iri)
        if namespace == PREFIXES["sh"]:
            terms: Iterable[str] = self._shacl
        else:
            terms = self._vocabularies.get(namespace, ()) or (t for t in self._declared if t.startswith(namespace))
        name = iri[len(namespace) :]
        by_name: dict[str, list[str]] = {}
        for term in sorted(terms):
            by_name.setdefault(term[len(namespace) :].casefold(), []).append(term)
        close = difflib.get_close_matches(name.casefold(), by_name, n=3, cutoff=0.6)
        found = [term for folded in close for term in by_name[folded]]
        # Among names that are as close, the one in the same case: org:Organization, not org:organization.
        return max(found, key=lambda term: _likeness(name, term[len(namespace) :]), default="")


def _likeness(one: str, other: str) -> tuple[float, float]:
    folded = difflib.SequenceMatcher(None, one.casefold(), other.casefold()).ratio()
    return folded, difflib.SequenceMatcher(None, one, other).ratio()


def _own_namespaces(ontology: Index) -> frozenset[str]:
    """Return the namespaces whose terms an ontology means to declare in full.

    Those it names as its own (header, scheme, preferred namespace); if it names none, those it declares terms in.
    """
    declared, own = set(), set()
    for item in ontology.quads:
        quad = item.quad
        if quad.predicate == _NAMESPACE_URI and isinstance(quad.object, ox.Literal):
            own.add(quad.object.value)
        if quad.predicate != RDF_TYPE or not isinstance(quad.subject, ox.NamedNode):
            continue
        if quad.object in _NAMESPACE_OWNERS:
            own |= {quad.subject.value.rstrip("#/") + end for end in "#/"}
        elif quad.object in _TERM_CLASSES:
            declared.add(namespace_of(quad.subject.value))
    return frozenset(declared & own or declared)
