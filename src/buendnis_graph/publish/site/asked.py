"""The pages of questions and of checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from buendnis_graph.publish.site.lists import Entry, grouped
from buendnis_graph.publish.site.page import Page
from buendnis_graph.queries.catalogue import Question
from buendnis_graph.validate.table import ABOUT, Row

MAX_ROWS = 100
"""Rows of an answer that a page shows; the rest is a command away."""

_SELECT = re.compile(r"^\s*SELECT\b", re.IGNORECASE | re.MULTILINE)


Cut = tuple[int, Sequence[str | None]]
"""How many rows an answer has, and the terms of the last one that a page shows, if there are more."""


def question_pages(
    questions: Iterable[Question],
    store: ox.Store,
    step: Callable[[str], None],
    note: Callable[[str, Cut], None] = lambda _name, _cut: None,
) -> Iterator[Page]:
    """Yield a page for each question: header, parameters, answer and SPARQL text.

    Args:
        questions: of the catalogue.
        store: its default graph is the consolidated view.
        step: told the title of each.
        note: told its name, and where its answer is cut.
    """
    for question in questions:
        step(question.titles["en"])
        rows, columns, total, failed = _answer(question, store)
        note(question.name, (total, [term and str(term) for term in rows[-1]] if total > len(rows) else []))
        context = {
            "question": question,
            "parameters": [(one, _default(question, one.name)) for one in question.parameters],
            "columns": columns,
            "rows": rows,
            "total": total,
            "failed": failed,
            "sparql": question.body.strip(),
        }
        yield Page(
            f"query/{question.name}",
            "query",
            question.titles,
            context,
            question.descriptions,
            (("queries", "queries"),),
        )


Answer = tuple[list[tuple[ox.NamedNode | ox.Literal | None, ...]], list[str], int, bool]


def _answer(question: Question, store: ox.Store) -> Answer:
    """Return the first rows of an answer, its columns, how many rows there are, and whether it could not be had."""
    try:
        solutions = store.query(question.sparql)
    except (ValueError, SyntaxError, RuntimeError):
        return [], list(question.columns), 0, True
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - the catalogue holds SELECT only
    columns = [variable.value for variable in solutions.variables]
    found = [tuple(_shown(solution[name]) for name in columns) for solution in solutions]
    return found[:MAX_ROWS], columns, len(found), False


def _shown(term: object) -> ox.NamedNode | ox.Literal | None:
    return term if isinstance(term, ox.NamedNode | ox.Literal) else None


def _default(question: Question, name: str) -> ox.NamedNode | ox.Literal:
    """Return the default of a parameter as the engine reads it with the prefixes of the question, else as it stands."""
    text = question.default(name)
    prologue = _SELECT.split(question.body)[0]
    try:
        found = ox.Store().query(f"{prologue}SELECT ?it {{ VALUES ?it {{ {text} }} }}")
    except (ValueError, SyntaxError):
        return ox.Literal(text)
    assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - it is a SELECT
    return next((term for row in found if (term := _shown(row["it"])) is not None), ox.Literal(text))


def question_list(questions: Iterable[Question]) -> Page:
    """Return the list of questions, by theme."""
    groups: dict[str, list[Entry]] = {}
    for one in questions:
        entry = Entry(f"query/{one.name}", one.titles, note=(one.descriptions,))
        groups.setdefault(f"@theme_{one.theme}", []).append(entry)
    return grouped("queries", groups)


def shape_pages(rows: Iterable[Row]) -> Iterator[Page]:
    """Yield a page for each check."""
    for name, row in _each_once(rows):
        about = dict(zip(("de", "en"), ABOUT[row.layer], strict=True))
        yield Page(
            f"shape/{name}",
            "shape",
            dict.fromkeys(("de", "en"), row.name),
            {"row": row, "about": about},
            row.messages,
            (("shapes", "shapes"),),
        )


def _each_once(rows: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """Yield checks by name; two layers may demand the same under one name, the first one stands."""
    done: set[str] = set()
    for row in rows:
        name = shape_name(row)
        if name not in done:
            done.add(name)
            yield name, row


def shape_list(rows: Iterable[Row]) -> Page:
    """Return the list of checks, by layer."""
    groups: dict[str, list[Entry]] = {}
    for name, row in _each_once(rows):
        entry = Entry(f"shape/{name}", dict.fromkeys(("de", "en"), row.name), note=(row.messages,))
        groups.setdefault(f"@layer_{row.layer}", []).append(entry)
    return grouped("shapes", groups)


def shape_name(row: Row) -> str:
    """Return the name of a check as its path has it."""
    return row.name.partition(":")[2] or row.name


_TERM = re.compile(r"\b[a-z]+:[A-Za-z]\w*")


def checks(rows: Iterable[Row]) -> Mapping[str, list[str]]:
    """Return for each term, by prefixed name, the names of the checks that look at it."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for term in sorted(set(_TERM.findall(row.looks_at))):
            names = found.setdefault(term, [])
            if shape_name(row) not in names:
                names.append(shape_name(row))
    return found
