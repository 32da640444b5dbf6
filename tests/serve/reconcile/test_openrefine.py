"""The requests of OpenRefine 3.6.2 as they were recorded, in the order of docs/openrefine.md; the names are ours."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from tests.serve.live import Answer
from tests.serve.reconcile.client import Client

FROM_PAGE = {
    "accept": "application/json, text/javascript, */*; q=0.01",
    "accept_language": "en-GB",
    "origin": "http://127.0.0.1:3333",
    "sec_fetch_site": "same-site",
    "sec_fetch_mode": "cors",
    "accept_encoding": "gzip, deflate, br, zstd",
}
"""What the page in the browser sends by jQuery; that comes from another port, so it is another origin."""
FROM_PROGRAM = {
    "accept_encoding": "gzip, x-gzip, deflate",
    "content_type": "application/x-www-form-urlencoded; charset=UTF-8",
    "user_agent": "OpenRefine/3.6.2 [62de008]",
}
"""What the program itself sends: neither ``Accept`` nor ``Accept-Language``."""
SUGGEST, OF_SCHEMA = "spell=always&exact=false&prefixed=true", "spell=always&exact=false&scoring=schema&prefixed=true"


def page(client: Client, path: str) -> Any:
    """Return what the page is answered: read by jQuery as JSON, which it may read as of another origin."""
    got = client.live.ask(path=path, **FROM_PAGE)
    assert got.status == 200, got.text
    assert got.headers["access-control-allow-origin"] == "*"
    return json.loads(got.body)


def program(client: Client, address: str = "/reconcile", **form: object) -> Any:
    """Return what the program is answered."""
    name, asked = next(iter(form.items()))
    body = f"{name}={quote_plus(json.dumps(asked, ensure_ascii=False, separators=(',', ':')))}"
    got: Answer = client.live.ask("POST", address, body, **FROM_PROGRAM)
    assert got.status == 200, got.text
    assert "content-encoding" not in got.headers, "so small an answer"
    return json.loads(got.body)


def suggested(client: Client, what: str, rest: str) -> list[dict[str, Any]]:
    """Return suggestions; the page asks a flyout for each, at an address of its own making if the manifest has none."""
    of = page(client, "/reconcile")["suggest"][what]
    found: list[dict[str, Any]] = page(client, f"{_path(client, of['service_url'] + of['service_path'])}?{rest}")[
        "result"
    ]
    for one in found:
        flyout = of["flyout_service_url"] + of["flyout_service_path"].replace("${id}", quote(one["id"], safe=""))
        told = page(client, _path(client, flyout))
        assert told["id"] == one["id"]
        assert one["name"].replace("&", "&amp;").replace('"', "&quot;") in told["html"]
    return found


def _path(client: Client, url: str) -> str:
    return "/" + url.removeprefix(client.root)


def test_the_service_is_added(client: Client) -> None:
    assert page(client, "/reconcile")["name"] == "Alliance graph"
    jsonp = client.live.ask(path="/reconcile?callback=jQuery36009413276911368136_1795940839809&_=1795940839810")
    assert jsonp.type == "text/javascript", "which it tries if CORS fails"


def test_types_are_guessed_from_the_first_names(client: Client) -> None:
    names = ["Kulturhaus Sonnenschein", "Bündnis Bunte Vielfalt e. V.", "Wegweiser"]
    found = program(client, queries={f"q{n}": {"query": name, "limit": 3} for n, name in enumerate(names)})
    assert {kind["id"] for one in found["q0"]["result"] for kind in one["type"]} == {"organisation"}
    assert found["q1"]["result"][0]["type"][0] == {"id": "alliance", "name": "Bündnis"}


@pytest.mark.parametrize(
    ("what", "rest", "first"),
    [
        ("property", f"prefix=pl&{OF_SCHEMA}&type=organisation", "place"),
        ("type", f"prefix=all&{OF_SCHEMA}", "alliance"),
        ("entity", f"prefix=Kulturhaus&{SUGGEST}", "kulturhaus-l"),
        ("entity", f"prefix=Mut&{SUGGEST}&type=organisation", "haken"),
        ("entity", f"prefix=rass&{SUGGEST}", "topic/racism"),
    ],
)
def test_what_is_typed_is_suggested_with_flyouts(client: Client, what: str, rest: str, first: str) -> None:
    assert suggested(client, what, rest)[0]["id"] == first


def test_what_flyouts_are_not_there(client: Client) -> None:
    for what in ("entity", "type", "property"):
        assert client.ask(f"/flyout/{what}", id="nosuch").status == 404


def test_a_column_is_reconciled(client: Client) -> None:
    asked = {"type": "organisation", "type_strict": "should"}
    names = [("Kulturhaus Sonnenschein", "Dresden"), ("Kulturhaus", "Leipzig"), ("Kulturhaus", "Dresden"), ("Kino", "")]
    queries = {
        f"q{n}": {"query": name, "properties": [{"pid": "place", "v": place}], **asked}
        for n, (name, place) in enumerate(names)
    }
    found = {key: one["result"] for key, one in program(client, queries=queries).items()}
    assert next((c["id"], c["match"]) for c in found["q0"]) == ("kulturhaus-d", True)
    assert [[c["id"] for c in found[key]] for key in ("q1", "q2")] == [
        ["kulturhaus-l", "kulturhaus-d"],
        ["kulturhaus-d", "kulturhaus-l"],
    ], "of equal scores the one whose place agrees is first"
    assert found["q1"][0]["score"] == found["q1"][1]["score"]
    assert found["q3"] == []


def test_a_candidate_is_shown_in_a_frame(client: Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    for id_ in ("kulturhaus-l", "topic/racism"):
        url = page(client, "/reconcile")["preview"]["url"].replace("{{id}}", quote(id_, safe=""))
        got = client.live.ask(path=_path(client, url), accept=accept, accept_language="en-GB", sec_fetch_dest="iframe")
        assert (got.status, got.type) == (200, "text/html")
        assert "x-frame-options" not in got.headers
        assert "cross-origin-resource-policy" not in got.headers
        assert "frame-ancestors *" in got.headers["content-security-policy"]


def test_columns_are_added(client: Client) -> None:
    proposed = page(client, "/reconcile/extend/propose?type=organisation")["properties"]
    ids = ["kulturhaus-l", "nosuch", "topic/racism"]
    got = program(client, extend={"ids": ids, "properties": [{"id": one["id"]} for one in proposed]})
    assert list(got["rows"]) == ids
    assert got["rows"]["kulturhaus-l"]["place"] == [{"id": "ags-14713", "name": "Leipzig"}]
    assert got["rows"]["topic/racism"]["label-de"] == [{"str": "Rassismus"}]
    assert {one["id"]: one.get("type", {}).get("id") for one in got["meta"]}["member-of"] == "alliance"


def test_names_are_in_the_language_of_the_address(client: Client) -> None:
    one = {"ids": ["bunte-vielfalt"], "properties": [{"id": "topic"}]}
    heads = {
        at: program(client, f"/reconcile{at}", extend=one)["meta"][0]["name"] for at in ("", "?lang=en", "?lang=xx")
    }
    assert heads == {"": "Thema", "?lang=en": "topic", "?lang=xx": "Thema"}
    found = program(client, "/reconcile?lang=en", queries={"q0": {"query": "BuVi", "limit": 3}})
    assert found["q0"]["result"][0]["name"] == "Colourful Diversity Alliance"
    assert page(client, "/reconcile?lang=de")["name"] == "Bündnis-Graph"
