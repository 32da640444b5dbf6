"""What clients send that is wrong, too much or meant ill: a clear refusal, and the server goes on."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.serve.live import FORM, children, command_of, serving
from tests.serve.reconcile.client import JSON, Client, named

NAME = {"matchType": "name", "propertyValue": "x"}
DEEP = "[" * 100_000


@pytest.mark.parametrize(
    ("queries", "says"),
    [
        ("{", "line 1, column 2"),
        ("[]", "'queries' must be an object"),
        (DEEP, "nested too deep"),
        ('{"q":' * 50_000, "nested too deep"),
        ('{"q": {"query": "x", "limit": NaN}}', "number that can't be read"),
        (f'{{"q": {{"query": "x", "limit": {"9" * 5000}}}}}', "number that can't be read"),
        ('{"q": {}}', "'queries.q' needs a 'query' or 'properties'"),
        ('{"q": {"query": ""}}', "needs a 'query' or 'properties'"),
        ('{"q": "x"}', "'queries.q' must be an object"),
        ('{"q": {"query": 1}}', "'queries.q.query' must be a string"),
        ('{"q": {"query": "x", "limit": 0}}', "'queries.q.limit' must be a positive integer"),
        ('{"q": {"query": "x", "limit": 1e999}}', "'queries.q.limit' must be a positive integer"),
        ('{"q": {"query": "x", "limit": true}}', "'queries.q.limit' must be a positive integer"),
        ('{"q": {"query": "x", "type_strict": "no"}}', "must be one of any, should, all"),
        ('{"q": {"query": "x", "type": [[]]}}', "'queries.q.type' must be a string"),
        ('{"q": {"query": "x", "properties": [{"v": "y"}]}}', "'queries.q.properties[0].pid' must be a string"),
        ('{"q": {"query": "x", "properties": [{"pid": "place", "v": [[]]}]}}', "properties[0].v' must be a string"),
        ('{"q": {"query": "x", "properties": [{"pid": "place", "v": {}}]}}', "properties[0].v.id' must be a string"),
        (json.dumps({"q": {"query": "x" * 1001}}), "may have 1,000 characters, not 1,001"),
        (json.dumps({"q": {"query": "x", "properties": [{"pid": "place", "v": "y"}] * 21}}), "may have 20 items"),
        (json.dumps({"\u0000\ud800": {}}), "'queries.??' needs"),
    ],
)
def test_batches_of_0_2_that_are_refused(client: Client, queries: str, says: str) -> None:
    got = client.form(queries=queries)
    assert (got.status, got.type) == (400, "text/plain")
    assert says in got.text


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "'body' is no JSON"),
        (b"\xff\xfe\xfa", "not in UTF-8"),
        (DEEP, "nested too deep"),
        ([named("x")], "'body' must be an object"),
        ({}, "'queries' must be an array"),
        ({"queries": [{}]}, "'queries[0].conditions' must be an array"),
        ({"queries": [{"conditions": []}]}, "'queries[0].conditions' needs one condition"),
        ({"queries": [named("x", properties=[])]}, "'queries[0].properties' is no field of a query"),
        ({"queries": [named("x", type=["a", "b"])]}, "'queries[0].type' must be a string"),
        ({"queries": [{"conditions": [{"propertyValue": "x"}]}]}, "matchType' must be 'name' or 'property'"),
        ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "propertyValue' is missing"),
        (
            {"queries": [{"conditions": [{"matchType": "property", "propertyValue": "x"}]}]},
            "propertyId' must be a string",
        ),
        ({"queries": [{"conditions": [NAME | {"required": 1}]}]}, "required' must be true or false"),
        (
            {"queries": [{"conditions": [NAME | {"matchQuantifier": []}]}]},
            "matchQuantifier' must be one of any, all, none",
        ),
        ({"queries": [{"conditions": [NAME | {"propertyValue": ["x"] * 51}]}]}, "may have 50 items"),
        (
            {"queries": [{"conditions": [NAME | {"propertyValue": [f"{n} {m}" for m in range(30)]} for n in "ab"]}]},
            "queries[0].conditions' may have 50 names, not 60",
        ),
    ],
)
def test_batches_of_the_draft_that_are_refused(client: Client, body: Any, says: str) -> None:
    got = client.post("/match", body)
    assert (got.status, got.type) == (400, "text/plain")
    assert says in got.text


@pytest.mark.parametrize(
    ("extend", "says"),
    [
        ({"properties": []}, "'extend.ids' must be an array"),
        ({"ids": [1], "properties": []}, "'extend.ids[0]' must be a string"),
        ({"ids": [], "properties": ["place"]}, "'extend.properties[0]' must be an object"),
        ({"ids": [], "properties": [{"id": "place"}] * 51}, "may have 50 items"),
        (
            {"ids": [], "properties": [{"id": "place"}, {"id": "z" * 999}]},
            "'extend.properties[1].id' must be one of place,",
        ),
    ],
)
def test_extensions_that_are_refused(client: Client, extend: dict[str, Any], says: str) -> None:
    for got in (client.form(extend=extend), client.post("/extend", extend)):
        assert got.status == 400
        assert says in got.text


def test_what_is_too_much_or_of_another_kind(client: Client) -> None:
    many = {str(number): {"query": "x"} for number in range(1001)}
    assert client.form(queries=many).status == 413
    assert client.post("/match", {"queries": [named("x")] * 1001}).status == 413
    assert client.form(extend={"ids": ["x"] * 1001, "properties": []}).status == 413
    assert client.post("/match", "x" * (1 << 20) + "x").status == 413
    place = {"pid": "place", "v": list("ab") * 25}
    large = {str(number): {"query": "x", "properties": [place] * 8} for number in range(50)}
    assert "may have 20,000 values" in client.form(queries=large).text
    assert client.post("/match", {"queries": [named(["x"] * 50)] * 401}).status == 413
    live = client.live
    assert live.ask("POST", "/reconcile/match", "queries=%7B%7D", content_type=FORM).status == 415
    assert live.ask("POST", "/reconcile", "{}", content_type=JSON).status == 415
    assert live.ask("POST", "/reconcile", "{}", content_type="text/plain").status == 415
    assert live.ask("POST", "/reconcile", "a=b", content_type=FORM).status == 400
    assert live.ask("PUT", "/reconcile").headers["allow"] == "GET, POST, OPTIONS"
    assert live.ask(path="/reconcile/match").status == 405
    assert live.ask("POST", "/reconcile/v1", "{}", content_type=JSON).status == 405
    assert live.ask(path="/reconcile/nothing").status == live.ask(path="/reconciled").status == 404
    for query in ("limit=x", "limit=0", "offset=-1", "prefix=a&prefix=b", f"prefix={'a' * 1001}", "prefix=%ff"):
        assert live.ask(path=f"/reconcile/suggest/entity?{query}").status == 400, query
    assert live.ask("HEAD", "/reconcile").status == 200
    assert live.metric('requests_total{route="reconcile",status="413"}') >= 4


@pytest.mark.parametrize(
    "name", ["(" * 1000, "aA" * 500, "a " * 500, "A*innen" * 140, "\u0000\ud800", "-: | " * 200, "ß" * 1000]
)
def test_names_that_are_none_have_an_answer(client: Client, name: str) -> None:
    assert isinstance(client.match(q={"query": name or "x"})["q"], list)
    assert client.ask("/suggest/entity", prefix=name.encode("utf-8", "replace").decode()).status == 200


def test_an_answer_has_a_bound(root: Path) -> None:
    with serving(root, result=1, sending=2) as live:
        client = Client(live)
        house = named(["Kulturhaus Sonnenschein", "Wegweiser", "BuVi", "Sachsen"], limit=50)
        got = client.post("/match", {"queries": [house] * 1000})
        assert (got.status, "larger than 1 MiB" in got.text) == (503, True)
        for _ in range(8):  # each gives back the room it took
            assert client.post("/match", {"queries": [house] * 100}).status == 200


def test_a_worker_that_is_killed_or_stuck_is_replaced(root: Path) -> None:
    with serving(root, time=1) as live:
        client = Client(live)
        (holder,) = (pid for pid in children(live.process.pid) if "reconcile.process" in command_of(pid))
        stopped = children(holder)
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        answers: list[int] = []
        asking = threading.Thread(
            target=lambda: answers.append(client.form(queries={"q": {"query": "Wegweiser"}}).status)
        )
        asking.start()
        began = time.monotonic()
        assert live.ask(path="/healthz").status == 200, "nobody else waits"
        assert time.monotonic() - began < 1
        asking.join()
        assert answers == [503]
        for pid in set(stopped) & set(children(holder)):
            os.kill(pid, signal.SIGKILL)
        assert client.best("Beratungsstelle Wegweiser")["id"] == "wegweiser"
