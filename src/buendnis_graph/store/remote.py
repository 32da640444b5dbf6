"""A graph behind a SPARQL endpoint, asked through SPARQLWrapper."""

from __future__ import annotations

import time
from contextlib import closing
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import EndpointError
from buendnis_graph.sparql_text import FORMS, calls_out, form, with_prefixes
from buendnis_graph.store.addresses import checked_address
from buendnis_graph.store.http import AGENT, chunks
from buendnis_graph.store.remote_errors import explained, status
from buendnis_graph.terminal import printable

TIMEOUT = 60
"""Seconds."""
MAX_ANSWER_BYTES = 256 * 1024 * 1024
_AGENT = f"{AGENT} (SPARQLWrapper)"
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


class BadQueryError(EndpointError):
    """An endpoint says that a query is wrong."""


class RemoteStore:
    """What is asked at a SPARQL endpoint; answers as a local store does.

    Args:
        url: of the endpoint, http or https.
        timeout: seconds until it is given up.
        max_bytes: how long an answer may be.

    Raises:
        UsageError: if the address will not do.
    """

    def __init__(self, url: str, *, timeout: float = TIMEOUT, max_bytes: int = MAX_ANSWER_BYTES) -> None:
        self.url = checked_address(url)
        self.timeout = timeout
        self.max_bytes = max_bytes

    def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> Any:
        """Ask, and return what :meth:`pyoxigraph.Store.query` would.

        Args:
            query: SPARQL 1.1; prefixes it does not declare are taken from ``prefixes``.
            prefixes: namespaces by prefix.

        Raises:
            EndpointError: if the endpoint can't be reached, refuses the query or does not answer as one.
            SyntaxError: if the endpoint refuses the query and it is no SPARQL 1.1: as a local store says it.
        """
        kind = form(query)
        if kind not in FORMS:
            raise EndpointError(f"a query begins with {', '.join(sorted(FORMS))}, not with '{kind[:40]}'.")
        try:
            body, media_type = self._fetch(with_prefixes(query, prefixes or {}), kind)
        except BadQueryError:
            if not calls_out(query):
                ox.Store().query(query, prefixes=prefixes)  # if it is wrong by our reading, too: says where
            raise
        try:
            if kind in {"SELECT", "ASK"}:
                return self._results(body, media_type, kind)
            triples = ox.parse(body, format=TRIPLES.get(media_type, ox.RdfFormat.TURTLE), base_iri=self.url)
            return [quad.triple for quad in triples]
        except (SyntaxError, ValueError) as error:
            raise self._no_results(body, media_type, str(error)) from error

    def _results(self, body: bytes, media_type: str, kind: str) -> ox.QuerySolutions | ox.QueryBoolean:
        form_of_results = _RESULTS.get(media_type, ox.QueryResultsFormat.JSON)

        def parsed() -> Any:  # by no name: solutions that an error's traceback holds are dropped in whatever thread
            return ox.parse_query_results(body, format=form_of_results)

        if isinstance(parsed(), ox.QueryBoolean):
            if kind == "SELECT":
                raise ValueError("true or false where rows were asked for")
            answer: ox.QueryBoolean = parsed()
            return answer
        rows = list(parsed())  # what is wrong further down shows here, not where the answer is used
        if kind == "ASK":  # Virtuoso: one row of 1 or 0
            values = [str(getattr(term, "value", "")) for row in rows for term in row]
            said = "true" if values[:1] in (["1"], ["true"]) else "false"
            return ox.parse_query_results(f'{{"head":{{}},"boolean":{said}}}', format=ox.QueryResultsFormat.JSON)
        solutions: ox.QuerySolutions = parsed()
        return solutions

    def _fetch(self, query: str, kind: str) -> tuple[bytes, str]:
        """Return the answer and its media type."""
        from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

        wrapper = SPARQLWrapper(self.url, agent=_AGENT)
        wrapper.queryString, wrapper.queryType = query, kind  # setQuery guesses the type, and comments fool it
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setReturnFormat(JSON if kind in {"SELECT", "ASK"} else TURTLE)
        wrapper.setTimeout(max(1, round(self.timeout)))
        end = time.monotonic() + self.timeout
        try:
            with closing(wrapper.query().response) as response:
                body = b"".join(chunks(response, self.url, end, self.max_bytes))
                media_type = str(response.headers.get_content_type())
        except Exception as error:
            said = explained(error, self.url, self.timeout)
            kind_of_error = BadQueryError if status(error) == 400 else EndpointError
            raise kind_of_error(said.message, hint=said.hint) from error
        return body, media_type

    def _no_results(self, body: bytes, media_type: str, why: str) -> EndpointError:
        start = body[:200].lstrip().lower()
        if media_type == "text/html" or start.startswith((b"<!doctype html", b"<html")):
            return EndpointError(
                f"{self.url} answers with a web page, not with results.",
                hint="Give the address of the SPARQL endpoint itself; it often ends in /sparql or /query.",
            )
        kind, reason = printable(media_type), printable(why.splitlines()[0][:200])
        return EndpointError(
            f"{self.url} answers what can't be read as results ({kind}): {reason}.",
            hint="Is this the address of a SPARQL 1.1 endpoint?",
        )
