"""What there is in a release, counted, and whether it has lost more than it may."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.report import summarise
from buendnis_graph.wording import read_toml

_LINK = expand("sssom:Mapping")


def limits() -> Mapping[str, float]:
    """Return how many percent of each kind a release may lose before it stops."""
    return read_toml(__file__, "limits.toml")


def counts_of(store: ox.Store) -> dict[str, int]:
    """Return how much there is of each kind in a derived store: those of a build's report, and links."""
    links = sum(1 for _ in store.quads_for_pattern(None, RDF_TYPE, _LINK, ox.DefaultGraph()))
    return {**summarise(store)["counts"], "links": links}


@dataclass(frozen=True, slots=True)
class Drop:
    """A kind of which a release has lost more than it may.

    Args:
        kind: of what.
        before: how many there were.
        after: how many there are.
        limit: how many percent may be lost.
    """

    kind: str
    before: int
    after: int
    limit: float


def drops(
    before: Mapping[str, int], after: Mapping[str, int], allowed: Collection[str], own: Mapping[str, float]
) -> list[Drop]:
    """Return of which kinds more was lost than may be.

    Args:
        before: counts of the release before.
        after: counts now.
        allowed: kinds that may drop as they like.
        own: limits in percent that hold instead of the usual ones.
    """
    return [
        Drop(kind, before[kind], after[kind], limit)
        for kind, limit in (limits() | dict(own)).items()  # type: ignore[operator]
        if kind not in allowed and (before[kind] - after[kind]) * 100 > limit * before[kind]
    ]
