"""Versions of the data: major if IRIs or terms change, minor if data comes or goes, patch if it is only corrected."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand

_NUMBER = r"(0|[1-9]\d{0,5})"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")
_REPLACED_BY, _MEMBERSHIP = expand("dcterms:isReplacedBy"), expand("org:Membership")
# Nodes that say something of a thing and have no address of their own; a membership follows from its attestations.
_NO_THINGS = ("coding", "conflict", "coverage", "link", "membership", "preference", "statement")
_ONTOLOGY = f"{BASE}ontology#"


class Level(IntEnum):
    """What a difference asks of the version; the larger the more."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version of the data, apart from that of the code."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the version that a text such as ``1.2.0`` names.

        Raises:
            UsageError: if it is none.
        """
        match = _VERSION.fullmatch(text)
        if match is None:
            raise UsageError(f"'{text}' is no version.", hint="Name three numbers: 0.2.0")
        return cls(*map(int, match.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def next(self, level: Level) -> Version:
        """Return the least version after this one that is allowed for a difference."""
        if level is Level.MAJOR:
            return Version(self.major + 1, 0, 0)
        if level is Level.MINOR:
            return Version(self.major, self.minor + 1, 0)
        return Version(self.major, self.minor, self.patch + 1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a difference asks for a level.

    Args:
        level: at least which.
        kind: ``removed``, ``redirected``, ``new``, ``gone``: a key of the words.
        iris: of what, sorted.
    """

    level: Level
    kind: str
    iris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """What a release answers for by name.

    Args:
        things: IRIs with a document: registry entries, terms, codes, sources, graphs, shapes, questions.
        redirects: those of them that lead to another.
        nodes: IRIs of all else that files state something of, and of memberships.
    """

    things: frozenset[str]
    redirects: frozenset[str]
    nodes: frozenset[str]


def published(said: Iterable[ox.Quad], derived: Iterable[ox.Quad], others: Collection[str] = ()) -> Published:
    """Return what a state of the graph answers for by name.

    Args:
        said: what the files say.
        derived: what follows; only memberships are looked at.
        others: IRIs of shapes and questions, which are in no graph.
    """
    things, redirects, nodes = set(others), set[str](), set[str]()
    for quad in said:
        subject = getattr(quad.subject, "value", "")
        (things if _is_thing(subject) else nodes).add(subject)
        if quad.predicate == _REPLACED_BY and _is_thing(subject):
            redirects.add(subject)
    nodes |= {q.subject.value for q in derived if q.predicate == RDF_TYPE and q.object == _MEMBERSHIP}  # type: ignore[union-attr]
    return Published(frozenset(things), frozenset(redirects), frozenset(nodes))


def _is_thing(iri: str) -> bool:
    path = iri.removeprefix(BASE)
    return path != iri and (iri.startswith(_ONTOLOGY) or ("#" not in path and path.split("/")[0] not in _NO_THINGS))


def reasons(before: Published, after: Published) -> list[Reason]:
    """Return why a difference asks for more than a patch, the strongest first."""
    return list(_reasons(before, after))


def _reasons(before: Published, after: Published) -> Iterator[Reason]:
    for level, kind, found in (
        (Level.MAJOR, "removed", before.things - after.things),
        (Level.MAJOR, "redirected", (after.redirects - before.redirects) & before.things),
        (Level.MINOR, "new", after.things - before.things),
        (Level.MINOR, "nodes-new", after.nodes - before.nodes),
        (Level.MINOR, "nodes-gone", before.nodes - after.nodes),
    ):
        if found:
            yield Reason(level, kind, tuple(sorted(found)))


def least_level(found: Iterable[Reason]) -> Level:
    """Return the level that the reasons ask for; without any a correction is enough."""
    return max((reason.level for reason in found), default=Level.PATCH)
