"""Our own bodies as they are compared with those of other data sets."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from buendnis_graph.linking.body import Body
from buendnis_graph.linking.mappings import Mapping
from buendnis_graph.linking.targets import Target
from buendnis_graph.namespaces import expand
from buendnis_graph.resolving.registry import entries_of

_FOUNDED, _SHORT = expand("schema:foundingDate"), expand("bg:shortName")


def our_bodies(quads: Iterable[ox.Quad]) -> list[Body]:
    """Return the bodies of the registry with all that may tell them apart, sorted by IRI."""
    quads = list(quads)
    founded: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate in (_FOUNDED, _SHORT):
            where = founded if quad.predicate == _FOUNDED else short
            where.setdefault(getattr(quad.subject, "value", ""), set()).add(getattr(quad.object, "value", ""))
    return [
        Body(
            entry,
            frozenset(text for text in short.get(entry.key, ()) if " " not in text),
            frozenset(date[:4] for date in founded.get(entry.key, ()) if date[:4].isdigit()),
        )
        for entry in entries_of(quads)
    ]


def still_to_link(bodies: Iterable[Body], judged: Iterable[Mapping], target: Target) -> list[Body]:
    """Return the bodies of which nobody has said yet which entry of a data set they are, or that there is none."""
    done = {m.subject for m in judged if m.object.startswith(target.iri) and m.judgement in {"same", "none-found"}}
    return [body for body in bodies if body.entry.key not in done]


def judged_apart(judged: Iterable[Mapping], target: Target) -> frozenset[tuple[str, str]]:
    """Return pairs of our IRI and their id that are judged not to be the same."""
    return frozenset(
        (m.subject, m.object.removeprefix(target.iri))
        for m in judged
        if m.object.startswith(target.iri) and m.judgement == "not-same"
    )


def linked(judged: Iterable[Mapping], target: Target) -> frozenset[tuple[str, str]]:
    """Return pairs of our IRI and their id that are judged to be the same."""
    return frozenset(
        (m.subject, m.object.removeprefix(target.iri))
        for m in judged
        if m.object.startswith(target.iri) and m.judgement == "same"
    )
