"""Where addresses of merged entries lead now."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, RDF_TYPE, expand

_REPLACED_BY = expand("dcterms:isReplacedBy")
_ID, _MEMBERSHIP = f"{BASE}id/", f"{BASE}membership/"


def redirects(store: ox.Store) -> dict[str, str]:
    """Return where to send who asks for an entry that was merged into another: old path to new, below the base.

    Chains are resolved to their end; a circle leads nowhere and is left out. Memberships of a merged entry lead to
    those of the entry that took its place, also where the old one was never published.

    Args:
        store: a derived store.

    Returns:
        Such as ``{"id/old": "id/new", "membership/x/old": "membership/x/new"}``, sorted.
    """
    direct = {
        quad.subject.value.removeprefix(_ID): quad.object.value.removeprefix(_ID)
        for quad in store.quads_for_pattern(None, _REPLACED_BY, None, ox.DefaultGraph())
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(_ID)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(_ID)
    }
    ends = {old: end for old in direct if (end := _end(old, direct)) is not None}
    found = {f"id/{old}": f"id/{new}" for old, new in ends.items()}
    return dict(sorted((found | dict(_memberships(store, ends))).items()))


def _end(slug: str, direct: dict[str, str]) -> str | None:
    seen = {slug}
    while slug in direct:
        slug = direct[slug]
        if slug in seen:
            return None
        seen.add(slug)
    return slug


def _memberships(store: ox.Store, ends: dict[str, str]) -> Iterator[tuple[str, str]]:
    olds: dict[str, list[str]] = {}
    for old, new in ends.items():
        olds.setdefault(new, []).append(old)
    memberships = store.quads_for_pattern(None, RDF_TYPE, expand("org:Membership"), ox.DefaultGraph())
    now = {q.subject.value.removeprefix(_MEMBERSHIP) for q in memberships if isinstance(q.subject, ox.NamedNode)}
    for path in sorted(now):
        alliance, member, *spell = path.split("/")
        for parts in product([alliance, *olds.get(alliance, ())], [member, *olds.get(member, ())]):
            old = "/".join([*parts, *spell])
            if old not in now:
                yield f"membership/{old}", f"membership/{path}"
