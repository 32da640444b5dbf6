"""A frame for each kind of document: makes the tree of our documents out of the same triples in any order."""

from __future__ import annotations

from typing import Any

from buendnis_graph.publish.documents import Kind
from buendnis_graph.publish.jsonld.classes import classes
from buendnis_graph.publish.jsonld.table import CONTEXT, table


def frame(kind: Kind, context: str = CONTEXT) -> dict[str, Any]:
    """Return the frame of a kind of document.

    Everything that the thing leads to comes along by itself; what points at it has to be named, and is. The terms of
    the ontology are no tree: its frame takes everything.

    Args:
        kind: of documents.
        context: the address of the context as it stands in the frame.
    """
    if kind is Kind.ONTOLOGY:
        return {"@context": context, "@embed": "@never"}
    root = classes().roots[kind]
    reversed_terms = {term.name: term.position for term in table().reverse.values()}
    keys = {key for name in root.nodes for key in classes().nodes[name].optional if key in reversed_terms}
    pointing: dict[str, Any] = {key: {} for key in sorted(keys, key=reversed_terms.__getitem__)}
    return {"@context": context, "type": list(root.types), **pointing}
