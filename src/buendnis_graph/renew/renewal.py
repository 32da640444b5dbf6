"""The steps of a renewal, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.collecting import uncollected
from buendnis_graph.derive import Rule, is_consolidated, read_rules
from buendnis_graph.derive.rules import base_store, extend_view
from buendnis_graph.errors import BuendnisError
from buendnis_graph.inputs import refuse_changed
from buendnis_graph.namespaces import derived_graph
from buendnis_graph.renew.change import Change, read_change
from buendnis_graph.renew.checking import check_said, check_view
from buendnis_graph.renew.kept import Findings, NotLocalError, copied_store, keep_again, read_findings
from buendnis_graph.renew.reach import surroundings
from buendnis_graph.renew.tabled import renew_report, renew_tables
from buendnis_graph.settings import Project
from buendnis_graph.store.bulk import keep_bulk
from buendnis_graph.store.dataset import STORE
from buendnis_graph.store.shards import CONSOLIDATED, QUADS, line_of, renew_shards

Step = Callable[[str], None]


@uncollected()
def renew(project: Project, old: Path, new: Path, inputs: str, step: Step = lambda _text: None) -> Findings | None:
    """Make a build of an earlier one and the files that have changed since.

    Args:
        project: whose files.
        old: the folder of the earlier build; it stays as it is.
        new: an empty folder in the same file system.
        inputs: what the files are now, as :func:`~buendnis_graph.inputs.input_list` gives it.
        step: told what is being done.

    Returns:
        What validation found that does not block; None if all must be built anew, in another folder.

    Raises:
        ChangedError: if files are no longer what they were.
    """
    try:
        return _renew(project, old, new, inputs, step)
    except (NotLocalError, BuendnisError, OSError):  # a full build tells what is wrong
        return None


def _renew(project: Project, old: Path, new: Path, inputs: str, step: Step) -> Findings:
    step("reading what has changed")
    store = copied_store(old / STORE, new / STORE)
    change = read_change(project, old, inputs, store)
    refuse_changed(project, inputs, change.files)
    said, known = keep_again(old, new, inputs, change.homes), read_findings(old)
    _refuse_moved(change, known)
    step(f"validating what {len(change.gone) + len(change.come):,} changed statements affect")
    check_said(project, change, store, said, known)
    said.flush()
    step("deriving what follows")
    before, after, gone, come = _derived(project, change, store)
    if any(q not in store for q in gone) or any(q in store for q in come - change.come):
        raise NotLocalError  # what follows is not known well enough
    view_gone, view_come = _carry_out(store, gone, come)
    check_view(project, store, view_gone, view_come, known)
    store.flush()
    step("writing dumps, tables and report")
    keep_bulk(old, new)
    renew_shards(old, new, QUADS, map(line_of, gone), map(line_of, come))
    renew_shards(old, new, CONSOLIDATED, map(line_of, view_gone), map(line_of, view_come))
    renew_tables(old, new, before, after)
    renew_report(old, new, before, after, store)
    refuse_changed(project, inputs)
    return known


def _refuse_moved(change: Change, known: Findings) -> None:
    """Leave a change to a full build that may move what was found to another line, or give it another name.

    Raises:
        NotLocalError: if it does.
    """
    subjects = {str(quad.subject) for quad in change.gone | change.come}
    if known.about & subjects or known.paths & {path.as_posix() for path in change.files}:
        raise NotLocalError


def _derived(
    project: Project, change: Change, store: ox.Store
) -> tuple[ox.Store, ox.Store, set[ox.Quad], set[ox.Quad]]:
    """Return the surroundings of a change with their view, as they were and as they are; and what went and came.

    Raises:
        NotLocalError: if the surroundings are too large, or do not hold the change.
    """
    rules = read_rules(project.ontology / "rules")
    around = surroundings(change.gone | change.come, store, rules)
    if not (change.gone <= around and change.come <= around):
        raise NotLocalError
    before, was = _with_view(around - change.come, rules)
    after, is_now = _with_view(around - change.gone, rules)
    return before, after, change.gone | _only(was, is_now), change.come | _only(is_now, was)


def _with_view(said: Iterable[ox.Quad], rules: Iterable[Rule]) -> tuple[ox.Store, dict[str, bytes]]:
    """Return a store of what is said and of the view of that; and what each rule derives, as N-Triples."""
    store, derived = base_store(said), dict[str, bytes]()

    def take(rule: Rule, triples: bytes) -> None:
        derived[rule.name] = triples

    extend_view(store, rules, take)
    return store, derived


def _only(some: dict[str, bytes], others: dict[str, bytes]) -> set[ox.Quad]:
    """Return what rules derive one time and not the other; only that becomes Python's objects."""
    found = set[ox.Quad]()
    for name, triples in some.items():
        if triples != others[name]:
            lines = set(triples.splitlines()) - set(others[name].splitlines())
            parsed = ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
            found |= {ox.Quad(q.subject, q.predicate, q.object, derived_graph(name)) for q in parsed}
    return found


def _carry_out(store: ox.Store, gone: set[ox.Quad], come: set[ox.Quad]) -> tuple[set[ox.Triple], set[ox.Triple]]:
    """Carry out a change in the named graphs of a store; return what it changes in the consolidated view."""
    store.extend(come)
    for quad in gone:
        store.remove(quad)
    for graph in {quad.graph_name for quad in gone}:
        if next(store.quads_for_pattern(None, None, None, graph), None) is None:
            store.remove_graph(graph)  # its name would be listed
    less, more = set[ox.Triple](), set[ox.Triple]()
    for triple in {quad.triple for quad in gone | come}:
        here = ox.Quad(triple.subject, triple.predicate, triple.object)
        there = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        is_wanted = any(is_consolidated(quad) for quad in there)
        if is_wanted != (here in store):
            (more if is_wanted else less).add(triple)
    return less, more
