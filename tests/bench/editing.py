"""Edits of one file each, as people make them: what a build after one costs is measured."""

from __future__ import annotations

import re
from pathlib import Path

from buendnis_graph.settings import Project

_CONFIDENCE = {"high": "medium", "medium": "high"}
EDITS = {
    "a source": ("sources", re.compile(r'(?<=bg:listedName ")[^"]+')),
    "an entry": ("registry", re.compile(r'(?<=skos:altLabel ")[^"]+')),
    "a label": ("registry", re.compile(r'(?<= a org:Organization ;\n    skos:prefLabel ")[^"]+')),
    "a coding": ("codings", re.compile(r"(?<=bg:confidence confidence:)(?:high|medium)")),
}
"""By what is changed: the folder below ``data/``, and the text there that is replaced in the first file that has it."""


def change_a_file(project: Project, what: str, number: int) -> None:
    """Make one of :data:`EDITS` in one file: a name gets a number, a confidence the other degree.

    Args:
        project: whose file.
        what: one of their names, such as ``a source``.
        number: another one than before.
    """
    file, text = edited(project, what, number)
    file.write_text(text, encoding="utf-8")


def edited(project: Project, what: str, number: int) -> tuple[Path, str]:
    """Return the file that :func:`change_a_file` changes, and what it then says."""
    folder, pattern = EDITS[what]
    files = (path for path in sorted((project.data / folder).rglob("*")) if path.suffix in (".ttl", ".trig"))
    file = next(path for path in files if pattern.search(path.read_text("utf-8")))
    return file, pattern.sub(
        lambda found: _CONFIDENCE.get(found[0], f"{found[0]} {number}"), file.read_text("utf-8"), count=1
    )
