"""What each source says for itself, all sources in one graph.

The evidence layer asks of every source: is what it says right, taken with all that we state ourselves (registry,
codings, vocabulary) as background, and without what other sources say? One engine run for each source would be slow. So
all go into one graph, in which a thing that a source speaks of bears a name of that source's own, with a copy of what
the background says of it. Results are given back under the real names, with the source.

This is exact for shapes that look forwards: at what is said of a node, of its values, and of theirs. It is not for
inverse paths, since a thing that is merely mentioned keeps its name, so shapes of this layer use none.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, GRAPH_SOURCES
from buendnis_graph.validate.bag import Bag
from buendnis_graph.validate.engine import Result

_SOURCES = f"{BASE}source/"
_MARK = "?said-by="
MARKED = re.compile(re.escape(_MARK) + r"[0-9a-f]+")
"""What names of a source's own end with."""
Change = tuple[list[ox.Triple], list[ox.Triple]]
"""Triples that went, and triples that came."""


class EvidenceView:
    """One graph of what all sources say, each for itself; takes changes.

    Attributes:
        renamed: what a name of a source's own stands for: the thing and the source.
        mentions: for each term under its real name, the sources that mention it so.
    """

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.renamed: dict[Any, tuple[ox.NamedNode, ox.NamedNode]] = {}
        self.mentions: dict[Any, dict[ox.NamedNode, None]] = {}
        self._said: dict[ox.NamedNode, dict[ox.Quad, None]] = {}
        self._background: dict[Any, dict[ox.Quad, None]] = {}
        self._names: dict[ox.NamedNode, dict[ox.NamedNode, ox.NamedNode]] = {}
        self._named_in: dict[Any, dict[ox.NamedNode, None]] = {}
        self._again: Counter[ox.Quad] = Counter()  # how many more times a quad is said than once
        for quad in quads:
            shelf = self._shelf(quad)
            if quad in shelf:
                self._again[quad] += 1
            shelf[quad] = None
        self._bag = Bag()
        for source in sorted(self._said, key=lambda s: s.value):
            self._note(source)
        self._bag.change([], (t for of_subject in self._background.values() for t in _triples(of_subject)))
        for source in self._said:
            self._bag.change([], self._view(source))

    @property
    def triples(self) -> list[ox.Triple]:
        """The graph."""
        return list(self._bag)

    def change(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> Change:
        """Take a change of what the files say, and return what it changes in the graph.

        Args:
            removed: quads that are there, each once for each time it is no longer said.
            added: quads that are said, or said once more.
        """
        gone, come = self._counted(removed, added)
        touched = self._touched([*gone, *come])
        before = [t for source in touched for t in self._view(source)] + _triples(q for q in gone if not source_of(q))
        for source in touched:
            self._forget(source)
        for quad in gone:
            del self._shelf(quad)[quad]
        for quad in come:
            self._shelf(quad)[quad] = None
        for source in touched:
            if not self._said.get(source):
                self._said.pop(source, None)
        for source in touched:
            self._note(source)
        after = [t for source in touched for t in self._view(source)] + _triples(q for q in come if not source_of(q))
        return self._bag.change(before, after)

    def _counted(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> tuple[list[ox.Quad], list[ox.Quad]]:
        """Count a change, and return the quads that nobody says any more, and those that somebody says now."""
        gone: dict[ox.Quad, None] = {}
        come: dict[ox.Quad, None] = {}
        for quad in removed:
            if self._again[quad]:
                self._again[quad] -= 1
            else:
                gone[quad] = None
        for quad in added:
            if quad in come or (quad not in gone and quad in self._shelf(quad)):
                self._again[quad] += 1
            else:
                come[quad] = None
        self._again = +self._again
        return list(gone), list(come)

    def _touched(self, quads: list[ox.Quad]) -> list[ox.NamedNode]:
        """Return the sources whose view some quads can change: their own, and those that name what they are about."""
        found: set[ox.NamedNode] = set()
        for quad in quads:
            source = source_of(quad)
            if source is None:
                found.update(self._named_in.get(quad.subject, ()))
            elif source not in found:
                found.add(source)  # and who names the source or its fragments: whether it is one of ours may change
                fragments = [source, *(quad.subject for quad in self._said.get(source, ())), quad.subject]
                for name in fragments:
                    found.update(self._named_in.get(name, ()))
                    found.update(self.mentions.get(name, ()))
        return sorted(found, key=lambda s: s.value)

    def _shelf(self, quad: ox.Quad) -> dict[ox.Quad, None]:
        source = source_of(quad)
        if source is None:
            return self._background.setdefault(quad.subject, {})
        return self._said.setdefault(source, {})

    def _note(self, source: ox.NamedNode) -> None:
        if source not in self._said:
            return
        names = self._names[source] = self._own_names(source)
        for real, own in names.items():
            self.renamed[own] = (real, source)
            self._named_in.setdefault(real, {})[source] = None
        for quad in self._said[source]:
            for term in (quad.subject, quad.object):
                if term not in names:
                    self.mentions.setdefault(term, {})[source] = None

    def _forget(self, source: ox.NamedNode) -> None:
        for real, own in self._names.pop(source, {}).items():
            del self.renamed[own]
            del self._named_in[real][source]
        for quad in self._said.get(source, ()):
            for term in (quad.subject, quad.object):
                self.mentions.get(term, {}).pop(source, None)

    def _view(self, source: ox.NamedNode) -> Iterator[ox.Triple]:
        """Yield what a source says, its description included, and what the background says of what it speaks of."""
        names = self._names.get(source)
        if names is None:
            return
        for triple in _triples(self._said[source]):
            yield _rename(triple, names)
        for real in names:
            for triple in _triples(self._background.get(real, ())):
                yield _rename(triple, names)

    def _own_names(self, source: ox.NamedNode) -> dict[ox.NamedNode, ox.NamedNode]:
        """Return the names that things get in a source.

        It renames what the source speaks of, but for itself and its fragments; and other sources and their fragments,
        so that what these say of themselves stays theirs.
        """
        mark = mark_of(source.value)
        names: dict[ox.NamedNode, ox.NamedNode] = {}
        for quad in self._said[source]:
            for term in (quad.subject, quad.object):
                if not isinstance(term, ox.NamedNode) or term in names:
                    continue
                page = ox.NamedNode(term.value.partition("#")[0]) if term.value.startswith(_SOURCES) else None
                if page != source and (page in self._said or term == quad.subject):
                    names[term] = ox.NamedNode(term.value + mark)
        return names

    def restore(self, results: Iterable[Result]) -> list[Result]:
        """Return results under the real names, each for the sources that mention its node; others are dropped."""
        return [made for result in results for made in self._restored(result)]

    def _restored(self, result: Result) -> list[Result]:
        value = result.value
        if value is not None and value in self.renamed:
            value = self.renamed[value][0]
        if value is not result.value or result.focus in self.renamed:
            messages = {language: MARKED.sub("", text) for language, text in result.messages.items()}
            result = replace(result, value=value, messages=messages)
        if result.focus in self.renamed:
            focus, source = self.renamed[result.focus]
            return [replace(result, focus=focus, source=source)]
        sources = sorted(self.mentions.get(result.focus, ()), key=lambda s: s.value)
        return [replace(result, source=source) for source in sources]


def mark_of(source: str) -> str:
    """Return what the names of a source's own end with."""
    return _MARK + hashlib.blake2b(source.encode(), digest_size=8).hexdigest()


def source_of(quad: ox.Quad) -> ox.NamedNode | None:
    """Return the source that says or describes a quad; None if it is ours."""
    source = quad.subject if quad.graph_name == GRAPH_SOURCES else quad.graph_name
    return source if isinstance(source, ox.NamedNode) and source.value.startswith(_SOURCES) else None


def _triples(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    return [quad.triple for quad in quads]


def _rename(triple: ox.Triple, names: Mapping[Any, Any]) -> ox.Triple:
    subject, value = triple.subject, triple.object
    return ox.Triple(names.get(subject, subject), triple.predicate, names.get(value, value))
