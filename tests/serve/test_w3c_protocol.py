"""The cases of the W3C's tests of the SPARQL 1.1 Protocol, by their names there, beside Oxigraph's own server.

Where they ask of graphs with data of their own, graphs of the small project stand in. Updates are refused here: what
those cases expect to be refused is, and so is the rest, as the graph is read-only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from buendnis_graph.namespaces import BASE
from tests.endpoint import oxigraph
from tests.serve.live import DIRECT, FORM, Answer, Live

UPDATE = "application/sparql-update"
FOAF = "http://xmlns.com/foaf/0.1/Document"
ONE, TWO, THREE = f"{BASE}graph/registry", f"{BASE}graph/ontology", f"{BASE}source/example.org/one/2026-11-22"
IN_ONE = f"<{BASE}id/x> a ?a"
IN_TWO = "?class a owl:Class"
IN_THREE = "?m a bg:Attestation"
PREFIXES = f"PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX bg: <{BASE}ontology#> "
DEFAULTS = f"default-graph-uri={quote(ONE, '')}&default-graph-uri={quote(TWO, '')}"
NAMED = f"named-graph-uri={quote(ONE, '')}&named-graph-uri={quote(TWO, '')}"
OF_DEFAULTS = f"{PREFIXES} ASK {{ {IN_ONE} . {IN_TWO} }}"
OF_NAMED = f"{PREFIXES} ASK {{ GRAPH ?g1 {{ {IN_ONE} }} GRAPH ?g2 {{ {IN_TWO} }} }}"
OF_ALL = f"{PREFIXES} ASK {{ {IN_THREE} GRAPH ?g1 {{ {IN_ONE} }} GRAPH ?g2 {{ {IN_TWO} }} }}"
NONE = "default-graph-uri=http%3A%2F%2Fexample.org%2Fdata0.rdf"
INSERT = f"INSERT DATA {{ GRAPH <http://example.org/g> {{ <http://example.org/s> a <{FOAF}> }} }}"


@dataclass(frozen=True)
class Case:
    """A request: ``expects`` is what comes of it: true, rows, graph, refused (4xx), or an update (4xx here)."""

    expects: str
    method: str
    parameters: str = ""
    body: bytes | str | None = None
    content_type: str = ""


CASES = {
    "query_post_form": Case("true", "POST", NONE, "query=ASK%20%7B%7D", FORM),
    "query_dataset_default_graphs_get": Case("true", "GET", f"query={quote(OF_DEFAULTS)}&{DEFAULTS}"),
    "query_dataset_default_graphs_post": Case("true", "POST", DEFAULTS, OF_DEFAULTS, DIRECT),
    "query_dataset_named_graphs_post": Case("true", "POST", NAMED, OF_NAMED, DIRECT),
    "query_dataset_named_graphs_get": Case("true", "GET", f"query={quote(OF_NAMED)}&{NAMED}"),
    "query_dataset_full": Case("true", "POST", f"default-graph-uri={quote(THREE, '')}&{NAMED}", OF_ALL, DIRECT),
    "query_multiple_dataset": Case("true", "POST", NAMED, OF_NAMED.replace("ASK", f"ASK FROM <{THREE}>"), DIRECT),
    "query_get": Case("true", "GET", f"query=ASK%20%7B%7D&{NONE}"),
    "query_content_type_select": Case("rows", "POST", NONE, "SELECT (1 AS ?value) {}", DIRECT),
    "query_content_type_ask": Case("true", "POST", NONE, "ASK {}", DIRECT),
    "query_content_type_describe": Case("graph", "POST", NONE, "DESCRIBE <http://example.org/>", DIRECT),
    "query_content_type_construct": Case("graph", "POST", NONE, "CONSTRUCT { <s> <p> 1 } WHERE {}", DIRECT),
    "update_dataset_default_graph": Case("update", "POST", f"using-graph-uri={quote(ONE, '')}", INSERT, UPDATE),
    "update_dataset_default_graphs": Case(
        "update", "POST", f"using-graph-uri={quote(ONE, '')}&using-graph-uri={quote(TWO, '')}", INSERT, UPDATE
    ),
    "update_dataset_named_graphs": Case("update", "POST", f"using-named-graph-uri={quote(ONE, '')}", INSERT, UPDATE),
    "update_dataset_full": Case(
        "update", "POST", f"using-graph-uri={quote(ONE, '')}&using-named-graph-uri={quote(TWO, '')}", INSERT, UPDATE
    ),
    "update_post_form": Case("update", "POST", "", f"update={quote(INSERT)}", FORM),
    "update_post_direct": Case("update", "POST", "", INSERT, UPDATE),
    "update_base_uri": Case("update", "POST", "", "CLEAR ALL; INSERT DATA { <#s> <#p> 1 }", UPDATE),
    "query_post_direct": Case("true", "POST", "", "ASK {}", DIRECT),
    "bad_query_method": Case("refused", "PUT", f"query=ASK%20%7B%7D&{NONE}", "", FORM),
    "bad_multiple_queries": Case("refused", "GET", "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"),
    "bad_query_wrong_media_type": Case("refused", "POST", "", "ASK {}", "text/plain"),
    "bad_query_missing_form_type": Case("refused", "POST", "", "query=ASK%20%7B%7D"),
    "bad_query_missing_direct_type": Case("refused", "POST", "", "ASK {}"),
    "bad_query_non_utf8": Case("refused", "POST", "", "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16"),
    "bad_query_syntax": Case("refused", "GET", "query=ASK%20%7B"),
    "bad_update_get": Case("refused", "GET", "update=CLEAR%20ALL"),
    "bad_multiple_updates": Case("refused", "POST", "", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": Case("refused", "POST", "", "CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": Case("refused", "POST", "", "update=CLEAR%20NAMED"),
    "bad_update_non_utf8": Case("refused", "POST", "", "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": Case("refused", "POST", "", "update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": Case(
        "refused", "POST", f"using-named-graph-uri={quote(ONE, '')}", f"update={quote(f'WITH <{TWO}> {INSERT}')}", FORM
    ),
}


@pytest.fixture(scope="module")
def theirs(root: Path, live: Live) -> Iterator[Live]:
    """Oxigraph's own server with the same store."""
    build = root / "build" / (root / "build" / "current").read_text().strip()
    with oxigraph(build / "store") as url:
        yield Live(int(url.split(":")[2].split("/")[0]), live.process)


