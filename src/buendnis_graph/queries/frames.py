"""Tables as data frames: columns with types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.extras import need
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.table import Table, Term, plain

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset(
    "integer int long short byte nonNegativeInteger positiveInteger nonPositiveInteger negativeInteger "
    "unsignedLong unsignedInt unsignedShort unsignedByte".split()
)
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
INTEGER, NUMBER, BOOLEAN, DATE, TEXT = "integer", "number", "boolean", "date", "text"


def _integer(text: str) -> int:
    value = int(text)
    if not -(2**63) <= value < 2**63:
        raise ValueError(text)
    return value


def _day(text: str) -> date:
    if len(text) != 10:
        raise ValueError(text)  # with a time zone, or a year beyond 9999
    return date.fromisoformat(text)


_READ: dict[str, Callable[[str], Any]] = {
    INTEGER: _integer,
    NUMBER: float,
    BOOLEAN: lambda text: _BOOLEANS[text],
    DATE: _day,
}


def _kind(term: Term) -> str:
    if not isinstance(term, ox.Literal) or term.language or not term.datatype.value.startswith(_XSD):
        return TEXT
    name = term.datatype.value[len(_XSD) :]
    if name in _INTEGERS:
        return INTEGER
    return {"decimal": NUMBER, "double": NUMBER, "float": NUMBER, "boolean": BOOLEAN, "date": DATE}.get(name, TEXT)


def typed(table: Table) -> dict[str, tuple[str, list[Any]]]:
    """Return the kind of each column and its values in Python; a column of several kinds is text."""
    columns: dict[str, tuple[str, list[Any]]] = {}
    for place, name in enumerate(table.columns):
        terms = [row[place] for row in table.rows]
        kinds = {_kind(term) for term in terms if term is not None}
        kind = kinds.pop() if len(kinds) == 1 else NUMBER if kinds == {INTEGER, NUMBER} else TEXT
        try:
            read = _READ.get(kind, str)
            values = [None if term is None else read(plain(term)) for term in terms]
        except (ValueError, KeyError):
            kind, values = TEXT, [None if term is None else plain(term) for term in terms]
        columns[name] = (kind, values)
    return columns


def to_polars(table: Table) -> polars.DataFrame:
    """Return a Polars frame with typed columns."""
    import polars

    types = {
        INTEGER: polars.Int64,
        NUMBER: polars.Float64,
        BOOLEAN: polars.Boolean,
        DATE: polars.Date,
        TEXT: polars.String,
    }
    return polars.DataFrame(
        [polars.Series(name, values, dtype=types[kind]()) for name, (kind, values) in typed(table).items()]
    )


def to_arrow(table: Table) -> pyarrow.Table:
    """Return an Arrow table with typed columns."""
    arrow = need("pyarrow")
    types = {
        INTEGER: arrow.int64(),
        NUMBER: arrow.float64(),
        BOOLEAN: arrow.bool_(),
        DATE: arrow.date32(),
        TEXT: arrow.string(),
    }
    columns = typed(table)
    arrays = [arrow.array(values, type=types[kind]) for kind, values in columns.values()]
    return arrow.table(arrays, names=list(columns))


def to_pandas(table: Table) -> pandas.DataFrame:
    """Return a pandas frame with nullable types; dates are ``datetime64[s]``."""
    pandas = need("pandas")
    types = {
        INTEGER: "Int64",
        NUMBER: "Float64",
        BOOLEAN: "boolean",
        DATE: "datetime64[s]",
        TEXT: "string",
    }
    return pandas.DataFrame(
        {name: pandas.Series(values, dtype=types[kind]) for name, (kind, values) in typed(table).items()}
    )
