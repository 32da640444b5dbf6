"""``buendnis link wikidata``, ``gnd``, ``ror`` …: propose which entries of another data set our bodies are."""

from __future__ import annotations

import json
from copy import copy
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Progress, Session, said
from buendnis_graph.dates import checked_day
from buendnis_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from buendnis_graph.linking.body import Body
    from buendnis_graph.linking.propose import Link
    from buendnis_graph.linking.targets import Target
    from buendnis_graph.settings import Project

_TEXTS = {
    "counted": (
        "{n} Vorschläge für {bodies} Einrichtungen, davon {sure} sicher: {path}",
        "{n} proposals for {bodies} bodies, {sure} of them certain: {path}",
    ),
    "unusable": (
        "{n} Kandidaten haben keine gültige Kennung und bleiben weg.",
        "{n} candidates have no valid id and are left out.",
    ),
    "accepted": ("{n} sichere übernommen: {path}", "{n} certain ones accepted: {path}"),
    "nothing": ("Nichts gefunden.", "Nothing found."),
    "linked": ("Alle sind schon verknüpft; --all fragt noch einmal.", "All are linked already; --all asks again."),
}


# told here, so that --help is quick; a test compares them with what can be linked to
TARGETS = {
    "buendnis-graph": ("another graph of this kind", "--service http://127.0.0.1:8787/reconcile"),
    "gnd": ("the GND (authority file of German libraries)", "--service"),
    "ror": ("ROR (Research Organization Registry)", "--snapshot ror_de.csv --accept --date 2026-11-25"),
    "wikidata": ("Wikidata", "--snapshot items.jsonl.gz --page proposals.html"),
}
"""Data sets by key: what they are called in help, and what an example gives."""


@click.command()
@click.option(
    "--snapshot",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Look in this file (CSV, ROR's JSON, Wikidata's JSON lines); nothing is sent anywhere.",
)
@click.option(
    "--service",
    metavar="[URL]",
    is_flag=False,
    flag_value="",
    help="Send our bodies' names to a reconciliation service; without URL to the one that is known.",
)
@click.option(
    "--endpoint",
    metavar="[URL]",
    is_flag=False,
    flag_value="",
    help="Send our bodies' names to a SPARQL endpoint that holds Wikidata's items; without URL to Wikidata's.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the proposals go, as CSV.")
