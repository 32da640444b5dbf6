"""What answers SPARQL queries, here or elsewhere."""

from __future__ import annotations

from typing import Protocol

import pyoxigraph as ox

from buendnis_graph.errors import EndpointError
from buendnis_graph.namespaces import PREFIXES

Row = tuple[ox.NamedNode | ox.BlankNode | ox.Literal | None, ...]


class Askable(Protocol):
    """An Oxigraph store, or a remote endpoint that looks like one."""

    def query(
        self, query: str, *, prefixes: dict[str, str] | None = None
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the engine's answer."""
        ...


def solutions(graph: Askable, sparql: str) -> list[Row]:
    """Return the rows of a SELECT query of ours."""
    result = graph.query(sparql, prefixes=PREFIXES)
    assert isinstance(result, ox.QuerySolutions)  # noqa: S101 - we asked a SELECT
    return [tuple(solution) for solution in result]


def every(graph: Askable, columns: str, pattern: str) -> list[Row]:
    """Return all solutions of a pattern, each once, sorted.

    Args:
        graph: that holds them.
        columns: the variables wanted, such as ``?s ?o``.
        pattern: what is looked for.

    Raises:
        EndpointError: if it gives fewer than it has: many endpoints cut their answers without saying so.
    """
    rows = sorted(set(solutions(graph, f"SELECT {columns} {{ {pattern} }}")), key=str)
    ((counted,),) = solutions(graph, f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT {columns} {{ {pattern} }} }}")
    assert isinstance(counted, ox.Literal)  # noqa: S101 - COUNT gives a number
    if int(counted.value) != len(rows):
        raise EndpointError(
            f"the endpoint gives {len(rows):,} of {int(counted.value):,} solutions of {pattern}.",
            hint="It cuts its answers; load the dump instead.",
        )
    return rows
