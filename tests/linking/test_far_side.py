"""Services of others: polite, patient, and nothing is lost when they fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import EndpointError, UsageError
from buendnis_graph.linking.body import Body, made
from buendnis_graph.linking.endpoint import ask_endpoint, query_for
from buendnis_graph.linking.polite import AGENT, Polite
from buendnis_graph.linking.reconciliation import reconcile
from buendnis_graph.linking.targets import target
from buendnis_graph.namespaces import BASE
from tests.endpoint import http_server, oxigraph, says
from tests.linking.faulty import FarSide, far_side

WIKIDATA = target("wikidata")
ITEMS: list[tuple[str, str, dict[str, list[dict[str, str]]]]] = [
    (
        "Q111",
        "Bunter Treff",
        {"P856": [{"str": "https://www.treff.example/"}], "P571": [{"date": "1999-01-01T00:00:00Z"}]},
    ),
    ("Q222", "Haus am Markt", {"P31": [{"id": "Q5", "name": "human"}], "Len": [{"str": "House on the Market"}]}),
    ("L99", "kein Item", {}),
]


def ours(*names: str) -> list[Body]:
    return [made(f"{BASE}id/{n}", [name], {}) for n, name in enumerate(names)]


@pytest.fixture
def service() -> Iterator[FarSide]:
    with far_side(FarSide(items=ITEMS)) as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def polite(tmp_path: Path, waits: list[float]) -> Polite:
    return Polite(tmp_path / "cache", pause=0.5, tries=3, timeout=0.3, sleep=waits.append)


def test_candidates_come_with_their_details(service: FarSide, polite: Polite) -> None:
    found, unusable = reconcile(ours("Bunter Treff"), WIKIDATA, service.url, polite)
    assert [body.entry.key for body in found] == ["Q111", "Q222"]
    assert unusable == 1  # L99 is no item
    assert found[0].entry.websites == {"treff.example"}
    assert found[0].founded == {"1999"}
    assert found[1].classes == {"human"}
    assert found[1].entry.names == ("Haus am Markt", "House on the Market")


def test_it_says_who_asks_and_asks_for_names_only(service: FarSide, polite: Polite, waits: list[float]) -> None:
    bodies = [made(f"{BASE}id/a", ["Bunter Treff"], {"places": ["Leipzig"], "websites": ["https://secret.example"]})]
    reconcile(bodies, WIKIDATA, service.url, polite)
    assert service.agents == {AGENT}
    assert BASE in AGENT
    assert "secret" not in "".join(service.requests)
    assert "Leipzig" not in "".join(service.requests)
    assert waits == [0.5, 0.5]  # between three requests


def test_many_names_go_in_small_batches(service: FarSide, polite: Polite) -> None:
    reconcile(ours(*(f"Verein {n}" for n in range(23))), WIKIDATA, service.url, polite)
    batches = [json.loads(parse_qs(body)["queries"][0]) for body in service.requests if "queries" in parse_qs(body)]
    assert [len(batch) for batch in batches] == [10, 10, 3]


def test_what_was_answered_is_never_asked_again(service: FarSide, polite: Polite) -> None:
    first = reconcile(ours("Bunter Treff"), WIKIDATA, service.url, polite)
    asked = len(service.requests)
    assert reconcile(ours("Bunter Treff"), WIKIDATA, service.url, polite) == first
    assert len(service.requests) == asked


@pytest.mark.parametrize("fault", ["429", "500", "503", "cut", "slow"])
def test_a_passing_fault_is_waited_out(service: FarSide, polite: Polite, waits: list[float], fault: str) -> None:
    service.faults = ["", fault]
    found, _ = reconcile(ours("Bunter Treff"), WIKIDATA, service.url, polite)
    assert len(found) == 2
    assert (7.0 in waits) == (fault == "429")  # as Retry-After says
    assert fault == "429" or 1.0 in waits


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("429", "status 429"),
        ("500", "status 500"),
        ("html", "web page"),
        ("lie", "web page"),
        ("no-service", "does not answer as a reconciliation service"),
        ("loop", "redirects in a circle"),
        ("cut", "broke off"),
        ("slow", "did not answer within 0.3 seconds"),
    ],
)
def test_a_lasting_fault_is_said_and_loses_nothing(service: FarSide, polite: Polite, fault: str, said: str) -> None:
    bodies = ours(*(f"Verein {n}" for n in range(11)))
    service.faults = ["", "", *[fault] * 9]  # the manifest and the first batch go well
    with pytest.raises(EndpointError, match=said) as caught:
        reconcile(bodies, WIKIDATA, service.url, polite)
    assert caught.value.hint
    assert service.url in str(caught.value)
    service.faults.clear()
    before = len(service.requests)
    assert len(reconcile(bodies, WIKIDATA, service.url, polite)[0]) == 2
    assert len(service.requests) - before == 2  # the second batch, and details


def test_a_broken_cache_is_asked_anew(service: FarSide, polite: Polite) -> None:
    reconcile(ours("Bunter Treff"), WIKIDATA, service.url, polite)
    for path in polite.cache.iterdir():
        path.write_text('{"half', encoding="utf-8")
    assert len(reconcile(ours("Bunter Treff"), WIKIDATA, service.url, polite)[0]) == 2


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "nonsense", "http://", "http://[x"])
def test_only_web_addresses_are_asked(polite: Polite, url: str) -> None:
    with pytest.raises(UsageError, match="not the address"):
        polite.json(url)


def test_a_password_in_an_address_is_neither_sent_nor_shown(polite: Polite) -> None:
    with pytest.raises(UsageError, match="user name or password") as caught:
        polite.json("https://me:secret@example.org/reconcile")
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_said(polite: Polite) -> None:
    with pytest.raises(EndpointError, match="can't be reached"):
        polite.json("http://127.0.0.1:9/")


def test_items_come_from_a_sparql_endpoint(tmp_path: Path, polite: Polite) -> None:
    text = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
wd:Q111 rdfs:label "Bunter Treff"@de ; skos:altLabel "BT \\"neu\\""@de ; wdt:P856 <https://treff.example/> ; wdt:P159 wd:Q2 ;
  wdt:P571 "1999-00-00T00:00:00Z" ; wdt:P31 wd:Q3 ; wdt:P131 wd:Q2 ; wdt:P1454 wd:Q5 .
<https://de.wikipedia.org/wiki/Bunter_Treff> <http://schema.org/about> wd:Q111 . wd:Q5 rdfs:label "eingetragener Verein"@de .
wd:Q2 rdfs:label "Leipzig"@de . wd:Q3 rdfs:label "association"@en .
wd:Q4 rdfs:label "Etwas anderes"@de .
<http://www.wikidata.org/entity/statement/x> rdfs:label "Bunter Treff"@de .
"""
    store = ox.Store(str(tmp_path / "store"))
    store.load(text.encode(), ox.RdfFormat.TURTLE)
    store.flush()
    del store
    with oxigraph(tmp_path / "store") as url:
        found, unusable = ask_endpoint(ours('BT "neu"', "Bunter Treff"), WIKIDATA, url, polite)
    (body,) = found
    assert unusable == 1
    assert body.entry.key == "Q111"
    assert body.entry.names == ("Bunter Treff", 'BT "neu"')
    assert body.entry.places == {"Leipzig"}
    assert body.entry.websites == {"treff.example"}
    assert body.founded == {"1999"}
    assert body.classes == {"association"}
    assert body.within == {"Leipzig"}
    assert body.entry.legal_forms == {"ev"}
    assert body.pages == {"https://de.wikipedia.org/wiki/Bunter_Treff"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ('{"head": {"vars": ["x"]}, "results": {"bindings": [{}]}}', "other columns"),
        ('{"head": {}, "boolean": true}', "can't be read as results"),
    ],
)
def test_an_endpoint_that_answers_something_else_is_said(polite: Polite, answer: str, said: str) -> None:
    kind = "application/sparql-results+json"
    with (
        http_server(lambda handler, _: says(handler, answer, kind=kind)) as url,
        pytest.raises(EndpointError, match=said),
    ):
        ask_endpoint(ours("Bunter Treff"), WIKIDATA, url, polite)


def test_ids_are_known_with_http_and_https() -> None:
    for scheme in ("http", "https"):
        assert target("gnd").id_of(f"{scheme}://d-nb.info/gnd/1013-X") == "1013-X"
        assert WIKIDATA.id_of(f"{scheme}://www.wikidata.org/entity/Q1") == "Q1"


def test_a_name_can_not_change_the_question() -> None:
    hostile = 'x"@de } ?s ?p ?o . { #\n'
    asked = query_for([hostile])
    assert '"x\\"@de } ?s ?p ?o . { #\\n"@de' in asked
    ox.Store().query(asked)
