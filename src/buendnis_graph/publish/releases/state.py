"""The two states of the graph that a release compares: what was released last, and what the files say now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.care.diff import Difference, diff
from buendnis_graph.care.sides import WORKTREE, Side, hide_withheld, read_side
from buendnis_graph.care.withheld import LIST, read_list
from buendnis_graph.errors import ReadError
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.releases.counts import counts_of
from buendnis_graph.publish.releases.manifest import GRAPH, Manifest, unpacked
from buendnis_graph.publish.releases.notes import kinds_of_entries
from buendnis_graph.publish.releases.version import Reason, published, reasons
from buendnis_graph.publish.releases.withdrawal import list_digest
from buendnis_graph.queries.catalogue import catalogue_paths
from buendnis_graph.settings import Project
from buendnis_graph.validate.layers import LAYERS, layer_shapes
from buendnis_graph.validate.shapes import name_of

_DATASET = ox.NamedNode(f"{BASE}dataset")
_STAMPS = (expand("dcat:version"), expand("dcterms:issued"))
_DERIVED = f"{BASE}graph/derived/"


@dataclass(frozen=True, slots=True)
class Now:
    """What the files say now.

    Args:
        side: that, as differences compare it.
        store: with all that follows.
        version: which version they state; empty if none.
        issued: which day they state; empty if none.
        names: IRIs of shapes and questions, which are in no graph.
        counts: what there is, by kind.
    """

    side: Side
    store: ox.Store
    version: str
    issued: str
    names: tuple[str, ...]
    counts: dict[str, int]

    @property
    def quads(self) -> set[ox.Quad]:
        """All quads of the named graphs: what a release publishes."""
        return {quad for quad in self.store if isinstance(quad.graph_name, ox.NamedNode)}


def read_now(project: Project) -> Now:
    """Return what the files say now.

    Raises:
        ReadError, LayoutError: if a file can't be read or says what it must not.
    """
    side = read_side(project, WORKTREE[0])
    store = side.derived()
    version, issued = (_stated(side.quads, predicate) for predicate in _STAMPS)
    return Now(side, store, version, issued, _names(project), counts_of(store))


def _stated(quads: Iterable[ox.Quad], predicate: ox.NamedNode) -> str:
    values = (q.object.value for q in quads if q.subject == _DATASET and q.predicate == predicate)  # type: ignore[union-attr]
    return min(values, default="")


def _names(project: Project) -> tuple[str, ...]:
    shapes = {name_of(node) for node in layer_shapes(project, *LAYERS).nodes}
    questions = {f"{BASE}query/{name}" for name in catalogue_paths(project)} if project.queries.is_dir() else set()
    return tuple(sorted({name for name in shapes if name.startswith(f"{BASE}shape/")} | questions))


@dataclass(frozen=True, slots=True)
class Compared:
    """What has changed since a release, without anything withheld.

    Args:
        difference: that; its counts are of the same kinds as those of a manifest.
        reasons: why it asks for more than a patch.
        entries: IRIs of new entries, by kind.
    """

    difference: Difference
    reasons: tuple[Reason, ...]
    entries: dict[str, list[str]]


def released_quads(folder: Path, release: Manifest) -> list[ox.Quad]:
    """Return the quads of a release.

    Raises:
        ReadError: if its dump can't be read.
    """
    path = folder / release.version / GRAPH
    try:
        return list(ox.parse(unpacked(path), format=ox.RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise ReadError("can't be read.", path=path, hint="Restore the folder from a copy.") from error


def compare(
    project: Project,
    now: Now,
    release: Manifest,
    quads: Iterable[ox.Quad],
    step: Callable[[str], None] = lambda _text: None,
) -> Compared:
    """Return what has changed since a release, as if what is withheld by now had never been in it.

    Both sides are derived by the present rules: how the graph is derived is no news about alliances. Version and day
    themselves are no change.

    Args:
        project: whose list of what is withheld holds.
        now: what the files say.
        release: the release before.
        quads: its quads.
        step: told what is being done.
    """
    said = tuple(q for q in quads if not getattr(q.graph_name, "value", _DERIVED).startswith(_DERIVED))
    # Of the list as it was then only the hash is kept: another list is taken for one that withheld less.
    hashes = read_list(project.data / LIST) if release.withheld == list_digest(project) else frozenset[str]()
    before = Side(release.version, said, now.side.rules, hashes)
    one, two, withheld = hide_withheld(project, _unstamped(before), _unstamped(now.side))
    step(f"deriving {release.version}")
    old = one.derived()
    new = two.derived()
    step(f"comparing with {release.version}")
    before_counts, after_counts = counts_of(old), counts_of(new)
    counts = {kind: (before_counts[kind], after_counts[kind]) for kind in after_counts}
    difference = replace(diff(old, new), withheld=withheld, counts=counts)
    return Compared(
        difference,
        tuple(reasons(published(one.quads, old, release.names), published(two.quads, new, now.names))),
        kinds_of_entries(difference, new),
    )


def _unstamped(side: Side) -> Side:
    return replace(side, quads=tuple(q for q in side.quads if q.subject != _DATASET or q.predicate not in _STAMPS))
