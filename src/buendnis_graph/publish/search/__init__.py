"""Search and facets over all that is published, by a static index and a script of ours; without it, by lists.

The index is a script that assigns one variable, so that it also loads where pages are read as files.
"""

from buendnis_graph.publish.search.entries import Entry, Found, entries, found_in
from buendnis_graph.publish.search.facets import read
from buendnis_graph.publish.search.forms import page, quick
from buendnis_graph.publish.search.index import FILE, index, renewed, script

ASSETS = ("find.js", "search.js", "search.css")
"""Files beside this one that a site needs; ``find.js`` is loaded before ``search.js``."""

__all__ = [
    "ASSETS",
    "FILE",
    "Entry",
    "Found",
    "entries",
    "found_in",
    "index",
    "page",
    "quick",
    "read",
    "renewed",
    "script",
]
