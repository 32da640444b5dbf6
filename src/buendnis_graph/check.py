"""Check a project against all layers of shapes: at once, after an edit, or what changed since a revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.care.bulk import checked_bulk
from buendnis_graph.derive import derive, read_rules
from buendnis_graph.errors import BuendnisError, FaultsError, UsageError
from buendnis_graph.evidence import Corpus, Located, Reading, read_all
from buendnis_graph.evidence.bulk import FOLDER as BULK
from buendnis_graph.evidence.corpus import data_files, examine, read_one
from buendnis_graph.evidence.faults import Fault
from buendnis_graph.evidence.layout import place_quads
from buendnis_graph.evidence.reader import format_of, parse
from buendnis_graph.evidence.revisions import changed_files, commit_of, content_at
from buendnis_graph.settings import Project
from buendnis_graph.store import consolidate
from buendnis_graph.validate.bulk import validate_bulk
from buendnis_graph.validate.checker import Checker
from buendnis_graph.validate.engine import Engine, Result
from buendnis_graph.validate.fast import Fast
from buendnis_graph.validate.layers import (
    LAYERS,
    file_shapes,
    layer_shapes,
    validate_files,
    validate_sources,
    validate_view,
)
from buendnis_graph.validate.notes import Note, about
from buendnis_graph.validate.reading import as_results

Step = Callable[[str], None]
_VIEW = tuple(layer.name for layer in LAYERS.values() if layer.view)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and the files it was found in.

    ``view`` tells whether the consolidated view was checked too: it is not while the files have violations. ``notes``
    tell what else was not checked. ``derived`` is the view, to say what findings about it follow from.
    """

    corpus: Corpus
    results: list[Result]
    view: bool
    notes: tuple[Note, ...] = ()
    derived: Collection[ox.Quad] = ()


def check_project(project: Project, engine: Engine, step: Step = lambda _text: None) -> Checked:
    """Check the files, and if they have no violation, the consolidated view that follows from them.

    What the reader refuses is a violation. If it could read all else, the shapes are asked about all that is said; if
    it could not, only about what does not depend on it: other sources, each by itself, if only sources are concerned.

    Raises:
        ShapesError: if the shapes can't be used.
    """
    step("reading")
    reading = read_all(project)
    corpus = reading.corpus
    step(f"validating {len(corpus.quads):,} statements")
    if reading.missing and all(path.parts[:2] == ("data", "sources") for path in reading.missing):
        others = Corpus([item for item in corpus.quads if item.path not in reading.missing])
        results = as_results(reading.faults) + validate_sources(others, project, engine)
        return Checked(corpus, results, view=False, notes=(about("unread-sources", reading.missing),))
    checked = _beside(
        reading, lambda: validate_files(corpus, project, engine) + _of_entries(project, corpus, engine, step)
    )
    if _blocked(checked.results):
        return checked
    step("deriving and validating the consolidated view")
    view = _view(project, corpus)
    return Checked(corpus, checked.results + validate_view(view, project, engine), view=True, derived=view)


def _of_entries(project: Project, corpus: Corpus, engine: Engine, step: Step) -> list[Result]:
    """Return what is found in the entries of bulk sources, beside what the files say.

    Raises:
        ReadError, LayoutError: if a shard is none, or was changed by hand.
        InvalidDataError: if entries are withheld.
    """
    sources, _ = checked_bulk(project)
    return validate_bulk(sources, (item.quad for item in corpus.quads), project, engine, step)


def unread(reading: Reading) -> Checked:
    """Return what the reader refuses, and that the shapes were not asked."""
    files = reading.missing or {fault.path for fault in reading.faults}
    return Checked(reading.corpus, as_results(reading.faults), view=False, notes=(about("unread", files),))


def _beside(reading: Reading, ask: Callable[[], list[Result]]) -> Checked:
    """Return what the reader refuses and what shapes say; these only if nothing is missing that they might miss."""
    if reading.missing:
        return unread(reading)
    return Checked(reading.corpus, as_results(reading.faults) + ask(), view=False)


