"""What the tables hold: read from ``codebook.toml``, told to machines as CSVW."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from buendnis_graph.namespaces import BASE
from buendnis_graph.wording import read_toml

if TYPE_CHECKING:
    from polars.datatypes import DataTypeClass

_CSVW_TYPES = {
    "string": "string",
    "boolean": "boolean",
    "integer": "integer",
    "date": "date",
    "partial": {"base": "string", "format": r"\d{4}(-\d{2}(-\d{2})?)?"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: as in the files.
        type: ``string``, ``boolean``, ``integer``, ``date``, or ``partial``: a year, month or day, as text.
        titles: what it holds, by language.
        names: the IRI a value stands for, with ``{}`` for the value; empty if it names nothing.
        several: whether a cell holds several values, apart by a blank.
    """

    name: str
    type: str
    titles: dict[str, str]
    names: str = ""
    several: bool = False

    @property
    def polars_type(self) -> DataTypeClass:
        """Its type as polars calls it."""
        import polars as pl

        return {"boolean": pl.Boolean, "integer": pl.Int64, "date": pl.Date}.get(self.type, pl.String)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: what it is for, by language, and its columns in order."""

    titles: dict[str, str]
    columns: tuple[Column, ...]


@cache
def codebook() -> dict[str, TableSpec]:
    """Return all tables by name, in order."""
    text = read_toml(__file__, "codebook.toml")
    titles = text.pop("tables")
    return {
        name: TableSpec(_both(*titles[name]), tuple(_column(column, *told) for column, told in text[name].items()))
        for name in titles
    }


def names_in(table: str) -> dict[str, str]:
    """Return, for the columns of a table whose cells name one thing each, the IRI with ``{}`` for the value."""
    return {column.name: column.names for column in codebook()[table].columns if column.names and not column.several}


def _column(name: str, kind: str, german: str, english: str, names: str = "", several: str = "") -> Column:
    return Column(
        name, kind, _both(german, english), names if "://" in names or not names else BASE + names, several != ""
    )


def _both(german: str, english: str) -> dict[str, str]:
    return {"de": german, "en": english}


def as_csvw() -> dict[str, Any]:
    """Return the codebook as a CSVW table group (W3C, Metadata Vocabulary for Tabular Data)."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:license": {"@id": "https://creativecommons.org/publicdomain/zero/1.0/"},
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tables": [
            {
                "url": f"{name}.csv",
                "dc:title": spec.titles["en"],
                "tableSchema": {"columns": [_described(column) for column in spec.columns]},
            }
            for name, spec in codebook().items()
        ],
    }


def _described(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": [{"@value": text, "@language": language} for language, text in column.titles.items()],
        "datatype": _CSVW_TYPES[column.type],
    }
    if column.several:
        described["separator"] = " "
    elif column.names:
        described["valueUrl"] = column.names.replace("{}", "{+" + column.name + "}")
    return described
