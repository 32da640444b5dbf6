"""All triples of a graph from an endpoint that cuts its answers: predicate by predicate, and those in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from buendnis_graph.errors import EndpointError
from buendnis_graph.store.askable import Askable, Row, solutions

PAGE = 10_000
"""Rows asked for at once; what Virtuoso gives as it comes."""


def paged(graph: Askable, within: Callable[[str], str]) -> Iterator[Row]:
    """Yield subject, predicate and object of all triples that a pattern finds.

    Args:
        graph: that is asked.
        within: puts a pattern of triples into the graph that is meant.

    Raises:
        EndpointError: if it gives pages that are shorter still.
    """
    counted = solutions(graph, f"SELECT ?p (COUNT(*) AS ?n) {{ {within('?s ?p ?o')} }} GROUP BY ?p ORDER BY ?p")
    some: list[str] = []
    rows = 0
    for predicate, n in counted:
        size = int(getattr(n, "value", 0))
        if some and rows + size > PAGE:
            yield from _some(graph, within, some, rows)
            some, rows = [], 0
        if size > PAGE:
            yield from _pages(graph, f"VALUES ?p {{ {predicate} }} {within('?s ?p ?o')}", size)
        else:
            some.append(str(predicate))
            rows += size
    if some:
        yield from _some(graph, within, some, rows)


def _some(graph: Askable, within: Callable[[str], str], predicates: list[str], size: int) -> Iterator[Row]:
    yield from _checked(
        solutions(graph, f"SELECT ?s ?p ?o {{ VALUES ?p {{ {' '.join(predicates)} }} {within('?s ?p ?o')} }}"), size
    )


def _pages(graph: Askable, pattern: str, size: int) -> Iterator[Row]:
    inner = f"SELECT ?s ?p ?o {{ {pattern} }} ORDER BY ?s ?o"  # Virtuoso sorts no more than one page outside of it
    for start in range(0, size, PAGE):
        text = f"SELECT ?s ?p ?o {{ {{ {inner} }} }} LIMIT {PAGE} OFFSET {start}"
        yield from _checked(solutions(graph, text), min(PAGE, size - start))


def _checked(rows: list[Row], size: int) -> list[Row]:
    if len(rows) < size:
        raise EndpointError(
            f"the endpoint gives {len(rows):,} of {size:,} rows, and does not say why.",
            hint="Have its limit of rows raised (Virtuoso: ResultSetMaxRows).",
        )
    return rows
