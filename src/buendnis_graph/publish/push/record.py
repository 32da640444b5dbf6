"""What a store says of the build that was pushed into it: a small graph of its own, ``graph/push``.

It names the build, whether it is whole there, and each graph of ours with its count and hash. Graphs that it does not
name are not ours and are left alone. It is written before any of them is touched and says so until all is verified: a
push that is killed is known to be none, and the next one goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.publish.push.wanted import REGISTER_GRAPH, Content, Wanted
from buendnis_graph.store.quads import DEFAULT, GraphName, QuadStore

RECORD = ox.NamedNode(f"{BASE}graph/push")
_DEFAULT_NAME = ox.NamedNode(f"{BASE}graph/default")
"""Stands for the default graph, which has no name."""
_BUILD, STATUS, _PART = expand("dcterms:identifier"), expand("schema:creativeWorkStatus"), expand("dcterms:hasPart")
_HASH, _COUNT = expand("schema:sha256"), expand("void:triples")
_WHOLE, _PARTIAL = ox.Literal("Published"), ox.Literal("Incomplete")


@dataclass(frozen=True, slots=True)
class Record:
    """Which build is in a store.

    Args:
        build: its name; empty if none was ever pushed.
        is_whole: whether it is whole there.
        graphs: those of ours, with what they hold where that is known.
        hash: of the whole build.
    """

    build: str = ""
    is_whole: bool = False
    graphs: Mapping[GraphName, Content | None] = field(default_factory=dict)
    hash: str = ""

    def quads(self) -> set[ox.Quad]:
        """Return the record as it stands in a store; nothing if no build was pushed."""
        if not self.build:
            return set()
        said: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]] = [
            (RECORD, _BUILD, ox.Literal(self.build)),
            (RECORD, STATUS, _WHOLE if self.is_whole else _PARTIAL),
        ]
        if self.hash:
            said.append((RECORD, _HASH, ox.Literal(self.hash)))
        for graph, content in self.graphs.items():
            name = graph if isinstance(graph, ox.NamedNode) else _DEFAULT_NAME
            said.append((RECORD, _PART, name))
            if content is not None:
                said += [(name, _HASH, ox.Literal(content.hash)), (name, _COUNT, ox.Literal(content.count))]
        return {ox.Quad(*triple, RECORD) for triple in said}

    @property
    def registers(self) -> set[GraphName]:
        """Those of ``graphs`` that are of a register's courts."""
        return {graph for graph in self.graphs if str(getattr(graph, "value", "")).startswith(REGISTER_GRAPH)}

    def tells_all_of(self, wanted: Wanted, view: GraphName) -> Mapping[GraphName, Content] | None:
        """Return count and hash of each graph of a build, if a store has this very build and says so; None if not.

        The name of a build stands for all that it holds.

        Args:
            wanted: the build.
            view: where its consolidated view should be.
        """
        known = {graph: content for graph, content in self.graphs.items() if content is not None}
        is_same = self.is_whole and self.build == wanted.name and self.registers == wanted.parts.keys()
        return known if is_same and view in known and len(known) == len(self.graphs) else None


def read_record(store: QuadStore) -> tuple[Record, set[ox.Quad]]:
    """Return what a store says, and the quads in which it does.

    Raises:
        EndpointError: if it can't be asked.
    """
    quads = set(store.quads_of(RECORD))
    values = {(quad.subject, quad.predicate): quad.object for quad in quads}
    texts = {key: value.value for key, value in values.items() if isinstance(value, ox.Literal)}
    graphs: dict[GraphName, Content | None] = {}
    for quad in quads:
        name = quad.object
        if quad.predicate == _PART and isinstance(name, ox.NamedNode):
            count, known = texts.get((name, _COUNT), ""), texts.get((name, _HASH), "")
            content = Content(int(count), known) if count.isdecimal() and known else None
            graphs[DEFAULT if name == _DEFAULT_NAME else name] = content
    build, is_whole = texts.get((RECORD, _BUILD), ""), texts.get((RECORD, STATUS)) == _WHOLE.value
    return Record(build, is_whole, graphs, texts.get((RECORD, _HASH), "")), quads


def refuse_to_drop_register(store: QuadStore) -> None:
    """Stop if a store holds a register, for who was not told what is to become of it.

    Raises:
        UsageError: if it does.
        EndpointError: if it can't be asked.
    """
    if read_record(store)[0].registers:
        raise UsageError(
            "the store holds a register of associations, and would lose it. Nothing was written.",
            hint="Push it, too: --register. Or let it go: --no-register.",
        )
