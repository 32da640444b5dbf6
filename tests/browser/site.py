"""The site that is looked at: the project's own, made anew, or one built elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from buendnis_graph.graph import Graph
from buendnis_graph.publish import sparqlpage
from buendnis_graph.publish.export import export
from buendnis_graph.publish.site import write_site
from buendnis_graph.publish.site.whole import whole_site
from tests.mini import REAL

BUILT = os.environ.get("BUENDNIS_SITE", "")
"""A folder with a built site to look at instead."""


def make(graph: Graph, folder: Path) -> Path:
    """Write the whole site of a graph with its dumps; return its folder."""
    (graph.project.root / "web").symlink_to(REAL.root / "web")  # a copy has no built parts of its own
    assert sparqlpage.assets(graph.project) is not None, f"web/dist is not built: {sparqlpage.HOW_TO_BUILD}"
    export(graph, folder)
    write_site(folder, whole_site(graph, folder).files())
    return folder
