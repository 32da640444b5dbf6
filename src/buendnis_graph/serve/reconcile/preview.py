"""A small page about a thing, which clients show in a frame, and the piece of one that they show beside a suggestion.

No script, nothing loaded, all text escaped.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files

from buendnis_graph.serve.reconcile.matching import describe
from buendnis_graph.serve.reconcile.offer import Kind, Property, kinds, part, properties
from buendnis_graph.serve.reconcile.things import Thing, Things
from buendnis_graph.serve.reconcile.values import told

WIDTH, HEIGHT = 420, 260
_LINES = ("other-name", "place", "within", "legal-form", "website", "part-of", "member-of", "member", "topic")
_SHOWN = 4
"""Values of a property that are shown."""


@cache
def _style() -> str:
    return files(__package__ or "").joinpath("preview.css").read_text(encoding="utf-8").strip()


@cache
def policy() -> str:
    """Return the Content-Security-Policy of the page: its own style and nothing else; any site may frame it."""
    digest = b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors *; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )


def page(thing: Thing, things: Things, root: str, language: str) -> str:
    """Return the page.

    Args:
        thing: it is about.
        things: all.
        root: the service's address, ending in a slash.
        language: of its texts.
    """
    name = escape(thing.name(language))
    lines = "".join(f"<dt>{label}</dt><dd>{shown}</dd>" for label, shown in _lines(thing, things, language))
    address = escape(f"{root}{path_of(thing)}")
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{name}</title>'
        f"<style>{_style()}</style></head><body>"
        f'<h1><a href="{address}" target="_blank" rel="noopener">{name}</a></h1>'
        f"<p>{escape(describe(thing, things, language))}</p><dl>{lines}</dl></body></html>"
    )


def piece(thing: Thing, things: Things, language: str) -> str:
    """Return the same without links, as a piece of a page; see :func:`page`."""
    lines = (f"{label}: {shown}" for label, shown in _lines(thing, things, language))
    return _piece(thing.name(language), escape(describe(thing, things, language)), *lines)


def piece_of(one: Kind | Property, language: str) -> str:
    """Return a piece of a page about a type or property."""
    return _piece(one.name[language], escape(one.id))


def _piece(name: str, *lines: str) -> str:
    """Return lines as they can be read below any page's style: OpenRefine's would make them large and grey."""
    told = "".join(f"<p>{line}</p>" for line in (f"<b>{escape(name)}</b>", *lines))
    return f'<div style="font: 12px/1.4 sans-serif; color: #1b1b1b">{told}</div>'


def _lines(thing: Thing, things: Things, language: str) -> Iterator[tuple[str, str]]:
    for of in _LINES:
        if of in kinds()[thing.kinds[0]].properties and (shown := _shown(thing, of, things, language)):
            yield escape(properties()[of].name[language]), shown


def path_of(thing: Thing) -> str:
    """Return where a thing's document is, below the service's root."""
    return thing.id if "/" in thing.id else f"id/{thing.id}"


def _shown(thing: Thing, of: str, things: Things, language: str) -> str:
    values = [one.get("name") or one["str"] for one in told(thing, of, things, language)]
    more = part("preview")["members"][language].format(len(values) - _SHOWN)
    return "; ".join(map(escape, values[:_SHOWN])) + (f" {escape(more)}" if len(values) > _SHOWN else "")
