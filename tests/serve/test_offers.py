"""Clients that offer another protocol (Upgrade: h2c), as all of Java do: the offer is passed over, the request answered."""

from __future__ import annotations

import re

import pytest

from tests.serve.live import DIRECT, FORM, Live

JENA = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.9, text/tab-separated-values;q=0.7, "
    "text/csv;q=0.5,application/json;q=0.2,application/xml;q=0.2,*/*;q=0.1"
)
JENA_ASK = JENA.replace(" text/tab-separated-values;q=0.7, text/csv;q=0.5,", "")
JENA_GRAPH = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"
JENA_QUADS = "application/trig,application/n-quads;q=0.9,application/ld+json;q=0.8,*/*;q=0.3"
RIOT = (
    "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,application/trig,application/n-quads;q=0.9,"
    "application/ld+json;q=0.8,*/*;q=0.5"
)
"""What Apache Jena 4.5 sends as Accept, as it was recorded."""
OFFER = (
    b"Connection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAEAAEAAAAIAAAAAAAMAAAAAAAQBAAAAAAUAAEAAAAYABgAA\r\n"
    b"Upgrade: h2c\r\nUser-Agent: Java-http-client/17.0.15\r\n"
)
QUERIES = {
    "SELECT ?s { ?s a bg:Alliance } ORDER BY ?s": (JENA, "application/sparql-results+json"),
    "ASK { ?s ?p ?o }": (JENA_ASK, "application/sparql-results+json"),
    "CONSTRUCT WHERE { ?s a ?o }": (JENA_GRAPH, "text/turtle"),
    "DESCRIBE id:a": (JENA_GRAPH, "text/turtle"),
}
HIDDEN = b"GET /healthz?smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


def posted(query: str, kind: str, accept: str = "*/*", offer: bytes = OFFER) -> tuple[bytes, bytes]:
    """Return head and body of a request, which Java sends one after the other."""
    body = query.encode()
    lines = f"Content-Length: {len(body)}\r\nHost: x\r\nAccept: {accept}\r\nContent-Type: {kind}\r\n"
    return b"POST /sparql HTTP/1.1\r\n" + offer + lines.encode() + b"\r\n", body


def statuses(answers: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", answers)]


@pytest.mark.parametrize("query", QUERIES)
def test_jena_posts_and_gets(live: Live, query: str) -> None:
    accept, expected = QUERIES[query]
    offer = dict(line.split(": ") for line in OFFER.decode().splitlines())
    for got in (
        live.post(query, accept=accept, **offer),
        live.ask("POST", body=f"query={query}", accept=accept, content_type=FORM, **offer),
        live.query(query, accept=accept, **offer),
    ):
        assert (got.status, got.type) == (200, expected), got.text
        assert got.body == live.query(query, accept=accept).body


def test_riot_reads_documents_and_the_description(live: Live) -> None:
    for path in ("/id/x", "/sparql"):
        got = live.ask(path=path, accept=RIOT)
        if got.status == 303:
            got = live.ask(path=got.headers["location"], accept=RIOT)
        assert (got.status, got.type) == (200, "text/turtle")
    assert live.query("CONSTRUCT WHERE { ?s a ?o }", accept=JENA_QUADS).type == "application/trig"


def test_head_and_body_may_come_in_any_pieces(live: Live) -> None:
    head, body = posted("ASK {}", DIRECT)
    whole = head + body + LAST
    for size in (1, 7, len(head), len(head) + 1, len(whole)):
        with live.socket() as connection:
            for start in range(0, len(whole), size):
                connection.sendall(whole[start : start + size])
            got = b"".join(iter(lambda: connection.recv(65536), b""))
        assert statuses(got) == [200, 200], size
        assert b'"boolean":true' in got.replace(b" ", b"")


@pytest.mark.parametrize(
    "offer",
    [
        OFFER,
        b"Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n",
        b"Upgrade: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\n",
        b"Upgrade: h2c, h2c\r\nConnection: Upgrade\r\nConnection: x\r\n",
    ],
)
def test_a_body_is_never_a_request(live: Live, offer: bytes) -> None:
    head, body = posted(HIDDEN.decode(), DIRECT, offer=offer)
    for pieces in ((head + body + LAST,), (head, body, LAST)):
        with live.socket() as connection:
            for piece in pieces:
                connection.sendall(piece)
            got = b"".join(iter(lambda: connection.recv(65536), b""))
        assert statuses(got) == [400, 200]
        assert not re.search(rb"\nok [0-9a-f]", got), "the answer of /healthz"


def test_chunks_and_many_in_a_row(live: Live) -> None:
    chunked = b"POST /sparql HTTP/1.1\r\nHost: x\r\n" + OFFER + b"Content-Type: application/sparql-query\r\n"
    chunked += b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n"
    got = live.raw(chunked * 20 + b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + OFFER + b"\r\n" + LAST)
    assert statuses(got) == [200] * 22


def test_what_the_client_wants_of_the_connection_still_holds(live: Live) -> None:
    got = live.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\nUpgrade: h2c\r\n\r\n" + LAST)
    assert statuses(got) == [200]
    assert statuses(live.raw(b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" + HIDDEN)) == [400]
    bounded = b"GET / HTTP/1.1\r\nHost: x\r\n" + OFFER + b"X: y\r\n" * 30_000 + b"\r\n"
    assert statuses(live.raw(bounded)) == [431]
