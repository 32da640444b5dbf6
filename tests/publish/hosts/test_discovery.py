"""Sitemap, robots.txt, llms.txt."""

from __future__ import annotations

import dataclasses
import re
import xml.etree.ElementTree as ET

from buendnis_graph.publish.hosts.discovery import llms, robots, sitemap
from tests.publish.hosts.servers import SITE

HERE = dataclasses.replace(SITE, url="https://example.org/graph/")
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def _locations(text: str) -> list[str]:
    return [node.text or "" for node in ET.fromstring(text).iterfind(".//s:loc", NS)]  # noqa: S314 - our own


def test_sitemap_has_each_page_in_each_language() -> None:
    text = sitemap(HERE)["sitemap.xml"]
    expected = {f"{HERE.url}{folder}{path}.html" for path in SITE.documents | SITE.pages for folder in ("", "en/")}
    assert set(_locations(text)) == expected
    assert len(_locations(text)) == len(expected)
    first = ET.fromstring(text)[0]  # noqa: S314 - our own
    assert [link.get("hreflang") for link in first.iterfind("x:link", NS)] == ["de", "en"]


def test_merged_entries_and_the_error_page_are_in_no_sitemap() -> None:
    merged = dataclasses.replace(HERE, documents=HERE.documents | {"id/old"})
    assert sitemap(merged) == sitemap(HERE)
    assert sitemap(dataclasses.replace(HERE, pages=HERE.pages | {"404"})) == sitemap(HERE)


def test_a_large_sitemap_is_split_without_loss() -> None:
    whole = _locations(sitemap(HERE)["sitemap.xml"])
    parts = sitemap(HERE, limit=5)
    listed = _locations(parts.pop("sitemap.xml"))
    assert [location.removeprefix("https://example.org/graph/") for location in listed] == list(parts)
    assert [location for text in parts.values() for location in _locations(text)] == whole
    assert max(len(_locations(text)) for text in parts.values()) == 5


def test_without_an_address_nothing_names_one() -> None:
    assert sitemap(SITE) == {}
    assert "Sitemap" not in robots(SITE)
    assert robots(HERE).endswith("Sitemap: https://example.org/graph/sitemap.xml\n")


def test_llms_names_what_there_is() -> None:
    text = llms(HERE)
    assert text.startswith("# ")
    assert "Version 1.0.0." in text
    assert "](https://example.org/graph/dumps/graph.nq.gz)" in text
    assert "$" not in text
    assert all(not target.startswith("http") for target in re.findall(r"\]\((.*?)\)", llms(SITE)))
