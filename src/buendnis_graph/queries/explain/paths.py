"""The triples a property path leads over, from one node to another."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from buendnis_graph.store.askable import Askable, solutions

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]
Pair = tuple[ox.NamedNode | ox.Literal, ox.NamedNode | ox.Literal]
AT_ONCE = 200
"""Rows of VALUES in one query; far below what bounds a query's length."""


def edges(graph: Askable, path: Any, pairs: set[Pair]) -> dict[Pair, set[Triple]]:
    """Return the triples on any way a path takes, for each pair of its ends.

    Args:
        graph: where the ways are.
        path: a path of rdflib's, or an IRI.
        pairs: start and end; pairs that the path does not join have no triples.
    """
    from rdflib import paths as kinds

    found: dict[Pair, set[Triple]] = {pair: set() for pair in pairs}
    if not isinstance(path, kinds.Path):
        predicate = ox.NamedNode(str(path))
        for pair in pairs:
            if isinstance(pair[0], ox.NamedNode):
                found[pair].add((pair[0], predicate, pair[1]))
    elif isinstance(path, kinds.InvPath):
        for (end, start), triples in edges(graph, path.arg, {(b, a) for a, b in pairs}).items():
            found[start, end] = triples
    elif isinstance(path, kinds.SequencePath):
        first, *others = path.args
        rest = kinds.SequencePath(*others) if len(others) > 1 else others[0]
        _join(graph, found, [(first, "?s", "?m"), (rest, "?m", "?o")])
    elif isinstance(path, kinds.AlternativePath):
        for choice in path.args:
            _join(graph, found, [(choice, "?s", "?o")])
    elif isinstance(path, kinds.MulPath):
        more = kinds.MulPath(path.path, "*")
        if path.mod == "?":
            _join(graph, found, [(path.path, "?s", "?o")])
        else:
            _join(graph, found, [(more, "?s", "?x"), (path.path, "?x", "?y"), (more, "?y", "?o")], walked=1)
    elif isinstance(path, kinds.NegatedPath):
        _any_property(graph, found, path)
    return found


def _join(
    graph: Askable, found: dict[Pair, set[Triple]], steps: list[tuple[Any, str, str]], *, walked: int | None = None
) -> None:
    """Add the triples of steps that join the ends of a pair one behind another (of one step, if ``walked`` says so)."""
    pattern = " ".join(f"{start} {_text(path)} {end} ." for path, start, end in steps)
    names = sorted({name for _, start, end in steps for name in (start, end)} - {"?s", "?o"})
    columns = ["?s", "?o", *names]
    rows = _rows(graph, columns, found, pattern)
    for number, (path, start, end) in enumerate(steps):
        if walked is not None and number != walked:
            continue
        ends = [(row[columns.index(start)], row[columns.index(end)]) for row in rows]
        below = edges(graph, path, set(ends))
        for row, pair in zip(rows, ends, strict=True):
            found[row[0], row[1]] |= below[pair]


def _any_property(graph: Askable, found: dict[Pair, set[Triple]], path: Any) -> None:
    for s, o, p in _rows(graph, ["?s", "?o", "?p"], found, f"?s ?p ?o . ?s {_text(path)} ?o ."):
        if isinstance(s, ox.NamedNode) and isinstance(p, ox.NamedNode):
            found[s, o].add((s, p, o))


def _rows(graph: Askable, columns: list[str], pairs: dict[Pair, set[Triple]], pattern: str) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    listed = sorted(pairs, key=str)
    for start in range(0, len(listed), AT_ONCE):
        values = " ".join(f"({s} {o})" for s, o in listed[start : start + AT_ONCE])
        query = f"SELECT DISTINCT {' '.join(columns)} {{ VALUES (?s ?o) {{ {values} }} {pattern} }}"
        rows += [row for row in solutions(graph, query) if None not in row]
    return rows


def _text(path: Any) -> str:
    return f"({path.n3()})" if hasattr(path, "args") or hasattr(path, "mod") else str(path.n3())
