"""Which entries are one body, and by which names it is recognised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.care.names import Mentions, is_acronym, spelling, without_legal_form
from buendnis_graph.namespaces import BASE, PREF_LABEL, expand, slugify

REGISTRY = ox.NamedNode(f"{BASE}graph/registry")
_ID = f"{BASE}id/"
_ALT_LABEL, _REPLACED_BY = expand("skos:altLabel"), expand("dcterms:isReplacedBy")
_MEMBER, _LISTED = expand("org:member"), expand("bg:listedName")
_STATED_NAMES = {expand(f"bg:{name}") for name in ("statedName", "formerName", "shortName")}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of bodies to withhold.

    Args:
        known: by which they are recognised and kept out.
        unlike: listed for them, but unlike any of these (``wir``): not taken over.
        shared: names that another body bears too: neither searched nor kept out.
    """

    known: frozenset[str]
    unlike: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()


def with_redirects(quads: Iterable[ox.Quad], bodies: Iterable[ox.NamedNode]) -> frozenset[ox.NamedNode]:
    """Return bodies and the entries that were merged into them: these bear their names too."""
    redirects = [q for q in quads if q.predicate == _REPLACED_BY and q.graph_name == REGISTRY]
    found = set(bodies)
    while new := {q.subject for q in redirects if q.object in found} - found:
        found |= {node for node in new if isinstance(node, ox.NamedNode)}
    return frozenset(found)


def names_of(
    quads: Sequence[ox.Quad], bodies: frozenset[ox.NamedNode], more: Iterable[str] = (), common: Iterable[str] = ()
) -> Names:
    """Return the names by which bodies are recognised.

    Args:
        quads: what the files say, each quad in its graph.
        bodies: the bodies.
        more: names known from elsewhere.
        common: names that are ordinary words, to be left alone.
    """
    own = {body.value.removeprefix(_ID) for body in bodies} | set(more)
    others, listed, of_others = set[str](), set[str](), set[str]()
    members = {q.subject: q.object for q in quads if q.predicate == _MEMBER}
    for quad in quads:
        if not isinstance(quad.object, ox.Literal):
            continue
        name = quad.object.value
        if quad.predicate in (PREF_LABEL, _ALT_LABEL) and quad.graph_name == REGISTRY:
            (own if quad.subject in bodies else others).add(name)
        elif quad.predicate in _STATED_NAMES:
            (own if quad.subject in bodies else of_others).add(name)
        elif quad.predicate == _LISTED:
            (listed if members.get(quad.subject) in bodies else of_others).add(name)
    alike = {name for name in listed if any(_is_alike(name, known) for known in own)}
    taken_by_others = {spelling(name) for name in others | of_others}
    left_alone = {spelling(name) for name in common}
    found = {name for name in own | alike if spelling(name) not in left_alone}
    shared = {name for name in found if spelling(name) in taken_by_others}
    return Names(frozenset(found - shared), frozenset(listed - alike), frozenset(shared))


def _is_alike(listed: str, known: str) -> bool:
    """Return whether a listed name holds a known one, or most letters of its words, or is a short form in capitals."""
    slug, known_slug = slugify(listed), slugify(known)
    if is_acronym(without_legal_form(listed)) or f"-{known_slug}-" in f"-{slug}-":
        return True
    words = [word for word in known_slug.split("-") if len(word) >= 4]
    held = set(slug.split("-"))
    return bool(words) and sum(len(w) for w in words if w in held) >= 0.6 * sum(map(len, words))


def mentions_of(quads: Iterable[ox.Quad], bodies: frozenset[ox.NamedNode], names: Names) -> Mentions:
    """Return what recognises these names, but not within longer names of other bodies."""
    others = [
        quad.object.value
        for quad in quads
        if quad.graph_name == REGISTRY and quad.predicate in (PREF_LABEL, _ALT_LABEL) and quad.subject not in bodies
        if isinstance(quad.object, ox.Literal)
    ]
    return Mentions(names.known, [*others, *_other_slugs(quads, bodies)])


def _other_slugs(quads: Iterable[ox.Quad], bodies: frozenset[ox.NamedNode]) -> list[str]:
    subjects = {q.subject for q in quads if q.graph_name == REGISTRY and q.subject not in bodies}
    return sorted(node.value.removeprefix(_ID) for node in subjects if isinstance(node, ox.NamedNode))
