"""What a change is joined with: all that the rules of ``ontology/rules/`` and the tables look at around it.

The rules are run on these surroundings twice, as they were and as they are; the difference of the results is the
difference of what is derived. That is right if everything whose derivation can change has in the surroundings all that
its derivation looks at; of all else the surroundings may hold a part, which says the same both times.

``reach.toml`` says for each rule what one derivation of it looks at. It bears the hash of the rule's text: after a rule
was changed, builds are whole ones until somebody has looked whether its reach is still right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pyoxigraph as ox

from buendnis_graph.derive import Rule
from buendnis_graph.namespaces import BASE, GRAPH_ONTOLOGY, GRAPH_SOURCES, RDF_TYPE, expand
from buendnis_graph.renew.change import is_said
from buendnis_graph.renew.kept import NotLocalError
from buendnis_graph.wording import read_toml

MANY_QUADS = 60_000
"""Larger surroundings are not worth looking at twice."""
_SOURCE, _ID = f"{BASE}source/", f"{BASE}id/"
_ALLIANCE, _VERSION_OF, _SOURCE_OF = expand("bg:Alliance"), expand("dcterms:isVersionOf"), expand("dcterms:source")
_MEMBER, _ORGANIZATION = expand("org:member"), expand("org:organization")
_LIST_OF, _COUNT_OF, _SUBJECT = expand("bg:listOf"), expand("bg:countOf"), expand("rdf:subject")
_EVENTS = (expand("org:originalOrganization"), expand("org:resultingOrganization"))
_LINKED = expand("owl:annotatedSource")
_PLACED = tuple(map(expand, ("bg:seat", "schema:location", "schema:areaServed")))


@cache
def rule_hashes() -> dict[str, str]:
    """Return, for each rule whose reach is known, the hash of its text."""
    return {name: hash_ for name, (hash_, _) in read_toml(__file__, "reach.toml").items()}


def hash_of(rule: Rule) -> str:
    """Return the hash that stands for a rule's text."""
    return hashlib.sha256(rule.text.encode()).hexdigest()[:12]


def surroundings(changed: Iterable[ox.Quad], store: ox.Store, rules: Iterable[Rule]) -> set[ox.Quad]:
    """Return what is said around a change, before and after it together, with the whole of the ontology.

    Args:
        changed: quads that went or came.
        store: holds both.
        rules: the rules that will be run.

    Raises:
        NotLocalError: if the reach of a rule is not known, or too much is around.
    """
    if {rule.name: hash_of(rule) for rule in rules} != rule_hashes():
        raise NotLocalError
    around = _Surroundings(store)
    for quad in changed:
        around.touch(quad.subject, quad.graph_name)
    around.run()
    return around.quads | set(store.quads_for_pattern(None, None, None, GRAPH_ONTOLOGY))


