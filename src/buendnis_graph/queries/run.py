"""Ask a graph, here or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.table import Rows, Table, Term
from buendnis_graph.sparql_text import calls_out, is_update, too_much
from buendnis_graph.store.askable import Askable

MAX_QUERY_LENGTH = 100_000
"""Characters of a query."""
_CLASS = re.compile(r"\[(?:'[^']*'|[^\[\]'])*\]")
"""A class of characters in a complaint of the parser."""


def answer(graph: Askable, sparql: str) -> Table | bool | str:
    """Return the answer to a SPARQL query: a table, yes or no, or Turtle for CONSTRUCT and DESCRIBE.

    The default graph is the consolidated view; ``GRAPH`` reaches single sources. The project's prefixes are known
    without being declared.

    Raises:
        QueryError: if the query can't be parsed or evaluated, or would change the graph or ask another server.
        EndpointError: if a remote graph can't be reached or doesn't answer as one.
    """
    found = answer_by_rows(graph, sparql)
    return Table(found.columns, list(found.rows)) if isinstance(found, Rows) else found


def answer_by_rows(graph: Askable, sparql: str) -> Rows | bool | str:
    """Return the answer as :func:`answer` does, but the rows of a table one by one as they are found.

    Raises:
        QueryError, EndpointError: as there; reading rows can raise them, too.
    """
    check(sparql, here=isinstance(graph, ox.Store))
    with _told(sparql):
        result = graph.query(sparql, prefixes=PREFIXES)
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        if isinstance(result, ox.QuerySolutions):
            return Rows(tuple(variable.value for variable in result.variables), _rows(result, sparql))
        return turtle(result)


def _rows(result: ox.QuerySolutions, sparql: str) -> Generator[tuple[Term, ...]]:
    with _told(sparql):
        for solution in result:
            yield tuple(solution)


@contextmanager
def _told(sparql: str) -> Iterator[None]:
    """Tell what the engine complains of as an error of ours."""
    try:
        yield
    except SyntaxError as error:
        raise unreadable(sparql, str(error.msg)) from error
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        raise QueryError(f"the query can't be answered: {error}.") from error


@lru_cache(maxsize=64)  # reading the text takes longer than many an answer, and the same questions are asked again
def check(sparql: str, *, here: bool) -> None:
    """Refuse a query that would end the process, change the graph, or (here) ask another server.

    Raises:
        QueryError: if it would.
    """
    wrong = "is too long" if len(sparql) > MAX_QUERY_LENGTH else too_much(sparql)
    if wrong:
        raise QueryError(f"the query {wrong}.", hint="Break it up.")
    if is_update(sparql):
        raise QueryError("the graph is read-only.", hint="Change the files in data/ and build.")
    if here and calls_out(sparql):
        raise QueryError(
            "SERVICE asks another server, and nothing here reaches the network unasked.",
            hint="Ask that server itself: buendnis query --endpoint URL …",
        )


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Return triples as Turtle, each once, sorted."""
    once = sorted(set(triples), key=str)
    return (ox.serialize(once, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b"").decode()


def unreadable(sparql: str, message: str) -> QueryError:
    """Return the parser's complaint with the offending line and a mark under the place."""
    place = re.match(r"error at (\d+):(\d+): ", message)
    lines = re.split(r"\r\n|\n|\r", sparql)
    if place is None or int(place[1]) > len(lines):
        return QueryError(
            f"the query can't be read: {message}.", hint="Queries are SPARQL 1.1; see some: buendnis query --list"
        )
    line, column = int(place[1]), int(place[2])
    before = lines[line - 1][: column - 1]
    shown, mark = _cut(lines[line - 1].replace("\t", " "), column - 1)
    return QueryError(
        f"line {line}, column {column} of the query can't be read: {_plainly(message[place.end() :], before)}.",
        line=line,
        hint=f"{shown}\n  {' ' * mark}^",
    )


def _plainly(expected: str, before: str) -> str:
    """Return what the parser expected, without its classes of characters.

    Args:
        expected: as the parser says it, ``expected one of "," , [_], …``; a sentence among these is what is wrong.
        before: what stands in the line before the place.
    """
    kept = [
        part.strip() for part in _CLASS.sub("", expected.removeprefix("expected ").removeprefix("one of ")).split(", ")
    ]
    wrong = [part for part in kept if " " in part]
    prefix = re.search(r"([\w.-]*):[^\s:]*$", before)
    if "Prefix not found" in wrong and prefix:
        return f"the prefix '{prefix[1]}:' is not known; declare it: PREFIX {prefix[1]}: <…>"
    if wrong:
        return "; ".join(wrong)
    return f"expected {' or '.join(part for part in kept if part) or 'something else'}"


def _cut(line: str, place: int, width: int = 100) -> tuple[str, int]:
    """Return the part of a long line around a place, and where the place is in it."""
    start = max(0, place - width // 2) if len(line) > width else 0
    return line[start : start + width], place - start
