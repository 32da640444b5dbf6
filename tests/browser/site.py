"""The site that is looked at: the project's own, made anew, or one built elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.graph import Graph
from buendnis_graph.linking.register import read_register
from buendnis_graph.linking.shards import by_part, write_shard
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import sparqlpage
from buendnis_graph.publish.export import export
from buendnis_graph.publish.site import write_site
from buendnis_graph.publish.site.whole import add_register, whole_site
from tests.mini import REAL
from tests.register import register_file

BUILT = os.environ.get("BUENDNIS_SITE", "")
"""A folder with a built site to look at instead."""


def make(graph: Graph, folder: Path) -> Path:
    """Write the whole site of a graph with its dumps; return its folder."""
    (graph.project.root / "web").symlink_to(REAL.root / "web")  # a copy has no built parts of its own
    assert sparqlpage.assets(graph.project) is not None, f"web/dist is not built: {sparqlpage.HOW_TO_BUILD}"
    export(graph, folder)
    site = whole_site(graph, folder)
    add_register(site, small_register(graph.project.root))
    write_site(folder, site.files())
    return folder


def small_register(folder: Path) -> dict[str, list[Path]]:
    """Write the entries of the small register into a folder; return the files, a court each, by their source."""
    source = ox.NamedNode(f"{BASE}source/offeneregister.de/vereinsregister/2026-11-29")
    entries = read_register(register_file(folder / "register.csv.gz"))
    return {source.value: [write_shard(folder, part, some, source) for part, some in by_part(entries).items()]}
