"""The network of alliances and the organisations that join them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from buendnis_graph.extras import need
from buendnis_graph.plots.layout import arranged
from buendnis_graph.plots.placing import Box
from buendnis_graph.publish.overviews.core import Core, beside, chains, core
from buendnis_graph.publish.overviews.facts import Facts, iri
from buendnis_graph.publish.overviews.labels import Label, placed
from buendnis_graph.publish.overviews.markup import Frame, Link, drawing, link, tag, text, tip, wide
from buendnis_graph.publish.overviews.model import Cell, Overview, Table
from buendnis_graph.publish.overviews.words import Words

_WIDTH, _HEIGHT, _SIDE, _ABOVE, _LEGEND = 1320.0, 1120.0, 90.0, 46.0, 40.0

Node = tuple[str, str]
"""``alliance`` or ``body``, and slug: an alliance that is a member of another one is two nodes."""


@dataclass(frozen=True, slots=True)
class _Net:
    """Alliances and the organisations that are in several of them.

    Args:
        nodes: organisations first, each sorted.
        lines: numbers of organisation and alliance, and the state of the membership.
        members: of each alliance, with those in no other.
        core: what is shown.
    """

    nodes: tuple[Node, ...]
    lines: tuple[tuple[int, int, str], ...]
    members: Mapping[str, int]
    core: Core


def _net(facts: Facts) -> _Net:
    """Return the network of the same memberships as the matrix shows."""
    part = core(facts)
    nodes = (
        *(("body", member) for member in sorted({member for member, _ in part.pairs})),
        *(("alliance", alliance) for alliance in sorted({alliance for _, alliance in part.pairs})),
    )
    number = {node: i for i, node in enumerate(nodes)}
    lines = tuple(
        (number["body", member], number["alliance", alliance], state)
        for (member, alliance), state in sorted(part.pairs.items())
    )
    return _Net(nodes, lines, Counter(alliance for _, alliance in facts.memberships), part)


def _places(net: _Net) -> list[tuple[float, float]]:
    """Return a place for each node; without chance, so that the same network looks the same."""
    edges: list[Any] = [(one, other) for one, other, _ in net.lines]
    graph = need("igraph").Graph(n=len(net.nodes), edges=edges)
    points = arranged(graph, _WIDTH - 2 * _SIDE, _HEIGHT - 2 * _ABOVE)
    return [(_SIDE + points[i][0], _LEGEND + _ABOVE + points[i][1]) for i in range(len(net.nodes))]


def _size(net: _Net, node: Node, degree: int) -> float:
    """Return half the width of a node: the area of an alliance grows with its members, that of others with degree."""
    return 4 + 1.6 * math.sqrt(net.members[node[1]]) if node[0] == "alliance" else 3 + 1.2 * math.sqrt(degree)


def _draw(facts: Facts, words: Words, to: Link) -> str:
    net = _net(facts)
    alliances = sum(kind == "alliance" for kind, _ in net.nodes)
    others = len(net.nodes) - alliances
    seen = words(
        "seen" if net.core.whole else "seen-part",
        alliances=alliances,
        others=others,
        lines=len(net.lines),
        least=net.core.least,
    )
    frame = Frame("network", words("title"), seen)
    places = _places(net) if net.nodes else []
    degrees = [_degree(facts, net, i) for i in range(len(net.nodes))]
    sizes = [_size(net, node, degree) for node, degree in zip(net.nodes, degrees, strict=True)]
    names = [facts.names[slug][words.at] for _, slug in net.nodes]
    ground = Box(4, _LEGEND, _WIDTH - 4, _LEGEND + _HEIGHT)
    boxes = [Box(x - r - 1, y - r - 1, x + r + 1, y + r + 1) for (x, y), r in zip(places, sizes, strict=True)]
    labels = placed(ground, boxes, [line[:2] for line in net.lines], names, degrees)
    strokes = [_line(places[one], places[other], f"ov-edge ov-edge-{state}") for one, other, state in net.lines]
    strokes += _successions(facts, net, places, words)
    nodes = [
        link(
            to(iri(node[1])),
            tip(_told(net, node, names[i], degrees[i], words)),
            _shape(node[0], *places[i], sizes[i]),
            *_label(labels.get(i), places[i]),
            label=None if i in labels else names[i],
        )
        for i, node in enumerate(net.nodes)
    ]
    lowest = max([_LEGEND, *(box.bottom for box in boxes), *(label.box.bottom for label in labels.values())])
    drawn = drawing(frame, _WIDTH, lowest + 12, *_legend(words), *strokes, *nodes)
    return wide(words("hint"), drawn, class_="ov-network")


def _degree(facts: Facts, net: _Net, i: int) -> int:
    kind, slug = net.nodes[i]
    return facts.degree[slug] if kind == "body" else sum(line[1] == i for line in net.lines)


def _successions(facts: Facts, net: _Net, places: list[tuple[float, float]], words: Words) -> list[str]:
    """Return a broad line from each predecessor to its successor: they are one alliance."""
    at = {slug: place for (kind, slug), place in zip(net.nodes, places, strict=True) if kind == "alliance"}
    steps = [step for chain in chains(facts, at) for step in pairwise(chain)]
    return [
        _line(
            at[old],
            at[new],
            "ov-chain",
            tip(f"{' → '.join(facts.names[a][words.at] for a in (old, new))}: {words('chain')}"),
        )
        for old, new in steps
    ]


def _told(net: _Net, node: Node, name: str, degree: int, words: Words) -> str:
    kind, slug = node
    return f"{name}: {words.count('members', net.members[slug]) if kind == 'alliance' else words.count('in', degree)}"


def _shape(kind: str, x: float, y: float, r: float) -> str:
    if kind == "alliance":
        return tag("rect", class_="ov-alliance", x=x - r, y=y - r, width=2 * r, height=2 * r)
    return tag("circle", class_="ov-body", cx=x, cy=y, r=r)


def _line(one: tuple[float, float], other: tuple[float, float], class_: str, *told: str) -> str:
    return tag("line", *told, class_=class_, x1=one[0], y1=one[1], x2=other[0], y2=other[1])


def _label(label: Label | None, place: tuple[float, float]) -> list[str]:
    if label is None:
        return []
    x, y = place
    near = label.box.nearest(x, y)
    far = math.dist(place, near) > 16
    lead = [tag("line", class_="ov-lead", x1=x, y1=y, x2=near[0], y2=near[1])] if far else []
    return [*lead, *(text(label.at, y, line, class_=label.anchor) for line, y in label.lines())]


def _legend(words: Words) -> list[str]:
    parts, x = [], 12.0
    for key, mark in (("alliance", _shape("alliance", 12, 20, 7)), ("other", _shape("body", 0, 0, 5))):
        shape = mark if key == "alliance" else _shape("body", x, 20, 5)
        parts += [shape, text(x + 14, 24, words(key))]
        x += 40 + 8.0 * len(words(key))
    for state in ("dated", "undated", "ended"):
        parts += [_line((x - 8, 20), (x + 22, 20), f"ov-edge ov-edge-{state}"), text(x + 30, 24, words(state))]
        x += 62 + 7.6 * len(words(state))
    return [*parts, _line((x - 8, 20), (x + 22, 20), "ov-chain"), text(x + 30, 24, words("chain"))]


def _tell(facts: Facts, words: Words) -> Table:
    net = _net(facts)
    alliances = [slug for kind, slug in net.nodes if kind == "alliance"]
    rows = tuple(
        (
            Cell(facts.names[net.nodes[one][1]][words.at], iri(net.nodes[one][1])),
            Cell(facts.names[net.nodes[other][1]][words.at], iri(net.nodes[other][1])),
            Cell(words(state)),
            Cell(net.members[net.nodes[other][1]]),
            Cell(beside(facts, net.nodes[other][1], alliances, words)),
        )
        for one, other, state in net.lines
    )
    return Table(
        (words("organisation"), words("alliance"), words("evidence"), words("members"), words("chained")), rows
    )


NETWORK = Overview("network", _draw, _tell)
