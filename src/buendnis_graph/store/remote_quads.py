"""A store of quads behind SPARQL 1.1: Query, Update and, where there is one, Graph Store Protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from buendnis_graph.errors import EndpointError
from buendnis_graph.store.addresses import Addresses, checked_address
from buendnis_graph.store.askable import solutions
from buendnis_graph.store.http import Client, StatusError
from buendnis_graph.store.paged import load_in_pages
from buendnis_graph.store.quads import BATCH, GraphName, clear_text, triple_lines, update_text
from buendnis_graph.store.received import Compared, Kept, Received
from buendnis_graph.store.remote import MAX_ANSWER_BYTES, TRIPLES, BadQueryError, RemoteStore

WHOLE = 500_000
"""Triples asked for at once of an endpoint that does not cut its answers."""
PAGE = 10_000
"""Triples asked for at once of one that does: what Virtuoso gives as it comes."""
PIECE = 100_000
"""Triples in one body of the Graph Store Protocol."""
NAMES = 50
"""Graphs counted by one query."""
_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_GRAPH = "application/n-triples, text/turtle;q=0.5"


class RemoteQuads(RemoteStore):
    """A store that is asked and changed over HTTP.

    Args:
        addresses: where.
        client: that sends requests.

    Raises:
        UsageError: if an address will not do.
    """

    def __init__(self, addresses: Addresses, client: Client) -> None:
        super().__init__(addresses.query, timeout=client.timeout, max_bytes=client.max_bytes)
        self._update_url = checked_address(addresses.update)
        self._data_url = checked_address(addresses.data) if addresses.data else ""
        self._client = client

    def _fetch(self, query: str, kind: str) -> tuple[bytes, str]:
        body = urlencode({"query": query}).encode()
        accept = _RESULTS if kind in {"SELECT", "ASK"} else _GRAPH
        form = "application/x-www-form-urlencoded"
        try:
            answer = self._client.send(self.url, "POST", body, Content_Type=form, Accept=accept)
        except StatusError as error:
            if error.status == 400:
                raise BadQueryError(error.message, hint=error.hint) from error
            raise
        return answer.body, answer.media_type

    def count(self, graphs: Iterable[GraphName]) -> dict[GraphName, int]:
        """Return how many triples graphs have.

        Raises:
            EndpointError: if the endpoint does not answer as one.
        """
        found = dict.fromkeys(graphs, 0)
        named = sorted((graph for graph in found if isinstance(graph, ox.NamedNode)), key=str)
        for start in range(0, len(named), NAMES):
            # one count beside the other: VALUES with GROUP BY takes Virtuoso 23 s for 70,000 triples (measured)
            each = (
                f"{{ SELECT ({name} AS ?g) (COUNT(*) AS ?n) {{ GRAPH {name} {{ ?s ?p ?o }} }} }}"
                for name in named[start : start + NAMES]
            )
            rows = solutions(self, f"SELECT ?g ?n {{ {' UNION '.join(each)} }}")
            found |= {graph: _number(n) for graph, n in rows if isinstance(graph, ox.NamedNode)}
        for graph in found.keys() - set(named):
            ((n,),) = solutions(self, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
            found[graph] = _number(n)
        return found

    def quads_of(self, graph: GraphName) -> Iterator[ox.Quad]:
        """Return the quads of one graph; in parts if they are many, sorted and small ones if others will not do.

        Raises:
            EndpointError: if it gives fewer than it counts, in whatever parts.
        """
        kept = Kept(graph)
        self._read(graph, kept)
        return iter(kept.store)

    def difference(self, graph: GraphName, lines: set[bytes]) -> tuple[set[bytes], set[bytes]]:
        """Return in what one graph differs from lines: what it has and they have not, and the reverse.

        Raises:
            EndpointError: as for :meth:`quads_of`.
        """
        compared = Compared(lines)
        self._read(graph, compared)
        return compared.difference()

    def _read(self, graph: GraphName, into: Received) -> None:
        size = self.count([graph])[graph]

        def load(construct: str) -> int:
            before = len(into)
            body, media_type = self._fetch(construct, "CONSTRUCT")
            try:
                into.take(body, TRIPLES.get(media_type, ox.RdfFormat.TURTLE))
            except (SyntaxError, ValueError) as error:
                raise self._no_results(body, media_type, str(error)) from error
            return len(into) - before

        if 0 < size <= WHOLE:
            load(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {_within(graph, '?s ?p ?o')} }}")
        ways = ((WHOLE, False), (WHOLE, True), (PAGE, True)) if size > WHOLE else ((PAGE, True),)
        for page, is_sorted in ways:
            if len(into) >= size:
                break
            into.clear()
            try:
                load_in_pages(self, partial(_within, graph), load, page, is_sorted=is_sorted)
            except EndpointError:  # it cuts or refuses such answers, they are too long, or their order changes
                if page == PAGE:
                    raise
        if len(into) < size:
            raise EndpointError(
                f"{self.url} gives {len(into):,} of {size:,} triples of {graph}.",
                hint="It cuts its answers, or holds a text twice, with and without xsd:string: drop this graph there.",
            )

    def replace(self, graph: GraphName, quads: Iterable[ox.Quad]) -> None:
        """Make a graph hold these quads and no others: by PUT, in pieces if need be; else by updates.

        Raises:
            EndpointError: if it is refused. The graph may then hold some of them.
        """
        left = iter(quads)
        if not self._data_url:
            self._update(clear_text(graph))
            while some := list(islice(left, BATCH)):
                self.apply((), some)
            return
        name = "default" if isinstance(graph, ox.DefaultGraph) else f"graph={quote(graph.value, safe='')}"
        url = f"{self._data_url}{'&' if '?' in self._data_url else '?'}{name}"
        method = "PUT"
        while (lines := sorted(triple_lines(islice(left, PIECE)))) or method == "PUT":
            self._write(url, method, "".join(lines).encode(), "text/turtle; charset=utf-8")
            method = "POST"

    def apply(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad], dropped: Iterable[ox.NamedNode] = ()) -> None:
        """Carry out a difference as one update.

        Raises:
            EndpointError: if it is refused.
        """
        self._update(update_text(removed, added, dropped))

    def is_atomic(self, graph: ox.NamedNode) -> bool:
        """Return whether an update that fails in its second half changes nothing; tried out.

        Raises:
            EndpointError: if the endpoint can't be changed at all.
        """
        trace = ox.Quad(graph, graph, graph, graph)
        nothing = ox.NamedNode(f"{graph.value}/none")
        try:
            self._update(f"{update_text((), [trace])} ;\nDROP GRAPH {nothing}")
        except StatusError as error:
            if error.status not in {400, 404, 500}:
                raise
            if not self.query(f"ASK {{ GRAPH {graph} {{ {graph} {graph} {graph} }} }}"):
                return True
        self.apply([trace], ())
        return False

    def _update(self, text: str) -> None:
        if text:
            self._write(self._update_url, "POST", text.encode(), "application/sparql-update; charset=utf-8")

    def _write(self, url: str, method: str, body: bytes, kind: str) -> None:
        answer = self._client.send(url, method, body, Content_Type=kind)
        if answer.body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
            raise EndpointError(
                f"{url} answers with a web page; nothing shows that it did what it was asked.",
                hint="Give the addresses of this store: ENDPOINT, --update, --data (or --data none).",
            )


def open_remote(addresses: Addresses, *, timeout: float) -> RemoteQuads:
    """Return a store behind addresses; its login is looked for (:mod:`.logins`).

    Args:
        addresses: where it is.
        timeout: seconds an answer may take.

    Raises:
        UsageError: if an address will not do, or the login is half a one.
        ReadError: if the file of logins can't be read.
    """
    from buendnis_graph.store.logins import find_login

    return RemoteQuads(addresses, Client(find_login(addresses.query), timeout, MAX_ANSWER_BYTES))


def _within(graph: GraphName, pattern: str) -> str:
    return pattern if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph} {{ {pattern} }}"


def _number(term: object) -> int:
    text = str(getattr(term, "value", ""))
    if not re.fullmatch(r"\d+", text):
        raise EndpointError("the endpoint counts, and gives no number.", hint="Is it a SPARQL 1.1 endpoint?")
    return int(text)
