"""Ask a store."""

from __future__ import annotations

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
        raise QueryError(
            f"the query can't be read: {error.msg}.", line=error.lineno, hint=_pointer(sparql, error)
        ) from error
    except (OSError, ValueError, TypeError) as error:
        raise QueryError(f"the query can't be answered: {error}.") from error


def _pointer(sparql: str, error: SyntaxError) -> str:
    """Return the offending line with a mark under the column, if the parser named them."""
    lines = sparql.splitlines()
    if not error.lineno or error.lineno > len(lines):
        return "Queries are SPARQL 1.1; see them work: buendnis query --list"
    return f"{lines[error.lineno - 1]}\n  {' ' * max((error.offset or 1) - 1, 0)}^"
