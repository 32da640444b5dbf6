"""Literals as Oxigraph stores them: it may write a number another way (``01`` as ``1``)."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import pyoxigraph as ox

_Term = TypeVar("_Term")
_HERE = ox.NamedNode("urn:here")


def as_stored(term: _Term) -> _Term:
    """Return a term as the store writes it: two that it writes alike are one to each query."""
    return _stored(term) if isinstance(term, ox.Literal) else term  # type: ignore[return-value]


@lru_cache(maxsize=4096)
def _stored(literal: ox.Literal) -> ox.Literal:
    store = ox.Store()
    store.add(ox.Quad(_HERE, _HERE, literal))
    (quad,) = store
    assert isinstance(quad.object, ox.Literal)  # noqa: S101 - what was put there
    return quad.object
