"""The feed: valid Atom, the same each time, no more than is left of a withdrawn release."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from buendnis_graph.publish.releases.feed import feed
from buendnis_graph.publish.releases.manifest import Manifest

_ATOM = "{http://www.w3.org/2005/Atom}"
_COUNTS = {"alliances": 2, "organisations": 5, "memberships": 3, "sources": 4}


def _release(version: str, day: str) -> Manifest:
    files = {"graph.nq.gz": (10, "0"), "notes.de.md": (5, "0"), "redirects.json": (3, "0")}
    return Manifest(version, day, f"urn:{version}", counts=_COUNTS, files=files)


RELEASES = [
    _release("0.1.0", "2026-11-25").withdraw("2026-12-24"),
    _release("0.2.0", "2026-12-01"),
    _release("0.10.0", "2026-12-24"),
]


def test_newest_first_with_ids_that_stay() -> None:
    root = ET.fromstring(feed(RELEASES, "https://example.org/a&b/"))  # noqa: S314 - our own
    entries = root.findall(f"{_ATOM}entry")
    base = "https://w3id.org/buendnis-graph/releases"
    assert root.findtext(f"{_ATOM}id") == base
    assert [e.findtext(f"{_ATOM}id") for e in entries] == [f"{base}/{v}" for v in ("0.10.0", "0.2.0", "0.1.0")]
    assert root.findtext(f"{_ATOM}updated") == "2026-12-24T00:00:00Z"
    links = [link.attrib["href"] for link in entries[1].findall(f"{_ATOM}link")]
    below = "https://example.org/a&b/releases/0.2.0/"
    assert links == [below + name for name in ("notes.de.md", "notes.en.md", "graph.nq.gz")]
    assert feed(RELEASES) == feed(list(RELEASES))


def test_what_the_standard_demands() -> None:
    """RFC 4287, 4.1: one id, title and updated each; an author; alternates that differ in type or language."""
    root = ET.fromstring(feed(RELEASES))  # noqa: S314 - our own
    assert root.tag == f"{_ATOM}feed"
    assert root.find(f"{_ATOM}author/{_ATOM}name") is not None
    for node in [root, *root.findall(f"{_ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert len(node.findall(_ATOM + name)) == 1
        stamps = [node.findtext(_ATOM + name, "") for name in ("updated", "published")]
        assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", stamp) for stamp in stamps if stamp)
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in node.findall(f"{_ATOM}link")
            if link.get("rel") == "alternate"
        ]
        assert len(alternates) == len(set(alternates))
        assert node is root or alternates or node.find(f"{_ATOM}content") is not None


def test_of_a_withdrawn_release_no_number_and_no_file() -> None:
    entry = ET.fromstring(feed(RELEASES)).findall(f"{_ATOM}entry")[-1]  # noqa: S314 - our own
    assert entry.findtext(f"{_ATOM}title") == "Bündnis-Graph 0.1.0 (zurückgezogen)"
    assert entry.findtext(f"{_ATOM}updated") == "2026-12-24T00:00:00Z"
    assert entry.findall(f"{_ATOM}link") == []
    assert entry.findtext(f"{_ATOM}content") == "Alliance graph 0.1.0 (withdrawn)"
