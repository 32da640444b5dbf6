"""A build of all files, step by step; what is needed no more is let go, so that the largest step is the most it takes.

What files say is read as objects, validated, and written aside as lines. Of these lines a store in memory is made, on
which the rules run; what they derive goes into the dumps. The dumps then are all that is left: the store on disk is
loaded from them, and beside it the consolidated view, as columns, is validated and gives the tables.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, NamedTuple

import pyoxigraph as ox

from buendnis_graph import example
from buendnis_graph import tables as tabulating
from buendnis_graph.care.bulk import checked_bulk
from buendnis_graph.check import unread
from buendnis_graph.collecting import give_back, uncollected
from buendnis_graph.derive.rules import Rule, base_quads, extend_view, read_rules
from buendnis_graph.errors import InvalidDataError
from buendnis_graph.evidence import Corpus, read_all
from buendnis_graph.evidence.bulk import BulkSource
from buendnis_graph.evidence.recalled import Recalled
from buendnis_graph.evidence.whereabouts import Whereabouts
from buendnis_graph.inputs import ChangedError, input_list, refuse_changed
from buendnis_graph.namespaces import derived_graph
from buendnis_graph.renew.kept import Kept, homes_of, keep, keep_said, kept_of
from buendnis_graph.renew.tabled import write_report
from buendnis_graph.report import summarise
from buendnis_graph.settings import Project
from buendnis_graph.store.bulk import add_bulk
from buendnis_graph.store.dataset import dump_said, load_lines, load_store
from buendnis_graph.store.shards import CONSOLIDATED, DumpWriter, pieces, shards
from buendnis_graph.validate import Data, Fast, Finding, Result, findings, render, validate_files, validate_view
from buendnis_graph.validate.bulk import validate_bulk
from buendnis_graph.validate.columns import Columns
from buendnis_graph.validate.notes import Note
from buendnis_graph.wording import LANGUAGES

Step = Callable[[str], None]
_PATIENCE = 0.2
"""Seconds after which who waits looks whether to stop: with the handler that Polars sets, Ctrl-C ends no wait."""
_PIECE = 4 * 1024 * 1024
"""Bytes of the view that are read at once: a piece costs milliseconds, however small; a larger one is no quicker."""


class _Said(NamedTuple):
    """What files say, found in order.

    Attributes:
        lines: it and what of it stands in the consolidated view, as N-Quads.
        where: where it stands.
        homes: what stands where, for the next build.
        of_files: what validation found of the files.
        bulk: the bulk sources.
        of_bulk: what validation found of these.
        entries: how many entries of a register they hold.
    """

    lines: Path
    where: Recalled
    homes: str
    of_files: list[Result]
    bulk: list[BulkSource]
    of_bulk: list[Result]
    entries: int


@uncollected()
def build_full(project: Project, folder: Path, inputs: str, language: str, step: Step, warn: Step) -> None:
    """Build all anew.

    Args:
        project: whose files.
        folder: an empty one.
        inputs: what the files are, as :func:`~buendnis_graph.inputs.input_list` gives it.
        language: of what is told, ``de`` or ``en``.
        step: told what is being done.
        warn: told what validation found that does not block, if it found something.

    Raises:
        InvalidDataError: if files can't be read or validation finds violations; its message lists all of them.
        ChangedError: if files are no longer what they were.
    """
    dumps = DumpWriter(folder)
    with ThreadPoolExecutor(max_workers=1) as beside:  # much is in Rust, which leaves Python to the others
        with tempfile.TemporaryDirectory(prefix=".said-", dir=folder) as aside:
            said = _read(project, Path(aside), language, step)
            if input_list(project) != inputs:
                raise ChangedError(None)
            give_back()
            report = _derive(project, said, dumps, beside, step)
            give_back()
        step("sorting the dumps")
        dumps.finish()
        step("validating the consolidated view")
        with _stored(beside, folder, said.bulk, step):
            view = _view(folder)
            kept = _valid(view, said, project, language)
            if language in kept.findings.texts:
                warn(kept.findings.texts[language])
            step("storing, and writing tables")
            tabulating.save(tabulating.make(view), folder)
            write_report(report, folder)
            keep(folder, inputs, kept)
            refuse_changed(project, inputs)


def _read(project: Project, aside: Path, language: str, step: Step) -> _Said:
    step("reading")
    corpus = read_valid(project, language)
    step(f"validating {len(corpus.quads):,} statements")
    results = validate_files(corpus, project, Fast())
    _check(results, corpus, language)
    bulk, entries = checked_bulk(project)
    of_bulk = validate_bulk(bulk, (item.quad for item in corpus.quads), project, Fast(), step)
    _check(of_bulk, corpus, language)
    lines = aside / "said.nq"
    ox.serialize(base_quads(item.quad for item in corpus.quads), str(lines), format=ox.RdfFormat.N_QUADS)
    return _Said(lines, Recalled(project, corpus), homes_of(corpus.quads), results, bulk, of_bulk, entries)


def _derive(project: Project, said: _Said, dumps: DumpWriter, beside: Executor, step: Step) -> dict[str, Any]:
    """Write what files say and all that follows into dumps, each into its graph and the view; return the report."""
    step("deriving")
    store = ox.Store()
    load_lines(store, said.lines, ox.RdfFormat.N_QUADS)
    store.dump(str(said.lines), format=ox.RdfFormat.N_QUADS)  # again, as the store writes numbers
    triples = dump_said(store, said.lines.with_suffix(".nt"))
    written = [beside.submit(_write_said, said.lines, triples, dumps)]

    def take(rule: Rule, triples: bytes) -> None:
        step(f"deriving: {rule.name}")
        written.pop().result()  # so that no more than one waits
        written.append(beside.submit(dumps.add_derived, io.BytesIO(triples), derived_graph(rule.name)))

    extend_view(store, read_rules(project.ontology / "rules"), take)
    written.pop().result()
    return summarise(store, said.entries) | {"example": example.look_up(store)}


def _write_said(quads: Path, triples: Path, dumps: DumpWriter) -> None:
    keep_said(dumps.folder, triples)
    with quads.open("rb") as lines:
        dumps.add(lines)


@contextmanager
def _stored(beside: Executor, folder: Path, bulk: Iterable[BulkSource], step: Step) -> Iterator[None]:
    """Load the store meanwhile; it is there at the end. What is raised meanwhile stops it after the piece at hand."""
    stopped = Event()

    def going_on() -> None:
        if stopped.is_set():
            raise CancelledError

    def told(text: str) -> None:
        going_on()
        step(text)

    def store() -> None:
        load_store(folder, going_on)
        add_bulk(folder, bulk, told)

    storing = beside.submit(store)
    try:
        yield
        while not storing.done():
            wait([storing], _PATIENCE)
        storing.result()
    except BaseException:
        stopped.set()
        raise


def _view(folder: Path) -> Columns:
    """Return the consolidated view of a build, whose dumps are written."""
    import polars as pl

    some = pieces(shards(folder, CONSOLIDATED), _PIECE)
    return Columns.of_lines(pl.read_lines(piece).to_series() for piece in some)


def _valid(view: Columns, said: _Said, project: Project, language: str) -> Kept:
    """Validate the consolidated view; return what the next build needs."""
    of_view = validate_view(Data(view), project, Fast())
    _check(of_view, said.where, language, view=view)
    of_files = [*said.of_files, *said.of_bulk]
    found = {tag: _loud(of_files, said.where, tag) + _loud(of_view, said.where, tag, view) for tag in LANGUAGES}
    return kept_of(said.homes, (said.of_files, of_view), found)


def read_valid(project: Project, language: str) -> Corpus:
    """Return what the files of a project say.

    Raises:
        InvalidDataError: if some can't be read; its message lists all that is wrong.
    """
    reading = read_all(project)
    if reading.faults:
        refused = unread(reading)
        _check(refused.results, refused.corpus, language, refused.notes)
    return reading.corpus


def _check(
    results: list[Result],
    where: Whereabouts,
    language: str,
    notes: Sequence[Note] = (),
    view: Iterable[ox.Quad] | Columns = (),
) -> None:
    """Stop at violations.

    Raises:
        InvalidDataError: if there is one; its message lists all that is found.
    """
    if not any(result.severity == "Violation" for result in results):
        return
    found = _loud(results, where, language, view)
    if any(finding.is_violation for finding in found):
        raise InvalidDataError(
            render(found, language, notes=notes), hint="Nothing was built; the earlier build is unchanged."
        )


def _loud(
    results: Iterable[Result], where: Whereabouts, language: str, view: Iterable[ox.Quad] | Columns = ()
) -> list[Finding]:
    """Return what is to be listed."""
    return findings([result for result in results if result.severity != "Info"], where, language, view=view)
