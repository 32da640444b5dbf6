"""What the files say, as text: all together, and each source for itself. The quick way for whole runs.

It gives the same as :class:`~buendnis_graph.validate.evidence_view.EvidenceView`, which takes changes, but handles
lines in a file instead of triples, so that the memory it takes is that of the names of what sources mention; and it
gives a name of its own only to what a source speaks of *and* another source mentions: where nothing is, both graphs
are one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, GRAPH_SOURCES
from buendnis_graph.validate.engine import Result
from buendnis_graph.validate.evidence_view import MARKED, mark_of
from buendnis_graph.validate.ondisk import Lines, OnDisk

_SOURCES = f"<{BASE}source/"
_DESCRIPTIONS = f"<{GRAPH_SOURCES.value}>"


class Said:
    """What the files say.

    Args:
        quads: each in a named graph, without blank nodes.

    Attributes:
        whole: all that is said.
        shared: what a source speaks of and another one mentions.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._quads = Lines(".nq")
        self._quads.write_quads(quads)
        self._mentioned: dict[str, str] = {}  # by the first source
        self._several: dict[str, set[str]] = {}  # the sources of what several mention
        self.shared: set[str] = set()
        triples = Lines(".nt")
        triples.write(self._read())
        self.whole = OnDisk(triples)
        self._renamed: dict[str, tuple[str, str]] = {}

    def _read(self) -> Iterator[str]:
        """Yield the lines without their graphs, and note who mentions what."""
        mentioned, several, spoken_of = self._mentioned, self._several, set()
        sources: dict[str, str] = {}  # each kept once, not once for all that it mentions
        for line in self._quads:
            cut = line.rindex(" <", 0, -3)
            yield f"{line[:cut]} .\n"
            subject, _, behind = line.partition(" ")
            source = _source_of(subject, line[cut + 1 : -3])
            if source is None:
                continue
            source = sources.setdefault(source, source)
            spoken_of.add(subject)
            first = mentioned.setdefault(subject, source)
            if first is not source:
                several.setdefault(subject, {first}).add(source)
            value = behind[behind.index(" ") + 1 : cut - len(subject) - 1]
            if value[0] == "<":
                first = mentioned.setdefault(value, source)
                if first is not source:
                    several.setdefault(value, {first}).add(source)
        self.shared = several.keys() & spoken_of

    def each(self) -> OnDisk:
        """Return what each source says for itself: a graph in which shared things are named by source."""
        triples = Lines(".nt")
        triples.write(self._each())
        return OnDisk(triples)

    def _each(self) -> Iterator[str]:
        shared = self.shared
        background: dict[str, list[str]] = {term: [] for term in shared}
        named: dict[str, dict[str, None]] = {}
        for line in self._quads:
            cut = line.rindex(" <", 0, -3)
            subject, predicate, value = line[:cut].split(" ", 2)
            source = _source_of(subject, line[cut + 1 : -3])
            if source is None:
                yield f"{line[:cut]} .\n"
                if subject in shared:
                    background[subject].append(line[len(subject) : cut])
                continue
            for term in (subject, value):
                if term in shared and not _is_own(term, source):
                    named.setdefault(source, {})[term] = None
            yield f"{self._name(subject, source)} {predicate} {self._name(value, source)} .\n"
        for source, terms in named.items():
            for term in terms:
                own = self._name(term, source)
                self._renamed[own] = (term, source)
                yield from (f"{own}{said} .\n" for said in background[term])

    def _name(self, term: str, source: str) -> str:
        if term not in self.shared or _is_own(term, source):
            return term
        return f"{term[:-1]}{mark_of(source[1:-1])}>"

    def _sources(self, term: str) -> set[str]:
        """Return the sources that mention a term."""
        only = self._mentioned.get(term)
        return self._several.get(term) or ({only} if only else set())

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
        sources = sorted(self._sources(focus))
        if focus in self.shared:  # only its own source calls it by its own name
            sources = [source for source in sources if _is_own(focus, source)]
        return [replace(result, source=_node(source)) for source in sources]


def _source_of(subject: str, graph: str) -> str | None:
    """Return the source that says or describes something; None if it is ours."""
    source = subject if graph == _DESCRIPTIONS else graph
    return source if source.startswith(_SOURCES) else None


def _is_own(term: str, source: str) -> bool:
    """Return whether a term is a source itself or a fragment of it."""
    return term.startswith(source[:-1]) and term[len(source) - 1] in "#>"


def _node(term: str) -> ox.NamedNode:
    return ox.NamedNode(term[1:-1])
