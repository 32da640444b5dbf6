"""Clients that researchers use, asking a real server. Those of the operating system: tests/system/test_clients.py."""

from __future__ import annotations

import json
import urllib.request
from urllib.parse import quote, urlencode

import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.term import URIRef
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper

from buendnis_graph.graph import open_endpoint
from buendnis_graph.namespaces import BASE
from buendnis_graph.queries import Table
from tests.serve.live import SELECT, Live

ALLIANCES = {f"{BASE}id/x", f"{BASE}id/y"}
PREFIXED = f"PREFIX bg: <{BASE}ontology#> {SELECT}"


def test_sparqlwrapper_reads_all_formats(live: Live) -> None:
    for form in (JSON, XML, CSV, TURTLE):
        for method in ("GET", POST):
            wrapper = SPARQLWrapper(f"http://127.0.0.1:{live.port}/sparql", returnFormat=form)
            wrapper.setMethod(method)
            wrapper.setQuery("DESCRIBE id:a" if form == TURTLE else SELECT)
            assert wrapper.query().convert()


def test_the_library_asks_it_as_any_endpoint(live: Live) -> None:
    table = open_endpoint(f"http://127.0.0.1:{live.port}/sparql").query(SELECT)
    assert isinstance(table, Table)
    assert len(table) == 2


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_sparqlstore(live: Live, method: str) -> None:
    store = SPARQLStore(f"http://127.0.0.1:{live.port}/sparql", method=method)
    graph = rdflib.Graph(store)
    assert {str(row[0]) for row in graph.query(PREFIXED)} == ALLIANCES  # type: ignore[index]
    assert bool(graph.query("ASK { ?s ?p ?o }"))
    found = graph.query(f"CONSTRUCT WHERE {{ <{BASE}id/x> ?p ?o }}").graph
    assert found is not None
    assert set(found) == set(graph.triples((URIRef(f"{BASE}id/x"), None, None)))
    assert len(found) > 2


def test_rdflibs_service(live: Live) -> None:
    asks = f"SELECT ?s {{ SERVICE <http://127.0.0.1:{live.port}/sparql> {{ ?s a <{BASE}ontology#Alliance> }} }}"
    assert {str(row[0]) for row in rdflib.Graph().query(asks)} == ALLIANCES  # type: ignore[index]


def test_rdflib_and_oxigraph_read_documents_by_their_address(live: Live) -> None:
    address = f"http://127.0.0.1:{live.port}/id/x"
    assert len(rdflib.Graph().parse(address)) > 2
    assert bool(ox.Store().query(f"ASK {{ SERVICE <http://127.0.0.1:{live.port}/sparql> {{ ?s ?p ?o }} }}"))


def test_pandas_reads_csv_from_the_address(live: Live) -> None:
    frame = pd.read_csv(f"http://127.0.0.1:{live.port}/sparql?{urlencode({'query': SELECT, 'format': 'csv'})}")
    assert set(frame["s"]) == ALLIANCES


def test_the_standard_library(live: Live) -> None:
    address = f"http://127.0.0.1:{live.port}/sparql?query={quote(SELECT)}"
    with urllib.request.urlopen(address, timeout=20) as answer:
        assert len(json.load(answer)["results"]["bindings"]) == 2
