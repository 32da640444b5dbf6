"""The pages of questions and of checks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyoxigraph as ox

from buendnis_graph.publish.site.lists import Entry, grouped
from buendnis_graph.publish.site.page import Page
from buendnis_graph.queries.catalogue import Question
from buendnis_graph.validate.table import ABOUT, Row

MAX_ROWS = 100
"""Rows of an answer that a page shows; the rest is a command away."""
KNOWN_ROWS = MAX_ROWS + 1
"""Rows that are remembered: the one behind those that are shown tells whether the last of these may be another one."""

_SELECT = re.compile(r"^\s*SELECT\b", re.IGNORECASE | re.MULTILINE)

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of the answer to a question: what its page shows, and the row behind.

    Attributes:
        columns: names of the variables.
        rows: the first rows, each with a term for each column; None is nothing, or a blank node.
        total: how many rows there are.
        failed: whether it could not be had.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    total: int
    failed: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are known."""
        return self.total > len(self.rows)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is remembered; what failed is asked again."""
        rows = [[term and str(term) for term in row] for row in self.rows]
        return {"columns": self.columns, "rows": rows, "total": self.total}

    @classmethod
    def of_json(cls, raw: Any) -> Answer | None:
        """Return what is remembered; None if nothing of use is."""
        try:
            columns, told, total = raw["columns"], raw["rows"], raw["total"]
            if not all(isinstance(name, str) for name in columns) or not isinstance(columns, list):
                return None
            texts = [text for row in told for text in row if text is not None]
            lines = "".join(f"<x:s> <x:p> {text} .\n" for text in texts)
            terms = iter([quad.object for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)])
            rows = tuple(tuple(None if text is None else _term(next(terms)) for text in row) for row in told)
            is_whole = type(total) is int and next(terms, None) is None and {*map(len, rows)} <= {len(columns)}
        except (KeyError, TypeError, ValueError, SyntaxError, StopIteration, RuntimeError):
            return None
        return cls(tuple(columns), rows, total) if is_whole else None


def question_pages(
    questions: Iterable[Question],
    store: ox.Store,
    step: Callable[[str], None],
    note: Callable[[str, Answer], None] = lambda _name, _answer: None,
) -> Iterator[Page]:
    """Yield a page for each question: header, parameters, answer and SPARQL text.

    Args:
        questions: of the catalogue.
        store: its default graph is the consolidated view.
        step: told the title of each.
        note: told its name, and what is known of the answer.
    """
    for question in questions:
        step(question.titles["en"])
        answer = answer_to(question, store)
        note(question.name, answer)
        yield question_page(question, answer)


def question_page(question: Question, answer: Answer) -> Page:
    """Return the page of a question with an answer."""
    context = {
        "question": question,
        "parameters": [(one, _default(question, one.name)) for one in question.parameters],
        "columns": answer.columns,
        "rows": answer.rows[:MAX_ROWS],
        "total": answer.total,
        "failed": answer.failed,
        "sparql": question.body.strip(),
    }
    path = f"query/{question.name}"
    return Page(path, "query", question.titles, context, question.descriptions, (("queries", "queries"),))


def answer_to(question: Question, store: ox.Store) -> Answer:
    """Return the answer to a question, which is asked with its defaults."""
    try:
        solutions = store.query(question.sparql)
    except (ValueError, SyntaxError, RuntimeError):
        return Answer(tuple(question.columns), (), 0, failed=True)
    assert isinstance(solutions, ox.QuerySolutions)  # noqa: S101 - the catalogue holds SELECT only
    columns = tuple(variable.value for variable in solutions.variables)
    rows = (tuple(_shown(solution[name]) for name in columns) for solution in islice(solutions, KNOWN_ROWS))
    known = tuple(rows)
    return Answer(columns, known, len(known) + sum(1 for _ in solutions))


def _term(term: object) -> Term:
    if not isinstance(term, Term):
        raise TypeError
    return term


def _shown(term: object) -> Term | None:
    return term if isinstance(term, Term) else None


def _default(question: Question, name: str) -> Term:
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
