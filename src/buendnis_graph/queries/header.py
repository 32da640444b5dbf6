"""The header of a question: read strictly, so that a slip of the pen is told with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from buendnis_graph.errors import QueryError

if TYPE_CHECKING:
    from buendnis_graph.queries.catalogue import Question

PARAMETER_KINDS = ("iri", "date", "language", "number", "text")
_LINE = re.compile(r"# (?P<key>[\w-]+)(?:@(?P<language>\w+)| (?P<name>\w+))?: (?P<value>.*\S)")
_TEXTS = ("title", "description", "scale")
_KEYS = (
    *(f"{text}@{language}" for text in _TEXTS for language in ("de", "en")),
    "keywords",
    "param NAME",
    "column NAME",
    "uses",
)
_PREFIX = re.compile(r"PREFIX\s+([\w-]*):")
_SELECT = re.compile(r"^SELECT\s+(?:DISTINCT\s+)?(.*?)^WHERE\b", re.MULTILINE | re.DOTALL)
_CALLED = re.compile(r"\bAS\s+\?(\w+)\s*\)|\?(\w+)")


@dataclass
class Header:
    """What a header says, and in which line each part of it stands (keys as in ``param alliance``)."""

    titles: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    scales: dict[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    parameters: dict[str, tuple[str, dict[str, str], str]] = field(default_factory=dict)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    uses_graphs: bool = False
    lines: dict[str, int] = field(default_factory=dict)


def values_line(name: str) -> re.Pattern[str]:
    """Return the pattern of the line that binds a parameter to its default."""
    return re.compile(rf"(VALUES \?{re.escape(name)} \{{)[^}}]*\}}")


def read_header(text: str, path: Path) -> Header:
    """Return the header of a question: the comment lines before the first line that is none.

    Raises:
        QueryError: if a line is no known entry, is there twice, or lacks one of its parts.
    """
    head = Header()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        match = _LINE.fullmatch(line)
        if match is None:
            raise _wrong("is no entry of the form '# key: value'.", path, number)
        key = match["key"] + (
            f"@{match['language']}" if match["language"] else f" {match['name']}" if match["name"] else ""
        )
        if key in head.lines:
            raise _wrong(f"gives '{key}' a second time.", path, number)
        head.lines[key] = number
        _take(head, key, match["value"], path, number)
    return head


def _take(head: Header, key: str, value: str, path: Path, number: int) -> None:
    kind, _, name = key.partition(" ")
    word, _, language = key.partition("@")
    if word in _TEXTS and language in ("de", "en"):
        {"title": head.titles, "description": head.descriptions, "scale": head.scales}[word][language] = value
    elif key == "keywords":
        head.keywords = tuple(part.strip() for part in value.split(","))
    elif key == "uses" and value == "graphs":
        head.uses_graphs = True
    elif kind == "column" and name:
        head.columns[name] = _both(value, path, number)
    elif kind == "param" and name:
        what, _, labels = value.partition(" | ")
        type_of, _, of_class = what.strip().partition(" ")
        if type_of not in PARAMETER_KINDS:
            known = f"Known kinds: {', '.join(PARAMETER_KINDS)}."
            raise _wrong(f"gives parameter '{name}' the unknown kind '{type_of}'.", path, number, known)
        head.parameters[name] = (type_of, _both(labels, path, number), of_class)
    else:
        raise _wrong(f"has the unknown entry '{key}: {value}'.", path, number, f"Known: {', '.join(_KEYS)}.")


def _both(text: str, path: Path, number: int) -> dict[str, str]:
    german, bar, english = (part.strip() for part in text.partition(" | "))
    if not (german and bar and english):
        raise _wrong("must give German and English, parted by ' | '.", path, number)
    return {"de": german, "en": english}


def check_question(question: Question, lines: dict[str, int]) -> None:
    """Check a question against its query: texts in both languages, parameters bound once and used, columns explained.

    Raises:
        QueryError: with the line, at the first thing that is wrong.
    """
    path, body = question.path, re.sub(r"^\s*#.*$", "", question.sparql, flags=re.MULTILINE)
    for language in ("de", "en"):
        if not question.titles.get(language) or not question.descriptions.get(language):
            raise _wrong(f"has no title or description in '{language}'.", path, 1)
    if len(question.scales) == 1:
        raise _wrong(
            "says in one language only how it scales.", path, min(lines[key] for key in lines if "scale@" in key)
        )
    if not question.keywords or not all(question.keywords):
        raise _wrong("has no keywords, or an empty one.", path, lines.get("keywords", 1))
    for parameter in question.parameters:
        found, line = values_line(parameter.name).findall(question.sparql), lines[f"param {parameter.name}"]
        if len(found) != 1:
            told = f"must bind parameter '{parameter.name}' in one line 'VALUES ?{parameter.name} {{ default }}'."
            raise _wrong(told, path, line)
        if not question.default(parameter.name):
            raise _wrong(f"gives parameter '{parameter.name}' no default.", path, line)
        if len(re.findall(rf"\?{parameter.name}\b", body)) < 2:
            raise _wrong(f"does not use parameter '{parameter.name}'.", path, line)
    _check_columns(question, body, lines)
    if ("GRAPH " in body) != question.uses_graphs:
        raise _wrong("must say '# uses: graphs' if, and only if, it needs GRAPH.", path, lines.get("uses", 1))


def _check_columns(question: Question, body: str, lines: dict[str, int]) -> None:
    match = _SELECT.search(body)
    if match is None:
        raise _wrong("is no SELECT with its WHERE on a line of its own.", question.path, 1)
    returned = tuple(alias or plain for alias, plain in _CALLED.findall(_without_arguments(match[1])))
    if returned == tuple(question.columns):
        return
    for name in question.columns:
        if name not in returned:
            raise _wrong(f"explains column '{name}', which it does not return.", question.path, lines[f"column {name}"])
    missing = [name for name in returned if name not in question.columns]
    told = f"does not explain column '{missing[0]}'." if missing else "explains its columns in another order."
    raise _wrong(told, question.path, max(lines.values()))


def _without_arguments(selected: str) -> str:
    """Return a SELECT clause with only ``AS ?name)`` left of each expression in brackets."""
    kept, depth = [], 0
    for part in re.split(r"([()]|\bAS\s+\?\w+)", selected):
        if part == "(":
            depth += 1
        elif part == ")":
            depth -= 1
            kept.append(")" if depth == 0 else "")
        elif depth == 0 or (depth == 1 and part.startswith("AS")):
            kept.append(part)
    return "".join(kept)


def _wrong(message: str, path: Path, line: int, hint: str = "") -> QueryError:
    return QueryError(message, path=path, line=line, hint=hint)