@click.option(
    "--page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also an HTML page with both sides next to each other.",
)
@click.option("--accept", is_flag=True, help="Write the certain ones to data/links/TARGET.ttl.")
@click.option("--date", metavar="DAY", help="Day of the judgements (ISO 8601); needed for --accept.")
@click.option("--seen-in", help="Data set and version, for the judgements (default: the file or address).")
@click.option("--all", "ask_all", is_flag=True, help="Also bodies that are linked already.")
@click.option("--pause", type=click.FloatRange(0, 60), default=1.0, help="Seconds between two requests (default 1).")
@click.option("--json", "as_json", is_flag=True, help="Print the proposals as JSON.")
@click.pass_obj
def _propose_links(
    session: Session,
    target: str,
    snapshot: Path | None,
    service: str | None,
    endpoint: str | None,
    out: Path | None,
    page: Path | None,
    accept: bool,
    date: str | None,
    seen_in: str | None,
    ask_all: bool,
    pause: float,
    as_json: bool,
) -> None:
    """Propose which entries of another data set our bodies are.

    Each proposal says what speaks for and against it; certain ones are marked, and --accept writes them as judgements.
    The others wait for a person, who fills in the column 'decision' of the CSV (buendnis review --links). Answers of
    servers are kept in linking/cache, so that a run that was interrupted goes on where it stopped.
    """
    from buendnis_graph.linking.judged import add_judgements
    from buendnis_graph.linking.mappings import read_mappings
    from buendnis_graph.linking.page import proposals_page
    from buendnis_graph.linking.proposals import proposals_text
    from buendnis_graph.linking.propose import as_mapping
    from buendnis_graph.linking.reviewing import refuse_unapplied
    from buendnis_graph.linking.targets import target as known
    from buendnis_graph.whole import write_whole

    wanted, project = known(target), session.project
    if sum(source is not None for source in (snapshot, service, endpoint)) != 1:
        raise UsageError(
            "name one source: --snapshot FILE, --service or --endpoint.",
            hint=f"For example, without sending anything anywhere: buendnis link {wanted.key} --snapshot FILE",
        )
    day = checked_day(date, "--date") if accept else ""
    where = str(snapshot.name) if snapshot else _address(service, endpoint, wanted)
    path = out or project.root / "linking" / f"{wanted.key}.csv"
    refuse_unapplied(path, wanted, read_mappings(project))
    links, unusable, asked = _propose(project, wanted, snapshot, endpoint is not None, where, ask_all, pause)
    if unusable:
        click.echo(said(session, _TEXTS["unusable"], n=unusable), err=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    files = {path: proposals_text(links, session.language)}
    if page is not None:
        files[page] = proposals_page(links, wanted, session.language)
    write_whole(files)
    _tell(session, links, asked, path, as_json)
    if accept:
        certain = [as_mapping(link, wanted, day, seen_in or where) for link in links if link.is_certain]
        written, file = add_judgements(project, wanted, certain)
        click.echo(said(session, _TEXTS["accepted"], n=written, path=project.relative(file)), err=as_json)


def _tell(session: Session, links: list[Link], asked: int, path: Path, as_json: bool) -> None:
    """Tell what is proposed."""
    if as_json:
        click.echo(json.dumps([_row(link) for link in links], ensure_ascii=False, indent=1))
    elif not asked:
        click.echo(said(session, _TEXTS["linked"]))
    else:
        sure, shown = sum(link.is_certain for link in links), session.project.relative(path.resolve())
        click.echo(said(session, _TEXTS["counted"], n=len(links), bodies=asked, sure=sure, path=shown))


def proposing(target: str) -> click.Command:
    """Return the command that proposes links to one data set."""
    made = copy(_propose_links)
    assert made.callback is not None  # noqa: S101 - it is the function above
    made.name, made.callback = target, partial(made.callback, target=target)
    name, example = TARGETS[target]
    made.short_help = f"Which entries of {name} our bodies are."
    made.epilog = f"Example: buendnis link {target} {example}"
    return made


def _address(service: str | None, endpoint: str | None, target: Target) -> str:
    url = (service or target.service) if service is not None else (endpoint or target.endpoint)
    if not url:
        raise UsageError(f"no address is known for {target.name}.", hint="Give it: --service URL or --endpoint URL")
    return url


def _propose(
    project: Project, target: Target, snapshot: Path | None, by_sparql: bool, where: str, ask_all: bool, pause: float
) -> tuple[list[Link], int, int]:
    """Return proposals, how many candidates had no valid id, and how many bodies were asked for."""
    from buendnis_graph.evidence import read_corpus
    from buendnis_graph.linking.mappings import read_mappings
    from buendnis_graph.linking.ours import judged_apart, linked, our_bodies, still_to_link
    from buendnis_graph.linking.propose import propose_links

    progress = Progress()
    try:
        progress("reading the registry")
        judged = read_mappings(project)
        bodies = our_bodies(item.quad for item in read_corpus(project).quads)
        if not ask_all:
            bodies = still_to_link(bodies, judged, target)
        theirs, unusable = _theirs(project, bodies, target, snapshot, by_sparql, where, pause, progress)
        progress("comparing")
        return (
            propose_links(bodies, theirs, judged_apart(judged, target), linked(judged, target)),
            unusable,
            len(bodies),
        )
    finally:
        progress.done()


def _theirs(
    project: Project,
    bodies: Sequence[Body],
    target: Target,
    snapshot: Path | None,
    by_sparql: bool,
    where: str,
    pause: float,
    progress: Progress,
) -> tuple[list[Body], int]:
    if snapshot is not None:
        from buendnis_graph.linking.snapshot import read_snapshot, with_ids_of

        progress("reading the snapshot")
        return with_ids_of(read_snapshot(snapshot), target)
    from buendnis_graph.linking.polite import Polite

    polite = Polite(project.root / "linking" / "cache" / target.key, pause=pause)
    if by_sparql:
        from buendnis_graph.linking.endpoint import ask_endpoint

        return ask_endpoint(bodies, target, where, polite, progress)
    from buendnis_graph.linking.reconciliation import reconcile

    return reconcile(bodies, target, where, polite, progress)


def _row(link: Link) -> dict[str, object]:
    return {
        "body": link.slug,
        "id": link.match.body.entry.key,
        "name": link.ours.entry.names[0],
        "their_name": link.match.body.entry.names[0],
        "score": link.match.score,
        "certain": link.is_certain,
        "conflict": link.match.conflict,
        "reasons": list(link.match.reasons),
        "findings": [
            {"name": part.name, "level": part.level, "weight": part.weight} for part in link.match.contributions
        ],
    }
