"""Say what a finding is about: prefixed names, a named neighbour for what has no name, sentences filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from buendnis_graph.namespaces import expand, shorten
from buendnis_graph.terminal import printable
from buendnis_graph.validate.lint.index import Index
from buendnis_graph.validate.lint.texts import Texts

MAX_SHOWN = 80
_VARIABLE = re.compile(r"\{\?(\w+)\}")
_ANONYMOUS = {"de": "namenlos", "en": "unnamed"}
_IN = {"de": "namenlos in {name}", "en": "unnamed in {name}"}


class Words:
    """Turns terms into words.

    Args:
        shapes: to say where an unnamed node belongs.
        texts: to name files.
        labels: triples that label the lint's own terms.
        language: ``de`` or ``en``.
    """

    def __init__(self, shapes: Index, texts: Texts, labels: Iterable[ox.Triple], language: str) -> None:
        self._shapes, self._texts, self._language = shapes, texts, language
        self._labels = {
            t.subject: t.object.value
            for t in labels
            if t.predicate == expand("rdfs:label")
            and isinstance(t.object, ox.Literal)
            and t.object.language == language
        }

    def of(self, term: object) -> str:
        """Return what to call a term."""
        if isinstance(term, ox.Literal):
            text = " ".join(term.value.split())
            return printable(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…")
        if not isinstance(term, ox.NamedNode):
            owner = self._shapes.owner(term)
            return _IN[self._language].format(name=self.of(owner)) if owner else _ANONYMOUS[self._language]
        if term in self._texts.paths:
            return printable(str(self._texts.paths[term]))
        return printable(self._labels.get(term) or shorten(term.value))

    def fill(self, message: str, row: Mapping[str, object]) -> str:
        """Return a message with its ``{?variables}`` filled in."""
        return _VARIABLE.sub(lambda match: self.of(row[match[1]]) if match[1] in row else "–", message)
