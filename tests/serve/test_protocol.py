"""The SPARQL 1.1 Protocol, asked of a real server."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from buendnis_graph.namespaces import BASE
from tests.endpoint import oxigraph
from tests.serve.live import DIRECT, FORM, POINT, SELECT, Live
from tests.serve.test_negotiate import BROWSER

SOURCE = f"{BASE}source/example.org/one/2026-11-22"


def rows(answer_body: bytes) -> list[dict[str, str]]:
    bindings = json.loads(answer_body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


def test_the_three_ways_to_ask(live: Live) -> None:
    got = live.query(SELECT)
    assert (got.status, got.type) == (200, "application/sparql-results+json")
    assert rows(got.body) == [{"s": f"{BASE}id/x"}, {"s": f"{BASE}id/y"}]
    assert live.ask("POST", body=urlencode({"query": SELECT}), content_type=FORM).body == got.body
    assert live.ask("POST", body=SELECT, content_type=f"{DIRECT};charset=utf-8").body == got.body
    assert live.ask("POST", f"/sparql?{urlencode({'format': 'csv'})}", SELECT, content_type=DIRECT).type == "text/csv"


@pytest.mark.parametrize(
    ("status", "method", "path", "body", "content_type"),
    [
        (405, "PUT", "/sparql?query=ASK%20%7B%7D", "", ""),
        (405, "DELETE", "/sparql", "", ""),
        (405, "POST", "/healthz", "", ""),
        (400, "GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, ""),
        (400, "GET", "/sparql?query=ASK%20%7B", None, ""),
        (400, "GET", "/sparql?query=ASK%20%7B%7D%20%23%FF", None, ""),
        (400, "GET", "/sparql?query=DROP%20ALL", None, ""),
        (403, "GET", "/sparql?update=DROP%20ALL", None, ""),
        (403, "POST", "/sparql", "update=DROP%20ALL", FORM),
        (403, "POST", "/sparql", "DROP ALL", "application/sparql-update"),
        (415, "POST", "/sparql", "ASK {}", "text/plain"),
        (415, "POST", "/sparql", "query=ASK%20%7B%7D", ""),
        (415, "POST", "/sparql", "ASK {}", f"{DIRECT}; charset=utf-16"),
        (400, "POST", "/sparql", "DROP ALL", DIRECT),
        (404, "GET", "/sparql/x", None, ""),
        (404, "GET", "/nothing", None, ""),
    ],
)
def test_what_is_refused(live: Live, status: int, method: str, path: str, body: str | None, content_type: str) -> None:
    got = live.ask(method, path, body, **({"content_type": content_type} if content_type else {}))
    assert (got.status, got.type) == (status, "text/plain")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["access-control-allow-origin"] == "*"
    if status == 405:
        assert "GET" in got.headers["allow"]


def test_an_error_has_its_place(live: Live) -> None:
    got = live.query("SELECT ?s\n { ?s ?p }")
    assert got.status == 400
    assert "line 2, column 11" in got.text
    assert got.text.rstrip().endswith("^")


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        ("ASK {}", "application/json", "application/sparql-results+json"),
        ("DESCRIBE id:a", "*/*", "text/turtle"),
        ("CONSTRUCT WHERE { id:a ?p ?o }", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT WHERE { id:a ?p ?o }", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT WHERE { id:a ?p ?o }", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT WHERE { id:a ?p ?o }", "application/trig", "application/trig"),
    ],
)
def test_formats(live: Live, query: str, accept: str, media_type: str) -> None:
    got = live.query(query, accept=accept)
    assert (got.status, got.type) == (200, media_type)
    assert "Accept" in got.headers["vary"]
    if media_type.endswith(("csv", "tab-separated-values")):
        assert got.text.lstrip("?").startswith("s")
    elif "results" in media_type:
        assert ox.parse_query_results(got.body, format=ox.QueryResultsFormat.from_media_type(media_type)) is not None
    else:
        assert len(list(ox.parse(got.body, format=ox.RdfFormat.from_media_type(media_type)))) == 4


def test_what_is_not_there_is_listed(live: Live) -> None:
    got = live.query(SELECT, accept="image/png")
    assert got.status == 406
    assert "text/csv" in got.text


def test_datasets_are_those_of_the_library(live: Live) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    whole = rows(live.query(count).body)
    (of_source,) = rows(live.query(count.replace("{", f"FROM <{SOURCE}> {{", 1)).body)
    assert 0 < int(of_source["n"]) < int(whole[0]["n"])
    at = f"/sparql?{urlencode({'query': count})}"
    assert rows(live.ask(path=f"{at}&default-graph-uri={quote(SOURCE)}").body) == [of_source]
    assert rows(live.ask(path=f"{at}&named-graph-uri={quote(SOURCE)}").body) == [{"n": "0"}]
    named = f"/sparql?{urlencode({'query': 'SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }'})}"
    assert rows(live.ask(path=f"{named}&named-graph-uri={quote(SOURCE)}").body) == [of_source]
    assert rows(live.ask(path=f"{at}&default-graph-uri={quote('http://127.0.0.1:1/')}").body) == [{"n": "0"}]


def test_head_is_get_without_a_body(live: Live) -> None:
    path = f"/sparql?{urlencode({'query': SELECT})}"
    head, got = live.ask("HEAD", path), live.ask("GET", path)
    assert head.body == b""
    assert {**head.headers, "date": ""} == {**got.headers, "date": ""}


def test_what_is_known_is_not_sent_again(live: Live) -> None:
    first = live.query(SELECT)
    tag = first.headers["etag"]
    again = live.query(SELECT, if_none_match=f'"x", {tag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    posted = live.post(SELECT, if_none_match=tag)
    assert (posted.status, posted.body) == (200, first.body)
    assert live.query(SELECT, accept="text/csv", if_none_match=tag).status == 200
    assert live.query(POINT, if_none_match=tag).status == 200
    assert "etag" not in live.query("SELECT (NOW() AS ?now) {}").headers


def test_long_answers_are_compressed_for_those_who_read_that(live: Live) -> None:
    everything = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    plain, packed = live.query(everything), live.query(everything, accept_encoding="br;q=1, gzip;q=0.5")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 3
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "content-encoding" not in live.query("ASK {}", accept_encoding="gzip").headers


def test_scripts_of_other_sites_may_ask(live: Live) -> None:
    got = live.ask("OPTIONS", origin="https://example.org", access_control_request_method="POST")
    assert got.status == 204
    assert "POST" in got.headers["access-control-allow-methods"]
    assert "Content-Type" in got.headers["access-control-allow-headers"]
    assert live.query(SELECT, origin="https://example.org").headers["access-control-allow-origin"] == "*"


def test_a_browser_gets_a_page(live: Live) -> None:
    got = live.ask(accept=BROWSER)
    assert (got.status, got.type) == (200, "text/html")
    assert "<textarea" in got.text
    assert "default-src 'none'" in got.headers["content-security-policy"]


def test_answers_are_those_of_oxigraphs_own_server(live: Live, root: Path) -> None:
    build = root / "build" / (root / "build" / "current").read_text().strip()
    prefixes = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    with oxigraph(build / "store") as url:
        other = Live(int(url.split(":")[2].split("/")[0]), live.process)
        for query in ("SELECT * { ?s skos:prefLabel ?o } ORDER BY ?s ?o", "ASK { GRAPH ?g { ?s skos:prefLabel ?o } }"):
            for accept in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"):
                path = urlencode({"query": prefixes + query})
                theirs = other.ask(path=f"/query?{path}", accept=accept)
                assert live.ask(path=f"/sparql?{path}", accept=accept).body == theirs.body
