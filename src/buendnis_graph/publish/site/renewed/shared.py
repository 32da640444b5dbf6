"""Which pages that show many things together may show something else after a change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES, RDF_TYPE, expand, shorten
from buendnis_graph.publish.documents.tables import kinds
from buendnis_graph.publish.site.asked import Cut
from buendnis_graph.publish.site.renewed.answers import Answers, Use
from buendnis_graph.publish.site.renewed.change import Change
from buendnis_graph.publish.site.renewed.pattern_reader import groups_of
from buendnis_graph.queries.catalogue import Question
from buendnis_graph.sparql_reader import UnreadError
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
        self._change, self._stores = change, (before, after)
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

    def concerns_question(self, question: Question, shown: str, cut: Cut | None = None) -> bool:
        """Return whether the page of a question may show another answer now, or call what it names otherwise.

        Args:
            question: of the catalogue.
            shown: its page as it was, in any language.
            cut: where its answer was cut; None if that is not known.
        """
        if question.uses_graphs or not _has_usual_prefixes(question.body) or self.is_named_in(shown):
            return True
        try:
            uses = [*self._uses(question.body)]
        except UnreadError:
            return True
        return bool(uses) and (cut is None or not Answers(question.body).stay(cut, uses, *self._stores))

    def _uses(self, text: str) -> Iterator[Use]:
        """Yield the patterns of a question that use, or used, what came or went."""
        for group in groups_of(text):
            for said, store in zip((self._change.gone, self._change.come), self._stores, strict=True):
                for triple in chain.from_iterable(said.values()):
                    for pattern in group.users(triple, store):
                        yield Use(pattern, group.carried, triple, store)

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
