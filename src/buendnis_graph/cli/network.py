"""``buendnis network``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from buendnis_graph.cli.answers import tell_related
from buendnis_graph.cli.common import Progress, Session, warn_if_stale
from buendnis_graph.cli.filters import filter_options
from buendnis_graph.errors import NetworkError, UsageError

if TYPE_CHECKING:
    import polars as pl

    from buendnis_graph.network import Network

_ANSWERS = ("measures", "pairs", "chance", "bounds")


@click.command(
    "network",
    epilog="\b\nExample: buendnis network\n"
    "Example: buendnis network --topic anti-racism --completeness partial --pairs --mode alliances\n"
    "Example: buendnis network --chance --samples 3000 --format csv > overlap.csv\n"
    "Example: buendnis network --region Sachsen --bounds --slack 0.2\n"
    "Example: buendnis network --export network.gexf",
)
@filter_options
@click.option(
    "--completeness",
    type=click.Choice(["complete", "partial", "any"]),
    default="complete",
    show_default=True,
    help="How complete a list must be. Partial lists fake structure.",
)
@click.option("--measures", is_flag=True, help="Centralities, constraint, core, community (the default).")
@click.option("--pairs", is_flag=True, help="Which share what.")
@click.option("--chance", is_flag=True, help="Do two alliances share more bodies than chance?")
@click.option("--bounds", is_flag=True, help="What holds over all networks that the evidence allows.")
@click.option(
    "--mode",
    type=click.Choice(["two-mode", "bodies", "alliances"]),
    default="two-mode",
    show_default=True,
    help="What to write; and whose measures and pairs to give (two-mode: those of bodies).",
)
@click.option(
    "--weight",
    type=click.Choice(["shared", "jaccard", "cosine"]),
    default="shared",
    show_default=True,
    help="What projections are weighted and pairs sorted by.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Start of all that is drawn.")
@click.option(
    "--samples", type=click.IntRange(1, 1_000_000), default=1000, show_default=True, help="How many networks to draw."
)
@click.option(
    "--slack",
    type=click.FloatRange(0, 100),
    default=0.0,
    help="For bounds: how much larger sizes without an upper end may be, as a share (default: 0).",
)
@click.option(
    "--inside",
    type=click.FloatRange(0, 1),
    help="For bounds: share of open places that go to bodies in the graph (default: any, drawn each time).",
)
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Rows of a table; 0: all.")
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="Form of the answer. What was left out stands on standard error for csv and parquet.",
)
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the network: .graphml, .gexf, .net (Pajek) or .csv.",
)
@click.option("--lang", type=click.Choice(["de", "en"]), help="Language (default: that of buendnis).")
@click.pass_obj
def command(session: Session, /, export: Path | None, form: str, limit: int, lang: str | None, **asked: Any) -> int:
    """Say what a network of bodies and alliances rests on, and what can be said of it.

    Memberships come from complete lists alone, unless told otherwise. What was left out is said. Where too little
    remains for measures, bounds are given: what holds however the gaps are filled.
    """
    from buendnis_graph.cli import network_print as show
    from buendnis_graph.graph import Graph
    from buendnis_graph.queries.labels import related_topics

    chosen = [answer for answer in _ANSWERS if asked[answer]]
    if len(chosen) > 1:
        raise UsageError(f"one answer at a time, not {' and '.join(chosen)}.", hint="Ask twice.")
    show.check_form(form)
    language = lang or session.language
    graph = Graph(session.project)
    filters = {name: asked[name] for name in ("at", "topic", "region", "role", "alliance", "completeness")}
    net = graph.network(language=language, **filters)
    warn_if_stale(graph, language)
    if export is not None:
        written = net.export(export, asked["mode"], asked["weight"])
        show.written(net, written, language)
        if not chosen:
            return 0
    progress = Progress()
    try:
        what, table, notes = _answer(net, chosen[0] if chosen else None, asked, progress)
    except NetworkError:
        show.summary_beside(net)
        raise
    finally:
        progress.done()
    show.answer(net, what, table, notes, form, limit, language)
    if topics := net.selection.filters.topic:
        tell_related(related_topics(graph.source, topics, language), language)
    return 0 if len(table) else 1


def _answer(
    net: Network, what: str | None, asked: dict[str, Any], progress: Progress
) -> tuple[str, pl.DataFrame, list[str]]:
    """Return what is answered, the table, and what must be said with it."""
    from buendnis_graph.network import Drawing
    from buendnis_graph.network.chance import notes

    onto = "alliances" if asked["mode"] == "alliances" else "bodies"
    samples, seed = asked["samples"], asked["seed"]
    refusal: list[str] = []
    if what is None:
        try:
            return "measures", net.measures(onto, seed, progress), []
        except NetworkError as error:
            what, refusal = "bounds", [error.message]
    if what == "measures":
        return what, net.measures(onto, seed, progress), []
    if what == "pairs":
        return what, net.pairs(onto, asked["weight"]), []
    if what == "chance":
        table = net.chance(samples, seed, progress)
        return what, table, notes(len(table), samples, seed, net.language)
    drawing = Drawing(samples, seed, asked["inside"])
    table = net.bounds(asked["slack"], drawing, progress)
    return what, table, [*refusal, *net.assumptions(asked["slack"], drawing)]
