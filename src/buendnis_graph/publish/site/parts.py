"""Pages and files that the other parts of a release add to the site: overviews, search, links for machines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from buendnis_graph.publish import overviews, search, sparqlpage
from buendnis_graph.publish.dumps import Dump
from buendnis_graph.publish.hosts import signposting
from buendnis_graph.publish.jsonld.schema_org import about, breadcrumbs
from buendnis_graph.publish.site.lists import fixed
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.texts import texts
from buendnis_graph.wording import LANGUAGES

if TYPE_CHECKING:
    from buendnis_graph.publish.site.make import Site
    from buendnis_graph.publish.site.pen import Pen

_STYLES = {"overviews.css": overviews, "search.css": search}
_SCRIPTS = tuple(f"assets/{name}" for name in search.ASSETS if name.endswith(".js"))


def overview_pages(facts: Callable[[], overviews.Facts]) -> list[Page]:
    """Return the page that lists the overviews, and theirs: a drawing, and the table that says the same.

    Args:
        facts: gives what they show; asked when the first of them is printed.
    """

    def drawn(overview: overviews.Overview) -> Callable[[Pen], Markup]:
        return lambda pen: Markup(overview.svg(facts(), pen.language, _address(pen)))  # noqa: S704 - its texts are escaped there

    pages = [
        Page(
            f"overview/{name}",
            "overview",
            overview.title,
            {
                "draw": drawn(overview),
                "tell": partial(_told, overview, facts),
                "about": overview.description,
            },
            overview.description,
            crumbs=(("overviews", "overviews"),),
            styles=("assets/overviews.css",),
            wide=True,
        )
        for name, overview in overviews.OVERVIEWS.items()
    ]
    entries = [(page.path, page.title, page.description) for page in pages]
    return [fixed("overviews", "overviews", {"entries": entries}), *pages]


def _told(overview: overviews.Overview, facts: Callable[[], overviews.Facts], pen: Pen) -> overviews.Table:
    return overview.table(facts(), pen.language)


def _address(pen: Pen) -> Callable[[str], str]:
    return lambda thing: pen.address_of(thing) or "#content"


def search_page() -> Page:
    """Return the page of the search; without a script it leads to the lists."""
    return Page(
        "search",
        "search",
        {language: str(texts(language)["search"]) for language in LANGUAGES},
        {"form": lambda pen, top: Markup(search.page(pen.language, top, "assets/"))},  # noqa: S704 - escaped there
        scripts=_SCRIPTS,
        styles=("assets/search.css",),
    )


def sparql_page(dumps: Iterable[Dump]) -> Page | None:
    """Return the page that asks the graph in the reader's browser; None without the dumps that it loads."""
    path = {dump.kind: dump.path for dump in dumps if dump.complete}
    if not {"ntriples", "nquads"} <= path.keys():
        return None
    said = {language: sparqlpage.words("page", language) for language in LANGUAGES}
    leads = {language: words["lead"] for language, words in said.items()}
    return Page(
        "sparql",
        "sparql",
        {language: words["title"] for language, words in said.items()},
        {"lead": leads},
        leads,
        bodies={
            language: sparqlpage.fragment(
                language, top="" if language == LANGUAGES[0] else "../", dump=path["ntriples"], quads=path["nquads"]
            )
            for language in LANGUAGES
        },
        policy=sparqlpage.POLICY,
    )


def assets() -> Iterator[tuple[str, bytes]]:
    """Yield name and content of the files that these pages load."""
    for name, package in _STYLES.items():
        yield name, files(package).joinpath(name).read_bytes()
    for name in search.ASSETS:
        if name not in _STYLES:
            yield name, files(search).joinpath(name).read_bytes()


def signposts(licences: Callable[[str], tuple[str, ...]]) -> Callable[[Page, str], str]:
    """Return what writes the links for machines of a page: FAIR Signposting.

    Args:
        licences: gives the licences of what a document tells, by its IRI.
    """

    def marked(page: Page, language: str) -> str:
        if not page.iri:
            return ""
        folder = "" if language == LANGUAGES[0] else f"{language}/"
        found = signposting(page, folder=folder, licences=licences(page.iri))
        return "\n".join(_link(link.rel, link.href, link.type) for link in found if link.rel != "alternate")

    return marked


def embedded(site: Site) -> Callable[[Page, str], list[Mapping[str, Any]]]:
    """Return what gives the objects of schema.org of a page: its thing, and, if the site's address is known, the way.

    Search engines want whole addresses on the way to a page.
    """

    def of(page: Page, language: str) -> list[Mapping[str, Any]]:
        thing = (
            about(site.document(page.iri), language, site.view.values)
            if page.iri and page.template != "moved"
            else None
        )
        found: list[Mapping[str, Any]] = [thing] if thing else []
        if site.site_url and page.crumbs:
            found.append(breadcrumbs(_way(site, page, language)))
        return found

    return of


def _way(site: Site, page: Page, language: str) -> list[tuple[str, str]]:
    said, address = texts(language), site.press.address
    steps = [(said["home"], address("index", language))]
    for path, name in page.crumbs:
        shown = site.view.label(name, language)[0] if "://" in name else said[name]
        steps.append((shown, address(path, language)))
    return [*steps, (page.title[language], address(page.path, language))]


def _link(rel: str, href: str, media: str) -> str:
    kind = f' type="{escape(media)}"' if media else ""
    return f'<link rel="{escape(rel)}" href="{escape(href)}"{kind}>'
