"""``buendnis stale``."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.cli.tables import print_rows

if TYPE_CHECKING:
    from buendnis_graph.care.stale import Stale, StaleMembership

_WORDS = {
    "de": {
        "stale": "Mitgliedschaften, zuletzt vor mehr als {years} Jahren bezeugt (Stichtag {as_of}): {n}",
        "undated": "Mitgliedschaften ohne datierten Beleg: {n}",
        "alliances": "Bündnisse ohne datierten Beleg eines Mitglieds: {n}",
        "none": "keine",
        "alliance": "Bündnis",
        "member": "Mitglied",
        "last": "zuletzt bezeugt, frühestens",
        "sources": "Quellen",
        "attestations": "undatierte Belege",
    },
    "en": {
        "stale": "Memberships last attested more than {years} years before {as_of}: {n}",
        "undated": "Memberships without a dated attestation: {n}",
        "alliances": "Alliances without a dated attestation of a member: {n}",
        "none": "none",
        "alliance": "alliance",
        "member": "member",
        "last": "last attested, at the earliest",
        "sources": "sources",
        "attestations": "undated attestations",
    },
}


@click.command(
    "stale",
    epilog="\b\nExample: buendnis stale --years 5\nExample: buendnis stale --as-of 2026-11-25 --format csv > stale.csv",
)
@click.option("--as-of", metavar="DATE", help="The day to judge by (default: the day the data set was issued).")
@click.option(
    "--years",
    type=click.IntRange(0, 999),
    default=3,
    show_default=True,
    help="How many years an attestation stays good for.",
)
@click.option(
    "--format", "-f", "form", type=click.Choice(["table", "csv", "json"]), default="table", help="Form of the answer."
)
@click.pass_obj
def command(session: Session, as_of: str | None, years: int, form: str) -> None:
    """List what has not been attested for years.

    Memberships that count and have not ended whose latest dated attestation is older, those never attested with a
    date, and alliances without any dated attestation. Undated is not old: these two are listed apart. The clock is
    never asked.
    """
    from buendnis_graph.care.stale import find_stale, release_date
    from buendnis_graph.graph import Graph

    graph = Graph(session.project)
    stale = find_stale(session.project, graph.store, as_of or release_date(graph.store), years)
    if form == "json":
        click.echo(json.dumps(stale.as_json(), ensure_ascii=False, indent=1, sort_keys=True))
    elif form == "csv":
        click.echo(_as_csv(stale), nl=False)
    else:
        _print(stale, _WORDS[session.language])


def _as_csv(stale: Stale) -> str:
    """Return one table for all: ``what`` is stale, undated or alliance."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["what", "alliance", "member", "lastAttestedEarliest", "sources"])
    for what, rows in (("stale", stale.memberships), ("undated", stale.undated)):
        writer.writerows([what, m.alliance, m.member, m.last_attested, " ".join(m.sources)] for m in rows)
    writer.writerows(["alliance", a.alliance, "", "", ""] for a in stale.alliances)
    return out.getvalue()


def _print(stale: Stale, words: dict[str, str]) -> None:
    _print_memberships("stale", stale.memberships, stale, words)
    _print_memberships("undated", stale.undated, stale, words)
    click.echo(words["alliances"].format(n=len(stale.alliances) or words["none"]))
    if stale.alliances:
        rows = [(a.alliance, str(a.attestations), str(a.sources)) for a in stale.alliances]
        print_rows((words["alliance"], words["attestations"], words["sources"]), rows)


def _print_memberships(what: str, found: tuple[StaleMembership, ...], stale: Stale, words: dict[str, str]) -> None:
    click.echo(words[what].format(n=len(found) or words["none"], years=stale.years, as_of=stale.as_of))
    if not found:
        return
    dated = [words["last"]] if what == "stale" else []
    rows = [(m.alliance, m.member, *([m.last_attested] if dated else []), _addresses(m.sources)) for m in found]
    print_rows((words["alliance"], words["member"], *dated, words["sources"]), rows)


def _addresses(sources: tuple[str, ...]) -> str:
    """Return the first address and how many more there are; all of them stand in CSV and JSON."""
    return sources[0] + (f" (+{len(sources) - 1})" if len(sources) > 1 else "") if sources else ""
