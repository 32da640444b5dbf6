"""Files for hosts without rules."""

from __future__ import annotations

import dataclasses

import pytest

from buendnis_graph.publish.hosts.pages import MAX_BYTES, MAX_REDIRECTS, static_files
from tests.publish.hosts.servers import SITE


def _rules(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if not line.startswith("#")]


def test_redirects_are_those_that_gitlab_knows() -> None:
    rules = _rules(static_files(SITE)["_redirects"])
    assert ["/id/old", "/id/a", "301"] in rules
    assert ["/en/id/old.html", "/en/id/a.html", "301"] in rules
    assert ["/conflict/membership/:p1/:p2/*", "/membership/:p1/:p2", "302"] in rules
    assert ["/coding/role/:p1/:p2/*", "/source/:p1/:p2", "302"] in rules
    assert {status for _, _, status in rules} == {"301", "302"}
    assert all("{" not in word and "(" not in word for rule in rules for word in rule)


def test_gitlab_takes_no_more_and_no_larger() -> None:
    for length, size in ((1, MAX_REDIRECTS), (100, MAX_BYTES)):
        many = dataclasses.replace(SITE, redirects={f"id/{'old' * length}-{i}": "id/a" for i in range(500)})
        text = static_files(many)["_redirects"]
        rules = _rules(text)
        assert len(rules) <= MAX_REDIRECTS
        assert len(text) <= MAX_BYTES
        assert size in (len(rules), pytest.approx(len(text), abs=1000))
        assert ["/statement/:p1/*", "/id/:p1", "302"] in rules


def test_paths_begin_where_the_site_does() -> None:
    files = static_files(dataclasses.replace(SITE, url="https://example.org/graph/"))
    assert ["/graph/id/old", "/graph/id/a", "301"] in _rules(files["_redirects"])
    assert "\n/graph/*.ttl\n  Content-Type: text/turtle; charset=utf-8\n" in files["_headers"]
    assert files[".nojekyll"] == ""
