"""Projects to release, with the version that their files state, and what their folders hold."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Collection
from pathlib import Path

from buendnis_graph.build import build
from buendnis_graph.publish.releases import Asked, Plan, release
from buendnis_graph.settings import Project
from tests.mini import REAL


def stamp(project: Project, version: str, day: str = "2026-12-01") -> None:
    """Let the files state a version and a day, and build."""
    path = project.data / "dataset.ttl"
    text = (path if path.is_file() else REAL.data / "dataset.ttl").read_text("utf-8")
    text = re.sub(r'dcat:version ".*?"', f'dcat:version "{version}"', text)
    text = re.sub(r'(?<=dcterms:issued )".*?"', f'"{day}"', text)
    path.write_text(text, "utf-8")
    shutil.copy(REAL.root / "CITATION.cff", project.root)
    build(project)


def released(project: Project, version: str, day: str = "2026-12-01", **asked: object) -> Plan:
    """State a version, build and release it; it must go through."""
    stamp(project, version, day)
    plan = release(project, Asked(version, **asked))  # type: ignore[arg-type]
    assert plan.problems == ()
    return plan


def problems(project: Project, version: str, day: str = "2026-12-01", **asked: object) -> dict[str, dict[str, object]]:
    """State a version, build, and return what stops its release."""
    stamp(project, version, day)
    plan = release(project, Asked(version, **asked), dry_run=True)  # type: ignore[arg-type]
    return {problem.key: problem.parts for problem in plan.problems}


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def traces(folder: Path, names: Collection[str], without: Collection[str] = ()) -> list[str]:
    """Return the files below a folder that bear or hold, unpacked, one of the names in any case.

    Args:
        folder: where to look.
        names: in lower case.
        without: what in it is passed over.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if relative.parts[0] in without:
            continue
        content = path.read_bytes() if path.is_file() else b""
        text = str(relative).encode() + (gzip.decompress(content) if path.suffix == ".gz" else content)
        if any(name.encode() in text.lower() for name in names):
            found.append(str(relative))
    return found
