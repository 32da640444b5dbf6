"""Build the graph: read, validate, derive, store, in a folder named by what went into it; then move the pointer."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from buendnis_graph import derive as deriving
from buendnis_graph import example
from buendnis_graph import store as storing
from buendnis_graph.errors import InvalidDataError
from buendnis_graph.evidence import Corpus, finish_pending, read_corpus
from buendnis_graph.report import summarise
from buendnis_graph.settings import Project
from buendnis_graph.validate import PyShacl, findings, render, validate_files, validate_view

POINTER = "current"
REPORT = "report.json"
Step = Callable[[str], None]


def input_hash(project: Project) -> str:
    """Return a hash of all that a build depends on: data, terms, shapes, rules, this package and its engines."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    files = [
        (project.relative(p).as_posix(), p) for folder in (project.ontology, project.data) for p in folder.rglob("*")
    ]
    files += [(f"package/{p.relative_to(package).as_posix()}", p) for p in package.rglob("*.py")]
    for name, path in sorted(files):
        if path.is_file():
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    for engine in ("pyoxigraph", "pyshacl", "rdflib"):
        digest.update(f"{engine}={version(engine)}\n".encode())
    return digest.hexdigest()[:16]


def current_build(project: Project) -> Path | None:
    """Return the folder of the current build, or None if there is none."""
    try:
        name = (project.build / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    folder = project.build / name
    return folder if (folder / REPORT).is_file() else None


def read_report(folder: Path) -> dict[str, Any]:
    """Return the report that was written with a build."""
    report: dict[str, Any] = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    return report


def build(
    project: Project, *, language: str = "en", force: bool = False, step: Step = lambda _text: None
) -> tuple[Path, bool]:
    """Build the graph if anything has changed; return the build's folder and whether it was built anew.

    The earlier build stays as it is until the new one is whole: a run that fails or is killed changes nothing.

    Args:
        project: what to build.
        language: of the findings, ``de`` or ``en``.
        force: build even if nothing has changed.
        step: told what is being done.

    Raises:
        ReadError, LayoutError: if a file can't be read.
        InvalidDataError: if validation finds violations; its message lists them.
    """
    finish_pending(project)
    name = input_hash(project)
    current = current_build(project)
    if current is not None and current.name == name and not force:
        return current, False
    step("reading")
    corpus = read_corpus(project)
    step(f"validating {len(corpus.quads):,} statements")
    _check(validate_files(corpus, project, PyShacl()), corpus, language)
    step("deriving")
    store = deriving.derive(
        corpus, deriving.read_rules(project.ontology / "rules"), lambda rule, _n: step(f"deriving: {rule}")
    )
    step("validating the consolidated view")
    _check(validate_view(storing.consolidate(store), project, PyShacl()), corpus, language)
    step("storing")
    project.build.mkdir(exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".new-", dir=project.build))
    try:
        storing.save(store, aside)
        report = summarise(store) | {"example": example.look_up(store)}
        report_text = json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True)
        (aside / REPORT).write_text(report_text + "\n", encoding="utf-8")
        aside.chmod(0o755)
        folder = _put_in_place(aside, project.build / name)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _point_to(folder)
    _remove_old(project.build, keep={folder, *([current] if current else [])})
    return folder, True


def _check(results: list[Any], corpus: Corpus, language: str) -> None:
    found = [finding for finding in findings(results, corpus, language) if finding.is_violation]
    if found:
        raise InvalidDataError(render(found, language), hint="Nothing was built; the earlier build is unchanged.")


def _put_in_place(aside: Path, folder: Path) -> Path:
    """Rename a finished build to its name; a build of this name that is there already (forced, or raced) makes way."""
    if folder.exists():
        old = Path(tempfile.mkdtemp(prefix=".old-", dir=folder.parent))
        folder.rename(old / folder.name)
        aside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)
    else:
        aside.rename(folder)
    return folder


def _point_to(folder: Path) -> None:
    """Make a build the current one by renaming a new pointer file over the old."""
    descriptor, name = tempfile.mkstemp(prefix=".pointer-", dir=folder.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(folder.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(folder.parent / POINTER)


def _remove_old(build: Path, keep: set[Path]) -> None:
    """Remove what killed runs left aside, and builds but the new one and the last (it may be in use)."""
    for path in build.iterdir():
        if path.is_dir() and path not in keep:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(".pointer-"):
            path.unlink(missing_ok=True)
