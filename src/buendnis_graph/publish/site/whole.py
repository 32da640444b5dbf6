"""The site with what the other parts of the release add to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from buendnis_graph.errors import UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.publish.site.make import Site


def whole_site(
    graph: Graph, output: Path, *, site_url: str = "", step: Callable[[str], None] = lambda _text: None
) -> Site:
    """Return the site of a graph.

    Args:
        graph: a built graph of a project.
        output: the folder it is written to; dumps that lie in it are listed.
        site_url: the site's own address, if it is known.
        step: told what is being done.

    Raises:
        UsageError: if that is no address of a site.
    """
    return Site(graph, checked_url(site_url), step=step)


def checked_url(site_url: str) -> str:
    """Return the address of a site with a slash at its end; empty stays empty.

    Raises:
        UsageError: if it is no address with ``https`` or ``http`` and a host, or has a query or fragment.
    """
    if not site_url:
        return ""
    parts = urlsplit(site_url)
    if parts.scheme not in {"https", "http"} or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            f"'{site_url}' is no address of a site.", hint="Give it whole: --site-url https://example.org/graph/"
        )
    return site_url.rstrip("/") + "/"
