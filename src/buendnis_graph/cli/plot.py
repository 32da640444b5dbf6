"""``buendnis plot``."""

from __future__ import annotations

from pathlib import Path

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.cli.filters import filter_options
from buendnis_graph.cli.written import put

_KINDS = ("matrix", "network", "overlap", "sizes", "timeline")
_WORDS = {
    "de": {"done": "{path}: {title}", "tall": "Die Abbildung ist {height} mm hoch; eine Seite hat etwa {page} mm."},
    "en": {"done": "{path}: {title}", "tall": "The plot is {height} mm high; a page has about {page} mm."},
}


@click.command(
    "plot",
    epilog="""\b
Example: buendnis plot sizes
Example: buendnis plot timeline --alliance 'Tolerantes Sachsen' --output timeline.pdf --width 89""",
)
@click.argument("kind", type=click.Choice(_KINDS))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File: .svg, .png or .pdf (default: KIND.svg).",
)
@click.option("--data", type=click.Path(path_type=Path, dir_okay=False), help="Write the numbers behind it as CSV.")
@click.option(
    "--width", type=click.Choice(["89", "183"]), default="183", help="Width in mm: one column, or two (default)."
)
@click.option("--lang", type=click.Choice(["de", "en"]), help="Language of the plot (default: that of buendnis).")
@filter_options
@click.option(
    "--completeness",
    type=click.Choice(["complete", "partial", "any"]),
    help="How complete lists must be (default: matrix any, network complete, overlap partial).",
)
@click.pass_obj
def command(
    session: Session,
    /,
    kind: str,
    output: Path | None,
    data: Path | None,
    width: str,
    lang: str | None,
    **filters: object,
) -> None:
    """Draw a plot that a paper can print, with a caption that says on what it rests and what is left out.

    \b
    matrix    who is listed in which alliance, ordered by structure
    network   the two-mode network of bodies and alliances
    overlap   how many members alliances share
    sizes     the sizes that sources state, over time
    timeline  the evidence for each member of one alliance (--alliance)
    """  # noqa: D301 - click reads the mark
    from buendnis_graph.graph import Graph
    from buendnis_graph.plots import draw, wish_for
    from buendnis_graph.plots.output import form_of, rendered
    from buendnis_graph.plots.style import MM, PAGE_HEIGHT

    language = lang or session.language
    path = output or Path(f"{kind}.svg")
    form = form_of(path)
    graph = Graph(session.project)
    plot = draw(kind, graph.folder, wish_for(kind, language, int(width), **filters))  # type: ignore[arg-type]
    put(rendered(plot, form), path)
    if data is not None:
        put(plot.to_csv(), data)
    words = _WORDS[session.language]
    click.echo(words["done"].format(path=path, title=plot.caption.title))
    height = round(plot.sheet.height / MM)
    if height > PAGE_HEIGHT:
        click.secho(words["tall"].format(height=height, page=PAGE_HEIGHT), err=True, dim=True)
