"""What changed files say now and no longer say, and whether that is in order: asked of the store, not of all files."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence import Located
from buendnis_graph.evidence.checks import check_dates, check_references, check_stated
from buendnis_graph.evidence.corpus import read_one
from buendnis_graph.evidence.faults import Fault
from buendnis_graph.evidence.layout import check_one_home, entry_of, source_of
from buendnis_graph.namespaces import BASE, GRAPH_ONTOLOGY, GRAPH_SOURCES, RDF_TYPE, derived_graph, expand
from buendnis_graph.renew.kept import NotLocalError, home_lines, read_homes, read_inputs
from buendnis_graph.settings import Project

MANY_FILES = 500
"""More changed files than this are read with all others."""
_STATED = expand("bg:StatedProperty")
_DEPTH = 3
_FOLDERS = {"registry": (".ttl", _DEPTH), "sources": (".trig", 5), "codings": (".ttl", None), "links": (".ttl", None)}
"""How files end, and how deep they lie: where the path says what a file is about, just so deep."""
_DERIVED, _SOURCE, _ID = derived_graph("").value, f"{BASE}source/", f"{BASE}id/"
_NOWHERE = Path()


@dataclass(frozen=True, slots=True)
class Change:
    """A change of what files say.

    Attributes:
        files: which changed, below the root, each with the hash that it is listed with; None if it is gone.
        items: what they say now.
        gone: quads that no file says any more.
        come: quads that no file said before.
        homes: what stands where now, as :func:`~buendnis_graph.renew.kept.read_homes` gives it; None if as before.
    """

    files: dict[Path, str | None]
    items: list[Located]
    gone: set[ox.Quad]
    come: set[ox.Quad]
    homes: list[str] | None


def is_said(quad: ox.Quad) -> bool:
    """Return whether files say a quad of the store: it is neither derived nor in the consolidated view."""
    graph = quad.graph_name
    return isinstance(graph, ox.NamedNode) and not graph.value.startswith(_DERIVED)


def read_change(project: Project, old: Path, inputs: str, store: ox.Store) -> Change:
    """Return what changed since a build, and put what came into the store, each quad in its graph.

    Args:
        project: whose files.
        old: the folder of the build.
        inputs: what the files are now.
        store: that of the build, or a copy.

    Raises:
        NotLocalError: if something else changed, or what changed is not in order: reading all tells what is wrong.
    """
    files = _changed(read_inputs(old), inputs)
    mixed = [path for path in files if path.parts[1] in {"codings", "links"}]
    homes = read_homes(old) if mixed else []
    before = {quad for path in files for quad in _said_by(path, store, homes)}
    items: list[Located] = []
    faults: list[Fault] = []
    for path in files:
        if (project.root / path).is_file() and path.suffix != ".csv":
            found, wrong = read_one(project, project.root / path)
            items += found
            faults += wrong
    said = {item.quad for item in items}
    after = _as_stored(said)
    if faults or after != said:
        raise NotLocalError
    now = _homes_with(homes, mixed, items)
    change = Change(files, items, before - after, after - before, None if now == homes else now)
    store.extend(change.come)
    _check(change, after, store)
    return change


def _homes_with(homes: Sequence[str], files: Iterable[Path], items: Iterable[Located]) -> list[str]:
    """Return what stands where, sorted, if some files say what they now do."""
    now = [*homes]
    for path in files:
        now[_lines_about(path, now)] = []
    for line in set(home_lines(items)):
        insort(now, line)
    return now


def _lines_about(path: Path, homes: Sequence[str]) -> slice:
    """Return which of the sorted lines of what stands where are about a file."""
    return slice(bisect_left(homes, f"{path.as_posix()}\t"), bisect_left(homes, f"{path.as_posix()}\n"))


def _changed(old: str, new: str) -> dict[Path, str | None]:
    """Return the files that differ, sorted, each with the hash that it is listed with; None if it is gone.

    Raises:
        NotLocalError: if any of them is not of those that say who is who, who says what, what we judge and link.
    """
    pairs = zip_longest(old.splitlines(), new.splitlines(), fillvalue="")
    differ = [(one, two) for one, two in pairs if one != two]  # most stand where they stood
    gone, come = {one for one, _ in differ}, {two for _, two in differ}
    listed = {Path(name): said or None for name, _, said in (line.rpartition("\t") for line in come - gone if line)}
    files = dict.fromkeys(Path(line.rpartition("\t")[0]) for line in gone - come if line) | listed
    if len(files) > MANY_FILES or not all(map(_is_plain, files)):
        raise NotLocalError
    return dict(sorted(files.items()))


def _is_plain(path: Path) -> bool:
    if "\\" in str(path):  # as a name is shown that is not UTF-8: there is no such file
        return False
    if path.parts[:2] == ("data", "review"):
        return path.suffix == ".csv"  # decisions for import: the graph does not hold them
    if len(path.parts) < _DEPTH or path.parts[0] != "data" or any(part.startswith(".") for part in path.parts):
        return False
    suffix, depth = _FOLDERS.get(path.parts[1], ("", None))
    return path.suffix == suffix and len(path.parts) == (depth or len(path.parts))


def _said_by(path: Path, store: ox.Store, homes: Sequence[str]) -> Iterator[ox.Quad]:
    """Yield what a file said, as the store holds it: each thing outside source graphs is described in one file only."""
    if path.parts[1] == "sources":
        source = source_of(path)
        yield from store.quads_for_pattern(None, None, None, source)
        yield from store.quads_for_pattern(source, None, None, GRAPH_SOURCES)
        return
    if path.parts[1] == "registry":
        subjects = [entry_of(path)]
    else:
        lines = homes[_lines_about(path, homes)]
        subjects = [ox.NamedNode(line[:-1].rpartition("\t")[2]) for line in lines]
    for subject in subjects:
        yield from filter(_is_described_by, store.quads_for_pattern(subject, None, None, None))


def _is_described_by(quad: ox.Quad) -> bool:
    """Return whether a quad describes its subject: files say it, and not in the graph of a source."""
    return is_said(quad) and not quad.graph_name.value.startswith(_SOURCE)  # type: ignore[union-attr]


def _as_stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    store = ox.Store()
    store.extend(quads)
    return set(store)


def _check(change: Change, after: set[ox.Quad], store: ox.Store) -> None:
    """Check what reading checks: dates, one home for each thing, properties that sources may state, names described.

    Raises:
        NotLocalError: if something is wrong.
    """
    faults: list[Fault] = []
    check_dates(change.items, faults.append)
    check_one_home(change.items, faults.append)
    fresh = [item for item in change.items if item.quad in change.come]
    allowed = [Located(q, _NOWHERE, 0) for q in store.quads_for_pattern(None, RDF_TYPE, _STATED, GRAPH_ONTOLOGY)]
    check_stated([*allowed, *fresh], faults.append)
    terms = {term for item in fresh for term in (item.quad.subject, item.quad.predicate, item.quad.object)}
    known = [next(_describing(term, store, change.gone), None) for term in terms if isinstance(term, ox.NamedNode)]
    check_references([*(Located(q, _NOWHERE, 0) for q in known if q), *fresh], faults.append)
    if any(fault.path != _NOWHERE for fault in faults):
        raise NotLocalError
    for subject in {item.quad.subject for item in fresh if _is_described_by(item.quad)}:
        if any(
            _is_described_by(quad) and quad not in change.gone and quad not in after
            for quad in store.quads_for_pattern(subject, None, None, None)
        ):
            raise NotLocalError  # in another file, too
    for quad in change.gone:
        if next(_describing(quad.subject, store, change.gone), None) is None and _is_used(quad.subject, store, change):
            raise NotLocalError


def _describing(term: object, store: ox.Store, gone: set[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield the quads that describe a thing: files say them, and they are no plain facts of sources."""
    for quad in store.quads_for_pattern(term, None, None, None):  # type: ignore[arg-type]
        is_fact = quad.subject.value.startswith(_ID) and not _is_described_by(quad)  # type: ignore[union-attr]
        if is_said(quad) and not is_fact and quad not in gone:
            yield quad


def _is_used(term: object, store: ox.Store, change: Change) -> bool:
    as_subject = store.quads_for_pattern(term, None, None, None)  # type: ignore[arg-type]
    as_property = store.quads_for_pattern(None, term, None, None)  # type: ignore[arg-type]
    as_value = store.quads_for_pattern(None, None, term, None)  # type: ignore[arg-type]
    return any(is_said(quad) and quad not in change.gone for quad in chain(as_subject, as_property, as_value))
