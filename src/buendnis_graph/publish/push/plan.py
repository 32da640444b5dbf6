"""What would have to change in a store so that it holds a build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pyoxigraph as ox

from buendnis_graph.errors import EndpointError
from buendnis_graph.publish.push.record import STATUS, Record, read_record
from buendnis_graph.publish.push.wanted import VIEW, Wanted
from buendnis_graph.publish.releases.patch import Patch
from buendnis_graph.store.quads import BATCH, DEFAULT, GraphName, QuadStore, quads_from

Step = Callable[[str], None]
OWN, UNION, UNKNOWN = "own", "union", "unknown"
"""How a store treats its default graph: as one of its own, as the union of all; or that is not known before a push."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A difference.

    Args:
        wanted: what should be there.
        record: what the store says of itself.
        recorded: the quads in which it does.
        default: how it treats its default graph.
        changed: by graph, what goes and comes; new graphs among them.
        put: graphs that are put as a whole, with how many triples go and come: parts of bulk sources of which much is
            other, and what is cheaper so than triple by triple, which as objects would also take a lot of memory.
        dropped: graphs of ours that are no longer in the build, with the number of their triples.
        new: names of those of ``changed`` and ``put`` that are empty there.
        unchanged: graphs that are there as they should be, as the record and their counts say.
    """

    wanted: Wanted
    record: Record
    recorded: set[ox.Quad]
    default: str
    changed: dict[GraphName, Patch] = field(default_factory=dict)
    put: dict[GraphName, tuple[int, int]] = field(default_factory=dict)
    dropped: dict[ox.NamedNode, int] = field(default_factory=dict)
    new: set[GraphName] = field(default_factory=set)
    unchanged: set[GraphName] = field(default_factory=set)

    @property
    def added(self) -> int:
        """How many quads come."""
        return sum(len(patch.added) for patch in self.changed.values()) + sum(come for _, come in self.put.values())

    @property
    def removed(self) -> int:
        """How many quads go."""
        return self._replaced + sum(self.dropped.values())

    @property
    def _replaced(self) -> int:
        return sum(len(patch.removed) for patch in self.changed.values()) + sum(gone for gone, _ in self.put.values())

    @property
    def size(self) -> int:
        """How many quads an update has to name."""
        return self.added + self._replaced

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be changed, not even the record."""
        return not self.changed and not self.put and not self.dropped and self.recorded == self.goal().quads()

    def goal(self) -> Record:
        """Return what the record will say."""
        return Record(self.wanted.name, True, dict(self.wanted.contents), self.wanted.hash)


def plan_push(store: QuadStore, wanted: Wanted, *, view: str = "auto", recheck: bool = False, step: Step) -> Plan:
    """Return what has to change in a store.

    A graph is compared triple by triple unless the record has its hash and the store counts as many triples.

    Args:
        store: what there is.
        wanted: what should be there.
        view: where the consolidated view goes: ``default``, ``graph`` (:data:`.wanted.VIEW`), or ``auto``: into the
            default graph if the store has one of its own.
        recheck: compare all graphs, whatever the record says.
        step: told what is being done.

    Raises:
        EndpointError: if the store can't be asked, or its default graph holds what is not ours.
    """
    step("asking what is there")
    record, recorded = read_record(store)
    default = _default_of(store, recorded)
    place: GraphName = VIEW if view == "graph" or (view == "auto" and default == UNION) else DEFAULT
    if DEFAULT in record.graphs and default == UNION:
        raise EndpointError(
            "the default graph there was one of its own at the last push, and is the union of all graphs now.",
            hint="Set the store as it was; or empty its default graph and the graph graph/push, and push again.",
        )
    step("reading the build")
    wanted = wanted.at(place, None if recheck else record.tells_all_of(wanted, place))
    counts = store.count({*wanted.contents, *record.graphs})
    if counts.get(DEFAULT, 0) and DEFAULT not in record.graphs:
        raise EndpointError(
            f"the default graph there holds {counts[DEFAULT]:,} triples that are not ours.",
            hint="Leave it alone: --view graph puts the consolidated view into a graph with a name. Or empty it there.",
        )
    plan = Plan(wanted, record, recorded, default)
    known = {} if recheck else record.graphs
    for number, (graph, content) in enumerate(sorted(wanted.contents.items(), key=lambda item: str(item[0])), 1):
        if known.get(graph) == content and counts[graph] == content.count:
            plan.unchanged.add(graph)
            continue
        step(f"comparing graph {number} of {len(wanted.contents)}")
        _compare(plan, store, graph, counts[graph])
    for graph in record.graphs.keys() - wanted.contents.keys():
        if isinstance(graph, ox.NamedNode):
            plan.dropped[graph] = counts[graph]
        elif counts[graph] >= BATCH:
            plan.put[graph] = (counts[graph], 0)
        elif gone := frozenset(store.quads_of(graph)):
            plan.changed[graph] = Patch(wanted.name, record.build, gone, frozenset())
    return plan


def _compare(plan: Plan, store: QuadStore, graph: GraphName, count: int) -> None:
    """Add to a plan what has to change in a graph; if that is most of a large one, only how much it is."""
    size = plan.wanted.contents[graph].count
    if not count:
        plan.new.add(graph)
        if size >= BATCH:
            plan.put[graph] = (0, size)
            return
    here = plan.wanted.lines_of(graph)
    gone, come = store.difference(graph, here) if count else (set[bytes](), here)
    if not gone and not come:
        plan.unchanged.add(graph)
    elif len(gone) + len(come) >= (BATCH if graph in plan.wanted.parts else max(BATCH, size)):
        plan.put[graph] = (len(gone), len(come))
    else:
        removed, added = (frozenset(quads_from(lines, graph)) for lines in (gone, come))
        plan.changed[graph] = Patch(plan.wanted.name, plan.record.build, removed, added)


def _default_of(store: QuadStore, recorded: set[ox.Quad]) -> str:
    """Return how a store treats its default graph: a quad of the record, which is in no other graph, shows it."""
    if not recorded:
        return UNKNOWN
    quad = max(recorded, key=lambda one: (one.predicate == STATUS, str(one)))
    return UNION if store.query(f"ASK {{ {quad.subject} {quad.predicate} {quad.object} }}") else OWN
