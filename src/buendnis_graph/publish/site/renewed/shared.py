"""Which pages that show many things together may show something else after a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES, RDF_TYPE, expand, shorten
from buendnis_graph.publish.documents.tables import kinds
from buendnis_graph.publish.site.asked import Answer
from buendnis_graph.publish.site.renewed.answers import Answers, Use
from buendnis_graph.publish.site.renewed.change import Change
from buendnis_graph.publish.site.renewed.pattern_reader import groups_of
from buendnis_graph.publish.site.renewed.patterns import Group
from buendnis_graph.publish.site.renewed.renaming import renamed
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
        differs: tells of properties whether any graph of both says something else with one of them.
    """

    def __init__(
        self,
        change: Change,
        before: ox.Store,
        after: ox.Store,
        differs: Callable[[frozenset[ox.NamedNode]], bool] = lambda _properties: True,
    ) -> None:
        self._change, self._stores, self._differs = change, (before, after), differs
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

    def answer(self, question: Question, before: Answer) -> Answer | None:
        """Return the answer to a question as it is now; None if it has to be asked.

        Args:
            question: of the catalogue.
            before: what its page showed.
        """
        uses = self.uses(question.body)
        if uses is None:
            return None
        if not uses:
            return before
        if (found := renamed(question.body, before, uses, *self._stores)) is not None:
            return found
        return before if Answers(question.body).stay(before, uses, *self._stores) else None

    def uses(self, text: str) -> list[Use] | None:
        """Return the patterns of a question that may use what came or went; None if that can't be told."""
        if not _has_usual_prefixes(text):
            return None
        try:
            groups = groups_of(text)
        except UnreadError:
            return None
        is_told = not any(group.is_named and self._differs_for(group) for group in groups)
        return [*self._uses(groups)] if is_told else None

    def _uses(self, groups: Iterable[Group]) -> Iterator[Use]:
        for group in groups:
            if group.is_named:
                continue
            for said, store in zip((self._change.gone, self._change.come), self._stores, strict=True):
                for triple in chain.from_iterable(said.values()):
                    for pattern in group.users(triple, store):
                        yield Use(pattern, group.carried, triple, store)

    def _differs_for(self, group: Group) -> bool:
        """Return whether a group that is asked of named graphs may find something else in them now.

        One without patterns finds each graph, whatever that says.
        """
        named = [pattern.properties for pattern in group.patterns]
        properties = [one for some in named if isinstance(some, frozenset) for one in some]
        return not named or len(properties) < len(named) or self._differs(frozenset(properties))

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
