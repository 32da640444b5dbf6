"""Ask a store."""

from __future__ import annotations

import re

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.table import Table


def answer(store: ox.Store, sparql: str) -> Table | bool | str:
    """Return the answer to a SPARQL query: a table, yes or no, or Turtle for CONSTRUCT and DESCRIBE.

    The default graph is the consolidated view; ``GRAPH`` reaches single sources.

    Raises:
        QueryError: if the query can't be parsed or evaluated.
    """
    try:
        result = store.query(sparql)
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
