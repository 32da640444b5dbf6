"""The site with what the other parts of the release add to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from buendnis_graph.extras import need
from buendnis_graph.graph import Graph
from buendnis_graph.inputs import Inputs
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import hosts, jsonld, overviews, search, sparqlpage
from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.publish.fresh import refuse_stale
from buendnis_graph.publish.releases import redirects
from buendnis_graph.publish.site.beside import Beside, read_beside
from buendnis_graph.publish.site.crew import is_worth_it, made_by_crew
from buendnis_graph.publish.site.folder import Files, Written, writing
from buendnis_graph.publish.site.make import Site, Step
from buendnis_graph.publish.site.paged import ROWS
from buendnis_graph.publish.site.pages import WholeSite
from buendnis_graph.publish.site.parts import assets, embedded, overview_pages, search_page, signposts, sparql_page
from buendnis_graph.publish.site.register import court_pages, courts_of, index_page
from buendnis_graph.publish.site.released import release_files, releases_page
from buendnis_graph.publish.site.renewed import Made, made_from, renewed
from buendnis_graph.store.bulk import need_shards

AnySite = TypeVar("AnySite", bound=Site)


@dataclass(frozen=True, slots=True)
class Published:
    """What a run wrote, and what the site lacks, each with what to do."""

    written: Written
    lacks: tuple[str, ...]


def publish_site(
    graph: Graph,
    output: Path,
    *,
    site_url: str = "",
    force: bool = False,
    register: bool = False,
    rows: int = ROWS,
    files: Inputs | None = None,
    step: Step = lambda _text: None,
) -> Published:
    """Write the site of a graph into a folder, which is held for this run from the first look into it to the end.

    If the site of an earlier build lies there, pages whose input has changed are made, and no others.

    Args:
        graph: a built graph of a project.
        output: the folder; made if it is not there. The dumps of an export that lies there are listed.
        site_url: the site's own address; empty: that of the export, if that was given one.
        force: whether to make all pages.
        register: whether to add the pages of the register of associations that the build holds.
        rows: of a list on a page; a longer one is cut into parts.
        files: what is known of the files of the project, for who writes again and again.
        step: told what is being done.

    Raises:
        NotBuiltError: if nothing was built, or files have changed since.
        UsageError: if the folder holds something else, or an export of another build or for another address, or if
            something was withheld since the last release, or the build holds no register that is asked for.
        ReadError: if the list of the dumps, or a release, is damaged.
    """
    refuse_stale(graph, files)
    with writing(output) as held:
        beside = read_beside(graph, output, site_url)
        licences, now = Licences.of(graph, current=True), made_from(graph, beside, register=register, rows=rows)
        before = None if force or beside.dumps else Made.of_json(held.made)
        if before is not None:
            step("looking what has changed")
            near = site_with(Site, graph, beside, licences, step, rows)
            if (written := renewed(near, held, licences, before, now)) is not None:
                return Published(written, _lacks(beside))
        if beside.url:
            need("matplotlib", "site")  # for share cards, which come last
        site = _whole(graph, beside, licences, step, rows)
        if register:
            add_register(site, need_shards(graph.folder))
        made = replace(now, homes=hosts.exceptions(served(site)), uses=site.uses)
        if is_worth_it(site):
            _ = licences.bound  # stays with the build, for the other processes
            site.made = partial(made_by_crew, output=output, aside=held.aside)
        written = held.write(site.files(), lambda: replace(made, answers=site.answers, parts=site.parts).keep(held))
        return Published(written, _lacks(beside))


def whole_site(
    graph: Graph, output: Path | None = None, *, site_url: str = "", step: Step = lambda _text: None
) -> WholeSite:
    """Return the site of a graph, for who wants its files elsewhere than in a folder; else as :func:`publish_site`."""
    return _whole(graph, read_beside(graph, output, site_url), Licences.of(graph), step)


def _whole(graph: Graph, beside: Beside, licences: Licences, step: Step, rows: int = ROWS) -> WholeSite:
    site = site_with(WholeSite, graph, beside, licences, step, rows)
    site.more = partial(_more, beside=beside, licences=licences)
    return site


def site_with(
    of: type[AnySite],
    graph: Graph,
    beside: Beside,
    licences: Licences,
    step: Step = lambda _text: None,
    rows: int = ROWS,
) -> AnySite:
    """Return the site of a graph with what the other parts of the release add to its pages.

    Args:
        of: its class.
        graph: a built graph of a project.
        beside: what comes with the site.
        licences: of the graph.
        step: told what is being done.
        rows: of a list on a page.
    """
    facts = cache(lambda: overviews.read(graph.without_bulk, graph.tables))
    asking = sparql_page(beside.dumps) if beside.sparql else None
    added = [asking] if asking else []
    added += [releases_page(beside.releases)] if beside.releases else []
    extra = (search_page(), *overview_pages(facts), *added)
    site = of(graph, beside.url, extra, beside.dumps, beside.catalogue, step=step, rows=rows)
    site.signpost = signposts(lambda iri: _licences(licences, site.document(iri)))
    site.embed = embedded(site)
    return site


def add_register(site: WholeSite, registers: Mapping[str, Sequence[Path]]) -> None:
    """Add the pages of the latest register to a site.

    Args:
        site: to which they are added.
        registers: the files of the entries of each, by the IRI of its source; at least one.
    """
    source, shards = max(registers.items())
    courts = courts_of(shards)
    site.extra = (*site.extra, index_page(courts, source))
    site.appended = lambda: chain.from_iterable(court_pages(court, source) for court in courts)


def _lacks(beside: Beside) -> tuple[str, ...]:
    told = hosts.left_out(beside.url)
    if not beside.dumps:
        return ("no dumps lie in the folder (buendnis export --output FOLDER, then the site again): no SPARQL page.",
                *told)  # fmt: skip
    if not beside.sparql:
        how = sparqlpage.HOW_TO_BUILD
        return (f"the parts of the SPARQL page are not built ({how}, needs Node): no SPARQL page.", *told)
    if sparql_page(beside.dumps) is None:
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


def _more(site: WholeSite, beside: Beside, licences: Licences) -> Files:
    for name, content in assets():
        yield f"assets/{name}", content
    site.step("writing the index of the search")
    yield f"assets/{search.FILE}", search.script(site.graph.without_bulk, site.found, site.questions, site.graph.tables)
    yield from jsonld.files().items()
    if beside.releases:
        yield from release_files(site.graph.project, beside.releases, site.site_url)
    if "sparql" in site.paths:
        yield from beside.sparql.items()
        yield sparqlpage.DATA, sparqlpage.data(site.graph.project, site.graph.without_bulk)
    yield from hosts.files(served(site, beside.void), (CC0, *licences.others)).items()


def served(site: WholeSite, void: str = "") -> hosts.Site:
    """Return what the rules for hosts need to know of a site, and its description in VoID if there is one."""
    return hosts.Site(
        version=site.view.text(BASE + "dataset", "dcat:version"),
        documents=frozenset(iri.removeprefix(BASE) for iri in site.survey.documents),
        pages=frozenset(site.paths),
        dumps=tuple(dump.path for dump in site.dumps),
        redirects=redirects(site.graph.without_bulk),
        homes=site.survey.homes,
        url=site.site_url or None,
        void=void,
    )
