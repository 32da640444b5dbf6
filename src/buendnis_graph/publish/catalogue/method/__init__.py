"""The method report of a release, German and English: texts as templates, figures read from the build."""

from __future__ import annotations

import re
from pathlib import Path

from buendnis_graph.graph import Graph
from buendnis_graph.publish.catalogue.about import About
from buendnis_graph.publish.catalogue.method.figures import figures
from buendnis_graph.publish.catalogue.method.listings import listings
from buendnis_graph.publish.catalogue.method.rereading import rereading
from buendnis_graph.wording import number

__all__ = ["method_report"]

_FIELD = re.compile(r"\{([a-z0-9_]+)\}")


def method_report(graph: Graph, about: About, language: str) -> str:
    """Return the report as Markdown.

    Args:
        graph: the built graph that it is about.
        about: the data set.
        language: ``de`` or ``en``.
    """
    template = (Path(__file__).parent / f"report.{language}.md").read_text(encoding="utf-8")
    known = {
        "title": about.titles[language],
        "version": about.version,
        "issued": about.issued,
        **_written(figures(graph), language),
        **_written(rereading(), language),
        **listings(graph, language),
    }
    return _FIELD.sub(lambda field: known[field[1]], template)


def _written(numbers: dict[str, int | float], language: str) -> dict[str, str]:
    """Return numbers as the language writes them: shares as percentages with one decimal place."""
    return {name: number(value, language, "," if isinstance(value, int) else ".1%") for name, value in numbers.items()}
