"""A build of all files: read, validated, derived, stored; what is not needed any more is let go on the way."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from buendnis_graph import example
from buendnis_graph import tables as tabulating
from buendnis_graph.care.bulk import checked_bulk
from buendnis_graph.check import unread
from buendnis_graph.collecting import uncollected
from buendnis_graph.derive.rules import Rule, base_store, extend_view, read_rules
from buendnis_graph.errors import InvalidDataError
from buendnis_graph.evidence import Corpus, read_all
from buendnis_graph.evidence.bulk import BulkSource
from buendnis_graph.namespaces import derived_graph
from buendnis_graph.renew.kept import Kept, keep, kept_of
from buendnis_graph.renew.tabled import write_report
from buendnis_graph.report import summarise
from buendnis_graph.settings import Project
from buendnis_graph.store.bulk import add_bulk
from buendnis_graph.store.dataset import add_store, consolidate, load_store
from buendnis_graph.store.shards import DumpWriter
from buendnis_graph.validate import Data, Fast, Finding, Result, findings, render, validate_files, validate_view
from buendnis_graph.validate.bulk import validate_bulk
from buendnis_graph.validate.columns import Columns
from buendnis_graph.validate.notes import Note
from buendnis_graph.wording import LANGUAGES

Step = Callable[[str], None]


class _Valid(NamedTuple):
    """What has been read, derived and found in order.

    Attributes:
        store: what files say, each quad in its graph, and the consolidated view.
        bulk: the bulk sources.
        entries: how many entries of a register they hold.
        kept: what the next build needs.
    """

    store: ox.Store
    bulk: list[BulkSource]
    entries: int
    kept: Kept


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
    """
    dumps = DumpWriter(folder)
    valid = _valid(project, dumps, language, step)
    if language in valid.kept.findings.texts:
        warn(valid.kept.findings.texts[language])
    step("sorting the dumps")
    dumps.finish()
    step("storing, and writing tables")
    with ThreadPoolExecutor(max_workers=1) as beside:  # stores are written in Rust, which leaves Python to the tables
        stored = beside.submit(_store, folder, valid.bulk, step)
        tabulating.save(tabulating.make(valid.store), folder)
        write_report(summarise(valid.store, valid.entries) | {"example": example.look_up(valid.store)}, folder)
        keep(folder, inputs, valid.store, valid.kept)
        stored.result()


def _store(folder: Path, bulk: Iterable[BulkSource], step: Step) -> None:
    load_store(folder)
    add_bulk(folder, bulk, step)


def _valid(project: Project, dumps: DumpWriter, language: str, step: Step) -> _Valid:
    step("reading")
    corpus = read_valid(project, language)
    step(f"validating {len(corpus.quads):,} statements")
    results = validate_files(corpus, project, Fast())
    _check(results, corpus, language)
    bulk, entries = checked_bulk(project)
    of_bulk = validate_bulk(bulk, (item.quad for item in corpus.quads), project, Fast(), step)
    _check(of_bulk, corpus, language)
    step("deriving")
    store = _derive(corpus, project, dumps, step)
    step("validating the consolidated view")
    of_view = validate_view(_view(store), project, Fast())
    _check(of_view, corpus, language, view=consolidate(store))
    found = {
        tag: [*_loud([*results, *of_bulk], corpus, tag), *_loud(of_view, corpus, tag, consolidate(store))]
        for tag in LANGUAGES
    }
    return _Valid(store, bulk, entries, kept_of(corpus, (results, of_view), found))


def _derive(corpus: Corpus, project: Project, dumps: DumpWriter, step: Step) -> ox.Store:
    """Return what files say and the consolidated view; what is derived goes into dumps, too, each into its graph."""
    store = base_store(item.quad for item in corpus.quads)
    add_store(store, dumps)

    def take(rule: Rule, triples: bytes) -> None:
        step(f"deriving: {rule.name}")
        dumps.add_derived(io.BytesIO(triples), derived_graph(rule.name))

    extend_view(store, read_rules(project.ontology / "rules"), take)
    return store


def _view(store: ox.Store) -> Data:
    """Return the consolidated view as engines take it that is too large for Python's objects."""
    quads = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return Data(Columns.of_triples(quad.triple for quad in quads))


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
    results: list[Result], corpus: Corpus, language: str, notes: Sequence[Note] = (), view: Iterable[ox.Quad] = ()
) -> None:
    """Stop at violations.

    Raises:
        InvalidDataError: if there is one; its message lists all that is found.
    """
    if not any(result.severity == "Violation" for result in results):
        return
    found = _loud(results, corpus, language, view)
    if any(finding.is_violation for finding in found):
        raise InvalidDataError(
            render(found, language, notes=notes), hint="Nothing was built; the earlier build is unchanged."
        )


def _loud(results: list[Result], corpus: Corpus, language: str, view: Iterable[ox.Quad] = ()) -> list[Finding]:
    """Return what is to be listed."""
    return [finding for finding in findings(results, corpus, language, view=view) if finding.severity != "Info"]
