"""What :func:`files` returns; that servers understand it is tested in tests/system/test_hosts.py."""

from __future__ import annotations

import dataclasses
import re

from buendnis_graph.publish.hosts import Site, files, left_out, page_policy
from buendnis_graph.publish.hosts.parts import policy, wasm_files
from buendnis_graph.publish.sparqlpage import POLICY
from buendnis_graph.publish.sparqlpage.files import AT_ROOT
from tests.publish.hosts.servers import SITE

HERE = dataclasses.replace(SITE, url="https://example.org/graph/", void="<> a <http://rdfs.org/ns/void#Dataset> .\n")


def test_files_are_sorted_and_do_not_depend_on_the_order_given() -> None:
    backwards = dataclasses.replace(
        HERE,
        documents=frozenset(sorted(HERE.documents, reverse=True)),
        redirects=dict(reversed(list(HERE.redirects.items()))),
        homes=dict(reversed(list(HERE.homes.items()))),
    )
    assert list(files(HERE).items()) == list(files(backwards).items())
    assert list(files(HERE)) == sorted(files(HERE))
    assert all(text == "" or text.endswith("\n") for text in files(HERE).values())


def test_what_is_not_known_is_not_written_and_said() -> None:
    assert set(files(HERE)) - set(files(SITE)) == {
        "sitemap.xml", "hosts/w3id/htaccess", "hosts/w3id/README.md", ".well-known/void",
    }  # fmt: skip
    assert "w3id" in left_out(SITE.url)[0]
    assert left_out(HERE.url) == ()


def test_names_of_maintainers_are_left_open() -> None:
    assert "OPEN" in files(HERE)["hosts/w3id/README.md"]


def test_nothing_tells_what_was_withheld() -> None:
    before = dataclasses.replace(HERE, documents=HERE.documents | {"id/gone", "membership/x/gone"})
    assert any("gone" in text for text in files(before).values())
    assert not any("gone" in text for text in files(HERE).values())


def test_a_site_without_anything_has_rules() -> None:
    assert ".htaccess" in files(Site(version="0", documents=frozenset()))


def test_webassembly_is_for_the_page_with_sparql_and_its_worker_alone() -> None:
    allowed = re.compile(wasm_files())
    for path in ("sparql.html", "en/sparql.html", *(name for name in AT_ROOT if "worker" in name)):
        assert allowed.fullmatch(path), path
    for path in ("index.html", "search.html", "assets/find.js", "assets/sparql/sparql.js", "sparqlxhtml"):
        assert not allowed.fullmatch(path), path
    assert "'wasm-unsafe-eval'" in policy(wasm=True)
    assert "unsafe" not in policy() + page_policy()


def test_a_page_may_no_more_than_what_is_sent_with_it() -> None:
    """Both hold together: a directive of a page that the server does not know of would be in vain."""
    sent, on_page = (dict(d.split(" ", 1) for d in text.split("; ")) for text in (policy(), page_policy()))
    assert sent.keys() - on_page.keys() == {"worker-src", "frame-ancestors"}
    assert {name for name in on_page if on_page[name] != sent[name]} == {"base-uri"}
    assert "base-uri 'self'" in page_policy(("base-uri 'self'",))
    assert set(page_policy(POLICY).split("; ")) <= {*policy(wasm=True).split("; "), "base-uri 'none'"}
