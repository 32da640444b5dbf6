"""Where things are and how large they may be."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.errors import UsageError

MAX_FILE_BYTES = 10 * 1024 * 1024
"""A hand-kept file above this is a mistake or an attack; bulk sources are read otherwise."""

WITHHOLDING = ".withholding"
"""The folder below the root that a withholding which was interrupted leaves."""

MAX_LINE_BYTES = 1024 * 1024
"""No value of ours is near this long."""

MAX_DATA_BYTES = 2 * 1024 * 1024 * 1024
"""Of a file that somebody else's data is in; more on request."""

MAX_TEXT_BYTES = 16 * 1024 * 1024
"""Of a line or literal in somebody else's data."""

MAX_NESTING = 500
"""How deep brackets, objects or elements may stand in one another; parsers die of some thousand."""


@dataclass(frozen=True, slots=True)
class Project:
    """A checkout: the folder that holds ``ontology/``, ``data/`` and ``queries/``."""

    root: Path

    @property
    def ontology(self) -> Path:
        """Terms, code lists, shapes and rules."""
        return self.root / "ontology"

    @property
    def data(self) -> Path:
        """Evidence, registry, codings and links."""
        return self.root / "data"

    @property
    def queries(self) -> Path:
        """The catalogue of questions."""
        return self.root / "queries"

    @property
    def build(self) -> Path:
        """Built graphs and the pointer to the current one; may be deleted at any time."""
        return self.root / "build"

    @property
    def releases(self) -> Path:
        """What has been released, version by version, unless another folder is named."""
        return self.root / "releases"

    def relative(self, path: Path) -> Path:
        """Return a path as people and messages name it: relative to the root where possible."""
        try:
            return path.relative_to(self.root)
        except ValueError:
            return path


def shown(path: str) -> str:
    r"""Return the path of a file as it can be written down: bytes that are no UTF-8 become such as ``\xff``."""
    return os.fsencode(path).decode(errors="backslashreplace")


def is_editors(name: str) -> bool:
    """Return whether a file below ``data/`` is one that editors keep beside what they edit: nothing reads it."""
    return name.startswith(".") or name.endswith("~")


def find_project(start: Path | None = None) -> Project:
    """Return the project that holds ``start`` (default: the current folder), looking upwards.

    Raises:
        UsageError: if no folder upwards holds ``ontology/`` and ``data/``.
    """
    here = (start or Path.cwd()).resolve()
    if not here.is_dir():
        raise UsageError(f"there is no folder {here}.")
    for folder in (here, *here.parents):
        if (folder / "ontology").is_dir() and (folder / "data").is_dir():
            return Project(folder)
    raise UsageError(
        f"no alliance graph here: neither {here} nor a folder above it holds ontology/ and data/.",
        hint="Go to a checkout of the project, or name one: buendnis --root FOLDER …",
    )
