"""Which build is the current one, and what it says of itself."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from buendnis_graph.errors import NotBuiltError
from buendnis_graph.settings import Project
from buendnis_graph.store.dataset import STORE
from buendnis_graph.store.shards import CONSOLIDATED, QUADS

POINTER = "current"
REPORT = "report.json"
_PARTS = (REPORT, QUADS, CONSOLIDATED, STORE)


def current_build(project: Project) -> Path | None:
    """Return the folder of the current build, or None if there is none or it is not whole."""
    try:
        name = (project.build / POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    folder = project.build / name
    return folder if all((folder / part).exists() for part in _PARTS) else None


def name_of(folder: Path) -> str:
    """Return the hash that names a build: what went into it. A second build of the same has a number after it."""
    return folder.name.partition("-")[0]


def read_report(folder: Path) -> dict[str, Any]:
    """Return the report that was written with a build.

    Raises:
        NotBuiltError: if it is damaged.
    """
    try:
        report: dict[str, Any] = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except ValueError as error:
        raise NotBuiltError(
            "the report of the build is damaged.", path=folder / REPORT, hint="Build it anew: buendnis build --force"
        ) from error
    return report


def is_older_than_files(folder: Path, project: Project) -> bool:
    """Return whether a file of the project is younger than a build of it."""
    built = (folder / REPORT).stat().st_mtime
    for top in (project.ontology, project.data):
        for where, _, names in os.walk(top):
            if any(os.stat(os.path.join(where, name)).st_mtime > built for name in names):  # noqa: PTH116, PTH118 - quick
                return True
    return False
