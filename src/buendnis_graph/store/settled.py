"""Literals as Oxigraph writes them, whichever store they come from: values are compared, not how a vendor writes them.

What is known to differ (each is shown to exist by tests/store/differences.py):

* Virtuoso writes true and false as 1 and 0, and numbers without leading zeros or zeros behind the point;
* it writes language tags in small letters, and so does Oxigraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from buendnis_graph.namespaces import XSD_STRING, expand

_TEXTS = frozenset({XSD_STRING.value, expand("rdf:langString").value})


def settled(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield quads with their literals as Oxigraph writes them; an order is not kept."""
    odd: list[ox.Quad] = []
    for quad in quads:
        if isinstance(quad.object, ox.Literal) and _is_odd(quad.object):
            odd.append(quad)
        else:
            yield quad
    store = ox.Store()
    store.bulk_extend(odd)
    yield from store


def _is_odd(literal: ox.Literal) -> bool:
    language = literal.language or ""
    return literal.datatype.value not in _TEXTS or language != language.lower()
