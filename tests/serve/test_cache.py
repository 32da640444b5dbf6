"""Kept answers: never another's, never more than allowed, and reported."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.serve.cache import Cache
from buendnis_graph.serve.etag import tag
from buendnis_graph.serve.handle import Answer
from buendnis_graph.serve.worker import Outcome
from tests.serve.live import POINT, SELECT, Live, serving
from tests.serve.test_protocol import SOURCE
from tests.serve.test_walls import wait_for


@given(st.integers(0, 40_000), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6_000))))
def test_it_holds_what_it_may_and_gives_what_was_put(limit: int, steps: list[tuple[int, int]]) -> None:
    cache = Cache(limit)
    for key, size in steps:
        cache.put(str(key), Answer(Outcome.ANSWERED, False, bytes([key]) * size))
        found = cache.get(str(key))
        assert found is None or set(found.payload) <= {key}
        assert cache.gauges()["cache_bytes"] <= limit


def test_the_longest_unasked_goes_first() -> None:
    cache = Cache(10 * 1024)
    for key in "abcdefghij":
        cache.put(key, Answer(Outcome.ANSWERED, False, b"x" * 512))
    assert cache.get("a")
    cache.put("k", Answer(Outcome.ANSWERED, False, b"x" * 512))
    assert cache.get("a")
    assert cache.get("b") is None


def test_what_was_asked_is_answered_without_a_worker(live: Live) -> None:
    query = f"{POINT} # of the cache"
    first, hits = live.query(query), live.metric("cache_hits_total")
    again = live.query(query)
    assert (again.status, again.body, again.headers["etag"]) == (200, first.body, first.headers["etag"])
    assert live.metric("cache_hits_total") == hits + 1
    assert live.metric("cache_bytes") > len(first.body)
    assert live.query(query.replace("cache", "other")).body == first.body
    for other in (
        live.query(query, accept="text/csv"),
        live.ask(path=f"/sparql?query={query.replace(' ', '%20').replace('#', '%23')}&default-graph-uri={SOURCE}"),
        live.query("SELECT (RAND() AS ?x) {}"),
        live.query("SELECT (RAND() AS ?x) {}"),
        live.query("SELECT (NOW("),
        live.query("SELECT (NOW("),
    ):
        assert other.body != first.body
    assert live.metric("cache_hits_total") == hits + 1


def test_no_query_is_taken_for_another_with_graphs(live: Live) -> None:
    """Also if a comment of the one holds what would part a query from its graphs."""
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } # x"
    whole = live.query(f"{query}\0{SOURCE}")
    of_source = live.ask(path=f"/sparql?{urlencode({'query': query, 'default-graph-uri': SOURCE})}")
    assert whole.status == of_source.status == 200
    assert whole.headers["etag"] != of_source.headers["etag"]
    assert whole.body != of_source.body


@given(*[st.lists(st.lists(st.text(max_size=3), max_size=3), max_size=3)] * 2)
def test_other_parts_have_another_tag(some: list[list[str]], others: list[list[str]]) -> None:
    assert (tag(*some) == tag(*others)) == (some == others)


def test_another_build_has_other_answers(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "project")
    builds = tmp_path / "project" / "build"
    first = (builds / "current").read_text().strip()
    shutil.copytree(builds / first, builds / "another")
    with serving(tmp_path / "project", reload=0.1) as live:
        assert live.query(SELECT).status == live.query(SELECT).status == 200
        hits = live.metric("cache_hits_total")
        (builds / "next").write_text("another")
        (builds / "next").rename(builds / "current")
        wait_for(lambda: live.ask(path="/healthz").text == "ok another\n")
        assert live.query(SELECT).status == 200
        assert live.metric("cache_hits_total") == hits == 1


def test_none_is_kept_where_none_is_wanted(root: Path) -> None:
    with serving(root, cache=0) as live:
        assert live.query(SELECT).body == live.query(SELECT).body
        assert live.metric("cache_hits_total") == live.metric("cache_bytes") == 0
