"""The two sides of a difference: a revision, the working tree, or a build; and what is hidden of them."""

from __future__ import annotations

import io
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.care.identity import REGISTRY, mentions_of, names_of, with_redirects
from buendnis_graph.care.purge import purge
from buendnis_graph.care.withheld import LIST, Guard, Withheld, read_key, read_list
from buendnis_graph.derive import Rule, derive, read_rules
from buendnis_graph.errors import NotBuiltError, ReadError, UsageError
from buendnis_graph.evidence import Corpus, Located, read_corpus
from buendnis_graph.evidence.revisions import commit_of, git
from buendnis_graph.namespaces import BASE, GRAPH_SOURCES, RDF_TYPE, expand
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import REPORT
from buendnis_graph.store.shards import QUADS, read_dump

WORKTREE = (".", "WORKTREE")
_DERIVED, _ID = f"{BASE}graph/derived/", f"{BASE}id/"


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says, before anything is derived.

    Args:
        name: as it was asked for.
        quads: what the files say, each quad in its graph.
        rules: what derives the rest.
        hashes: what was withheld by then; nothing is known of a build.
        is_build: whether it is a build.
    """

    name: str
    quads: tuple[ox.Quad, ...]
    rules: tuple[Rule, ...]
    hashes: frozenset[str]
    is_build: bool = False

    def derived(self) -> ox.Store:
        """Return the store with all that follows."""
        return derive(Corpus([Located(quad, Path(self.name), 0) for quad in self.quads]), self.rules)


def read_side(project: Project, name: str) -> Side:
    """Return a side by its name.

    Args:
        project: whose repository and builds are meant.
        name: ``.`` or ``WORKTREE`` for the files as they are, a build's folder or hash, or any revision git knows.

    Raises:
        UsageError: if it is none of these.
        ReadError, LayoutError: if its files can't be read.
    """
    if name in WORKTREE:
        return _of_files(project, name)
    for folder in (project.build / name, Path(name)):
        if (folder / QUADS).is_dir():
            return _of_build(project, folder, name)
    with tempfile.TemporaryDirectory(prefix="buendnis-diff-") as aside:
        _extract(project, name, Path(aside))
        return _of_files(Project(Path(aside)), name)


def _of_files(project: Project, name: str) -> Side:
    quads = tuple(item.quad for item in read_corpus(project).quads)
    return Side(name, quads, tuple(read_rules(project.ontology / "rules")), read_list(project.data / LIST))


def _of_build(project: Project, folder: Path, name: str) -> Side:
    if not (folder / REPORT).is_file():
        raise NotBuiltError("is no finished build.", path=folder)
    try:
        said = tuple(
            q for q in read_dump(folder, QUADS) if not getattr(q.graph_name, "value", _DERIVED).startswith(_DERIVED)
        )
    except (OSError, SyntaxError) as error:
        raise ReadError("can't be read.", path=folder / QUADS) from error
    return Side(name, said, tuple(read_rules(project.ontology / "rules")), frozenset(), is_build=True)


def _extract(project: Project, revision: str, folder: Path) -> None:
    """Write the files of a revision into a folder; neither index nor working tree is touched."""
    commit = commit_of(project, revision)
    if commit is None:
        raise UsageError(
            f"'{revision}' is neither a revision that git knows here nor a build.",
            hint="Name a commit (HEAD~3), a tag, the working tree (.), or a folder below build/.",
        )
    for part in ("ontology", "data"):
        archive = git(project, "archive", "--format=tar", commit, "--", part)
        if archive is None:
            raise UsageError(
                f"'{revision}' has no folder {part}/.", hint="It is older than the graph, or another project."
            )
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")


def hide_withheld(project: Project, one: Side, two: Side) -> tuple[Side, Side, bool]:
    """Return both sides as if what is withheld had never been there, and whether anything was hidden.

    A body that stands on one side only is hidden if the other side, or the working tree, withholds something that this
    side does not. That needs no key; which body it was then never shows, nor in any number. With the key, all that the
    working tree withholds is recognised for certain.
    """
    present = read_list(project.data / LIST)
    if not (one.hashes | two.hashes | present):
        return one, two, False
    now = next((side for side in (one, two) if side.name in WORKTREE), None) or _of_files(project, ".")
    guard = Guard(present, read_key())
    new_one, new_two = _hidden(one, two, now, guard), _hidden(two, one, now, guard)
    lists_differ = one.hashes != two.hashes and not (one.is_build or two.is_build)
    return new_one, new_two, new_one is not one or new_two is not two or lists_differ


def _hidden(side: Side, other: Side, now: Side, guard: Guard) -> Side:
    here = _bodies(side.quads)
    hidden = set[ox.NamedNode]()
    for reference in (other, now):
        if reference.hashes - side.hashes:
            hidden |= here - _bodies(reference.quads)
    if guard.hasher is not None:
        hidden |= {b for b in here if guard.judge((), b.value.removeprefix(_ID)) is Withheld.YES}
    gone = _quads_about(side.quads, hidden, other.quads) if hidden else set()
    gone |= _quads_that_name(side.quads, other.quads, guard)
    # What the other side and the working tree still say is no secret, and must not look like a change.
    gone -= set(other.quads) - _quads_about(other.quads, hidden & _bodies(other.quads), ())
    gone -= set(now.quads)
    return replace(side, quads=tuple(q for q in side.quads if q not in gone)) if gone else side


def _bodies(quads: Iterable[ox.Quad]) -> set[ox.NamedNode]:
    organisation = expand("org:Organization")
    found = {
        q.subject for q in quads if q.graph_name == REGISTRY and q.predicate == RDF_TYPE and q.object == organisation
    }
    return {node for node in found if isinstance(node, ox.NamedNode)}


def _quads_about(quads: Sequence[ox.Quad], bodies: set[ox.NamedNode], other: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Return what must go with bodies; sources that the other side lacks and that speak of them go as a whole."""
    if not bodies:
        return set()
    all_bodies = with_redirects(quads, bodies)
    there = {q.subject for q in other if q.graph_name == GRAPH_SOURCES}
    speaking = {
        q.subject if q.graph_name == GRAPH_SOURCES else q.graph_name
        for q in quads
        if q.subject in all_bodies or q.object in all_bodies
    }
    sources = [node for node in speaking - there if isinstance(node, ox.NamedNode) and "/source/" in node.value]
    mentions = mentions_of(quads, all_bodies, names_of(quads, all_bodies))
    return purge(quads, all_bodies, mentions, sources).dropped


def _quads_that_name(quads: Sequence[ox.Quad], other: Sequence[ox.Quad], guard: Guard) -> set[ox.Quad]:
    """Return, with the key, what only this side says and that bears a withheld name."""
    if guard.hasher is None or not guard.hashes:
        return set()
    known: dict[str, bool] = {}
    only_here = set(quads) - set(other)
    subjects = {
        q.subject for q in only_here if isinstance(q.object, ox.Literal) and guard.finds_in(q.object.value, known)
    }
    return {q for q in only_here if q.subject in subjects}
