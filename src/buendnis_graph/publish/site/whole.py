"""The site with what the other parts of the release add to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from buendnis_graph.errors import UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import hosts, jsonld, search
from buendnis_graph.publish.dumps import kinds, read_manifest
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.parts import assets, embedded, overview_pages, search_page, signposts


def whole_site(
    graph: Graph, output: Path | None = None, *, site_url: str = "", step: Callable[[str], None] = lambda _text: None
) -> Site:
    """Return the site of a graph.

    Args:
        graph: a built graph of a project.
        output: the folder it is written to, if it is known: the page on data lists the dumps that lie there.
        site_url: the site's own address, if it is known.
        step: told what is being done.

    Raises:
        UsageError: if that is no address of a site.
        ReadError: if the list of the dumps is damaged.
    """
    url = checked_url(site_url)
    step("drawing overviews")
    extra = (search_page(), *overview_pages(graph.store))
    manifest = read_manifest(output) if output else None
    site = Site(graph, url, extra, _more, manifest.dumps if manifest else (), step=step)
    site.signpost = signposts({one.iri: _licences(site, one.iri) for one in site.documents})
    site.embed = embedded(site)
    return site


def _licences(site: Site, thing: str) -> tuple[str, ...]:
    """Return the licences of what a page tells: its own, else that of the data set."""
    return tuple(site.view.things(thing, "dcterms:license") or site.view.things(BASE + "dataset", "dcterms:license"))


def _more(site: Site) -> Iterator[tuple[str, str | bytes]]:
    for name, content in assets():
        yield f"assets/{name}", content
    site.step("writing the index of the search")
    yield f"assets/{search.FILE}", search.script(site.graph.store, site.documents, site.questions)
    yield from jsonld.files().items()
    yield from hosts.files(served(site), _licences(site, BASE + "dataset")).items()


def served(site: Site) -> hosts.Site:
    """Return what the rules for hosts need to know of a site."""
    paths = {document.path for document in site.documents}
    replaced = {
        one.path: to.removeprefix(BASE)
        for one in site.documents
        if (to := site.view.text(one.iri, "dcterms:isReplacedBy")).startswith(BASE)
    }
    return hosts.Site(
        version=site.view.text(BASE + "dataset", "dcat:version"),
        documents=frozenset(paths),
        pages=frozenset(site.paths - paths),
        dumps=tuple((dump.path, kinds()[dump.kind].media_type) for dump in site.dumps),
        redirects=replaced,
        homes={
            thing.removeprefix(BASE): home for thing, home in site.homes.items() if "#" not in thing and "#" in home
        },
        url=site.site_url or None,
    )


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
