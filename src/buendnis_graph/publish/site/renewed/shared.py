"""Which pages that show many things together may show something else after a change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES, RDF_TYPE, expand, shorten
from buendnis_graph.publish.documents.tables import kinds
from buendnis_graph.publish.site.renewed.change import Change
from buendnis_graph.queries.catalogue import Question
from buendnis_graph.wording import read_toml

_NAME = re.compile(r"[A-Za-z][\w-]*:[\w-]+|<[^<>\s]+>")
_OPEN = re.compile(
    r"[?$]\w+\s+[?$]\w|;\s*[?$]\w|[\w>]\s+[?$]\w+\s+(?:<[^\s<>]*>|\"|[A-Za-z][\w-]*:)"
    r"|(?<![\w?$:-])(?:a|rdf:type)\s*[?$\[/|*+)]|!\s*\(?\s*[\w^]*:"
)
"""A property or class that is not named: what the answer rests on can't be told from the text of the question."""
_LISTS = re.compile(r"\b(?:SELECT|GROUP BY|ORDER BY|HAVING|VALUES)\b[^{}\n]*")
"""Where variables stand side by side that are no triple."""
_PREFIX = re.compile(r"\b(?:PREFIX\s+([\w-]*):|BASE)\s*<([^>]*)>", re.IGNORECASE)
_SOURCE = f"{BASE}source/"


class Shared:
    """What a change says to pages that show many things together.

    Args:
        change: the difference of the two views.
    """

    def __init__(self, change: Change) -> None:
        self._triples = [triple for subject in sorted(change.subjects) for triple in change.of(subject)]

    @cached_property
    def _said(self) -> set[str]:
        found = set()
        for triple in self._triples:
            step = _step(triple.subject.value)  # type: ignore[union-attr]
            found |= {f"{step} {shorten(triple.predicate.value)}", f"{step} *"}
        return found

    @cached_property
    def _properties(self) -> set[str]:
        """The properties, and the classes of what is of another class now, as SPARQL names them."""
        terms = {t.predicate.value for t in self._triples if t.predicate != RDF_TYPE}
        terms |= {
            t.object.value for t in self._triples if t.predicate == RDF_TYPE and isinstance(t.object, ox.NamedNode)
        }
        return {shorten(term) for term in terms} | {f"<{term}>" for term in terms}

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
        text = question.body
        if question.uses_graphs or _is_open(text) or not self._properties.isdisjoint(_NAME.findall(text)):
            return True
        return self.is_named_in(shown)

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


def _is_open(text: str) -> bool:
    """Return whether a question rests on properties or classes that it does not name, or names in a way of its own."""
    declared = (PREFIXES.get(prefix) == namespace for prefix, namespace in _PREFIX.findall(text))
    return not all(declared) or _OPEN.search(_LISTS.sub("", text)) is not None


def _step(iri: str) -> str:
    first = iri.removeprefix(BASE).partition("/")[0]
    return f"{first}#" if iri.startswith(_SOURCE) and "#" in iri else first