def _blocked(results: Iterable[Result]) -> bool:
    return any(result.severity == "Violation" for result in results)


def _view(project: Project, corpus: Corpus) -> list[ox.Quad]:
    return list(consolidate(derive(corpus, read_rules(project.ontology / "rules"))))


class Watch:
    """A project's findings, kept up to date file by file.

    Args:
        project: the project.
        engine: does the checking.
        step: told what is being done.

    Raises:
        FaultsError: if a file can't be read or says what does not belong into it.
        ShapesError: if the shapes can't be used.
    """

    def __init__(self, project: Project, engine: Fast, step: Step = lambda _text: None) -> None:
        self.project, self.engine, self._step = project, engine, step
        self._start()

    def _start(self) -> None:
        project = self.project
        self._step("reading")
        self._files = _by_file(_whole(read_all(project)))
        self._step("validating")
        self._checker = _checker(project, self._quads(), self.engine)
        self._of_view: Checker | None = None
        self._view: dict[ox.Quad, None] = {}
        self._whole_again = False

    def _quads(self) -> list[ox.Quad]:
        return [item.quad for items in self._files.values() for item in items]

    def update(self, paths: Iterable[Path]) -> Checked:
        """Read some files anew, and return the findings about the files: at once, without what is derived.

        Args:
            paths: the files; of a folder, all in it.

        Raises:
            FaultsError: if a file can't be read or says what does not belong into it; nothing is taken over.
        """
        changed = set(paths)
        if self._whole_again or _asks_anew(self.project, changed):
            self._start()
            return self.findings()
        known = {self.project.root / path for path in self._files}
        faults: list[Fault] = []
        present = set(data_files(self.project, faults.append))
        if folders := changed - known - present:
            changed |= {path for path in known | present if not folders.isdisjoint(path.parents)}
        news: dict[Path, list[Located]] = {path: [] for path in (changed & known) - present}
        for path in sorted(changed & present):
            news[path], found = read_one(self.project, path)
            faults += found
        self._take(news, faults)
        return self.findings()

    def _take(self, news: dict[Path, list[Located]], faults: list[Fault]) -> None:
        fresh = {self.project.relative(path): items for path, items in news.items()}
        files = {**self._files, **fresh}
        _whole(examine(files, faults))
        gone = [item.quad for path in fresh for item in self._files.get(path, [])]
        come = [item.quad for items in fresh.values() for item in items]
        before, after = Counter(gone), Counter(come)  # a file may say a thing twice
        self._whole_again = True  # if this fails half-way, nothing kept can be trusted
        self._checker.update((before - after).elements(), (after - before).elements())
        self._whole_again = False
        self._files = {path: items for path, items in files.items() if items}

    @property
    def corpus(self) -> Corpus:
        """What the files say now."""
        return Corpus([item for items in self._files.values() for item in items])

    def findings(self) -> Checked:
        """Return the findings about the files."""
        return Checked(self.corpus, self._checker.results, view=False)

    def whole(self) -> Checked:
        """Return the findings about the files and, if these have no violation, about the view that follows."""
        files = self.findings()
        if _blocked(files.results):
            return files
        self._step("deriving")
        view = dict.fromkeys(_view(self.project, files.corpus))
        self._step("validating the consolidated view")
        of_view, self._of_view = self._of_view, None  # if an update fails half-way, the next begins anew
        if of_view is None:
            of_view = Checker(view, None, layer_shapes(self.project, *_VIEW), self.engine)
        else:
            of_view.update((q for q in self._view if q not in view), (q for q in view if q not in self._view))
        self._of_view, self._view = of_view, view
        return Checked(files.corpus, files.results + self._of_view.results, view=True, derived=view)


