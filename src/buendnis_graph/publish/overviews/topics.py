"""The tree of topics, a branch for each of the broadest, with the bodies that work on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.overviews.facts import Facts
from buendnis_graph.publish.overviews.markup import Frame, Link, drawing, link, tag, text, tip
from buendnis_graph.publish.overviews.model import Cell, Overview, Table
from buendnis_graph.publish.overviews.type import lines, shortened
from buendnis_graph.publish.overviews.words import Words

_WIDTH, _ROW, _INDENT, _LABEL, _BAR = 352.0, 20.0, 12.0, 238.0, 74.0
_HEAD, _BOLD, _MOST_LINES = 18.0, 15.0, 3
"""Height of a line of the head; the size of type as which it is measured, since bold is wider; how many lines."""


@dataclass(frozen=True)
class _Tree:
    facts: Facts

    @cached_property
    def narrower(self) -> Mapping[str, tuple[str, ...]]:
        """The topics below each, by name."""
        found: dict[str, list[str]] = defaultdict(list)
        for slug, topic in self.facts.topics.items():
            for above in topic.broader:
                found[above].append(slug)
        return {above: tuple(sorted(several)) for above, several in found.items()}

    @cached_property
    def bodies(self) -> Mapping[str, frozenset[str]]:
        """The bodies of each topic and of all below it."""
        return {
            slug: frozenset().union(*(self.facts.topics[below].bodies for below, _ in self.walk(slug)))
            for slug in self.facts.topics
        }

    def walk(self, slug: str, depth: int = 0, above: tuple[str, ...] = ()) -> Iterator[tuple[str, int]]:
        """Yield a topic and all below it with their depth; those with the most bodies of their own come by name."""
        yield slug, depth
        for below in self.narrower.get(slug, ()):
            if below not in (*above, slug):  # a circle is an error of the data, not a reason to hang
                yield from self.walk(below, depth + 1, (*above, slug))

    @property
    def tops(self) -> list[str]:
        """The broadest topics, those with the most bodies first."""
        return sorted(
            (slug for slug, topic in self.facts.topics.items() if not topic.broader),
            key=lambda slug: (-len(self.bodies[slug]), slug),
        )


def _iri(slug: str) -> str:
    return f"{BASE}topic/{slug}"


def _draw(facts: Facts, words: Words, to: Link) -> str:
    tree = _Tree(facts)
    most = max(map(len, tree.bodies.values()), default=0) or 1
    return tag("div", *(_branch(tree, top, most, words, to) for top in tree.tops), class_="ov ov-panels ov-topics")


def _branch(tree: _Tree, top: str, most: int, words: Words, to: Link) -> str:
    rows = list(tree.walk(top))
    alliances, others = tree.facts.split(tree.bodies[top])
    frame = Frame(
        f"topics-{top}",
        tree.facts.topics[top].names[words.at],
        words(
            "seen",
            topics=words.count("below", len(rows) - 1),
            alliances=words.count("alliances", alliances),
            others=words.count("others", others),
        ),
    )
    head = lines(frame.title, _WIDTH, _MOST_LINES, _BOLD)
    below = len(head) * _HEAD + 4
    titled = [text(0, 15 + i * _HEAD, line, class_="ov-head") for i, line in enumerate(head)]
    parts = [
        link(to(_iri(slug)), *([] if depth else titled), *_row(tree, slug, depth, below + i * _ROW, most, words))
        for i, (slug, depth) in enumerate(rows)
    ]
    return drawing(frame, _WIDTH, below + len(rows) * _ROW + 4, *parts)


def _row(tree: _Tree, slug: str, depth: int, y: float, most: int, words: Words) -> list[str]:
    """Return what is told, the name, the bars and the number of a topic."""
    name, bodies = tree.facts.topics[slug].names[words.at], tree.bodies[slug]
    alliances, others = tree.facts.split(bodies)
    told = f"{name}: {words.count('alliances', alliances)}, {words.count('others', others)}"
    label = words("together") if depth == 0 else shortened(name, _LABEL - depth * _INDENT)
    long = [_BAR * count / most for count in (alliances, others)]
    bars = [
        tag("rect", class_=class_, x=_LABEL + 6 + start, y=y + 5, width=wide, height=11)
        for class_, start, wide in (("ov-dated", 0.0, long[0]), ("ov-other", long[0], long[1]))
        if wide
    ]
    return [
        tip(told),
        text(depth * _INDENT, y + 15, label, class_="ov-quiet" if depth == 0 or not bodies else None),
        *bars,
        text(_LABEL + 10 + sum(long), y + 15, str(len(bodies)), class_="ov-quiet"),
    ]


def _tell(facts: Facts, words: Words) -> Table:
    tree = _Tree(facts)
    rows = []
    for slug in sorted(facts.topics, key=lambda slug: (-len(tree.bodies[slug]), slug)):
        topic = facts.topics[slug]
        above = "; ".join(facts.topics[b].names[words.at] for b in topic.broader if b in facts.topics)
        counts = (*facts.split(tree.bodies[slug]), *facts.split(topic.bodies))
        rows.append((Cell(topic.names[words.at], _iri(slug)), Cell(above), *map(Cell, counts)))
    heads = ("topic", "broader", "alliances-all", "others-all", "alliances-own", "others-own")
    return Table(tuple(map(words, heads)), tuple(rows))


TOPICS = Overview("topics", _draw, _tell)
