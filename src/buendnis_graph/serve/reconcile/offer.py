"""What the service offers: types and properties (``offer.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.wording import read_toml

Texts = dict[str, str]
"""A text by language, ``de`` and ``en``."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of things.

    Attributes:
        id: its identifier.
        name: what it is called.
        marks: predicate and object, IRIs, that things of it have.
        broader: the type it is a part of; empty if none.
        also: other ways to ask for it, in lower case.
        properties: what may be asked of its things.
    """

    id: str
    name: Texts
    marks: tuple[str, str]
    broader: str
    also: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A property of things.

    Attributes:
        id: its identifier.
        name: what it is called.
        predicates: IRIs that it is read from.
        type: of its values, if they are things of ours; else empty.
        compared: how a value that somebody gives is compared with ours; see :mod:`.values`.
        finds: whether a value finds things without a name.
    """

    id: str
    name: Texts
    predicates: tuple[str, ...]
    type: str
    compared: str
    finds: bool


def _iri(name: str) -> str:
    return BASE + name[1:-1] if name.startswith("<") else expand(name).value


@cache
def kinds() -> dict[str, Kind]:
    """Return the types by identifier, the most exact first."""
    return {
        raw["id"]: Kind(
            raw["id"],
            raw["name"],
            (_iri(raw["is"][0]), _iri(raw["is"][1])),
            raw.get("broader", ""),
            tuple(name.lower() for name in (raw["id"], raw["is"][1], _iri(raw["is"][1]), *raw["also"])),
            tuple(raw["properties"]),
        )
        for raw in part("type")
    }


@cache
def properties() -> dict[str, Property]:
    """Return the properties by identifier."""
    return {
        raw["id"]: Property(
            raw["id"],
            raw["name"],
            tuple(map(_iri, raw["of"])),
            raw.get("type", ""),
            raw["compared"],
            raw.get("finds", False),
        )
        for raw in part("property")
    }


@cache
def _by_name() -> dict[str, str]:
    return {name: kind.id for kind in kinds().values() for name in kind.also}


def kind_of(asked: str) -> str:
    """Return the identifier of the type that a client asks for; empty if there is none such."""
    return _by_name().get(asked.strip().lower(), "")


def part(name: str) -> Any:
    """Return a part of ``offer.toml``."""
    return read_toml(__file__, "offer.toml")[name]


def named(kind: Kind | Property, language: str) -> dict[str, Any]:
    """Return a type or property as clients are told of it."""
    return {"id": kind.id, "name": kind.name[language]}


def meta(wanted: list[str], language: str) -> list[dict[str, Any]]:
    """Return the properties of a data extension as clients are told of them."""
    return [
        named(of, language) | ({"type": named(kinds()[of.type], language)} if of.type else {})
        for of in (properties()[name] for name in wanted)
    ]
