"""The forms of answers by name; :mod:`buendnis_graph.queries.results`, which takes longer to load, writes them."""

from __future__ import annotations

from collections.abc import Mapping

TABLES = ("csv", "tsv", "json", "xml", "markdown", "parquet", "xlsx")
"""Forms of SELECT and ASK, beside the table for the terminal."""
GRAPHS = ("turtle", "json-ld", "n-triples")
"""Forms of CONSTRUCT and DESCRIBE."""
BINARY = frozenset({"parquet", "xlsx"})
SUFFIXES: Mapping[str, str] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".srj": "json",
    ".xml": "xml",
    ".srx": "xml",
    ".md": "markdown",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".ttl": "turtle",
    ".jsonld": "json-ld",
    ".nt": "n-triples",
    ".txt": "table",
}
"""Which form a file has, by the end of its name."""
