"""The page of an entry of a register, as the site prints pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE


def printed_entry(triples: Iterable[ox.Triple], iri: str, language: str, site: Path) -> str:
    """Return the page of an entry as HTML.

    Args:
        triples: what is said of it, and of its source.
        iri: of the entry.
        language: ``de`` or ``en``.
        site: the folder of the site, whose pages it leads to.

    Raises:
        MissingExtraError: if the template engine is not installed.
    """
    from buendnis_graph.extras import need  # here, as a server without a site does without templates

    need("jinja2")
    from buendnis_graph.publish.site.layout import Press
    from buendnis_graph.publish.site.register import INDEX, entry_page
    from buendnis_graph.publish.site.view import View

    def has(path: str) -> bool:
        return (site / f"{path}.html").is_file()

    def path_of(thing: str) -> str | None:
        path = thing.removeprefix(BASE)
        return path if thing.startswith(BASE) and "#" not in path and has(path) else None

    view = View(triples)
    return Press(view, path_of, has=has).print(entry_page(view, iri, is_listed=has(INDEX)), language)