def asked(server: Live, path: str, case: Case) -> Answer:
    headers = {"content_type": case.content_type} if case.content_type else {}
    return server.ask(case.method, f"{path}?{case.parameters}" if case.parameters else path, case.body, **headers)


def passes(got: Answer, case: Case) -> bool:
    if case.expects in {"refused", "update"}:
        return 400 <= got.status < 500
    if got.status != 200:
        return False
    if case.expects == "graph":
        return ox.RdfFormat.from_media_type(got.type) is not None
    if case.expects == "rows":
        return ox.QueryResultsFormat.from_media_type(got.type) is not None
    return bool(json.loads(got.body)["boolean"])


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("name", CASES)
def test_a_case(live: Live, name: str, path: str) -> None:
    got = asked(live, path, CASES[name])
    assert passes(got, CASES[name]), (got.status, got.text[:200])
    if CASES[name].expects == "update":
        assert got.status == 403


def test_oxigraphs_own_server_passes_no_other(live: Live, theirs: Live) -> None:
    ours = {name for name, case in CASES.items() if passes(asked(live, "/sparql", case), case)}
    assert {name for name, case in CASES.items() if passes(asked(theirs, "/query", case), case)} <= ours


def test_the_description_of_the_service(live: Live) -> None:
    for accept in ("", "text/turtle", "application/rdf+xml"):
        got = live.ask(**({"accept": accept} if accept else {}))
        said = {quad.triple for quad in ox.parse(got.body, format=ox.RdfFormat.from_media_type(got.type))}
        endpoints = {one.object for one in said if str(one.predicate.value).endswith("service-description#endpoint")}
        assert [str(end) for end in endpoints] == [f"<http://127.0.0.1:{live.port}/sparql>"]
