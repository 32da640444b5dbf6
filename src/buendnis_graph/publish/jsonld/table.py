"""The table of predicates: read from the context, so that the two can't differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from buendnis_graph.namespaces import BASE
from buendnis_graph.wording import read_toml

CONTEXT = BASE + "context/v1.jsonld"
"""The address of the context. A change that breaks readers gets a new number; the old context stays."""


def context_text() -> str:
    """Return the context as it is published."""
    return resources.files(__package__).joinpath("context.jsonld").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the context that stands for a property.

    Attributes:
        name: the key in JSON.
        position: where it stands among the keys.
        predicate: IRI of the property.
        datatype: IRI of the type of all its values, if they have one type.
        by_language: whether values are in a map by language.
        is_thing: whether values are IRIs.
        is_address: whether they are written as strings, not as objects.
        is_many: whether values are always in a list.
        is_reverse: whether it is read against the property's direction.
        holds: names of the classes that the things under it are of, if they are described; empty if any.
    """

    name: str
    position: int
    predicate: str
    datatype: str | None
    by_language: bool
    is_thing: bool
    is_address: bool
    is_many: bool
    is_reverse: bool
    holds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The terms of the context, by IRI."""

    terms: Mapping[str, Term]
    reverse: Mapping[str, Term]
    classes: Mapping[str, str]
    """Names of classes by IRI."""
    prefixes: Mapping[str, str]
    """Namespaces by prefix."""

    def compact(self, iri: str) -> str:
        """Return an IRI of a class, property or type as the context shortens it: by name, by prefix or not at all."""
        if iri in self.classes:
            return self.classes[iri]
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = next((p for p, namespace in self.prefixes.items() if iri[:end] == namespace), None)
        return iri if prefix is None else f"{prefix}:{iri[end:]}"


@cache
def table() -> Table:
    """Return the table of the bundled context."""
    context: dict[str, Any] = json.loads(context_text())["@context"]
    more = read_toml(__file__, "table.toml")
    prefixes: dict[str, str] = {k: v["@id"] for k, v in context.items() if isinstance(v, dict) and v.get("@prefix")}

    def full(name: str) -> str:
        prefix, _, local = name.partition(":")
        return prefixes[prefix] + local

    terms = [
        _term(name, position, value, full, more)
        for position, (name, value) in enumerate(context.items())
        if isinstance(value, dict) and not value.get("@prefix")
    ]
    return Table(
        terms={term.predicate: term for term in terms if not term.is_reverse},
        reverse={term.predicate: term for term in terms if term.is_reverse},
        classes={full(v): k for k, v in context.items() if isinstance(v, str) and not v.startswith("@")},
        prefixes=prefixes,
    )


def _term(name: str, position: int, value: dict[str, Any], full: Any, more: dict[str, Any]) -> Term:
    container, of = value.get("@container", []), value.get("@type")
    return Term(
        name=name,
        position=position,
        predicate=full(value.get("@id") or value["@reverse"]),
        datatype=full(of) if of and of != "@id" else None,
        by_language="@language" in container,
        is_thing=of == "@id",
        is_address=name in more["addresses"],
        is_many="@set" in container,
        is_reverse="@reverse" in value,
        holds=frozenset(more["holds"].get(name, ())),
    )
