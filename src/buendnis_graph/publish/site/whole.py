"""The site with what the other parts of the release add to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from buendnis_graph.extras import need
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import hosts, jsonld, search, sparqlpage
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.publish.fresh import refuse_stale
from buendnis_graph.publish.releases import redirects
from buendnis_graph.publish.site.beside import Beside, read_beside
from buendnis_graph.publish.site.folder import Written, writing
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.parts import assets, embedded, overview_pages, search_page, signposts, sparql_page
from buendnis_graph.publish.site.released import release_files, releases_page

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What a run wrote, and what the site lacks, each with what to do."""

    written: Written
    lacks: tuple[str, ...]


def publish_site(graph: Graph, output: Path, *, site_url: str = "", step: Step = lambda _text: None) -> Published:
    """Write the site of a graph into a folder, which is held for this run from the first look into it to the end.

    Args:
        graph: a built graph of a project.
        output: the folder; made if it is not there. The dumps of an export that lies there are listed.
        site_url: the site's own address; empty: that of the export, if that was given one.
        step: told what is being done.

    Raises:
        NotBuiltError: if nothing was built, or files have changed since.
        UsageError: if the folder holds something else, or an export of another build or for another address, or if
            something was withheld since the last release.
        ReadError: if the list of the dumps, or a release, is damaged.
    """
    refuse_stale(graph)
    with writing(output) as write:
        beside = read_beside(graph, output, site_url)
        if beside.url:
            need("matplotlib", "site")  # for share cards, which come last
        site = _site(graph, beside, step, Licences.of(graph, current=True))
        return Published(write(site.files()), _lacks(site, beside))


def whole_site(
    graph: Graph, output: Path | None = None, *, site_url: str = "", step: Step = lambda _text: None
) -> Site:
    """Return the site of a graph, for who wants its files elsewhere than in a folder; else as :func:`publish_site`."""
    return _site(graph, read_beside(graph, output, site_url), step, Licences.of(graph))


def _site(graph: Graph, beside: Beside, step: Step, licences: Licences) -> Site:
    step("drawing overviews")
    asking = sparql_page(beside.dumps) if beside.sparql else None
    added = [asking] if asking else []
    added += [releases_page(beside.releases)] if beside.releases else []
    extra = (search_page(), *overview_pages(graph.without_bulk), *added)
    more = partial(_more, beside=beside, of_all=(CC0, *licences.others))
    site = Site(graph, beside.url, extra, more, beside.dumps, beside.catalogue, step=step)
    step("telling licences apart")
    site.signpost = signposts({one.iri: _licences(licences, one) for one in site.documents})
    site.embed = embedded(site)
    return site


def _lacks(site: Site, beside: Beside) -> tuple[str, ...]:
    told = hosts.left_out(site.site_url)
    if not beside.dumps:
        return ("no dumps lie in the folder (buendnis export --output FOLDER, then the site again): no SPARQL page.",
                *told)  # fmt: skip
    if not beside.sparql:
        how = sparqlpage.HOW_TO_BUILD
        return (f"the parts of the SPARQL page are not built ({how}, needs Node): no SPARQL page.", *told)
    if "sparql" not in site.paths:
        return ("the dumps hold no N-Triples and N-Quads (buendnis export with all formats): no SPARQL page.", *told)
    return told


def _licences(licences: Licences, document: Document) -> tuple[str, ...]:
    """Return the licences of what a page tells; on the data set, a graph or a source those of the whole of it.

    The page of the ontology gives examples from all graphs.
    """
    if document.kind in (Kind.DATASET, Kind.ONTOLOGY):
        return (CC0, *licences.others)
    if document.iri in licences.by_graph:
        return (licences.by_graph[document.iri],)
    return licences.of_triples(chain(document.own, document.borrowed))


def _more(site: Site, beside: Beside, of_all: tuple[str, ...]) -> Iterator[tuple[str, str | bytes]]:
    for name, content in assets():
        yield f"assets/{name}", content
    site.step("writing the index of the search")
    yield f"assets/{search.FILE}", search.script(site.graph.without_bulk, site.documents, site.questions)
    yield from jsonld.files().items()
    if beside.releases:
        yield from release_files(site.graph.project, beside.releases, site.site_url)
    if "sparql" in site.paths:
        yield from beside.sparql.items()
        yield sparqlpage.DATA, sparqlpage.data(site.graph.project, site.graph.without_bulk)
    yield from hosts.files(served(site, beside.void), of_all).items()


def served(site: Site, void: str = "") -> hosts.Site:
    """Return what the rules for hosts need to know of a site, and its description in VoID if there is one."""
    paths = {document.path for document in site.documents}
    return hosts.Site(
        version=site.view.text(BASE + "dataset", "dcat:version"),
        documents=frozenset(paths),
        pages=frozenset(site.paths - paths),
        dumps=tuple(dump.path for dump in site.dumps),
        redirects=redirects(site.graph.without_bulk),
        homes=hosts.auxiliary(site.homes),
        url=site.site_url or None,
        void=void,
    )
