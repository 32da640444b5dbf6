"""CITATION.cff: how to cite the data set, in the Citation File Format 1.2.0 (Druskat and others 2021)."""

from __future__ import annotations

import re

from buendnis_graph.errors import ReadError
from buendnis_graph.settings import Project

CITATION = "CITATION.cff"
_SCALAR = re.compile(r'^([a-z-]+): *(?:"((?:[^"\\]|\\.)*)"|(\S.*?))\s*$')
_ITEM = re.compile(r'^  - (?:name: )?"((?:[^"\\]|\\.)*)"\s*$')


def read_citation(project: Project) -> dict[str, str | list[str]]:
    """Return the file as keys with a text or a list of texts (of authors their names).

    Of YAML it reads what the file uses: ``key: text`` and lists of texts or of names. Our dependencies hold no YAML.

    Raises:
        ReadError: if there is no such file, or a line is anything else.
    """
    path = project.root / CITATION
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ReadError(f"can't be read: {error.strerror}.", path=path) from error
    found: dict[str, str | list[str]] = {}
    items: list[str] = []
    for number, line in enumerate(lines, start=1):
        if item := _ITEM.match(line):
            items.append(item[1])
        elif line.endswith(":") and line[:-1].isidentifier():
            found[line[:-1]] = items = []
        elif scalar := _SCALAR.match(line):
            found[scalar[1]] = scalar[3] if scalar[2] is None else scalar[2]
        elif line.strip() and not line.startswith("#"):
            raise ReadError(
                "is none of: a key with a text, a list of texts, a list of names.",
                path=path,
                line=number,
                hint='Write key: "text", or   - name: "…".',
            )
    return found


def authors(project: Project) -> list[str]:
    """Return the names of the authors.

    Raises:
        ReadError: if the file names none.
    """
    names = read_citation(project).get("authors")
    if not isinstance(names, list) or not names:
        raise ReadError("names no authors.", path=project.root / CITATION, hint="Add them: authors:")
    return names
