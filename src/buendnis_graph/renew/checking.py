"""Whether a change leaves everything valid: what it can affect is checked in the stores, the rest was valid before.

What is found of other things than violations must be what the build before found of them; else all is checked anew,
so that it is told with file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from buendnis_graph.namespaces import GRAPH_ONTOLOGY, GRAPH_SOURCES
from buendnis_graph.renew.change import Change, is_said
from buendnis_graph.renew.kept import Findings, NotLocalError, keys_of
from buendnis_graph.settings import Project
from buendnis_graph.validate import LAYERS, Fast, Result, layer_shapes
from buendnis_graph.validate.evidence_view import EvidenceView, source_of
from buendnis_graph.validate.incremental import Incremental
from buendnis_graph.validate.layers import file_shapes
from buendnis_graph.validate.live import Live
from buendnis_graph.validate.shapes import Shapes

MANY_SOURCES = 300
"""If more sources speak of what has changed, all are checked."""
_FAR = 4
"""So many steps from what a source mentions shapes look at most."""


class OnStore(Live):
    """The default graph of a store on disk; what is in memory is what is looked at.

    Args:
        store: takes the changes.
    """

    def __init__(self, store: ox.Store) -> None:
        super().__init__([])
        self._store = store

    def expect_whole(self) -> None:
        """Refuse that all is looked at.

        Raises:
            NotLocalError: always.
        """
        raise NotLocalError

    def add(self, triples: list[ox.Triple]) -> None:
        """Add triples."""
        self._store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)

    def remove(self, triples: list[ox.Triple]) -> None:
        """Remove triples."""
        for t in triples:
            self._store.remove(ox.Quad(t.subject, t.predicate, t.object))


def check_said(project: Project, change: Change, store: ox.Store, said: ox.Store, known: Findings) -> None:
    """Check what files say, and carry out the change in the graph of all that is said.

    Args:
        project: whose shapes.
        change: what went and came.
        store: what is said, each quad in its graph: before and after together.
        said: what was said, in one graph; it is changed.
        known: what was found before.

    Raises:
        NotLocalError: if all has to be checked.
    """
    of_sources, of_files = file_shapes(project)
    gone = {q.triple for q in change.gone if not any(_is_still_said(q, store, change))}
    come = {q.triple for q in change.come} - gone
    come = {t for t in come if ox.Quad(t.subject, t.predicate, t.object) not in said}
    _check_graph(OnStore(said), of_files, gone, come, known.of_files)
    _check_sources(of_sources, change, store, known.of_files)


def _is_still_said(quad: ox.Quad, store: ox.Store, change: Change) -> Iterator[bool]:
    for same in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None):
        yield is_said(same) and same not in change.gone


def check_view(
    project: Project, store: ox.Store, gone: Iterable[ox.Triple], come: Iterable[ox.Triple], known: Findings
) -> None:
    """Check the consolidated view, and carry out the change in it.

    Args:
        project: whose shapes.
        store: its default graph is the view as it was; it is changed.
        gone: what went.
        come: what came.
        known: what was found before.

    Raises:
        NotLocalError: if all has to be checked.
    """
    shapes = layer_shapes(project, *(layer.name for layer in LAYERS.values() if layer.view))
    _check_graph(OnStore(store), shapes, gone, come, known.of_view)


def _check_graph(
    graph: Live, shapes: Shapes, gone: Iterable[ox.Triple], come: Iterable[ox.Triple], known: frozenset[str]
) -> None:
    plan = Fast().plan(shapes)
    if plan.rest is not None or any("shapesGraph" in check.whole for check in plan.checks):
        raise NotLocalError  # these look at all of the graph, or put the shapes beside it
    checked = Incremental(graph, shapes, Fast(), fresh=False)
    checked.update(_sorted(gone), _sorted(come))
    asked = {rule: set(map(str, nodes)) for rule, nodes in checked.asked.items()}

    def is_asked(key: str) -> bool:
        focus, _, value, *_, rule, source = key.split("\t")
        nodes = asked.get(rule, asked[""])
        return not source and (focus in nodes or value in nodes)

    _compare(checked.results, known, is_asked)


def _sorted(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    return sorted(triples, key=str)


def _compare(results: Iterable[Result], known: frozenset[str], is_checked: Callable[[str], bool]) -> None:
    found = keys_of(results)
    if found - known or any(map(is_checked, known - found)):
        raise NotLocalError


def _check_sources(shapes: Shapes, change: Change, store: ox.Store, known: frozenset[str]) -> None:
    """Check what each source says for itself, of the sources that speak of what has changed."""
    sources = _concerned(change, store)
    if len(sources) > MANY_SOURCES:
        raise NotLocalError
    around = _said_around(sources, store)
    view = EvidenceView(q for q in around if q not in change.come)
    checked = Incremental(view.triples, shapes, Fast(), fresh=False)
    gone = [q for q in change.gone if q in around]
    checked.update(*view.change(gone, [q for q in change.come if q in around]))
    names = {str(source) for source in sources}
    _compare(view.restore(checked.results), known, lambda key: key.rpartition("\t")[2] in names)


def _concerned(change: Change, store: ox.Store) -> set[ox.NamedNode]:
    found: set[ox.NamedNode] = set()
    for node in {quad.subject for quad in change.gone | change.come}:
        found |= {s for q in store.quads_for_pattern(None, None, node, None) if (s := _said_in(q)) is not None}
        found |= {s for q in store.quads_for_pattern(node, None, None, None) if (s := _said_in(q)) is not None}
    return found


def _said_in(quad: ox.Quad) -> ox.NamedNode | None:
    return source_of(quad) if is_said(quad) else None


def _said_around(sources: Iterable[ox.NamedNode], store: ox.Store) -> set[ox.Quad]:
    """Return what sources say, and what we state of what they mention, and of what that mentions in turn."""
    found = set(store.quads_for_pattern(None, None, None, GRAPH_ONTOLOGY))
    waiting: set[ox.NamedNode] = set()
    for source in sources:
        own = [*store.quads_for_pattern(None, None, None, source)]
        own += store.quads_for_pattern(source, None, None, GRAPH_SOURCES)
        found.update(own)
        waiting |= {term for q in own for term in (q.subject, q.object) if isinstance(term, ox.NamedNode)}
    done: set[ox.NamedNode] = set()
    for _ in range(_FAR):
        done |= waiting
        ours = {
            q
            for term in waiting
            for q in store.quads_for_pattern(term, None, None, None)
            if is_said(q) and source_of(q) is None and q.graph_name != GRAPH_ONTOLOGY
        }
        found |= ours
        waiting = {q.object for q in ours if isinstance(q.object, ox.NamedNode)} - done
    return found
