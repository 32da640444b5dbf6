"""Another endpoint in the place of a build: what is known of it is asked once, when the server starts."""

from __future__ import annotations

import asyncio
from collections import Counter

from buendnis_graph.errors import EndpointError
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents.tables import borrowing
from buendnis_graph.serve.builds import Serving
from buendnis_graph.serve.description import triples
from buendnis_graph.serve.endpoint import Endpoint
from buendnis_graph.serve.facts import Facts
from buendnis_graph.serve.room import Room
from buendnis_graph.serve.settings import MIB, Settings
from buendnis_graph.store.askable import solutions
from buendnis_graph.store.remote import RemoteStore

_THINGS = f'SELECT DISTINCT ?s {{ ?s a ?type FILTER(STRSTARTS(STR(?s), "{BASE}") && !CONTAINS(STR(?s), "#")) }}'
_MERGED = "SELECT ?old ?new { ?old dcterms:isReplacedBy ?new }"
_GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


class Elsewhere:
    """Knows the endpoint that answers.

    Args:
        settings: of the server.
        room: for answers.
        counts: of what happens.
        address: of the service.
    """

    def __init__(self, settings: Settings, room: Room, counts: Counter[str], address: str) -> None:
        self._settings, self._address = settings, address
        self._endpoint = Endpoint(settings, room, counts)
        self._serving: Serving | None = None

    @property
    def current(self) -> Serving:
        """What is served."""
        assert self._serving is not None  # noqa: S101 - the server answers once it has started
        return self._serving

    async def start(self) -> None:
        """Ask the endpoint for what it holds.

        Raises:
            EndpointError: if it can't be reached, or does not answer as one.
            UsageError: if its address will not do.
        """
        facts = await asyncio.to_thread(_facts, self._settings)
        self._serving = Serving("", self._endpoint, facts, triples(facts, self._address))

    async def stop(self) -> None:
        """End all that is asked at the moment."""
        self._endpoint.stop()


def _facts(settings: Settings) -> Facts:
    remote = RemoteStore(settings.endpoint, timeout=6 * settings.time, max_bytes=settings.result * MIB)
    moved = {_path(old): _path(new) for old, new in solutions(remote, _MERGED)}
    auxiliary = set(borrowing().about)
    things = {_path(thing) for (thing,) in solutions(remote, _THINGS)}
    documents = {path for path in things if path.partition("/")[0] not in auxiliary} - moved.keys()
    try:
        graphs = tuple(sorted(str(getattr(graph, "value", "")) for (graph,) in solutions(remote, _GRAPHS)))
    except EndpointError:  # it may be much to ask of a large one; the description does without
        graphs = ()
    return Facts(frozenset(documents), moved, {}, graphs, "")


def _path(term: object) -> str:
    return str(getattr(term, "value", "")).removeprefix(BASE)
