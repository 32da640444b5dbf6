"""What the files say: all together, and each source for itself. The quick way for whole runs.

It gives the same as :class:`~buendnis_graph.validate.evidence_view.EvidenceView`, which takes changes, but handles
all statements at once, as columns of numbers; and it gives a name of its own only to what a source speaks of *and*
another source mentions: where nothing is, both graphs are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, GRAPH_SOURCES
from buendnis_graph.validate.columns import IRI, NONE, Columns, Flags, Numbers, distinct
from buendnis_graph.validate.core.ways import Pairs, join
from buendnis_graph.validate.engine import Data, Result
from buendnis_graph.validate.evidence_view import MARKED, mark_of
from buendnis_graph.validate.paths import Term

_SOURCES = f"{BASE}source/"
_Keys = npt.NDArray[np.int64]
"""A term as a source names it, each as one number: those of both together."""


class Said:
    """What the files say.

    Args:
        quads: each in a named graph, without blank nodes.

    Attributes:
        whole: all that is said.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._columns = Columns.of_quads(quads)
        self._terms = self._columns.merged  # of the same terms: what is told of each is worked out once
        self.whole = Data(self._terms)
        self._renamed: dict[Term, tuple[Term, ox.NamedNode]] = {}

    @property
    def shared(self) -> set[Term]:
        """What a source speaks of and another one mentions."""
        return {self._columns.terms[number] for number in np.flatnonzero(self._shared).tolist()}

    @cached_property
    def _source(self) -> Numbers:
        """Of each statement the number of the source that says it or that it describes; ``NONE`` if it is ours."""
        columns = self._columns
        assert columns.graph is not None  # noqa: S101 - they are quads
        source = np.where(columns.graph == columns.number(GRAPH_SOURCES), columns.subject, columns.graph)
        is_source = np.zeros(len(columns.terms), np.bool_)
        is_source[source] = True
        names = np.flatnonzero(is_source)
        is_source[names] = [self._terms.texts[name].startswith(_SOURCES) for name in names.tolist()]
        return np.where(is_source[source], source, np.int32(NONE))

    @cached_property
    def _mentions(self) -> _Keys:
        """Which source mentions what, sorted."""
        columns, said = self._columns, self._source != NONE
        things = said & (self._terms.kind[columns.object] == IRI)
        both = self._keys(columns.subject, said), self._keys(columns.object, things)
        return distinct(np.concatenate(both))

    @cached_property
    def _shared(self) -> Flags:
        """Of each term whether a source speaks of it and another one mentions it."""
        columns = self._columns
        several = np.bincount(self._mentions // len(columns.terms), minlength=len(columns.terms)) > 1
        spoken_of = np.zeros(len(columns.terms), np.bool_)
        spoken_of[columns.subject[self._source != NONE]] = True
        return several & spoken_of

    def _keys(self, terms: Numbers, rows: Flags) -> _Keys:
        return terms[rows].astype(np.int64) * len(self._columns.terms) + self._source[rows]

    def each(self) -> Data:
        """Return what each source says for itself: a graph in which shared things are named by source."""
        columns, said = self._columns, self._source != NONE
        ends = [columns.subject.copy(), columns.object.copy()]
        concerned = [said & self._shared[end] for end in ends]
        keys = distinct(np.concatenate([self._keys(*one) for one in zip(ends, concerned, strict=True)]))
        keys = keys[[not self._is_own(*pair) for pair in self._pairs(keys)]]
        for term, source in self._pairs(keys):
            real, who = columns.terms[term], self._name(source)
            self._renamed[ox.NamedNode(f"{real.value}{mark_of(who.value)}")] = (real, who)
        for end, rows in zip(ends, concerned, strict=True):
            asked = self._keys(end, rows)
            place = np.searchsorted(keys, asked)
            named = np.isin(asked, keys)
            end[np.flatnonzero(rows)[named]] = len(columns.terms) + place[named]
        copied = self._background(keys)
        return Data(
            columns.others(
                np.concatenate((ends[0], len(columns.terms) + copied.at)),
                np.concatenate((columns.predicate, columns.predicate[copied.value])),
                np.concatenate((ends[1], columns.object[copied.value])),
                self._renamed,
            )
        )

    def _background(self, keys: _Keys) -> Pairs:
        """Return what we state of things named by source: places of their names, and rows."""
        rows = np.flatnonzero(self._source == NONE).astype(np.int32)
        names = Pairs(np.arange(len(keys), dtype=np.int32), (keys // len(self._columns.terms)).astype(np.int32))
        return join(names, Pairs(self._columns.subject[rows], rows))

    def _pairs(self, keys: _Keys) -> list[tuple[int, int]]:
        terms, sources = np.divmod(keys, max(len(self._columns.terms), 1))
        return list(zip(terms.tolist(), sources.tolist(), strict=True))

    def _is_own(self, term: int, source: int) -> bool:
        """Return whether a term is a source itself or a fragment of it."""
        text, name = self._terms.texts[term], self._terms.texts[source]
        return text == name or text.startswith(f"{name}#")

    def _name(self, source: int) -> ox.NamedNode:
        name = self._columns.terms[source]
        assert isinstance(name, ox.NamedNode)  # noqa: S101 - sources have names
        return name

    def _sources(self, term: Term) -> list[int]:
        """Return the sources that mention a term, by their names."""
        columns = self._columns
        number, size = columns.number(term), len(columns.terms)
        first, end = np.searchsorted(self._mentions, (number * size, (number + 1) * size))
        return sorted((self._mentions[first:end] % size).tolist(), key=self._terms.texts.__getitem__)

    def restore(self, results: Iterable[Result]) -> list[Result]:
        """Return results under the real names, each for the sources that mention its node; others are dropped."""
        return [made for result in results for made in self._restored(result)]

    def _restored(self, result: Result) -> list[Result]:
        focus, value = result.focus, result.value
        if value in self._renamed:
            result = replace(result, value=self._renamed[value][0])
        if focus in self._renamed or value in self._renamed:
            result = replace(result, messages={tag: MARKED.sub("", text) for tag, text in result.messages.items()})
        if focus in self._renamed:
            real, source = self._renamed[focus]
            return [replace(result, focus=real, source=source)]
        number, sources = self._columns.number(focus), self._sources(focus)
        if number != NONE and self._shared[number]:  # only its own source calls it by its own name
            sources = [source for source in sources if self._is_own(number, source)]
        return [replace(result, source=self._name(source)) for source in sources]
