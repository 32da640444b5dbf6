"""Linked data from a site, as Apache and nginx answer (tests/system/test_hosts.py), and from the store without one."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import AsyncMock, Mock

import pyoxigraph as ox
import pytest

from buendnis_graph.namespaces import BASE
from buendnis_graph.serve.documents import Documents
from buendnis_graph.serve.facts import Facts
from buendnis_graph.serve.linked import Data, EntryPage, File, Finder, Redirect
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.settings import Settings
from tests.endpoint import oxigraph
from tests.publish.hosts.requests import REQUESTS, STRANGE
from tests.publish.hosts.servers import SITE, write_site
from tests.serve.live import Live, serving
from tests.serve.test_negotiate import BROWSER

FACTS = Facts(SITE.documents, dict(SITE.redirects), {k: v.partition("#")[0] for k, v in SITE.homes.items()}, (), "")
VARY = "Accept, Accept-Language"
_NOT_HERE = {"image/png", "text/css"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, dataclasses.replace(SITE, url="https://example.org/"))
    for path in SITE.documents:
        (folder / f"{path}.ttl").write_text(f"<{BASE}{path}> a <a:b> .\n")
    (folder / "secret").symlink_to("/etc")
    return folder


@pytest.mark.parametrize(("path", "accept", "language", "status", "result", "vary"), REQUESTS)
def test_what_is_found_is_what_other_hosts_find(
    site: Path, path: str, accept: str | None, language: str | None, status: int, result: str, vary: str
) -> None:
    finder = Finder(site, FACTS)
    if accept in _NOT_HERE:
        with pytest.raises(RefusalError):
            finder.find(path, accept or "", language or "")
        return
    found = finder.find(path, accept or "", language or "")
    if status == 404:
        assert found is None
    elif status == 200:
        assert isinstance(found, File)
        assert (found.vary.replace(", ", ",")) == vary
    else:
        assert found == Redirect(status, result, "Accept, Accept-Language" if vary else "")


@pytest.mark.parametrize(
    "path", [*STRANGE, "secret/passwd", "secret", "../x", "id/\x00", "id/a\n", "hosts/../.htaccess"]
)
def test_nothing_else_is_found(site: Path, path: str) -> None:
    assert Finder(site, FACTS).find(path, "", "") is None


def test_without_the_template_engine_the_page_of_an_entry_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    sparql = Mock(answered=AsyncMock(return_value=Mock(payload=b"")), request=Mock(return_value={}))
    documents = Documents(Settings(site=str(site)), sparql, "")
    serving_ = Mock(facts=dataclasses.replace(FACTS, entries=frozenset({"register/U1104_VR1"})))
    with pytest.raises(RefusalError, match="needs the package jinja2") as refused:
        asyncio.run(documents.answer({"path": "/register/U1104_VR1.html", "headers": []}, Mock(), serving_))
    assert refused.value.status == 503


@pytest.mark.parametrize("suffix", ["nt", "rdf", "trig", "nq"])
def test_other_formats_are_made_of_turtle(site: Path, suffix: str) -> None:
    found = Finder(site, FACTS).find(f"id/a.{suffix}", "", "")
    assert isinstance(found, Data)
    assert Finder(site, FACTS).find(f"id/unknown.{suffix}", "", "") is None


@pytest.mark.parametrize("with_site", [True, False])
def test_an_entry_of_a_register_has_data_and_beside_a_site_a_page(site: Path, with_site: bool) -> None:
    finder = Finder(site if with_site else None, dataclasses.replace(FACTS, entries=frozenset({"register/U1104_VR1"})))
    suffix = "html" if with_site else "rdf"
    assert finder.find("register/U1104_VR1", BROWSER, "") == Redirect(303, f"register/U1104_VR1.{suffix}", VARY)
    found = finder.find("register/U1104_VR1.ttl", "", "")
    assert isinstance(found, Data)
    assert found.is_entry
    assert finder.find("register/U1104_VR2", "", "") is None
    for folder, language in (("", "de"), ("en/", "en")):
        page = EntryPage("register/U1104_VR1", language) if with_site else None
        assert finder.find(f"{folder}register/U1104_VR1.html", "", "") == page
    assert finder.find("register/U1104_VR2.html", "", "") is None


def test_data_is_found_without_a_site() -> None:
    finder = Finder(None, FACTS)
    assert finder.find("id/a", BROWSER, "") == Redirect(303, "id/a.rdf", "Accept, Accept-Language")
    assert finder.find("id/a", "", "") == Redirect(303, "id/a.ttl", "Accept, Accept-Language")
    assert isinstance(finder.find("id/a.ttl", "", ""), Data)
    assert finder.find("id/old", "", "") == Redirect(301, "id/a")
    assert finder.find("id/unknown", "", "") is None
    assert finder.find("statement/a/name/0123", "", "") == Redirect(303, "id/a#statement/a/name/0123")
    with pytest.raises(RefusalError, match="Accept"):
        finder.find("id/a", "text/html", "")


@pytest.fixture(scope="module")
def with_site(root: Path, site: Path) -> Iterator[Live]:
    with serving(root, "--site", str(site), "--url", "https://example.org/graph/") as running:
        yield running


def test_a_page_of_the_site(with_site: Live) -> None:
    led = with_site.ask(path="/id/a", accept=BROWSER, accept_language="en")
    assert (led.status, led.headers["location"]) == (303, "/graph/en/id/a.html")
    got = with_site.ask(path="/en/id/a.html")
    assert (got.status, got.type, got.text) == (200, "text/html", "en/id/a.html\n")
    assert f'<{BASE}id/a>; rel="cite-as"' in got.headers["link"]
    assert "default-src 'none'" in got.headers["content-security-policy"]
    again = with_site.ask(path="/en/id/a.html", if_none_match=got.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    head = with_site.ask("HEAD", "/en/id/a.html")
    assert (head.body, head.headers["content-length"]) == (b"", got.headers["content-length"])


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/trig"])
def test_all_formats_say_the_same(with_site: Live, accept: str) -> None:
    led = with_site.ask(path="/id/a", accept=accept)
    got = with_site.ask(path=led.headers["location"].removeprefix("/graph"))
    assert got.type == accept
    (quad,) = ox.parse(got.body, format=ox.RdfFormat.from_media_type(accept))
    assert quad.subject == ox.NamedNode(f"{BASE}id/a")
    assert 'rel="describes"' in got.headers["link"]


def test_withheld_is_as_unknown(with_site: Live) -> None:
    one, other = with_site.ask(path="/id/withheld"), with_site.ask(path="/id/never-was")
    assert (
        (one.status, one.body, one.type) == (other.status, other.body, other.type) == (404, b"404.html\n", "text/html")
    )


def test_what_is_not_there_is_listed(with_site: Live) -> None:
    got = with_site.ask(path="/id/a", accept="image/png")
    assert got.status == 406
    assert "text/html" in got.text
    assert "text/turtle" in got.text


def test_paths_of_strangers_lead_nowhere(with_site: Live) -> None:
    for path in STRANGE:
        assert with_site.ask(path="/" + path).status == 404, path


def test_the_editor_is_the_sites(with_site: Live) -> None:
    got = with_site.ask(accept=BROWSER)
    assert got.text == "sparql.html\n"
    assert "wasm-unsafe-eval" in got.headers["content-security-policy"]


def test_without_a_site_documents_come_from_the_store(root: Path) -> None:
    with serving(root, direct=1) as live:
        got = live.ask(path="/id/a")
        assert (got.status, got.headers["content-location"]) == (200, "/id/a.ttl")
        assert live.ask(path="/id/a.ttl").body == got.body
        triples = {quad.triple for quad in ox.parse(live.ask(path="/id/a.nt").body, format=ox.RdfFormat.N_TRIPLES)}
        assert triples == {quad.triple for quad in ox.parse(got.body, format=ox.RdfFormat.TURTLE)}
        assert ox.NamedNode(f"{BASE}id/a") in {triple.subject for triple in triples}
        assert json.loads(live.ask(path="/id/a.jsonld").body)
        assert live.ask(path="/id/unknown").status == 404


LARGE = 25


@pytest.fixture
def large(site: Path) -> Iterator[set[ox.Triple]]:
    """A document of the site that takes three pages."""
    triples = {
        ox.Triple(ox.NamedNode(f"{BASE}id/a"), ox.NamedNode(f"a:{n:03}"), ox.Literal("x" * 60)) for n in range(LARGE)
    }
    file = site / "id" / "a.ttl"
    before = file.read_text()
    file.write_text("".join(f"{triple} .\n" for triple in sorted(triples, key=str)))
    yield triples
    file.write_text(before)


def pages(live: Live, path: str, base: str) -> tuple[list[set[ox.Triple]], list[str]]:
    """Follow the links from the first page on; return what the pages hold, and their addresses."""
    found, addresses, address = [], [], f"{base}{path}"
    while address:
        got = live.ask(path=address.removeprefix(base.rstrip("/")), accept="*/*")
        assert got.status == 200
        addresses.append(address)
        found.append({q.triple for q in ox.parse(got.body, format=ox.RdfFormat.from_media_type(got.type))})
        links = dict(re.findall(r'<([^>]+)>; rel="(first|prev|next)"', got.headers.get("link", "")))
        rels = {rel: there for there, rel in links.items()}
        assert ("prev" in rels or "first" in rels) == (len(found) > 1)
        address = rels.get("next", "")
    return found, addresses


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf"])
@pytest.mark.parametrize("flags", [(), ("--endpoint",)])
def test_a_large_document_comes_in_pages(
    root: Path, site: Path, large: set[ox.Triple], suffix: str, flags: tuple[str, ...]
) -> None:
    build = root / "build" / (root / "build" / "current").read_text().strip()
    with ExitStack() as stack:
        more = [*flags, stack.enter_context(oxigraph(build / "store"))] if flags else []
        live = stack.enter_context(serving(root, *more, site=site, page=10))
        found, addresses = pages(live, f"id/a.{suffix}", f"http://127.0.0.1:{live.port}/")
        assert set().union(*found) >= large
        assert [len(page & large) for page in found] == [10, 10, 5]
        for page, address in zip(found, addresses, strict=True):
            (view,) = {str(t.subject.value) for t in page if "PartialCollectionView" in str(t.object)}  # type: ignore[union-attr]
            assert view.removesuffix("?page=1") == address
        assert live.ask(path=f"/id/a.{suffix}?page=4").status == 404
        one, two = (live.ask(path=f"/id/a.{suffix}?page={n}").headers["etag"] for n in (1, 2))
        assert one != two
        assert live.ask(path=f"/id/a.{suffix}?page=2", if_none_match=two).status == 304


def test_a_large_thing_of_the_store_comes_in_pages(root: Path) -> None:
    with serving(root) as whole, serving(root, page=2) as live:
        every = {q.triple for q in ox.parse(whole.ask(path="/id/a.nt").body, format=ox.RdfFormat.N_TRIPLES)}
        found, _ = pages(live, "id/a.nt", f"http://127.0.0.1:{live.port}/")
        assert len(found) == -(-len(every) // 2)
        assert every <= set().union(*found)
        assert all(len(page & every) <= 2 for page in found)
