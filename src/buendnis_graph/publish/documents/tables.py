"""The tables of this package: kinds of documents, homes of triples, what is borrowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from buendnis_graph.namespaces import expand
from buendnis_graph.publish.documents.model import Kind
from buendnis_graph.wording import read_toml


def _read(name: str) -> dict[str, Any]:
    return read_toml(__file__, name)


def _iris(names: list[str]) -> tuple[str, ...]:
    return tuple(expand(name).value for name in names)


@dataclass(frozen=True, slots=True)
class Inverse:
    """What is embedded of the things that point at a document's thing."""

    whole: tuple[tuple[str, str], ...]
    """Property and class of those that are embedded whole."""
    pointing: tuple[str, ...]
    """Properties of which the pointing triple alone is taken."""


@dataclass(frozen=True, slots=True)
class Borrowing:
    """Where triples are at home and what a document borrows; all names are IRIs."""

    about: Mapping[str, tuple[str, ...]]
    forward: tuple[str, ...]
    mentioned: tuple[str, ...]
    mentioned_source: tuple[str, ...]
    inverse: Mapping[Kind, Inverse]
    at_most: int
    """Of a property by which more things than this point at the document's thing, none is taken."""

    @property
    def inverse_properties(self) -> frozenset[str]:
        """All properties that are read against their direction."""
        tables = self.inverse.values()
        return frozenset(p for t in tables for p in (*t.pointing, *(whole for whole, _ in t.whole)))


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a document is about, by class or path, and how it is called."""

    classes: Mapping[str, Kind]
    paths: Mapping[str, Kind]
    names: tuple[str, ...]
    patterns: Mapping[Kind, Mapping[str, str]]


@cache
def borrowing() -> Borrowing:
    """Return ``borrowing.toml``."""
    raw = _read("borrowing.toml")  # a kind stands in one table of it
    inverse = {
        Kind(kind): Inverse(
            tuple((expand(p).value, expand(c).value) for p, c in table["whole"]), _iris(table["pointing"])
        )
        for table in raw["inverse"]
        for kind in table["kinds"]
    }
    return Borrowing(
        about={step: _iris(names) for step, names in raw["about"].items()},
        forward=_iris(raw["forward"]["whole"]),
        mentioned=_iris(raw["mentioned"]["anything"]),
        mentioned_source=_iris(raw["mentioned"]["source"]),
        inverse=inverse,
        at_most=raw["pointing"]["at_most"],
    )


@cache
def kinds() -> Kinds:
    """Return ``kinds.toml``."""
    raw = _read("kinds.toml")
    title = raw["title"]
    return Kinds(
        classes={expand(entry["of"]).value: Kind(entry["kind"]) for entry in raw["class"]},
        paths={step: Kind(kind) for step, kind in raw["path"].items() if step != "default"},
        names=_iris(title["properties"]),
        patterns={Kind(kind): texts for kind, texts in title.items() if kind != "properties"},
    )
