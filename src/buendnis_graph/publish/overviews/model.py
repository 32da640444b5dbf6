"""What an overview is: a drawing and a table that says the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from buendnis_graph.publish.overviews.facts import Facts
from buendnis_graph.publish.overviews.markup import Link
from buendnis_graph.publish.overviews.words import Words
from buendnis_graph.wording import LANGUAGES


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: a text or a number, and the IRI of what it names, if it has a page."""

    value: str | int
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: headings and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """An overview of the whole graph.

    Args:
        name: of its page, ``overview/<name>.html``.
        draw: gives the drawing as markup: one element that holds one SVG or several, to be put inside a page.
        tell: gives the table that says the same.
    """

    name: str
    draw: Callable[[Facts, Words, Link], str]
    tell: Callable[[Facts, Words], Table]

    @property
    def title(self) -> dict[str, str]:
        """Its title in each language."""
        return {language: Words(self.name, language)("title") for language in LANGUAGES}

    @property
    def description(self) -> dict[str, str]:
        """How it is to be read, in each language."""
        return {language: Words(self.name, language)("description") for language in LANGUAGES}

    def svg(self, facts: Facts, language: str, link: Link) -> str:
        """Return the drawing as markup for the inside of a page; ``link`` gives the address of the page of an IRI."""
        return self.draw(facts, Words(self.name, language), link)

    def table(self, facts: Facts, language: str) -> Table:
        """Return the table that says the same."""
        return self.tell(facts, Words(self.name, language))
