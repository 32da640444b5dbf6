"""The graph in a few numbers, for the start page."""

from __future__ import annotations

from dataclasses import dataclass

from buendnis_graph.publish.overviews.facts import Facts
from buendnis_graph.publish.overviews.words import Words
from buendnis_graph.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Headline:
    """A number, what is counted in each language, and the page that shows it (``alliances``, ``overview/map`` …)."""

    number: int
    label: dict[str, str]
    page: str


def headline(facts: Facts) -> list[Headline]:
    """Return what the graph holds, in the order in which it is told."""
    located = len(facts.located)
    linking = sum(number > 1 for number in facts.degree.values())
    numbers = (
        ("alliances", len(facts.alliances), "alliances"),
        ("organisations", len(facts.organisations), "organisations"),
        ("memberships", len(facts.memberships), "overview/network"),
        ("linking", linking, "overview/matrix"),
        ("sources", sum(facts.sources.values()), "sources"),
        ("attestations", sum(facts.attestations.values()), "overview/timeline"),
        ("topics", sum(bool(topic.bodies) for topic in facts.topics.values()), "overview/topics"),
        ("located", located, "overview/map"),
    )
    return [
        Headline(number, {language: Words("headline", language)(key) for language in LANGUAGES}, page)
        for key, number, page in numbers
    ]
