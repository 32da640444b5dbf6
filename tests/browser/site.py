"""The site that is looked at: one built elsewhere, or the SPARQL page in a bare shell."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

from buendnis_graph.graph import Graph
from buendnis_graph.publish import sparqlpage
from buendnis_graph.publish.sparqlpage.files import DATA
from buendnis_graph.publish.sparqlpage.fragment import DUMP, QUADS
from buendnis_graph.publish.sparqlpage.words import words
from buendnis_graph.store import QUADS as BUILT_QUADS
from buendnis_graph.store import consolidate
from tests.mini import REAL

BUILT = os.environ.get("BUENDNIS_SITE", "")
"""A folder with a built site to look at instead."""

_STYLE = """
:root { --ink: #1c1f23; --paper: #fff; --accent: #0b5394; --muted: #565b62; --line: #d5d8dc; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9eaec; --paper: #16181b; --accent: #8ab8ef; --muted: #a9aeb6; --line: #3a3f46; }
}
html { color: var(--ink); background: var(--paper); font-family: sans-serif; line-height: 1.5; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; }
a { color: var(--accent); }
"""
_SHELL = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="{top}assets/site.css">
<link rel="icon" href="data:,">
</head>
<body>
<main>
<h1>{title}</h1>
<p>{lead}</p>
{body}
</main>
</body>
</html>
"""


def make(graph: Graph, folder: Path) -> Path:
    """Write a site of the SPARQL page in both languages, with the dumps it asks; return its folder."""
    assets = sparqlpage.assets(REAL)
    assert assets is not None, f"web/dist is not built: {sparqlpage.HOW_TO_BUILD}"
    lines = sorted(f"{quad.triple} .\n" for quad in consolidate(graph.store))
    files = assets | {
        DATA: sparqlpage.data(REAL, graph.store),
        DUMP: gzip.compress("".join(lines).encode(), mtime=0),
        QUADS: gzip.compress((graph.folder / BUILT_QUADS).read_bytes(), mtime=0),
        "assets/site.css": _STYLE.encode(),
        "sparql.html": _page("de", "").encode(),
        "en/sparql.html": _page("en", "../").encode(),
    }
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def _page(language: str, top: str) -> str:
    body = sparqlpage.fragment(language, top=top)
    return _SHELL.format(language=language, top=top, body=body, **words("page", language))
