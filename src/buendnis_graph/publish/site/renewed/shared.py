"""Which pages that show many things together may show something else after a change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES, RDF_TYPE, expand, shorten
from buendnis_graph.publish.documents.tables import kinds
from buendnis_graph.publish.site.renewed.change import Change
from buendnis_graph.publish.site.renewed.patterns import Group, UnreadError, groups_of
from buendnis_graph.queries.catalogue import Question
from buendnis_graph.wording import read_toml

_PREFIX = re.compile(r"\b(?:PREFIX\s+([\w-]*):|BASE)\s*<([^>]*)>", re.IGNORECASE)
_SOURCE = f"{BASE}source/"


class Shared:
    """What a change says to pages that show many things together.

    Args:
        change: the difference of the two views.
        before: a store whose default graph is the earlier one.
        after: a store whose default graph is the later one.
    """

    def __init__(self, change: Change, before: ox.Store, after: ox.Store) -> None:
        self._sides = ((change.gone, before), (change.come, after))
        self._triples = [triple for subject in sorted(change.subjects) for triple in change.of(subject)]

    @cached_property
    def _said(self) -> set[str]:
        found = set()
        for triple in self._triples:
            step = _step(triple.subject.value)  # type: ignore[union-attr]
            found |= {f"{step} {shorten(triple.predicate.value)}", f"{step} *"}
        return found

    @cached_property
    def named(self) -> frozenset[str]:
        """Paths of documents whose thing has another name now."""
        return frozenset(
            triple.subject.value.removeprefix(BASE)  # type: ignore[union-attr]
            for triple in self._triples
            if triple.predicate.value in {*kinds().names, RDF_TYPE.value}
        )

    def concerns(self, page: str) -> bool:
        """Return whether a page of ``depends.toml`` may show something else now, but for names; any other does not."""
        return not self._said.isdisjoint(read_toml(__file__, "depends.toml").get(page, ()))

    def concerns_question(self, question: Question, shown: str) -> bool:
        """Return whether the answer to a question may be another one now, or what it names be called otherwise.

        Args:
            question: of the catalogue.
            shown: its page as it was, in any language.
        """
        if question.uses_graphs or not _has_usual_prefixes(question.body):
            return True
        try:
            groups = groups_of(question.body)
        except UnreadError:
            return True
        return any(self._is_used(group) for group in groups) or self.is_named_in(shown)

    def _is_used(self, group: Group) -> bool:
        """Return whether a group of a question uses, or used, what came or went."""
        return any(
            group.uses(triple, store) for side, store in self._sides for said in side.values() for triple in said
        )

    def is_named_in(self, page: str) -> bool:
        """Return whether a page leads to something that has another name now, or its first one."""
        return any(f"{path}.html" in page or f"{BASE}{path}" in page for path in self.named)

    def has(self, names: Iterable[str]) -> bool:
        """Return whether something with one of some properties (prefixed names) went or came."""
        wanted = {expand(name) for name in names}
        return any(triple.predicate in wanted for triple in self._triples)

    def binds(self, licence: str) -> bool:
        """Return whether something went or came that states another licence than this one."""
        stated = expand("dcterms:license")
        return any(t.predicate == stated and t.object != ox.NamedNode(licence) for t in self._triples)


def _has_usual_prefixes(text: str) -> bool:
    return all(PREFIXES.get(prefix) == namespace for prefix, namespace in _PREFIX.findall(text))


def _step(iri: str) -> str:
    first = iri.removeprefix(BASE).partition("/")[0]
    return f"{first}#" if iri.startswith(_SOURCE) and "#" in iri else first
