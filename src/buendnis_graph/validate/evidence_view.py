"""What each source says for itself, all sources in one graph.

The evidence layer asks of every source: is what it says right, taken with all that we state ourselves (registry,
codings, vocabulary) as background, and without what other sources say? One engine run for each source would be slow. So
all go into one graph, in which a thing that a source speaks of bears a name of that source's own, with a copy of what
the background says of it. Results are given back under the real names, with the source.

This is exact for shapes that look forwards: at what is said of a node, of its values, and of theirs. It is not for
inverse paths, since a thing that is merely mentioned keeps its name, so shapes of this layer use none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, GRAPH_SOURCES
from buendnis_graph.validate.engine import Result
from buendnis_graph.validate.paths import Term

_SOURCES = f"{BASE}source/"
_MARK = "?said-by="
_MARKED = re.compile(re.escape(_MARK) + r"\d+")


@dataclass(frozen=True)
class EvidenceView:
    """One graph of what all sources say, each for itself.

    Attributes:
        triples: the graph.
        renamed: what a name of a source's own stands for: the thing and the source.
        mentions: for each term under its real name, the sources that mention it so, sorted.
    """

    triples: list[ox.Triple]
    renamed: dict[Term, tuple[ox.NamedNode, ox.NamedNode]]
    mentions: dict[Term, list[ox.NamedNode]]

    def restore(self, results: Iterable[Result]) -> list[Result]:
        """Return results under the real names, each for the sources that mention its node; others are dropped."""
        return [made for result in results for made in self._restored(result)]

    def _restored(self, result: Result) -> list[Result]:
        value = result.value
        if value is not None and value in self.renamed:
            value = self.renamed[value][0]
        if value is not result.value or result.focus in self.renamed:
            messages = {language: _MARKED.sub("", text) for language, text in result.messages.items()}
            result = replace(result, value=value, messages=messages)
        if result.focus in self.renamed:
            focus, source = self.renamed[result.focus]
            return [replace(result, focus=focus, source=source)]
        return [replace(result, source=source) for source in self.mentions.get(result.focus, [])]


def statements_by_source(quads: Iterable[ox.Quad]) -> tuple[dict[ox.NamedNode, list[ox.Triple]], list[ox.Triple]]:
    """Return what each source says, its description included, by source and sorted; and all else, the background."""
    said: dict[ox.NamedNode, list[ox.Triple]] = {}
    background: list[ox.Triple] = []
    for quad in quads:
        source = quad.subject if quad.graph_name == GRAPH_SOURCES else quad.graph_name
        if isinstance(source, ox.NamedNode) and source.value.startswith(_SOURCES):
            said.setdefault(source, []).append(quad.triple)
        else:
            background.append(quad.triple)
    return {source: said[source] for source in sorted(said, key=lambda s: s.value)}, background


def evidence_view(quads: Iterable[ox.Quad]) -> EvidenceView:
    """Return the graph of what all sources say, each for itself. Its size is linear in what they mention."""
    said, background = statements_by_source(quads)
    of_subject: dict[object, list[ox.Triple]] = {}
    for triple in background:
        of_subject.setdefault(triple.subject, []).append(triple)
    view = EvidenceView(list(background), {}, {})
    for number, (source, triples) in enumerate(said.items()):
        names = _own_names(source, triples, said, number)
        view.renamed.update({own: (real, source) for real, own in names.items()})
        copied = [triple for real in names for triple in of_subject.get(real, [])]
        view.triples.extend(_rename(triple, names) for triple in (*triples, *copied))
        mentioned = dict.fromkeys(term for triple in triples for term in (triple.subject, triple.object))
        for term in mentioned:
            if term not in names:
                view.mentions.setdefault(term, []).append(source)  # type: ignore[arg-type]
    return view


def _own_names(
    source: ox.NamedNode, triples: list[ox.Triple], said: dict[ox.NamedNode, list[ox.Triple]], number: int
) -> dict[ox.NamedNode, ox.NamedNode]:
    """Return the names that things get in a source.

    It renames what the source speaks of, but for itself and its fragments; and other sources and their fragments, so
    that what these say of themselves stays theirs.
    """
    names: dict[ox.NamedNode, ox.NamedNode] = {}
    for triple in triples:
        for term in (triple.subject, triple.object):
            if not isinstance(term, ox.NamedNode) or term in names:
                continue
            page = ox.NamedNode(term.value.partition("#")[0]) if term.value.startswith(_SOURCES) else None
            if page != source and (page in said or term == triple.subject):
                names[term] = ox.NamedNode(f"{term.value}{_MARK}{number}")
    return names


def _rename(triple: ox.Triple, names: Mapping[Any, Any]) -> ox.Triple:
    subject, value = triple.subject, triple.object
    return ox.Triple(names.get(subject, subject), triple.predicate, names.get(value, value))
