"""The site with what the other parts of the release add to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import hosts, jsonld, search, sparqlpage
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.dumps import read_manifest
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.publish.releases import Manifest, read_releases, redirects
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.parts import assets, embedded, overview_pages, search_page, signposts, sparql_page
from buendnis_graph.publish.site.released import release_files, releases_page

VOID = "void.ttl"
"""What an export calls the description of the data set in VoID."""


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
    url = hosts.site_address(site_url) if site_url else ""
    step("drawing overviews")
    manifest = read_manifest(output) if output else None
    dumps = manifest.dumps if manifest else ()
    asking = sparql_page(dumps) if sparqlpage.assets(graph.project) else None
    releases = read_releases(graph.project.releases)
    added = [asking] if asking else []
    added += [releases_page(releases)] if releases else []
    extra = (search_page(), *overview_pages(graph.store), *added)
    void = (output / VOID).read_text(encoding="utf-8") if output and (output / VOID).is_file() else ""
    site = Site(graph, url, extra, partial(_more, void=void, releases=releases), dumps, step=step)
    licences = Licences.of(graph)
    site.signpost = signposts({one.iri: _licences(licences, one) for one in site.documents})
    site.embed = embedded(site)
    return site


def left_out(site: Site, output: Path) -> list[str]:
    """Return what the site in a folder lacks or has of another build, each with what to do; for who writes it."""
    told = []
    if not site.dumps:
        told.append(
            "no dumps lie in the folder (buendnis export --output FOLDER, then the site again): no SPARQL page."
        )
    elif not sparqlpage.assets(site.graph.project):
        told.append(
            f"the parts of the SPARQL page are not built ({sparqlpage.HOW_TO_BUILD}, needs Node): no SPARQL page."
        )
    elif "sparql" not in site.paths:
        told.append("the dumps hold no N-Triples and N-Quads (buendnis export with all formats): no SPARQL page.")
    manifest = read_manifest(output)
    if manifest and manifest.build != site.graph.folder.name.partition("-")[0]:
        told.append(
            "the dumps in the folder are of another build: export again (buendnis export), then write the site."
        )
    return [*told, *hosts.left_out(served(site))]


def _licences(licences: Licences, document: Document) -> tuple[str, ...]:
    """Return the licences of what a page tells; on the data set, a graph or a source those of the whole of it."""
    if document.kind is Kind.DATASET:
        return (CC0, *licences.others)
    if document.iri in licences.by_graph:
        return (licences.by_graph[document.iri],)
    return licences.of_triples(chain(document.own, document.borrowed))


def _more(site: Site, void: str, releases: Sequence[Manifest]) -> Iterator[tuple[str, str | bytes]]:
    for name, content in assets():
        yield f"assets/{name}", content
    site.step("writing the index of the search")
    yield f"assets/{search.FILE}", search.script(site.graph.store, site.documents, site.questions)
    yield from jsonld.files().items()
    if releases:
        yield from release_files(site.graph.project, releases, site.site_url)
    if "sparql" in site.paths:
        yield from (sparqlpage.assets(site.graph.project) or {}).items()
        yield sparqlpage.DATA, sparqlpage.data(site.graph.project, site.graph.store)
    yield from hosts.files(served(site, void), (CC0, *Licences.of(site.graph).others)).items()


def served(site: Site, void: str = "") -> hosts.Site:
    """Return what the rules for hosts need to know of a site, and its description in VoID if there is one."""
    paths = {document.path for document in site.documents}
    return hosts.Site(
        version=site.view.text(BASE + "dataset", "dcat:version"),
        documents=frozenset(paths),
        pages=frozenset(site.paths - paths),
        dumps=tuple(dump.path for dump in site.dumps),
        redirects=redirects(site.graph.store),
        homes=hosts.auxiliary(site.homes),
        url=site.site_url or None,
        void=void,
    )
