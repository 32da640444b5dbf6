"""Signposting in pages and as a link set."""

from __future__ import annotations

import dataclasses
import json
from types import SimpleNamespace

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts.discovery import llms
from buendnis_graph.publish.hosts.links import Link, linkset, signposting
from tests.publish.hosts.servers import SITE

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"


def test_a_page_has_the_links_of_signposting() -> None:
    document = SimpleNamespace(iri=f"{BASE}id/a", path="id/a")
    assert signposting(document, folder="en/", licences=[LICENCE]) == [
        Link("cite-as", f"{BASE}id/a"),
        Link("type", "https://schema.org/AboutPage"),
        Link("type", "https://schema.org/Organization"),
        Link("alternate", "../../id/a.ttl", "text/turtle"),
        Link("alternate", "../../id/a.jsonld", "application/ld+json"),
        Link("describedby", "../../id/a.ttl", "text/turtle"),
        Link("describedby", "../../id/a.jsonld", "application/ld+json"),
        Link("alternate", "../../id/a.html", "text/html", "de"),
        Link("alternate", "../../en/id/a.html", "text/html", "en"),
        Link("collection", f"{BASE}dataset"),
        Link("license", LICENCE),
        Link("linkset", "../../linkset.json", "application/linkset+json"),
    ]


def test_the_data_set_is_in_nothing() -> None:
    document = SimpleNamespace(iri=f"{BASE}dataset", path="dataset")
    assert not [link for link in signposting(document) if link.rel == "collection"]


def test_only_a_description_in_void_that_is_there_is_named() -> None:
    for void in ("", "<> a <http://rdfs.org/ns/void#Dataset> ."):
        site = dataclasses.replace(SITE, void=void)
        assert ("void.ttl" in linkset(site)) == ("void.ttl" in llms(site)) == bool(void)


def test_linkset_points_both_ways() -> None:
    """RFC 9264: an object with ``linkset``; each context has an anchor, and lists of targets with ``href``."""
    for url in (None, "https://example.org/graph/"):
        contexts = json.loads(linkset(dataclasses.replace(SITE, url=url), [LICENCE]))["linkset"]
        by_anchor = {context.pop("anchor"): context for context in contexts}
        assert len(by_anchor) == len(contexts)
        assert all("href" in target for context in contexts for targets in context.values() for target in targets)
        page = f"{url or ''}dataset.html"
        assert by_anchor[page]["cite-as"] == [{"href": f"{BASE}dataset"}]
        assert by_anchor[page]["license"] == [{"href": LICENCE}]
        for item in by_anchor[page]["item"]:
            assert by_anchor[item["href"]]["collection"][0]["href"] == page
        for data in by_anchor[page]["describedby"]:
            assert by_anchor[data["href"]]["describes"][0]["href"] == page
