"""Turtle and TriG of more than one wants to hold, as :func:`~buendnis_graph.evidence.turtle.write` gives them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from buendnis_graph.evidence.turtle import Block, Names, Statement, blocks, body
from buendnis_graph.publish.sorting import in_order
from buendnis_graph.store.shards import QUADS, shards


def statements(build: Path, dump: str) -> Iterator[Statement]:
    """Yield what a dump says, each once; those of a subject stand together.

    Args:
        build: the folder of a build.
        dump: one of :data:`~buendnis_graph.store.shards.QUADS` and :data:`~buendnis_graph.store.shards.CONSOLIDATED`.
    """
    for path in shards(build, dump):
        with path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                subject, predicate, rest = line[:-3].split(" ", 2)
                value, graph = rest.rsplit(" ", 1) if dump == QUADS else (rest, "")
                yield subject, predicate, value, graph


def turtle(said: Iterable[Statement], own: str | None, aside: Path) -> Iterator[bytes]:
    """Yield statements in canonical form, line by line; in memory are those of a subject, and some that are sorted.

    Args:
        said: each once; those of a subject stand together, their graphs in any order.
        own: the namespace of the empty prefix, see :func:`~buendnis_graph.evidence.turtle.own_namespace`.
        aside: a folder for what does not fit into memory; nothing stays there.
    """
    names = Names(own)
    with tempfile.TemporaryFile(dir=aside) as file:  # which prefixes stand on top is known at the end
        file.writelines(piece.encode() for piece in body(_sorted(blocks(said, names), aside), names))
        prefixes, has_body = names.prefixes().encode(), file.tell() > 0
        file.seek(0)
        yield prefixes + b"\n" if prefixes and has_body else prefixes
        yield from file


def _sorted(some: Iterable[Block], aside: Path) -> Iterator[Block]:
    return map(_block, in_order(map(_line, some), folder=aside))


def _line(block: Block) -> bytes:
    """Return a block as one line, sorted as it is: no control character but the line feed is in its parts."""
    graph, is_rest, subject, text = block
    return "\0".join((graph, str(int(is_rest)), subject, text.replace("\n", "\1") + "\n")).encode()


def _block(line: bytes) -> Block:
    graph, is_rest, subject, text = line[:-1].decode().split("\0")
    return Block(graph, is_rest == "1", subject, text.replace("\1", "\n"))
