"""Forms of answers: one small module each, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from buendnis_graph.errors import UsageError
from buendnis_graph.forms import GRAPHS, SUFFIXES, TABLES
from buendnis_graph.queries.table import Table


def form_of(path: Path) -> str:
    """Return the form a file's name asks for.

    Raises:
        UsageError: if it asks for none.
    """
    form = SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"'{path.name}' does not say in which form to write.",
            hint=f"End the name in one of {' '.join(SUFFIXES)}, or give --format.",
        )
    return form


def render(
    result: Table | bool | str, form: str, *, raw: bool = False, labels: Mapping[str, str] | None = None
) -> str | bytes:
    """Return an answer in a form: text, or bytes for Parquet and XLSX.

    Args:
        result: of a query.
        form: one of :data:`TABLES` for a table or yes and no, of :data:`GRAPHS` for a graph.
        raw: for CSV: leave texts that look like formulas as they are.
        labels: for Markdown: what to call IRIs.

    Raises:
        UsageError: if the answer has no such form.
        MissingExtraError: if the form needs a package that is not installed.
    """
    from importlib import import_module

    if isinstance(result, str):
        from buendnis_graph.queries.results import triples

        _must_be(form, GRAPHS, "a graph")
        return triples.write(result, form)
    _must_be(form, TABLES, "a table")
    if form == "csv":
        from buendnis_graph.queries.results import csv

        return csv.write(result, raw=raw)
    if form == "markdown":
        from buendnis_graph.queries.results import markdown

        return markdown.write(result, labels or {})
    written: str | bytes = import_module(f"buendnis_graph.queries.results.{form}").write(result)
    return written


def _must_be(form: str, forms: tuple[str, ...], what: str) -> None:
    if form not in forms:
        raise UsageError(f"{what} has no form '{form}'.", hint=f"It can be: {', '.join(forms)}.")
