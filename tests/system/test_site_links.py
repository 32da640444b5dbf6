"""The site of the project's own graph: every link leads somewhere, every address that is promised is there."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import documents
from buendnis_graph.publish.site.whole import whole_site
from tests.publish.places import places

pytestmark = pytest.mark.system


def test_every_link_and_every_promised_anchor_is_there(graph: Graph) -> None:
    site = whole_site(graph)
    files = {path: text if isinstance(text, str) else "" for path, text in site.files()}
    pages = {path: text for path, text in files.items() if path.endswith(".html")}
    anchors = {path: set(re.findall(r'\sid="([^"]*)"', text)) for path, text in pages.items()}
    promised = [path for path in places(documents(graph.store)).values() if "#" in path]
    assert [path for path in promised if path.partition("#")[2] not in anchors[path.partition("#")[0] + ".html"]] == []
    broken = []
    for path, text in pages.items():
        for address in set(re.findall(r'(?:href|src)="([^"]*)"', text)):
            if re.match(r"[a-z]+:", address):
                continue
            file, _, anchor = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
            if target not in files or (anchor and unquote(anchor) not in anchors[target]):
                broken.append((path, address))
    assert broken == []
