"""Write a plot: the same plot gives the same bytes."""

from __future__ import annotations

import re
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buendnis_graph.errors import UsageError
from buendnis_graph.plots.style import DPI, in_style

if TYPE_CHECKING:
    from buendnis_graph.plots.plot import Plot

SUFFIXES = (".svg", ".png", ".pdf")
_ROOT = re.compile(r"<svg [^>]*>")


def form_of(path: Path) -> str:
    """Return the form a file's name asks for: ``svg``, ``png`` or ``pdf``.

    Raises:
        UsageError: if it is none of these.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"a plot is written as {', '.join(SUFFIXES)}, not '{path.suffix}'.", hint="For example: --output plot.svg"
        )
    return path.suffix.lower()[1:]


def rendered(plot: Plot, form: str) -> bytes:
    """Return a plot as a file's bytes, without a date and without the names of programs that change.

    Args:
        plot: to be written.
        form: ``svg``, ``png`` (300 dots an inch) or ``pdf``.
    """
    metadata: dict[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
        "png": {"Software": None, "Title": plot.caption.title, "Description": plot.caption.text},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None, "Title": plot.caption.title},
    }
    into = BytesIO()
    with in_style():
        plot.sheet.figure.savefig(into, format=form, dpi=DPI, metadata=metadata[form])
    if form != "svg":
        return into.getvalue()
    return _told(into.getvalue().decode(), plot).encode()


def _told(svg: str, plot: Plot) -> str:
    """Put what the picture shows into it, for those who hear it read; and give it a name to be found by."""
    told = (
        f'<title id="title">{escape(plot.caption.title)}</title>\n <desc id="desc">{escape(plot.caption.text)}</desc>'
    )
    root = _ROOT.search(svg)
    assert root is not None  # noqa: S101 - matplotlib writes one
    head = root[0][:-1] + f' role="img" aria-labelledby="title desc" xml:lang="{plot.language}" lang="{plot.language}">'
    return svg[: root.start()] + head + "\n " + told + svg[root.end() :]