def check_changed(
    project: Project, revision: str, engine: Fast, step: Step = lambda _text: None
) -> tuple[Checked, list[Path]]:
    """Check only what the difference to a revision can affect; return what is found there, and the files that differ.

    It equals what a full run finds, but for findings that the difference can't have to do with.

    Raises:
        UsageError: if git knows no such revision.
        ShapesError: if the shapes can't be used.
    """
    commit = commit_of(project, revision)
    if commit is None:
        raise UsageError(f"'{revision}' is no revision that git knows here.", hint="Name a commit (HEAD~3) or a tag.")
    paths = changed_files(project, commit)
    if _asks_anew(project, paths):
        return check_project(project, engine, step), paths
    step("reading")
    reading = read_all(project)
    now = reading.corpus
    if not paths and not reading.faults:
        return Checked(now, [], view=True), paths
    before = _before(project, commit, now, paths)
    step("validating what can be affected")
    known = (item.quad for item in before.quads)
    checked = _beside(
        reading,
        lambda: (
            _affected(before.quads, now.quads, _checker(project, known, engine, fresh=False))
            + (_of_entries(project, now, engine, step) if _concerns_entries(project, paths) else [])
        ),
    )
    if _blocked(checked.results):
        return checked, paths
    step("deriving and validating the consolidated view")
    view = _view(project, now)
    of_view = validate_view(view, project, engine)
    if of_view:  # some may be older than the difference
        earlier = _view(project, before)
        checker = Checker(earlier, None, layer_shapes(project, *_VIEW), engine, fresh=False)
        of_view = _affected(_unplaced(earlier), _unplaced(view), checker)
    return Checked(now, checked.results + of_view, view=True, derived=view), paths


def _asks_anew(project: Project, paths: Iterable[Path]) -> bool:
    """Return whether files change what is asked or derived, so that all has to be asked again."""
    asking = (project.ontology / "shapes", project.ontology / "rules")
    return any(path.is_relative_to(folder) for path in paths for folder in asking)


def _concerns_entries(project: Project, paths: Iterable[Path]) -> bool:
    """Return whether files change bulk sources, or what their entries are checked beside: terms, and links to them."""
    beside = (project.data / BULK, project.data / "links", project.data / "dataset.ttl", project.ontology)
    return any(path.is_relative_to(one) for path in paths for one in beside)


def _affected(before: Iterable[Located], now: Iterable[Located], checker: Checker) -> list[Result]:
    old, new = dict.fromkeys(item.quad for item in before), dict.fromkeys(item.quad for item in now)
    checker.update((quad for quad in old if quad not in new), (quad for quad in new if quad not in old))
    return checker.results


def _unplaced(quads: Iterable[ox.Quad]) -> list[Located]:
    return [Located(quad, Path(), 0) for quad in quads]


def _before(project: Project, commit: str, now: Corpus, paths: list[Path]) -> Corpus:
    """Return what the files said in a commit. A file that could not be read then said nothing."""
    relative = {project.relative(path) for path in paths}
    quads = [item for item in now.quads if item.path not in relative]
    for path in paths:
        content = content_at(project, commit, path)
        if content is None:
            continue
        try:
            quads += _read(project, path, content)
        except BuendnisError:
            continue
    return Corpus(quads)


def _read(project: Project, path: Path, content: bytes) -> list[Located]:
    relative = project.relative(path)
    return place_quads(relative, parse(content, format_of(path), relative))


def _whole(reading: Reading) -> Corpus:
    if reading.faults:
        raise FaultsError(reading)
    return reading.corpus


def _by_file(corpus: Corpus) -> dict[Path, list[Located]]:
    files: dict[Path, list[Located]] = {}
    for item in corpus.quads:
        files.setdefault(item.path, []).append(item)
    return files


def _checker(project: Project, quads: Iterable[ox.Quad], engine: Fast, *, fresh: bool = True) -> Checker:
    return Checker(quads, *file_shapes(project), engine, fresh=fresh)
