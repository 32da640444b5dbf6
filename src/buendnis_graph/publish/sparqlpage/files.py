"""The built files of the page, from ``web/dist``."""

from __future__ import annotations

from buendnis_graph.settings import Project

ASSETS = "assets/sparql/"
DATA = ASSETS + "data.json"
AT_ROOT = frozenset({"sparql-sw.js", "sparql-worker.js"})
"""Where a service worker lies decides which pages it may serve, so these two lie at the root of the site."""

HOW_TO_BUILD = "make web"


def assets(project: Project) -> dict[str, bytes] | None:
    """Return the page's files by their path in a site, without :func:`~.data.data`; None if they have not been built.

    They are built by :data:`HOW_TO_BUILD`, which needs Node.
    """
    dist = project.root / "web" / "dist"
    if not (dist / "sparql.js").is_file():
        return None
    files = sorted(path for path in dist.iterdir() if path.is_file())
    return {path.name if path.name in AT_ROOT else ASSETS + path.name: path.read_bytes() for path in files}
