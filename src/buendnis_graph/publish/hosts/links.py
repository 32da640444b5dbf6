"""FAIR Signposting: typed links in pages, in headers and in ``linkset.json`` (RFC 8288, RFC 9264, signposting.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts.addresses import Site
from buendnis_graph.publish.hosts.parts import COLLECTION, DATA_SUFFIXES, languages, part
from buendnis_graph.publish.media import media_type

ABOUT_PAGE = "https://schema.org/AboutPage"
LINKSET = ("linkset.json", "application/linkset+json")


class Link(NamedTuple):
    """A typed link: ``<link rel=… href=… type=…>``.

    Attributes:
        rel: the relation.
        href: where to: an IRI, or an address relative to the page.
        type: media type of what is there; empty for IRIs.
        hreflang: its language; empty if it has none.
    """

    rel: str
    href: str
    type: str = ""
    hreflang: str = ""


class HasPath(Protocol):
    """What :func:`signposting` needs of a document."""

    @property
    def iri(self) -> str:
        """Its IRI."""

    @property
    def path(self) -> str:
        """Its path, without suffix."""


def signposting(document: HasPath, *, folder: str = "", licences: Sequence[str] = ()) -> list[Link]:
    """Return the links of a document's page, to be written as ``<link>`` in this order.

    Args:
        document: what the page is of.
        folder: of the page's language: ``""`` or ``"en/"``.
        licences: IRIs of the licences of what the page tells.
    """
    up = "../" * (folder + document.path).count("/")
    data = [(f"{up}{document.path}{suffix}", media_type(suffix)) for suffix in DATA_SUFFIXES]
    about = part("about").get(document.path.split("/")[0], "")
    links = [Link("cite-as", document.iri)]
    links += [Link("type", iri) for iri in (ABOUT_PAGE, about) if iri]
    links += [Link(rel, href, media) for rel in ("alternate", "describedby") for href, media in data]
    links += [
        Link("alternate", f"{up}{language.adds}{document.path}.html", media_type(".html"), language.name)
        for language in languages()
    ]
    if document.iri != COLLECTION:
        links.append(Link("collection", COLLECTION))
    links += [Link("license", iri) for iri in licences]
    return [*links, Link("linkset", up + LINKSET[0], LINKSET[1])]


def page_header(root: str, path: str) -> str:
    """Return the header ``Link`` of a page. Of all licences and classes only the page itself knows: see the page.

    Args:
        root: where the site begins: ``/``, or a variable of the server's.
        path: of the document, without suffix; or a variable of the server's.
    """
    links = [f'<{BASE}{path}>; rel="cite-as"', f'<{ABOUT_PAGE}>; rel="type"']
    links += [f'<{root}{path}{suffix}>; rel="describedby"; type="{media_type(suffix)}"' for suffix in DATA_SUFFIXES]
    if path != "dataset":
        links.append(f'<{COLLECTION}>; rel="collection"')
    return ", ".join([*links, f'<{root}{LINKSET[0]}>; rel="linkset"; type="{LINKSET[1]}"'])


def data_header(root: str, path: str) -> str:
    """Return the header ``Link`` of data: which page they describe. Arguments as in :func:`page_header`."""
    linkset = f'<{root}{LINKSET[0]}>; rel="linkset"; type="{LINKSET[1]}"'
    return f'<{root}{path}.html>; rel="describes"; type="text/html", {linkset}'


def dump_header(root: str) -> str:
    """Return the header ``Link`` of a dump: what it is a part of."""
    return f'<{COLLECTION}>; rel="collection", <{root}{LINKSET[0]}>; rel="linkset"; type="{LINKSET[1]}"'


def linkset(site: Site, licences: Sequence[str] = ()) -> str:
    """Return ``linkset.json``: the links of the data set's page, its data and its dumps.

    Without an address of the site the links are relative to the file, as RFC 9264 allows.
    """
    here = site.url or ""

    def hrefs(paths: Iterable[str]) -> list[dict[str, str]]:
        return [{"href": here + path, "type": media_type(path)} for path in paths]

    page = hrefs(["dataset.html"])
    data = [*(f"dataset{suffix}" for suffix in DATA_SUFFIXES), *(["void.ttl"] if site.void else [])]
    contexts: list[dict[str, object]] = [
        {
            "anchor": page[0]["href"],
            "cite-as": [{"href": COLLECTION}],
            "type": [{"href": ABOUT_PAGE}, {"href": part("about")["dataset"]}],
            "license": [{"href": licence} for licence in licences],
            "describedby": hrefs(data),
            "item": hrefs(site.dumps),
        }
    ]
    contexts += [{"anchor": here + path, "describes": page} for path in data]
    contexts += [{"anchor": here + path, "collection": page} for path in site.dumps]
    kept = [{rel: value for rel, value in context.items() if value} for context in contexts]
    return json.dumps({"linkset": kept}, ensure_ascii=False, indent=1) + "\n"
