"""How machines find what there is: sitemap, robots.txt, llms.txt."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from string import Template
from xml.sax.saxutils import escape, quoteattr

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts.addresses import Site
from buendnis_graph.publish.hosts.parts import languages
from buendnis_graph.publish.media import media_type

MAX_URLS = 50_000
"""In one sitemap (sitemaps.org)."""

_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(site: Site, limit: int = MAX_URLS) -> dict[str, str]:
    """Return ``sitemap.xml`` and, if there is more than fits, the parts it lists; nothing without a site address.

    Each page is there in each language, with its other languages beside it.
    """
    if site.url is None:
        return {}
    rows = list(_pages(site, site.url))
    if len(rows) <= limit:
        return {"sitemap.xml": _urls(rows)}
    parts = {
        f"sitemap-{i + 1}.xml": _urls(rows[start : start + limit]) for i, start in enumerate(range(0, len(rows), limit))
    }
    entries = [f"<sitemap><loc>{escape(site.url + name)}</loc></sitemap>" for name in parts]
    return {"sitemap.xml": _xml("sitemapindex", "", entries), **parts}


def _pages(site: Site, url: str) -> Iterator[str]:
    for path in sorted((site.documents | site.pages) - site.redirects.keys() - {"404"}):
        addresses = {language.name: f"{url}{language.adds}{path}.html" for language in languages()}
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{name}" href={quoteattr(address)}/>'
            for name, address in addresses.items()
        )
        for address in addresses.values():
            yield f"<url><loc>{escape(address)}</loc>{others}</url>"


def _urls(rows: list[str]) -> str:
    return _xml("urlset", ' xmlns:xhtml="http://www.w3.org/1999/xhtml"', rows)


def _xml(name: str, more: str, rows: list[str]) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{name} xmlns="{_SITEMAPS}"{more}>'
    return "\n".join([head, *rows, f"</{name}>"]) + "\n"


def robots(site: Site) -> str:
    """Return ``robots.txt``: everything may be read; where the sitemap is, if there is one."""
    end = "" if site.url is None else f"\nSitemap: {site.url}sitemap.xml\n"
    return f"User-agent: *\nAllow: /\n{end}"


def llms(site: Site) -> str:
    """Return ``llms.txt`` (llmstxt.org): what this is, how to read it, and where things are."""
    at = site.url or ""
    dumps = "".join(f"* [{path.rpartition('/')[2]}]({at}{path}): {media_type(path)}\n" for path in sorted(site.dumps))
    text = files(__package__ or "").joinpath("llms.txt").read_text(encoding="utf-8")
    if not site.void:
        text = "".join(line for line in text.splitlines(keepends=True) if "void.ttl" not in line)
    return Template(text).substitute(version=site.version, at=at, base=BASE, dumps=dumps)
