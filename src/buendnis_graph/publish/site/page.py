"""What a page is before it is written in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Page:
    """A page in all its languages.

    Attributes:
        path: of its file below the language's root, without ending: ``id/x``, ``overview/map``.
        template: name of its template, without ending.
        title: by language; plain text.
        context: what the template shows besides; the same for all languages.
        description: by language: for search engines and shared links; may be empty.
        crumbs: what stands above it: ``(path, name of its text)`` for fixed pages, ``(path, IRI)`` for things.
        iri: of what it is the page of; empty for fixed pages. It then has ``.ttl`` and ``.jsonld`` beside it.
        bodies: by language: finished markup, for pages that other parts make (template ``body``).
        scripts: paths of our own scripts below the root of the site, such as ``assets/search.js``.
        styles: paths of further style sheets below the root of the site.
        policy: directives added to the Content-Security-Policy, such as ``worker-src 'self'``.
        series: itself and the pages beside it in a list of several: ``(prev, next or nothing, path, words)``.
        wide: whether the page may take the whole width of the window.
    """

    path: str
    template: str
    title: Mapping[str, str]
    context: Mapping[str, Any] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    crumbs: tuple[tuple[str, str], ...] = ()
    iri: str = ""
    bodies: Mapping[str, str] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    policy: tuple[str, ...] = ()
    series: tuple[tuple[str, str, str], ...] = ()
    wide: bool = False
