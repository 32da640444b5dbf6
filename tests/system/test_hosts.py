"""A real Apache and a real nginx serve a small site by the rules that are written for them, and answer alike."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts.abilities import abilities
from buendnis_graph.publish.hosts.links import linkset
from buendnis_graph.publish.hosts.negotiation import choose
from tests.publish.hosts.requests import REQUESTS, STRANGE
from tests.publish.hosts.servers import SITE, Answer, Server, apache, nginx, open_folder, write_site
from tests.publish.hosts.test_negotiation import ACCEPT, BROWSER, LANGUAGE

pytestmark = pytest.mark.system


class Both(NamedTuple):
    """The two servers, and where the site begins on them."""

    apache: Server
    nginx: Server
    root: str

    def ask(self, path: str, accept: str | None = None, language: str | None = None) -> tuple[Answer, Answer]:
        return self.apache.get(self.root + path, accept, language), self.nginx.get(self.root + path, accept, language)


@pytest.fixture(scope="module", params=["", "graph/"], ids=["root", "folder"])
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    site = dataclasses.replace(SITE, url=f"https://example.org/{request.param}")
    with open_folder() as folder:
        write_site(folder / "site", site, root=request.param)
        with apache(folder, folder / "site") as one, nginx(folder, folder / "site", request.param) as other:
            yield Both(one, other, f"/{request.param}")


@pytest.fixture
def folder() -> Iterator[Path]:
    with open_folder() as made:
        yield made


@pytest.mark.parametrize(("path", "accept", "language", "status", "result", "vary"), REQUESTS)
def test_both_answer_as_the_table_says(
    both: Both, path: str, accept: str | None, language: str | None, status: int, result: str, vary: str
) -> None:
    for answer in both.ask(path, accept, language):
        assert answer.status == status
        assert answer.vary == vary
        if 300 <= status < 400:
            assert answer.location == both.root + result
        else:
            assert answer.type == result


def test_a_file_comes_as_it_is(both: Both) -> None:
    for path in ("id/a.html", "id/a.ttl", "dumps/graph.nq.gz", "en/id/a.html"):
        for answer in both.ask(path):
            assert answer.body == f"{path}\n".encode()
            assert "content-encoding" not in answer.headers


def test_dumps_come_with_the_types_that_the_link_set_names(both: Both) -> None:
    named = {item["href"]: item["type"] for item in json.loads(linkset(SITE))["linkset"][0]["item"]}
    assert set(named) == set(SITE.dumps)
    assert {Path(path).suffix for path in named} >= {".gz", ".graphml", ".gexf", ".json", ".parquet"}
    for path, media in named.items():
        for answer in both.ask(path):
            assert answer.type.partition(";")[0] == media, path


def test_headers_let_data_be_read_from_elsewhere_and_hold_pages_tight(both: Both) -> None:
    for path in ("id/a", "id/a.html", "id/a.ttl", "id/unknown", "id/old", "dumps/graph.nq.gz", "assets/find.js"):
        for answer in both.ask(path):
            assert answer.headers["access-control-allow-origin"] == "*"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert "'wasm-unsafe-eval'" not in answer.headers["content-security-policy"]
    for path in ("sparql.html", "en/sparql.html", "sparql-worker.js"):
        for answer in both.ask(path):
            assert "script-src 'self' 'wasm-unsafe-eval'" in answer.headers["content-security-policy"]


def _links(answer: Answer) -> set[tuple[str, str]]:
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"', answer.headers.get("link", ""))
    return {(rel, href) for href, rel in found}


def test_signposting_is_in_the_headers(both: Both) -> None:
    root = both.root
    linkset = ("linkset", f"{root}linkset.json")
    for path in ("id/a.html", "en/id/a.html"):
        for answer in both.ask(path):
            assert _links(answer) == {
                ("cite-as", f"{BASE}id/a"),
                ("type", "https://schema.org/AboutPage"),
                ("describedby", f"{root}id/a.ttl"),
                ("describedby", f"{root}id/a.jsonld"),
                ("collection", f"{BASE}dataset"),
                linkset,
            }
    expected = {
        "id/a.ttl": {("describes", f"{root}id/a.html"), linkset},
        "dataset.jsonld": {("describes", f"{root}dataset.html"), linkset},
        "dumps/graph.nq.gz": {("collection", f"{BASE}dataset"), linkset},
        "search.html": set(),
        "id/a": set(),
        "id/unknown.html": set(),
        "en/id/old.html": set(),
    }
    for path, links in expected.items():
        for answer in both.ask(path):
            assert _links(answer) == links, path
    one, other = both.ask("dataset.html")
    assert one.links() == other.links()
    assert ("collection", f"{BASE}dataset") not in _links(one)


@pytest.mark.parametrize("path", STRANGE, ids=range(len(STRANGE)))
def test_odd_paths_do_no_harm(both: Both, path: str) -> None:
    for answer in both.ask(path):
        assert answer.status in {200, 303, 400, 403, 404, 414}
        assert "x-injected" not in answer.headers
        assert b"root:" not in answer.body
        if answer.location:
            assert re.fullmatch(re.escape(both.root) + r"[A-Za-z0-9/._#-]+", answer.location)
            assert "id/a" in answer.location  # what "//" or ".." leads to is there


def test_an_encoded_slash_is_a_slash_to_nginx_and_nothing_to_apache(both: Both) -> None:
    """Apache refuses it unless its own configuration allows it (AllowEncodedSlashes); docs/hosting.md names this."""
    one, other = both.ask("id%2Fa")
    assert (one.status, other.status, other.location) == (404, 303, f"{both.root}id/a.html")


def test_letters_of_listed_addresses_are_alike_to_nginx(both: Both) -> None:
    one, other = both.ask("link/B--wikidata-Q2")
    assert (one.status, other.status) == (404, 303)


@given(ACCEPT, LANGUAGE)
@example(BROWSER, "en")
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_accept_is_answered_as_the_reference_does(both: Both, accept: str, language: str) -> None:
    folder, suffix = choose(accept, language)
    for answer in both.ask("id/a", accept, language):
        assert (answer.status, answer.location) == (303, f"{both.root}{folder}id/a{suffix}")


@pytest.mark.parametrize("tail", ["q=0." + "0" * 7000 + "x", ";" * 7000, " " * 7000 + "x", "q=0;" * 1700, "a;" * 3500])
def test_a_hostile_header_takes_no_time(both: Both, tail: str) -> None:
    begun = time.monotonic()
    for answer in both.ask("id/a", f"text/html;{tail}", f"de;{tail}"):
        assert answer.status in {303, 400}
    assert time.monotonic() - begun < 5


def test_withheld_is_answered_as_unknown(folder: Path) -> None:
    """The site once had ``gone``; a folder of what was never there must not differ from what is left of it."""
    documents = frozenset({"id/gone", "membership/gone/a", "membership/x/gone"})
    before = dataclasses.replace(SITE, documents=SITE.documents | documents)
    write_site(folder / "before", before)
    write_site(folder / "site", SITE)
    with apache(folder, folder / "before") as server:
        assert server.get("/id/gone").status == 303
    paths = [
        "id/{}", "id/{}.html", "id/{}.ttl", "id/{}.jsonld", "en/id/{}.html", "membership/{}/a", "membership/{}/", "membership/x/{}",
        "membership/{}", "statement/{}/name/0123", "coverage/{}/members", "conflict/{}/seat", "link/{}--wikidata-Q1",
        "coding/topic/{}/racism", "coding/role/example.org/list/x--{}", "coding/role/example.org/list/{}--a", "frame/{}.jsonld",
    ]  # fmt: skip
    with apache(folder, folder / "site") as one, nginx(folder, folder / "site") as other:
        for server in (one, other):
            for path in paths:
                for accept in (BROWSER, "text/turtle"):
                    gone, never = (server.get("/" + path.format(name), accept) for name in ("gone", "never"))
                    assert gone.status == 404
                    assert gone.body == never.body == b"404.html\n"
                    assert _without_date(gone) == _without_date(never)


CHECKS: dict[str, Callable[[Both], list[bool]]] = {
    "suffix": lambda both: [a.status == 200 for a in both.ask("en/id/a.html")],
    "address": lambda both: [a.status == 303 for a in both.ask("id/a")],
    "things": lambda both: [a.status == 302 for a in both.ask("ontology")],
    "accept": lambda both: [a.location.endswith(".ttl") for a in both.ask("id/a", "text/html;q=0.1,text/turtle;q=0.2")],
    "language": lambda both: [a.location.endswith("en/id/a.html") for a in both.ask("id/a", None, "de;q=0.1,en;q=0.2")],
    "merged": lambda both: [a.status == 301 for a in both.ask("id/old")],
    "auxiliary": lambda both: [a.status == 303 for a in both.ask("coding/role/example.org/list/x--a")],
    "types": lambda both: [a.type == "application/ld+json" for a in both.ask("id/a.jsonld")],
    "headers": lambda both: ["content-security-policy" in a.headers for a in both.ask("id/a.html")],
    "signposting": lambda both: ["cite-as" in a.headers["link"] for a in both.ask("id/a.html")],
    "cors": lambda both: [a.headers["access-control-allow-origin"] == "*" for a in both.ask("id/a.ttl")],
    "withheld": lambda both: [a.body == b"404.html\n" for a in both.ask("id/never")],
}


@pytest.mark.parametrize("name", abilities())
def test_what_the_table_says_of_both_is_so(both: Both, name: str) -> None:
    said = abilities()[name]
    assert [said["Apache"] == "yes", said["nginx"] == "yes"] == CHECKS[name](both)


def test_where_a_folder_is_served_from_does_not_matter_to_apache(folder: Path) -> None:
    """A site below an alias, where the path in the address is not the path on disk."""
    write_site(folder / "site", SITE, root="served")
    with apache(folder, folder / "site", alias=("/elsewhere", folder / "site" / "served")) as server:
        assert server.get("/elsewhere/id/a", "text/turtle").location == "/elsewhere/id/a.ttl"
        assert server.get("/elsewhere/id/a.ttl").body == b"id/a.ttl\n"
        assert server.get("/elsewhere/id/old").location == "/elsewhere/id/a"
        assert server.get("/elsewhere/link/b--wikidata-Q1").location == "/elsewhere/id/b#link/b--wikidata-Q1"
        assert server.get("/elsewhere/coding/role/example.org/list/x--a").status == 303


def _without_date(answer: Answer) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name != "date"}
