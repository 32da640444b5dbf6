"""Both versions of the Reconciliation API, asked of a real server, against the schemas of the specifications."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError

from buendnis_graph.namespaces import BASE
from tests.serve.live import children, command_of, serving
from tests.serve.reconcile import shapes
from tests.serve.reconcile.client import JSON, Client, named

OLD_NAMES = {"versions": ["0.2"], "identifierSpace": f"{BASE}id/", "schemaSpace": f"{BASE}ontology#"}


def test_the_manifest_of_0_2(client: Client) -> None:
    manifest = client.get()
    assert shapes.fits(shapes.MANIFEST_02, manifest)
    assert {name: manifest[name] for name in OLD_NAMES} == OLD_NAMES
    assert [kind["id"] for kind in manifest["defaultTypes"]] == [
        "alliance",
        "organisation",
        "programme",
        "topic",
        "place",
    ]
    assert manifest["preview"]["url"] == f"{client.root}reconcile/preview?id={{{{id}}}}"
    for service in manifest["suggest"].values():
        path = service["service_url"].removeprefix(f"{client.root}reconcile") + service["service_path"]
        assert client.get(path, prefix="")["result"]
    assert client.get("/") == manifest


def test_the_manifest_of_the_draft(client: Client) -> None:
    manifest = client.get("/v1")
    assert shapes.fits(shapes.MANIFEST_1, manifest)
    assert (manifest["versions"], manifest["standardizedScore"]) == (["1.0-draft"], True)
    assert f'<{client.root}reconcile/v1>; rel="successor-version"' == client.ask().headers["link"]
    with pytest.raises(ValidationError):  # so each version has its own address
        shapes.fits(shapes.MANIFEST_1, client.get())


def test_a_public_address_is_that_of_all_links(root: Path) -> None:
    with serving(root, url="https://example.org/graph/") as live:
        client = Client(live)
        assert client.get()["view"]["url"] == "https://example.org/graph/reconcile/view?id={{id}}"
        assert client.get("/v1")["view"]["url"] == "https://example.org/graph/reconcile/v1/view?id={id}"
        assert client.ask("/view", id="wegweiser").headers["location"] == "/graph/id/wegweiser"
        assert 'href="https://example.org/graph/id/wegweiser"' in client.ask("/preview", id="wegweiser").text


def test_a_host_that_is_none_is_not_repeated(client: Client) -> None:
    got = client.live.ask(path="/reconcile", host='x"><script>')
    assert "script" not in got.text


def test_a_batch_of_0_2(client: Client) -> None:
    queries = {"q0": {"query": "Beratungsstelle Wegweiser"}, "q1": {"query": "Sachsen", "type": "place", "limit": 1}}
    posted, got = client.form(queries=queries), client.ask(queries=json.dumps(queries))
    assert posted.body == got.body
    assert posted.headers["access-control-allow-origin"] == "*"
    answer = json.loads(got.body)
    assert shapes.fits(shapes.RESULTS_02, answer)
    best = answer["q0"]["result"][0]
    assert (best["id"], best["score"], best["match"]) == ("wegweiser", 100.0, True)
    assert best["type"] == [{"id": "organisation", "name": "Organisation"}]
    assert {feature["id"]: feature["value"] for feature in best["features"]} == {
        "name-likeness": 100.0,
        "same-words": True,
    }
    assert [c["id"] for c in answer["q1"]["result"]] == ["ags-14"]
    assert client.form(queries={}).text == "{}"


def test_a_batch_of_the_draft(client: Client) -> None:
    place = {"matchType": "property", "propertyId": "place", "propertyValue": [{"id": "ags-14612"}], "required": True}
    house = named("KULTURHAUS SONNENSCHEIN")
    filtered = {"conditions": [*house["conditions"], place]}
    other = {"conditions": [*house["conditions"], place | {"matchQuantifier": "none"}]}
    for path in ("/match", "/v1/match"):
        answer = json.loads(client.post(path, {"queries": [house, filtered, other]}).body)
        assert shapes.fits(shapes.RESULTS_1, answer)
        first, second, third = (one["candidates"] for one in answer["results"])
        assert {c["id"] for c in first if c["score"] >= 90} == {"kulturhaus-l", "kulturhaus-d"}
        assert not any(c["match"] for c in first), "two are possible"
        assert [(c["id"], c["match"]) for c in second] == [("kulturhaus-d", True)]
        assert "kulturhaus-d" not in {c["id"] for c in third}
    assert json.loads(client.post("/match", {"queries": []}).body) == {"results": []}


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"pid": "place", "v": "Leipzig"}, "kulturhaus-l"),
        ({"pid": "place", "v": {"id": "ags-14612", "name": "Dresden"}}, "kulturhaus-d"),
        ({"pid": "website", "v": "sonnenschein-leipzig.example"}, "kulturhaus-l"),
        ({"pid": "member-of", "v": "BuVi"}, "kulturhaus-l"),
    ],
)
def test_a_property_tells_namesakes_apart(client: Client, condition: dict[str, Any], expected: str) -> None:
    best = client.best("KULTURHAUS SONNENSCHEIN", properties=[condition])
    assert (best["id"], best["match"]) == (expected, True)
    assert {f["id"]: f["value"] for f in best["features"]}[condition["pid"]] is True


@pytest.mark.parametrize(
    ("pid", "value", "expected", "is_match"),
    [
        ("register-number", "VR1", "a", False),
        ("register-number", "Dresden VR 1", "a", True),
        ("website", "http://vielfalt.example", "bunte-vielfalt", False),
        ("identifier", "https://w3id.org/buendnis-graph/register/U1104_VR1", None, False),
        ("place", "Leipzig", None, False),
    ],
)
def test_what_is_found_without_a_name(
    client: Client, pid: str, value: str, expected: str | None, is_match: bool
) -> None:
    found = client.match(q={"properties": [{"pid": pid, "v": value}]})["q"]
    assert [(c["id"], c["match"]) for c in found] == ([(expected, is_match)] if expected else [])


@pytest.mark.parametrize("given", ["alter-wegweiser", "id/alter-wegweiser", f"{BASE}id/alter-wegweiser"])
def test_what_was_merged_leads_to_what_is_there(client: Client, given: str) -> None:
    assert client.best(given)["id"] == "wegweiser"
    assert client.best("Wegweiserei am Markt")["id"] == "wegweiser"
    assert client.ask("/view", id=given).headers["location"] == "/id/wegweiser"
    rows = json.loads(client.form(extend={"ids": [given], "properties": [{"id": "iri"}]}).body)["rows"]
    assert rows == {given: {"iri": [{"str": f"{BASE}id/wegweiser"}]}}
    assert client.get("/suggest/entity", prefix=given)["result"][0]["id"] == "wegweiser"


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("alliance", "Vielfaltsbündnis", "bunte-vielfalt"),
        ("organization", "Buendnis bunte Vielfalt", "bunte-vielfalt"),
        ("bg:Alliance", "Colourful Diversity Alliance", "bunte-vielfalt"),
        ("topic", "racism", "topic/racism"),
        ("place", "Saxony", "ags-14"),
        ("programme", "Mut machen", "mut-machen"),
    ],
)
def test_each_type_has_its_things(client: Client, kind: str, name: str, expected: str) -> None:
    assert client.best(name, type=kind)["id"] == expected
    assert client.match(q={"query": name, "type": ["nonsense"]})["q"] == []
    others = {"alliance", "topic", "place", "programme"} - {kind, client.best(name)["type"][0]["id"]}
    assert expected not in {c["id"] for c in client.match(q={"query": name, "type": sorted(others)})["q"]}


def test_suggestions(client: Client) -> None:
    found = client.get("/suggest/entity", prefix="wegw")
    assert shapes.fits(shapes.SUGGESTED_THINGS, found)
    assert [one["id"] for one in found["result"]] == ["wegweiser"]
    everything = [one["id"] for one in client.get("/suggest/entity", prefix="", limit=50)["result"]]
    paged = [client.get("/suggest/entity", prefix="", limit=3, offset=n)["result"] for n in range(0, 60, 3)]
    assert [one["id"] for page in paged for one in page] == everything
    assert client.get("/suggest/entity", prefix="", cursor=2, limit=1)["result"][0]["id"] == everything[2]
    assert [one["id"] for one in client.get("/suggest/entity", prefix="s", type="place")["result"]] == ["ags-14"]
    for which, prefix, expected in (("type", "bünd", "alliance"), ("property", "member", "member-of")):
        found = client.get(f"/suggest/{which}", prefix=prefix)
        assert shapes.fits(shapes.SUGGESTED, found)
        assert found["result"][0]["id"] == expected


def test_data_extension(client: Client) -> None:
    asked = {
        "ids": ["kulturhaus-l", "nobody"],
        "properties": [{"id": n} for n in ("place", "legal-form", "member-of", "website")],
    }
    old, new = json.loads(client.form(extend=asked).body), json.loads(client.post("/extend", asked).body)
    assert shapes.fits(shapes.EXTENDED_02, old)
    assert shapes.fits(shapes.EXTENDED_1, new)
    assert old["rows"]["kulturhaus-l"] == {
        "place": [{"id": "ags-14713", "name": "Leipzig"}],
        "legal-form": [{"str": "eingetragener Verein"}],
        "member-of": [{"id": "bunte-vielfalt", "name": "Bündnis Bunte Vielfalt"}],
        "website": [{"str": "https://www.sonnenschein-leipzig.example/start"}],
    }
    assert {one["id"]: {p["id"]: p["values"] for p in one["properties"]} for one in new["rows"]} == old["rows"]
    assert old["meta"] == new["meta"]
    assert old["meta"][0] == {"id": "place", "name": "Ort", "type": {"id": "place", "name": "Ort"}}
    proposed = client.get("/extend/propose", type="alliance", limit=2)
    assert shapes.fits(shapes.PROPOSED, proposed)
    assert (len(proposed["properties"]), proposed["type"], proposed["limit"]) == (2, "alliance", 2)
    assert client.get("/extend/propose", type="nonsense")["properties"] == []


def test_the_language_of_names_is_the_readers(client: Client) -> None:
    assert client.get("/v1", language="en;q=0.9, fr")["name"] == "Alliance graph"
    queries = json.dumps({"q": {"query": "BuVi"}})
    names = [
        json.loads(client.ask(queries=queries, language=tag).body)["q"]["result"][0]["name"] for tag in ("de", "en")
    ]
    assert names == ["Bündnis Bunte Vielfalt", "Colourful Diversity Alliance"]


def test_a_preview_is_harmless(client: Client) -> None:
    got = client.ask("/preview", id="haken")
    assert (got.status, got.type) == (200, "text/html")
    assert "Mut &amp; &quot;Söhne&quot;" in got.text
    policy = got.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert "unsafe" not in policy
    assert client.ask("/preview", id="nobody").status == client.ask("/view", id="nobody").status == 404


def test_jsonp_is_for_names_of_functions(client: Client) -> None:
    got = client.ask(callback="jQuery1.load")
    assert got.type == "text/javascript"
    assert got.text == f"/**/jQuery1.load({client.ask().text});"
    for bad in ("alert(1)", "a;b", "", "1a", "a" * 200, "a.b.c.d.e.f", "ä"):
        assert client.ask(callback=bad).status == (200 if not bad else 400), bad
    assert client.ask("/v1/suggest/type", prefix="", callback="f").type == JSON
    assert "callback" in client.ask(queries="{", callback="a;b").text, "before anything is computed"


def test_reconciliation_may_be_left_out(root: Path, client: Client) -> None:
    assert client.live.metric("reconcile_workers_idle") > 0
    with serving(root, reconcile=0) as live:
        assert live.ask(path="/reconcile").status == live.ask(path="/reconcile/v1").status == 404
        assert live.ask(path="/healthz").status == 200
        assert not any("reconcile.process" in command_of(pid) for pid in children(live.process.pid))
        assert "reconcile_workers" not in live.ask(path="/metrics").text


def test_preflight(client: Client) -> None:
    got = client.live.ask(
        "OPTIONS", "/reconcile/match", origin="https://x.example", access_control_request_method="POST"
    )
    assert got.status == 204
    assert "Content-Type" in got.headers["access-control-allow-headers"]
    assert "POST" in got.headers["access-control-allow-methods"]
