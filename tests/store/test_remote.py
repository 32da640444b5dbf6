"""A remote graph: a real server answers as the local store does, and what misbehaves is a clear error."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

import buendnis_graph
from buendnis_graph.errors import EndpointError, QueryError, UsageError
from buendnis_graph.graph import Graph, open_endpoint
from buendnis_graph.queries import Table, answer, read_catalogue
from buendnis_graph.store.remote import RemoteStore
from tests.endpoint import free_port, http_server, oxigraph, says
from tests.mini import REAL


@pytest.fixture(scope="module")
def remote(graph: Graph) -> Iterator[Graph]:
    with oxigraph(graph.folder / "store") as url:
        yield open_endpoint(url, graph.project)


@pytest.mark.parametrize("name", [question.name for question in read_catalogue(REAL)])
def test_every_question_has_the_same_answer_here_and_there(graph: Graph, remote: Graph, name: str) -> None:
    here, there = graph.query(name), remote.query(name)
    assert isinstance(here, Table)
    assert len(here) > 0
    assert there == here


@pytest.mark.parametrize(
    "value",
    ["TolSax", "netzwerk-tolerantes-sachsen", "id:netzwerk-tolerantes-sachsen", "Netzwerk Tolerantes Sachsen e.V."],
)
def test_names_are_resolved_there_as_here(graph: Graph, remote: Graph, value: str) -> None:
    assert remote.query("stated-sizes", alliance=value) == graph.query("stated-sizes", alliance=value)


def test_an_unknown_name_suggests_what_is_there(remote: Graph) -> None:
    with pytest.raises(QueryError, match="Did you mean: Netzwerk Tolerantes Sachsen"):
        remote.query("stated-sizes", alliance="Netzwerk Tolerantes Saxen")


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { ?s a bg:Alliance }",
        "ASK { ?s a bg:Nothing }",
        "# ASK\nSELECT (COUNT(*) AS ?n) { ?s a bg:Alliance }",
        "CONSTRUCT { ?s a bg:Alliance } WHERE { ?s a bg:Alliance } ORDER BY ?s LIMIT 3",
        "PREFIX e: <https://w3id.org/buendnis-graph/ontology#> ASK { ?s a e:Alliance }",
        "SELECT ?x { VALUES ?x { 1 UNDEF 'a'@de <a:b> } }",
    ],
)
def test_all_forms_have_the_same_answer(graph: Graph, remote: Graph, sparql: str) -> None:
    assert remote.query(sparql) == graph.query(sparql)


def test_labels_come_from_there(remote: Graph) -> None:
    table = remote.query("SELECT ?x { VALUES ?x { id:netzwerk-tolerantes-sachsen } }")
    assert isinstance(table, Table)
    assert table.look_up is not None
    (node,) = (row[0] for row in table.rows)
    assert isinstance(node, ox.NamedNode)
    assert table.look_up([node], "de") == {node.value: "Netzwerk Tolerantes Sachsen"}


def test_a_syntax_error_has_its_place_there_too(remote: Graph) -> None:
    with pytest.raises(QueryError, match="line 2, column 11") as caught:
        remote.query("SELECT ?s\n { ?s ?p }")
    assert "^" in caught.value.hint


def test_open_takes_an_address(remote: Graph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert remote.endpoint is not None
    monkeypatch.chdir(tmp_path)
    graph = buendnis_graph.open(remote.endpoint.url)
    assert graph.query("ASK { ?s a bg:Alliance }") is True
    with pytest.raises(QueryError, match="part of the project"):
        graph.query("stated-sizes")
    with pytest.raises(UsageError, match="no store here"):
        _ = graph.store


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "http://",
        "https://u:p@example.org/sparql",
        "http://e x/",
        "http://e:99999999/",
    ],
)
def test_addresses_that_will_not_do(url: str) -> None:
    with pytest.raises(UsageError):
        RemoteStore(url)


def test_no_update_leaves_the_house() -> None:
    asked: list[str] = []
    with http_server(lambda _, body: asked.append(body)) as url:
        for sparql in ("INSERT DATA { <a:a> <a:a> 1 }", "#\nDROP ALL", "LOAD <a:b>", "DEFINE x 1 ASK {}"):
            with pytest.raises(QueryError):
                answer(RemoteStore(url), sparql)
    assert asked == []


ROW = '{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'


def test_the_endpoint_is_told_who_asks_and_which_prefixes() -> None:
    seen: dict[str, str] = {}

    def respond(handler: BaseHTTPRequestHandler, body: str) -> None:
        seen.update({key.lower(): value for key, value in handler.headers.items()})
        seen["query"] = parse_qs(body)["query"][0]
        says(handler, ROW)

    with http_server(respond) as url:
        answer(RemoteStore(url), "PREFIX org: <a:> SELECT ?x { ?x org:a bg:B }")
    assert seen["user-agent"].startswith("buendnis-graph/")
    assert "application/sparql-results+json" in seen["accept"]
    assert seen["query"].startswith("PREFIX bg: <https://w3id.org/buendnis-graph/ontology#> PREFIX org: <a:> SELECT")


@pytest.mark.parametrize(("value", "is_true"), [("1", True), ("0", False)])
def test_virtuoso_answers_ask_as_one_row(value: str, is_true: bool) -> None:
    row = ROW.replace('"value":"1"', f'"value":"{value}"')
    with http_server(lambda handler, _: says(handler, row)) as url:
        assert answer(RemoteStore(url), "ASK {}") is is_true


def test_results_in_xml_are_read() -> None:
    xml = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results><result><binding name="x"><literal>a</literal></binding></result></results></sparql>'
    with http_server(lambda handler, _: says(handler, xml, kind="application/sparql-results+xml")) as url:
        assert answer(RemoteStore(url), "SELECT ?x {}") == Table(("x",), [(ox.Literal("a"),)])


def _breaks_off(handler: BaseHTTPRequestHandler, _: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"head"')
    handler.close_connection = True


def _hangs_up(handler: BaseHTTPRequestHandler, _: str) -> None:
    handler.close_connection = True


def _drips(handler: BaseHTTPRequestHandler, _: str) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _turn in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def _floods(handler: BaseHTTPRequestHandler, _: str) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _turn in range(100):
        handler.wfile.write(b" " * 10_000)


def _moves(handler: BaseHTTPRequestHandler, _: str) -> None:
    handler.send_response(307)
    handler.send_header("Location", "file:///etc/passwd")
    handler.end_headers()


PAGE = "<!DOCTYPE html><html><body>Hello</body></html>"
FAULTS = {
    "a page": (lambda h, _: says(h, PAGE, kind="text/html"), "web page"),
    "a page said to be JSON": (lambda h, _: says(h, PAGE), "web page"),
    "no JSON": (lambda h, _: says(h, "{"), "can't be read as results"),
    "empty": (lambda h, _: says(h, ""), "can't be read as results"),
    "other JSON": (lambda h, _: says(h, "[1, 2]"), "can't be read as results"),
    "bad row": (lambda h, _: says(h, ROW.replace("literal", "zzz")), "can't be read as results"),
    "400": (lambda h, _: says(h, "Virtuoso 37000 Error: no such function", status=400), "no such function"),
    "401": (lambda h, _: says(h, "", status=401), "status 401"),
    "404": (lambda h, _: says(h, "<h1>Not</h1> <p>here</p>", status=404), "status 404: Not here"),
    "429": (lambda h, _: says(h, "slow down", status=429), "asked too often"),
    "500 of many words": (
        lambda h, _: says(h, "word " * 10_000 + "\x1b[31m", status=500),
        r"status 500: word .{200,400} …",
    ),
    "503": (lambda h, _: says(h, "", status=503), "try again later"),
    "moves elsewhere": (_moves, "status 307"),
    "breaks off": (_breaks_off, "broke off"),
    "hangs up": (_hangs_up, "broke off"),
    "silent": (lambda *_: time.sleep(1.6), "within 1 seconds"),
    "drips": (_drips, "within 1 seconds"),
    "floods": (_floods, "more than 200,000 bytes"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_misbehaves_is_a_clear_error(name: str) -> None:
    respond, said = FAULTS[name]
    start = time.monotonic()
    with http_server(respond) as url, pytest.raises(EndpointError, match=said) as caught:
        answer(RemoteStore(url, timeout=1, max_bytes=200_000), "SELECT ?x { ?x ?y ?z }")
    assert caught.value.exit_code == 2
    assert str(caught.value).replace("\n", "").isprintable()
    assert time.monotonic() - start < 6


@pytest.mark.parametrize("host", ["127.0.0.1", "name.invalid"])
def test_nobody_there(host: str) -> None:
    with pytest.raises(EndpointError, match="can't be reached"):
        answer(RemoteStore(f"http://{host}:{free_port()}/sparql", timeout=5), "ASK {}")
