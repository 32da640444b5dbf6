"""The alliance's own word: a list that its coordinator keeps, with its data in lines of explanation above the table."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from buendnis_graph.errors import ListError, UsageError
from buendnis_graph.importing.text import decode


def template() -> str:
    """Return the file to be filled in."""
    return files("buendnis_graph.importing").joinpath("statement.csv").read_text(encoding="utf-8")


_KEYS = {
    "alliance": "alliance",
    "bündnis": "alliance",
    "issued": "issued",
    "stand": "issued",
    "address": "address",
    "adresse": "address",
    "title": "title",
    "titel": "title",
}
_DATUM = re.compile(r"^#\s*(?P<keys>[^:#]{1,60}?)\s*:[ \t]*(?P<value>.*?)[;,\s]*$")


def split_statement(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the data above the table of a statement, and the file with these lines emptied: lines keep their numbers.

    Raises:
        ListError: if it is no text.
    """
    text, _ = decode(content)
    given: dict[str, Any] = {}
    lines = []
    for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")):
        # A spreadsheet puts quotes around a line that holds its delimiter.
        plain = line.strip().strip('"').strip()
        if not plain.startswith("#"):
            lines.append(line)
            continue
        lines.append("")
        match = _DATUM.match(plain)
        names = re.split(r"\s*[·/]\s*", match["keys"].casefold()) if match else []
        key = next((_KEYS[name] for name in names if name in _KEYS), "")
        value = match["value"].strip() if match else ""
        if key and value and len(names) == len([n for n in names if n in _KEYS]) and key not in given:
            given[key] = value
    return given, "\n".join(lines).encode()


def complete(given: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a statement with what goes for every statement.

    Raises:
        UsageError: if it is not dated.
    """
    if not given.get("issued"):
        raise UsageError(
            "the day for which the statement holds is missing (Stand · issued).",
            hint="Fill it in above the table, or give it: --issued 2026-11-22",
        )
    kind = given.get("kind")
    if kind not in (None, "", "alliance-statement"):
        raise ListError(f"a statement is of kind alliance-statement, not {kind}.")
    return given | {"kind": "alliance-statement"}
