"""Answers as tables."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.namespaces import shorten

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

Term = ox.NamedNode | ox.BlankNode | ox.Literal | None
AT_ONCE = 1_000
"""Rows of a long answer that are written at once."""


def plain(term: object) -> str:
    """Return a term's value as text: the IRI, or the literal's lexical form; empty if unbound."""
    return "" if term is None else str(term.value) if hasattr(term, "value") else str(term)


def readable(term: object, labels: Mapping[str, str] | None = None) -> str:
    """Return a term as people read it: labels, else prefixed names, for IRIs."""
    if isinstance(term, ox.NamedNode):
        return (labels or {}).get(term.value) or shorten(term.value)
    return plain(term)


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that is read once, row by row, while it is found."""

    columns: tuple[str, ...]
    rows: Generator[tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of RDF terms under named columns.

    ``len`` counts the rows; iterating yields each row as a mapping from column to term (None if unbound);
    ``table["member"]`` is a column, ``table[0]`` a row. Terms are pyoxigraph's. In a notebook it shows as a table.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Term, ...]]
    look_up: Callable[[Iterable[ox.NamedNode], str], Mapping[str, str]] | None = field(
        default=None, compare=False, repr=False
    )

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Term]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __getitem__(self, key: str | int) -> Any:
        """Return a column by name as a list of terms, or a row by number as a mapping.

        Raises:
            KeyError: if there is no such column.
            IndexError: if there is no such row.
        """
        if isinstance(key, int):
            return dict(zip(self.columns, self.rows[key], strict=True))
        if key not in self.columns:
            raise KeyError(f"no column '{key}'; there are: {', '.join(self.columns)}")
        place = self.columns.index(key)
        return [row[place] for row in self.rows]

    def labels(self, language: str = "de") -> Mapping[str, str]:
        """Return labels of the IRIs in the table, by IRI; those without one are left out."""
        things = {term for row in self.rows for term in row if isinstance(term, ox.NamedNode)}
        return self.look_up(things, language) if self.look_up and things else {}

    def to_csv(self, *, raw: bool = False) -> str:
        """Return the table as CSV (RFC 4180, header row), values as text.

        Args:
            raw: as SPARQL 1.1 wants it. Otherwise a text that a spreadsheet would run as a formula gets an apostrophe.
        """
        from buendnis_graph.queries.results import csv

        return csv.write(self, raw=raw)

    def to_json(self) -> str:
        """Return the table in the SPARQL 1.1 Query Results JSON Format."""
        from buendnis_graph.queries.results import json

        return json.write(self)

    def to_polars(self) -> polars.DataFrame:
        """Return the table as a Polars frame.

        A column is Int64, Float64, Boolean or Date if all its values are such literals, else String. Partial dates
        (2023-03) stay text; unbound is null.
        """
        from buendnis_graph.queries.frames import to_polars

        return to_polars(self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the table as a pandas frame with nullable types, typed as in :meth:`to_polars`.

        Raises:
            MissingExtraError: if pandas is not installed.
        """
        from buendnis_graph.queries.frames import to_pandas

        return to_pandas(self)

    def to_arrow(self) -> pyarrow.Table:
        """Return the table as an Arrow table, typed as in :meth:`to_polars`.

        Raises:
            MissingExtraError: if pyarrow is not installed.
        """
        from buendnis_graph.queries.frames import to_arrow

        return to_arrow(self)

    def _repr_html_(self) -> str:
        from buendnis_graph.queries.results import html

        return html.write(self, self.labels())

    def _repr_markdown_(self) -> str:
        from buendnis_graph.queries.results import markdown

        return markdown.write(self, self.labels())
