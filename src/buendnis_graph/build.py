"""Build the graph: read, validate, derive, store, in a folder named by what went into it; then move the pointer."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph import derive as deriving
from buendnis_graph import example
from buendnis_graph import store as storing
from buendnis_graph import tables as tabulating
from buendnis_graph.care.bulk import checked_bulk
from buendnis_graph.care.refuse import refuse_withheld
from buendnis_graph.check import unread
from buendnis_graph.errors import InvalidDataError, LayoutError, LimitError, ReadError
from buendnis_graph.evidence import Corpus, finish_pending, read_all
from buendnis_graph.evidence.bulk import is_shard
from buendnis_graph.locks import locked
from buendnis_graph.report import summarise
from buendnis_graph.settings import MAX_FILE_BYTES, Project
from buendnis_graph.store.builds import POINTER, REPORT, current_build, name_of
from buendnis_graph.store.bulk import add_bulk
from buendnis_graph.validate import Fast, Finding, Result, findings, render, validate_files, validate_view
from buendnis_graph.validate.bulk import validate_bulk
from buendnis_graph.validate.notes import Note
from buendnis_graph.whole import write_safely

Step = Callable[[str], None]


def input_hash(project: Project) -> str:
    """Return a hash of all that a build depends on: data, terms, shapes, rules, this package and its engines.

    Raises:
        LimitError: if a file is too large to be one of ours.
    """
    digest = hashlib.sha256()
    package = Path(__file__).parent
    folders = (project.ontology, project.data)
    files = [(project.relative(p).as_posix(), p) for folder in folders for p in folder.rglob("*")]
    files += [
        (f"package/{p.relative_to(package).as_posix()}", p)
        for suffix in ("py", "toml")
        for p in package.rglob(f"*.{suffix}")
    ]
    for name, path in sorted(files):
        if is_shard(Path(name)):
            digest.update(f"{name}\n".encode())  # the name holds a hash, which a build checks
        elif path.is_file() and not path.is_symlink():
            if path.stat().st_size > MAX_FILE_BYTES:
                raise LimitError(
                    f"is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB.",
                    path=Path(name),
                    hint="Split it by subject.",
                )
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for engine in ("polars", "pyoxigraph", "pyshacl", "rdflib", "shacl"):
        digest.update(f"{engine}={version(engine)}\n".encode())
    return digest.hexdigest()[:16]


def build(
    project: Project,
    *,
    language: str = "en",
    force: bool = False,
    step: Step = lambda _text: None,
    warn: Step = lambda _text: None,
) -> tuple[Path, bool]:
    """Build the graph if anything has changed; return the build's folder and whether it was built anew.

    The earlier build stays as it is until the new one is whole, and a little longer: a run that fails or is killed at
    any moment changes nothing. Two runs at once follow one another.

    Args:
        project: what to build.
        language: of the findings, ``de`` or ``en``.
        force: build even if nothing has changed.
        step: told what is being done.
        warn: told what validation found that does not block, if it found something.

    Raises:
        InvalidDataError: if files can't be read, validation finds violations, or a withheld body is back; its message
            lists all of them.
    """
    finish_pending(project)
    name = input_hash(project)
    try:
        refuse_withheld(project)
    except (ReadError, LayoutError) as error:
        if error.fault is not None:
            _read(project, language)  # tells all that is wrong in the files, not only the first
        raise
    current = _current(project, name, force)
    if current is not None and not _left_aside(project.build):
        return current, False
    try:
        project.build.mkdir(exist_ok=True)
    except OSError as error:
        raise LayoutError(
            f"can't be a folder: {error.strerror}.", path=project.build, hint="Move what is there."
        ) from error
    with locked(project.build, lambda: step("waiting for another build to end")):
        if (current := _current(project, name, force)) is not None:  # maybe another run built it while this one waited
            for path in _left_aside(project.build):
                _remove(path)
            return current, False
        current = current_build(project)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=project.build))
        try:
            _build_into(aside, project, language, step, warn)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        folder = _free_name(project.build, name)
        aside.rename(folder)
        _point_to(folder)
        _remove_old(project.build, keep={folder, *([current] if current else [])})
    return folder, True


def is_of_files(folder: Path, project: Project) -> bool:
    """Return whether a build is one of the files as they are, and of this package."""
    return name_of(folder) == input_hash(project)


def _current(project: Project, name: str, force: bool) -> Path | None:
    """Return the current build if it is of these inputs and no new one is asked for.

    Its report is then as young as the files, which say the same: nobody need be told to build.
    """
    current = current_build(project)
    if current is None or name_of(current) != name or force:
        return None
    (current / REPORT).touch()
    return current


def _build_into(aside: Path, project: Project, language: str, step: Step, warn: Step) -> None:
    step("reading")
    corpus = _read(project, language)
    step(f"validating {len(corpus.quads):,} statements")
    found = _check(validate_files(corpus, project, Fast()), corpus, language)
    bulk, entries = checked_bulk(project)
    found += _check(validate_bulk(bulk, (i.quad for i in corpus.quads), project, Fast(), step), corpus, language)
    step("deriving")
    rules = deriving.read_rules(project.ontology / "rules")
    store = deriving.derive(corpus, rules, lambda rule, _triples: step(f"deriving: {rule}"))
    step("validating the consolidated view")
    view = list(storing.consolidate(store))
    found += _check(validate_view(view, project, Fast()), corpus, language, view=view)
    del view  # it is large
    if found:
        warn(render(found, language))
    step("storing")
    storing.save(store, aside)
    add_bulk(aside, bulk, step)
    step("writing tables")
    tabulating.save(tabulating.make(store), aside)
    report = summarise(store, entries) | {"example": example.look_up(store)}
    (aside / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    aside.chmod(0o755)


def _read(project: Project, language: str) -> Corpus:
    reading = read_all(project)
    if reading.faults:
        refused = unread(reading)
        _check(refused.results, refused.corpus, language, refused.notes)
    return reading.corpus


def _check(
    results: list[Result], corpus: Corpus, language: str, notes: Sequence[Note] = (), view: Iterable[ox.Quad] = ()
) -> list[Finding]:
    """Return what is to be listed but does not block.

    Raises:
        InvalidDataError: if there is a violation; its message lists all that is found.
    """
    found = [finding for finding in findings(results, corpus, language, view=view) if finding.severity != "Info"]
    if any(finding.is_violation for finding in found):
        raise InvalidDataError(
            render(found, language, notes=notes), hint="Nothing was built; the earlier build is unchanged."
        )
    return found


def _free_name(build: Path, name: str) -> Path:
    """Return a folder for a build that is not there yet: a live one is never renamed, only left behind."""
    number = 1
    while (folder := build / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return folder


def _point_to(folder: Path) -> None:
    """Make a build the current one by renaming a new pointer file over the old."""
    descriptor, name = tempfile.mkstemp(prefix=".pointer-", dir=folder.parent)
    os.close(descriptor)
    write_safely(Path(name), folder.name + "\n")
    Path(name).chmod(0o644)
    Path(name).replace(folder.parent / POINTER)


def _left_aside(build: Path) -> list[Path]:
    """Return what killed runs left; whoever removes it holds the lock, as a living run has such things, too."""
    return [path for path in build.iterdir() if path.name.startswith((".new-", ".pointer-"))]


def _remove_old(build: Path, keep: set[Path]) -> None:
    """Remove what killed runs left aside, and builds but the new one and the last (it may be in use)."""
    for path in {*_left_aside(build), *filter(Path.is_dir, build.iterdir())} - keep:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
