"""Large documents come in pages, each of which says that it is one (Hydra's PartialCollectionView)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import RDF_TYPE

_HYDRA = "http://www.w3.org/ns/hydra/core#"


def page_of(triples: Iterable[ox.Triple], asked: dict[str, Any]) -> tuple[list[ox.Triple], bool]:
    """Return the triples of a page, and whether others follow; none at all if there is no such page.

    Args:
        triples: of the document, each time in the same order.
        asked: ``page`` (its number, from 1), ``triples`` (how many a page has), ``address`` (of the document).
    """
    number, size = asked["page"], asked["triples"]
    found = list(islice(triples, (number - 1) * size, number * size + 1))
    more = len(found) > size
    if found and (more or number > 1):
        return [*found[:size], *_view(asked["address"], number, more=more)], more
    return found, False


def links(address: str, number: int, *, more: bool) -> dict[str, str]:
    """Return the addresses of the pages around one, by relation (RFC 8288)."""
    around = {"first": 1, "prev": number - 1} if number > 1 else {}
    return {rel: f"{address}?page={page}" for rel, page in (around | ({"next": number + 1} if more else {})).items()}


def _view(address: str, number: int, *, more: bool) -> list[ox.Triple]:
    """Return what a page says of itself."""
    page, names = ox.NamedNode(f"{address}?page={number}"), {"first": "first", "prev": "previous", "next": "next"}
    said = [(ox.NamedNode(address), "view", page)]
    said += [(page, names[rel], ox.NamedNode(there)) for rel, there in links(address, number, more=more).items()]
    is_page = ox.Triple(page, RDF_TYPE, ox.NamedNode(f"{_HYDRA}PartialCollectionView"))
    return [*(ox.Triple(s, ox.NamedNode(f"{_HYDRA}{p}"), o) for s, p, o in said), is_page]
