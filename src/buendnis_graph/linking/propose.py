"""Propose which entries of another data set our bodies are; the certain ones can be accepted without asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from buendnis_graph.linking.body import Body
from buendnis_graph.linking.candidates import Candidates
from buendnis_graph.linking.mappings import Mapping
from buendnis_graph.linking.score import PROPOSED, Match, matches
from buendnis_graph.linking.targets import Target
from buendnis_graph.namespaces import expand

_SHOWN = 3
"""So many candidates of one body are proposed."""


@dataclass(frozen=True, slots=True)
class Link:
    """That a body of ours may be an entry of another data set.

    Args:
        ours: the body.
        match: the entry, with its score.
        is_certain: whether it may be accepted without asking.
        claimed_twice: whether another body of ours is as surely the same entry.
    """

    ours: Body
    match: Match
    is_certain: bool
    claimed_twice: bool = False

    @property
    def slug(self) -> str:
        """The local part of our body's IRI."""
        return self.ours.entry.key.rpartition("/")[2]


def propose_links(
    bodies: Sequence[Body],
    theirs: Iterable[Body],
    apart: frozenset[tuple[str, str]] = frozenset(),
    linked: frozenset[tuple[str, str]] = frozenset(),
) -> list[Link]:
    """Return proposals, sorted by body, the likest first.

    Args:
        bodies: ours.
        theirs: entries of the other data set.
        apart: pairs of keys that a person has judged not to be the same.
        linked: pairs that are judged to be the same.

    Returns:
        Of each body the likest entries. Certain is the first, if its score is that of a link that can be accepted,
        nothing excludes it, and no other body of ours claims it.
    """
    index = Candidates(theirs, bodies)
    told = [
        (body, [m for m in matches(body, index, apart) if m.score >= PROPOSED][:_SHOWN])
        for body in sorted(bodies, key=lambda body: body.entry.key)
    ]
    claims = Counter(found[0].body.entry.key for _, found in told if found and found[0].is_certain)
    owners: dict[str, set[str]] = {}
    for subject, key in linked:
        owners.setdefault(key, set()).add(subject)
    links = []
    for body, found in told:
        for place, match in enumerate(found):
            key = match.body.entry.key
            others = owners.get(key, set()) - {body.entry.key}
            is_twice = match.is_certain and (claims[key] > 1 or bool(others))
            links.append(Link(body, match, place == 0 and match.is_certain and not is_twice, is_twice))
    return links


def as_mapping(link: Link, target: Target, date: str, seen_in: str) -> Mapping:
    """Return the judgement that a link is accepted by rule.

    Args:
        link: a certain one.
        target: the data set.
        date: the day of the judgement, ISO 8601.
        seen_in: data set and version.
    """
    key = target.id_of(link.match.body.entry.key)
    findings = (f"{part.name}-{part.level}" for part in link.match.contributions if part.weight > 0)
    return Mapping(
        slug=f"{link.slug}--{target.key}-{key}",
        subject=link.ours.entry.key,
        predicate=expand("schema:sameAs").value,
        object=f"{target.iri}{key}",
        judgement="same",
        justification="CompositeMatching",
        date=date,
        seen_in=seen_in,
        label=link.match.body.entry.names[0],
        confidence=link.match.score,
        reviewer="rule",
        evidence=tuple(sorted(findings)),
    )