class _Surroundings:
    """Collects quads, step by step; each step is named by a method and a term and done once."""

    def __init__(self, store: ox.Store) -> None:
        self.quads: set[ox.Quad] = set()
        self._store = store
        self._found: dict[Any, list[ox.Quad]] = {}
        self._done: set[tuple[str, Any]] = set()
        self._waiting: list[tuple[str, Any]] = []

    def _do(self, step: str, term: Any) -> None:
        if (step, term) not in self._done:
            self._done.add((step, term))
            self._waiting.append((step, term))

    def run(self) -> None:
        """Do what is to be done, and what follows from it."""
        while self._waiting:
            step, term = self._waiting.pop()
            getattr(self, f"_{step}")(term)
            if len(self.quads) > MANY_QUADS:
                raise NotLocalError

    def touch(self, node: Any, graph: Any) -> None:
        """Note that something said of a node in a graph changes."""
        if graph == GRAPH_SOURCES:
            self._do("source", node)
        elif graph.value.startswith(_SOURCE):
            self._do("description", graph)
            self._do("thing", node)
        elif node.value.startswith(_ID):
            self._do("entry", node)
        else:
            self._do("judgement", node)

    def _of(self, node: Any) -> list[ox.Quad]:
        if node not in self._found:
            said = [quad for quad in self._store.quads_for_pattern(node, None, None, None) if is_said(quad)]
            self._found[node] = said
            self.quads.update(said)
        return self._found[node]

    def _to(self, predicate: ox.NamedNode, value: Any) -> Iterator[Any]:
        """Yield what files say to have a value."""
        return (q.subject for q in self._store.quads_for_pattern(None, predicate, value, None) if is_said(q))

    def _description(self, node: Any) -> None:
        """All that describes a node, and what we judge about it: its role, topics, a date."""
        for quad in self._of(node):
            if quad.graph_name.value.startswith(_SOURCE):  # type: ignore[union-attr]
                self._do("description", quad.graph_name)
        for coding in self._to(_SUBJECT, node):
            self._do("description", coding)

    def _thing(self, node: Any) -> None:
        """A body that a source speaks of, or something that it alone speaks of: an attestation, a number, a change."""
        if node.value.startswith(_ID):
            self._do("body", node)
            return
        self._do("description", node)
        for quad in self._of(node):
            if quad.predicate in (_ORGANIZATION, _COUNT_OF):
                self._do("alliance", quad.object)
            elif quad.predicate in _EVENTS:
                self._do("body", quad.object)

    def _body(self, body: Any) -> None:
        """All that sources state of a body, with links, successions and the numbers of its members."""
        self._do("description", body)
        for predicate in (*_EVENTS, _LINKED):
            for node in self._to(predicate, body):
                self._do("description", node)

    def _entry(self, body: Any) -> None:
        """A body, programme or place of the registry: its names and kinds stand beside all that it is part of."""
        self._do("body", body)
        for attestation in self._to(_MEMBER, body):
            self._do("attestation", attestation)
        if any(q.predicate == RDF_TYPE and q.object == _ALLIANCE for q in self._of(body)):
            self._do("alliance", body)
        for predicate in _PLACED:
            for other in self._to(predicate, body):
                self._do("body", other)

    def _alliance(self, alliance: Any) -> None:
        """All attestations, numbers and lists of an alliance, which are counted together."""
        self._do("description", alliance)
        self._do("lists", alliance)
        for attestation in self._to(_ORGANIZATION, alliance):
            self._do("attestation", attestation)
        for number in self._to(_COUNT_OF, alliance):
            self._do("description", number)

    def _attestation(self, node: Any) -> None:
        self._do("description", node)
        for quad in self._of(node):
            if quad.predicate == _ORGANIZATION:
                self._do("lists", quad.object)
            if quad.predicate in (_ORGANIZATION, _MEMBER):
                self._do("named", quad.object)

    def _named(self, body: Any) -> None:
        self._of(body)

    def _lists(self, alliance: Any) -> None:
        """What is judged about the lists of an alliance, with the sources that hold them."""
        for judged in self._to(_LIST_OF, alliance):
            for quad in self._of(judged):
                if quad.predicate == _SOURCE_OF:
                    self._do("description", quad.object)

    def _judgement(self, node: Any) -> None:
        """A coding or a link, and what it is about."""
        self._do("description", node)
        for quad in self._of(node):
            if quad.predicate == _SUBJECT:
                about = quad.object
                is_source = about.value.startswith(_SOURCE) and "#" not in about.value  # type: ignore[union-attr]
                self._do("source" if is_source else "thing", about)
            elif quad.predicate == _LIST_OF:
                self._do("alliance", quad.object)
            elif quad.predicate == _LINKED:
                self._do("body", quad.object)

    def _source(self, source: Any) -> None:
        """A source whose description changes: all that it says, what is judged of it, and the other readings."""
        self._do("description", source)
        for quad in self._store.quads_for_pattern(None, None, None, source):
            self._do("thing", quad.subject)
        for judged in self._to(_SOURCE_OF, source):
            for quad in self._of(judged):
                if quad.predicate == _LIST_OF:
                    self._do("alliance", quad.object)
        for quad in self._of(source):
            if quad.predicate == _VERSION_OF:
                for other in self._to(_VERSION_OF, quad.object):
                    self._do("description", other)
