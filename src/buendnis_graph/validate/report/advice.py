"""What the closed world adds to its findings: the declared term that is meant; it is silent where one is forbidden."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.evidence.whereabouts import Whereabouts
from buendnis_graph.namespaces import BASE, expand, shorten
from buendnis_graph.validate.engine import Result

_PROPERTY, _CLASS = f"{BASE}shape/declared-property", f"{BASE}shape/declared-class"
_FORBIDDEN = {f"{BASE}shape/no-personal-property", f"{BASE}shape/no-personal-class"}
_KINDS = {
    _PROPERTY: set(map(expand, ("rdf:Property", "owl:ObjectProperty", "owl:DatatypeProperty"))),
    _CLASS: set(map(expand, ("rdfs:Class", "owl:Class"))),
}
_MEANT = {"de": "Gemeint ist wohl {term}.", "en": "Did you mean {term}?"}
_CLOSE = 0.75


def without_contradiction(results: Iterable[Result]) -> list[Result]:
    """Return results without those that say how to declare a term whose use must go, as another result says."""
    found = list(results)
    forbidden = {(r.focus, r.path, r.value) for r in found if r.rule in _FORBIDDEN}
    return [r for r in found if r.rule not in _KINDS or (r.focus, r.path, r.value) not in forbidden]


class Meant:
    """Says which declared term an unknown one most likely means.

    Args:
        corpus: what the files say, the ontology among them.
    """

    def __init__(self, corpus: Whereabouts) -> None:
        self._corpus = corpus
        self._known: dict[tuple[str, str], str] = {}

    @cached_property
    def _declared(self) -> dict[str, list[str]]:
        found: dict[str, set[str]] = {rule: set() for rule in _KINDS}
        for rule, kinds in _KINDS.items():
            for item in (item for kind in kinds for item in self._corpus.of_class(kind)):
                if isinstance(item.quad.subject, ox.NamedNode):
                    found[rule].add(item.quad.subject.value)
        return {rule: sorted(terms) for rule, terms in found.items()}

    def add_to(self, result: Result, said: dict[str, str]) -> dict[str, str]:
        """Return what a result says, with the term that is meant if one is close."""
        if result.rule not in _KINDS:
            return said
        term = result.path.predicate if result.rule == _PROPERTY and result.path else result.value
        meant = self._closest(result.rule, term.value) if isinstance(term, ox.NamedNode) else ""
        if not meant:
            return said
        return {tag: f"{text} {_MEANT[tag].format(term=shorten(meant))}" for tag, text in said.items()}

    def _closest(self, rule: str, iri: str) -> str:
        """Return the declared term with the most similar name, of those the one with the most similar IRI, or none."""
        if (rule, iri) not in self._known:
            name = _name(iri)
            by_name: dict[str, list[str]] = {}
            for term in self._declared[rule]:
                by_name.setdefault(_name(term), []).append(term)
            close = difflib.get_close_matches(name, by_name, n=1, cutoff=_CLOSE)
            terms = [term for found in close for term in by_name[found]]
            self._known[rule, iri] = max(terms, key=lambda term: _likeness(iri, term), default="")
        return self._known[rule, iri]


def _name(iri: str) -> str:
    return re.split("[#/]", iri)[-1].casefold()


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
