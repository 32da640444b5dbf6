"""SVG as text: elements, texts that are inert, lengths that are short, and the frame of a drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from buendnis_graph.xmltext import writable

Link = Callable[[str], str]
"""Gives the relative address of the page of an IRI."""


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """Return an element.

    Args:
        name: of the element.
        children: markup.
        attributes: ``class_`` is ``class``, ``_`` within a name is ``-``; None is left out; numbers are pixels.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{''.join(children)}</{name}>" if children else f"<{name}{said}/>"


def said(text: str) -> str:
    """Return a text as markup that shows it and does nothing else."""
    return escape(writable(text), quote=False)


def _value(value: str | float) -> str:
    return escape(writable(value), quote=True) if isinstance(value, str) else length(value)


def length(value: float) -> str:
    """Return a number with at most one decimal."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def text(x: float, y: float, words: str, **attributes: str | float | None) -> str:
    """Return a line of text, ``y`` its base line."""
    return tag("text", said(words), x=x, y=y, **attributes)


def link(href: str, *children: str, label: str | None = None) -> str:
    """Return a link around markup; ``label`` names it where its own text does not."""
    return tag("a", *children, href=href, aria_label=label)


def tip(words: str) -> str:
    """Return what is told of an element when it is pointed at."""
    return tag("title", said(words))


def wide(hint: str, *parts: str, class_: str) -> str:
    """Return markup that may be wider than its page and is moved sideways in a box of its own, with a hint above it."""
    return tag(
        "div", tag("p", said(hint), class_="ov-hint"), tag("div", *parts, class_=f"ov-wide {class_}"), class_="ov"
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """What is said of a drawing as a whole.

    Args:
        key: makes its identifiers unique on a page.
        title: what it shows.
        description: what can be seen in it.
        has_links: a drawing with links is a group of them, one without is an image.
    """

    key: str
    title: str
    description: str
    has_links: bool = True


def drawing(frame: Frame, width: float, height: float, *parts: str) -> str:
    """Return a whole drawing, as wide and high in pixels unless its surroundings make it smaller."""
    title, description = f"ov-{frame.key}-title", f"ov-{frame.key}-desc"
    return tag(
        "svg",
        tag("title", said(frame.title), id=title),
        tag("desc", said(frame.description), id=description),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {length(width)} {length(height)}",
        width=width,
        height=height,
        role="group" if frame.has_links else "img",
        aria_labelledby=title,
        aria_describedby=description,
    )
