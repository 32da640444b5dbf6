"""The pages that are there whatever the data says: start, data, about, privacy, correction, nothing here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from urllib.parse import urlsplit

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.catalogue.distributions import title_of
from buendnis_graph.publish.dumps import Dump
from buendnis_graph.publish.site.lists import AllianceRow, fixed
from buendnis_graph.publish.site.page import Page
from buendnis_graph.publish.site.texts import texts
from buendnis_graph.publish.site.view import View
from buendnis_graph.queries.catalogue import Question
from buendnis_graph.wording import LANGUAGES

DATASET = BASE + "dataset"
_LARGEST = 8
_ASKED = ("conflicting-facts", "coverage-of-alliances", "founders-and-carriers", "organisations-in-several-alliances",
          "who-funds-what", "who-says-so")  # fmt: skip


def fixed_pages(
    view: View,
    rows: Callable[[], Sequence[AllianceRow]],
    questions: Iterable[Question],
    dumps: Sequence[Dump],
    extra: Sequence[Page],
    site_url: str,
) -> dict[str, Callable[[], Page]]:
    """Return what makes these pages, by path.

    Args:
        view: what is known.
        rows: gives all alliances.
        questions: the catalogue.
        dumps: complete files that come with the site.
        extra: pages of other parts; the start page leads to their overviews.
        site_url: address of the site, or empty.
    """

    def data() -> Page:
        told = [(one, title_of(one)) for one in dumps]
        return fixed("data", "data", {"dataset": DATASET, "dumps": told, "graphs": _graphs(view)})

    return {
        "index": lambda: _start(view, rows(), questions, extra),
        "data": data,
        **{name: partial(_prose, view, name) for name in ("about", "privacy", "correction")},
        "404": lambda: _missing(site_url),
    }


def _prose(view: View, name: str) -> Page:
    people = {"publisher": "dcterms:publisher", "contact": "dcat:contactPoint"}
    return fixed(name, "prose", {who: view.things(DATASET, of) for who, of in people.items()})


def _start(view: View, rows: Sequence[AllianceRow], questions: Iterable[Question], extra: Sequence[Page]) -> Page:
    stated = [(row.stated.number, row) for row in rows if row.stated]
    largest = [row for _, row in sorted(stated, key=lambda one: -one[0])]
    bodies = {*view.of_class("org:Organization")}.difference(view.of_class("bg:Alliance"))
    figures = {
        "alliances": len(rows),
        "organisations": len(bodies - view.saying("dcterms:isReplacedBy")),
        "memberships": len(view.saying("bg:countsAsMember", "true").intersection(view.of_class("org:Membership"))),
        "sources": len(view.of_class("bg:Source")),
    }
    context = {
        "figures": figures,
        "largest": largest[:_LARGEST],
        "topics": view.order(view.subjects("skos:topConceptOf", BASE + "topic")),
        "asked": [one for one in questions if one.name in _ASKED],
        "overviews": [(page.path, page.title) for page in extra if page.path.startswith("overview/")],
    }
    titles = {language: f"{texts(language)['site']}: {texts(language)['start_title']}" for language in LANGUAGES}
    about = {language: str(texts(language)["start_lead"]) for language in LANGUAGES}
    return Page("index", "index", titles, context, about)


def _graphs(view: View) -> list[str]:
    """Return the graphs that are described, without the sources: each bears its licence on its own page."""
    return [one for one in view.of_class("void:Dataset") if one.startswith(BASE + "graph/")]


def _missing(site_url: str) -> Page:
    """Return the page that a host serves for any address that is not there: only the site's own address leads home."""
    path = urlsplit(site_url).path if site_url else ""
    title = {language: str(texts(language)["missing_title"]) for language in LANGUAGES}
    policy = ("base-uri 'self'",) if path else ()
    return Page("404", "missing", title, {"start_of_site": path}, policy=policy)
