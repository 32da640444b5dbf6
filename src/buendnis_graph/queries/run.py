"""Ask a store."""

from __future__ import annotations

import re

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.table import Table

MAX_QUERY_LENGTH = 100_000
MAX_NESTING = 200
"""Brackets in brackets beyond this exhaust the parser's stack (measured: it dies of 20,000)."""

_UPDATE = re.compile(
    r"\s*(?:(?:PREFIX|BASE)\b[^\n]*\n\s*)*(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)


def answer(store: ox.Store, sparql: str) -> Table | bool | str:
    """Return the answer to a SPARQL query: a table, yes or no, or Turtle for CONSTRUCT and DESCRIBE.

    The default graph is the consolidated view; ``GRAPH`` reaches single sources. The project's prefixes are known
    without being declared.

    Raises:
        QueryError: if the query can't be parsed or evaluated.
    """
    if len(sparql) > MAX_QUERY_LENGTH or _nesting(sparql) > MAX_NESTING:
        raise QueryError("the query is too long or nested too deep.", hint="Break it up.")
    if _UPDATE.match(sparql):
        raise QueryError("the graph is read-only.", hint="Change the files in data/ and build.")
    try:
        result = store.query(sparql, prefixes=PREFIXES)
        if isinstance(result, ox.QueryBoolean):
            return bool(result)
        if isinstance(result, ox.QueryTriples):
            triples = sorted(set(result), key=str)
            return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b"").decode()
        columns = tuple(variable.value for variable in result.variables)
        return Table(columns, [tuple(solution) for solution in result])
    except SyntaxError as error:
        raise _unreadable(sparql, str(error.msg)) from error
    except (OSError, ValueError, TypeError) as error:
        raise QueryError(f"the query can't be answered: {error}.") from error


def _nesting(sparql: str) -> int:
    """Return how deep brackets stand in brackets, strings included: an upper bound is enough."""
    depth = deepest = 0
    for character in sparql:
        if character in "({[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")}]":
            depth = max(depth - 1, 0)
    return deepest


def _unreadable(sparql: str, message: str) -> QueryError:
    """Return the parser's complaint with the offending line and a mark under the place."""
    place = re.match(r"error at (\d+):(\d+): ", message)
    lines = sparql.splitlines()
    if place is None or int(place[1]) > len(lines):
        return QueryError(
            f"the query can't be read: {message}.", hint="Queries are SPARQL 1.1; see some: buendnis query --list"
        )
    line, column = int(place[1]), int(place[2])
    hint = f"{lines[line - 1]}\n  {' ' * (column - 1)}^"
    return QueryError(f"line {line} of the query can't be read: {message[place.end() :]}.", line=line, hint=hint)
