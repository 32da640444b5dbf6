"""Which triples are not under CC0, found out anew after a change: by what is said around it, not by all that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import pyoxigraph as ox

from buendnis_graph.derive import Rule, derive_from
from buendnis_graph.namespaces import derived_graph
from buendnis_graph.renew.change import is_said
from buendnis_graph.renew.reach import surroundings
from buendnis_graph.store import consolidate
from buendnis_graph.store.shards import Differences


def renewed_bound(
    known: frozenset[ox.Triple], differences: Differences, store: ox.Store, rules: list[Rule], by_graph: Iterable[str]
) -> frozenset[ox.Triple]:
    """Return the triples of the consolidated view of a build that are not under CC0.

    Args:
        known: those of an earlier build, made by the same rules.
        differences: between that build and the build.
        store: of the build.
        rules: all rules.
        by_graph: the graphs that are not under CC0, in both builds.

    Raises:
        NotLocalError: if too much is around the change.
    """
    others = set(by_graph)
    gone, come = ([quad for quad in quads if is_said(quad)] for quads in differences.said)
    around = surroundings([*gone, *come], cast("ox.Store", _Both(store, gone)), rules)
    free = [rule for rule in rules if derived_graph(rule.name).value not in others]
    around = {quad for quad in around if quad.graph_name.value not in others}  # type: ignore[union-attr]
    before, after = (_view(around - set(away), free) for away in (come, gone))
    less, more = ({quad.triple for quad in quads} for quads in differences.seen)
    lost = {t for t in before - after if ox.Quad(t.subject, t.predicate, t.object) in store}
    return frozenset(((known | more) - less - (after - before)) | lost)


def _view(said: Iterable[ox.Quad], rules: Iterable[Rule]) -> set[ox.Triple]:
    return {quad.triple for quad in consolidate(derive_from(said, rules))}


class _Both:
    """A store, and what an earlier one held besides."""

    def __init__(self, store: ox.Store, more: Iterable[ox.Quad]) -> None:
        self._stores = (store, ox.Store())
        self._stores[1].extend(more)

    def quads_for_pattern(self, *pattern: Any) -> Iterator[ox.Quad]:
        """Yield the quads of both that match a pattern."""
        for store in self._stores:
            yield from store.quads_for_pattern(*pattern)
