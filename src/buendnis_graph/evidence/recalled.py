"""What files say, read again where it is asked for: findings are few, and all of it would fill the memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

import numpy as np

from buendnis_graph.evidence.corpus import Corpus, read_one
from buendnis_graph.evidence.reader import Located
from buendnis_graph.evidence.whereabouts import Whereabouts
from buendnis_graph.namespaces import RDF_TYPE
from buendnis_graph.settings import Project


class Recalled(Whereabouts):
    """What the files of a project say; only which file speaks of what is kept, by hashes, 12 bytes for each.

    A hash may stand for two things: then a file is read in vain.

    Args:
        project: whose files; of one that has changed meanwhile counts what it says now, nothing if it can't be read.
        corpus: what they say, as it was read; it is not kept.
    """

    def __init__(self, project: Project, corpus: Corpus) -> None:
        self._project = project
        paths, spoken_of, files = list[str](), array("q"), array("i")
        for key in _keys(corpus, paths):
            spoken_of.append(key)
            files.append(len(paths) - 1)
        self._names = "\0".join(paths)  # many small texts would hold the pages on which the statements were
        order = np.argsort(np.asarray(spoken_of), kind="stable")
        self._keys, self._files = np.asarray(spoken_of)[order], np.asarray(files)[order]
        self._corpora = cache(self._read)

    def about(self, subject: object) -> Sequence[Located]:
        """Return what is said of a subject, in the order of the files."""
        return [item for one in self._of(hash(subject)) for item in one.about(subject)]

    def within(self, graph: object) -> Sequence[Located]:
        """Return what a graph holds, in the order of its file."""
        return [item for one in self._of(hash(graph)) for item in one.within(graph)]

    def of_class(self, kind: object) -> Sequence[Located]:
        """Return the statements that something is of a class."""
        return [item for one in self._of(hash((RDF_TYPE, kind))) for item in one.of_class(kind)]

    def _of(self, key: int) -> Iterator[Corpus]:
        """Yield each file that speaks of something."""
        first, end = (np.searchsorted(self._keys, key, side) for side in ("left", "right"))
        return map(self._corpora, dict.fromkeys(self._files[first:end].tolist()))

    @cached_property
    def _paths(self) -> list[str]:
        """The files, once one is to be read: the statements are gone then."""
        return self._names.split("\0")

    def _read(self, file: int) -> Corpus:
        return Corpus(read_one(self._project, self._project.root / self._paths[file])[0])


def _keys(corpus: Corpus, paths: list[str]) -> Iterator[int]:
    """Yield what each file speaks of, by hash: subjects, graphs, classes in use; ``paths`` grows on the way."""
    path, seen = None, set[int]()
    for item in corpus.quads:
        if item.path is not path:
            path, seen = item.path, set()
            paths.append(item.path.as_posix())
        quad = item.quad
        found = {hash(quad.subject), hash(quad.graph_name)}
        if quad.predicate == RDF_TYPE:
            found.add(hash((RDF_TYPE, quad.object)))
        yield from found - seen
        seen |= found
