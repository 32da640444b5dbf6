"""The table of classes: which keys their objects have; frames and JSON Schemas are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from buendnis_graph.publish.documents import Kind
from buendnis_graph.wording import read_toml


@dataclass(frozen=True, slots=True)
class Node:
    """The objects of some classes: names of these, and keys; whether keys outside the context may stand there, too."""

    types: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Root:
    """The thing of the documents of a kind: names of its classes, any of which it is of, and names of nodes."""

    types: tuple[str, ...]
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """``classes.toml``."""

    dates: frozenset[str]
    mention: Node
    nodes: Mapping[str, Node]
    roots: Mapping[Kind, Root]


@cache
def classes() -> Classes:
    """Return the table of classes."""
    raw = read_toml(__file__, "classes.toml")

    def node(table: Mapping[str, Any]) -> Node:
        keys = (tuple(table.get(part, ())) for part in ("types", "required", "optional"))
        types, required, optional = keys
        return Node(types, required, optional, is_open=table.get("open", False))

    return Classes(
        dates=frozenset(raw["dates"]),
        mention=node(raw["mention"]),
        nodes={name: node(table) for name, table in raw["node"].items()},
        roots={Kind(k): Root(tuple(t["types"]), tuple(t["nodes"])) for k, t in raw["document"].items()},
    )
