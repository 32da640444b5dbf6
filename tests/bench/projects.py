"""Folders of project files: the real ones copied, or synthetic ones of any size."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from buendnis_graph.evidence.formatter import format_text
from buendnis_graph.evidence.reader import format_of
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.settings import Project, find_project
from tests.bench.benches import Run
from tests.bench.generator import Generator, Statement, iri
from tests.bench.processes import COMMAND, Measured

_SOURCES, _REGISTRY, _CODINGS = iri("graph:sources"), iri("graph:registry"), iri("graph:codings")


def by_size(run: Run, sizes: Iterable[int]) -> Iterator[tuple[int, str, Project]]:
    """Yield size, name and project: a copy of the real one, whose size is 0, then synthetic ones; each goes with the next.

    Args:
        run: of a bench; if tiny sizes will do, there is one tiny project.
        sizes: how many organisations the synthetic ones have.
    """
    for size in (200,) if run.quick else (0, *sizes):
        name = f"synthetic, {size:,}" if size else "the project's own"
        with made(run, size) if size else _own() as project:
            yield size, name, project


@contextmanager
def made(run: Run, size: int) -> Iterator[Project]:
    """Yield a synthetic project, with what is cited of it.

    Where ``BUENDNIS_BENCH_KEPT`` names a folder it stays there for the next bench, with its build and changed files: no
    bench minds them, and large ones take their time. What it is made by is in its name.

    Args:
        run: of a bench.
        size: how many organisations it has.
    """
    kept, real = os.environ.get("BUENDNIS_BENCH_KEPT"), find_project()
    with tempfile.TemporaryDirectory(dir=kept) as folder:
        root = Path(kept or folder) / f"{size}-{_made_by(real)}"
        if not root.exists():
            run.step(f"{size:,} organisations: making files")
            files = Path(folder) / "files"
            synthetic(real, files, size)
            shutil.copy(real.root / "CITATION.cff", files)
            files.rename(root)
        yield Project(root)


def _made_by(real: Project) -> str:
    """Return a hash of all that synthetic projects are made by."""
    code = [Path(__file__), Path(__file__).with_name("generator.py")]
    copied_files = sorted(path for part in (real.ontology, real.queries) for path in part.rglob("*") if path.is_file())
    files = [*code, *copied_files, *Generator(real, 0).background_files(), real.root / "CITATION.cff"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


@contextmanager
def built(run: Run, size: int) -> Iterator[Project]:
    """Yield what :func:`made` does, built."""
    with made(run, size) as project:
        run.step(f"{size:,} organisations: building")
        Measured(project.root, COMMAND, "build").run()
        yield project


@contextmanager
def _own() -> Iterator[Project]:
    with tempfile.TemporaryDirectory() as folder:
        yield copied(find_project(), Path(folder) / "project")


def copied(project: Project, root: Path) -> Project:
    """Return a copy of a project's files."""
    for folder in (project.ontology, project.data, project.queries):
        shutil.copytree(folder, root / folder.name)
    return Project(root)


def synthetic(project: Project, root: Path, organisations: int) -> Project:
    """Return a project of synthetic data: a file for each body and source, some for codings.

    Args:
        project: whose vocabulary, places and questions it has.
        root: a folder, to be made.
        organisations: how many.
    """
    for folder in (project.ontology, project.queries):
        shutil.copytree(folder, root / folder.name)
    generator = Generator(project, organisations)
    for file in generator.background_files():
        copy = root / project.relative(file)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    files: dict[str, list[str]] = defaultdict(list)
    for block in generator.blocks():
        if "source" in block.nodes:  # all before is whole
            _write(root, files)
            files.clear()
        _sort(block.statements, files)
    _write(root, files)
    return Project(root)


def _sort(statements: list[Statement], files: dict[str, list[str]]) -> None:
    """Put statements to the lines of the files they belong into."""
    for s in statements:
        line = f"{s.subject} {s.predicate} {s.object} .\n"
        if s.graph == _REGISTRY:
            files[f"data/registry/{s.subject.rpartition('/')[2][:-1]}.ttl"].append(line)
        elif s.graph == _CODINGS:
            kind, about, _ = s.subject[1:-1].removeprefix(PREFIXES["coding"]).split("/", 2)
            files[f"data/codings/{kind}/{about}.ttl"].append(line)
        else:
            source = s.subject if s.graph == _SOURCES else s.graph
            page = source[1:-1].removeprefix(PREFIXES["source"])
            files[f"data/sources/{page}.trig"].append(line if s.graph == _SOURCES else f"{s.graph} {{ {line} }}\n")


def _write(root: Path, files: dict[str, list[str]]) -> None:
    """Write files in canonical form, as the project's own are."""
    for name, lines in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(format_text("".join(lines), format_of(file), file), encoding="utf-8")
