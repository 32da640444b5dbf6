"""What the files say, as text: all together, and each source for itself. The quick way for whole runs.

It gives the same as :class:`~buendnis_graph.validate.evidence_view.EvidenceView`, which takes changes, but handles
lines instead of triples, and gives a name of its own only to what a source speaks of *and* another source mentions:
where nothing is, both graphs are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, GRAPH_SOURCES
from buendnis_graph.validate.engine import Result, Text
from buendnis_graph.validate.evidence_view import MARKED, mark_of

_SOURCES = f"<{BASE}source/"
_DESCRIPTIONS = f"<{GRAPH_SOURCES.value}>"
_MANY = ""


class Said:
    """What the files say.

    Args:
        quads: each in a named graph, without blank nodes.

    Attributes:
        whole: all that is said.
        shared: what a source speaks of and another one mentions.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        text = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").decode()
        self._lines = text.split("\n")[:-1]
        self._mentioned: dict[str, str] = {}
        self._spoken_of: set[str] = set()
        self.whole = Text(self._read())
        self.shared = {term for term in self._spoken_of if self._mentioned[term] == _MANY}
        self._renamed: dict[str, tuple[str, str]] = {}

    def _read(self) -> str:
        """Note who mentions what, and return the lines without their graphs."""
        mentioned, spoken_of, triples = self._mentioned, self._spoken_of, []
        for line in self._lines:
            cut = line.rindex(" <", 0, -2)
            triples.append(line[:cut])
            subject, _, behind = line.partition(" ")
            source = _source_of(subject, line[cut + 1 : -2])
            if source is None:
                continue
            spoken_of.add(subject)
            if mentioned.setdefault(subject, source) != source:
                mentioned[subject] = _MANY
            value = behind[behind.index(" ") + 1 : cut - len(subject) - 1]
            if value[0] == "<" and mentioned.setdefault(value, source) != source:
                mentioned[value] = _MANY
        triples.append("")
        return " .\n".join(triples)

    def each(self) -> str:
        """Return what each source says for itself, as N-Triples in which shared things are named by source."""
        shared = self.shared
        background: dict[str, list[str]] = {term: [] for term in shared}
        named: dict[str, dict[str, None]] = {}
        triples = []
        for line in self._lines:
            cut = line.rindex(" <", 0, -2)
            subject, predicate, value = line[:cut].split(" ", 2)
            source = _source_of(subject, line[cut + 1 : -2])
            if source is None:
                triples.append(line[:cut])
                if subject in shared:
                    background[subject].append(line[len(subject) : cut])
                continue
            for term in (subject, value):
                if term in shared and not _is_own(term, source):
                    named.setdefault(source, {})[term] = None
            triples.append(f"{self._name(subject, source)} {predicate} {self._name(value, source)}")
        for source, terms in named.items():
            for term in terms:
                own = self._name(term, source)
                self._renamed[own] = (term, source)
                triples += [own + said for said in background[term]]
        triples.append("")
        return " .\n".join(triples)

    def _name(self, term: str, source: str) -> str:
        if term not in self.shared or _is_own(term, source):
            return term
        return f"{term[:-1]}{mark_of(source[1:-1])}>"

    def restore(self, results: Iterable[Result]) -> list[Result]:
        """Return results under the real names, each for the sources that mention its node; others are dropped."""
        return [made for result in results for made in self._restored(result)]

    def _restored(self, result: Result) -> list[Result]:
        focus, value = str(result.focus), str(result.value)
        if value in self._renamed:
            result = replace(result, value=_node(self._renamed[value][0]))
        if focus in self._renamed or value in self._renamed:
            result = replace(result, messages={tag: MARKED.sub("", text) for tag, text in result.messages.items()})
        if focus in self._renamed:
            real, source = self._renamed[focus]
            return [replace(result, focus=_node(real), source=_node(source))]
        sources = self._who_mention(focus)
        if focus in self.shared:  # only its own source calls it by its own name
            sources = [source for source in sources if _is_own(focus, source)]
        return [replace(result, source=_node(source)) for source in sources]

    def _who_mention(self, term: str) -> list[str]:
        only = self._mentioned.get(term)
        if only is None:
            return []
        if only != _MANY:
            return [only]
        found = set()
        for line in self._lines:
            if term in line:
                cut = line.rindex(" <", 0, -2)
                subject, _, value = line[:cut].split(" ", 2)
                source = _source_of(subject, line[cut + 1 : -2])
                if source is not None and term in (subject, value):
                    found.add(source)
        return sorted(found)


def _source_of(subject: str, graph: str) -> str | None:
    """Return the source that says or describes something; None if it is ours."""
    source = subject if graph == _DESCRIPTIONS else graph
    return source if source.startswith(_SOURCES) else None


def _is_own(term: str, source: str) -> bool:
    """Return whether a term is a source itself or a fragment of it."""
    return term.startswith(source[:-1]) and term[len(source) - 1] in "#>"


def _node(term: str) -> ox.NamedNode:
    return ox.NamedNode(term[1:-1])
