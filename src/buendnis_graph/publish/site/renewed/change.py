"""In which statements two builds differ: their dumps tell, shard by shard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.store.shards import Differences


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two consolidated views.

    Attributes:
        gone: triples of the earlier one alone, by subject.
        come: triples of the later one alone, by subject.
    """

    gone: Mapping[str, list[ox.Triple]]
    come: Mapping[str, list[ox.Triple]]

    @property
    def subjects(self) -> set[str]:
        """All subjects of which something else is said."""
        return {*self.gone, *self.come}

    def of(self, subject: str) -> list[ox.Triple]:
        """Return what is said of a subject in one of the views alone."""
        return [*self.gone.get(subject, ()), *self.come.get(subject, ())]


def change_in(differences: Differences) -> Change:
    """Return what of the differences between two builds is one of their consolidated views."""
    gone, come = map(_by_subject, differences.seen)
    return Change(gone, come)


def _by_subject(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Triple]]:
    found: dict[str, list[ox.Triple]] = defaultdict(list)
    for quad in quads:
        found[quad.subject.value].append(quad.triple)  # type: ignore[union-attr]
    return dict(found)
