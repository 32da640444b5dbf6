"""``buendnis link check`` and ``buendnis link ask``."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session, warn_if_stale

if TYPE_CHECKING:
    from buendnis_graph.linking.drift import Drift

_KINDS = {
    "deleted": ("den Eintrag gibt es dort nicht mehr", "there is no such item there any more"),
    "redirected": ("der Eintrag ist zusammengeführt", "the item was merged"),
    "doubled": ("zwei von uns sollen dieser Eintrag sein", "two of ours are said to be this entry"),
    "several": ("soll zwei Einträge eines Datensatzes sein", "is said to be two entries of one data set"),
    "changed": ("dort steht eine andere Kennung", "another id stands there"),
    "label": ("der Eintrag heißt jetzt anders", "the item is called otherwise now"),
    "contradiction": ("dort steht etwas anderes", "something else stands there"),
    "theirs": ("das weiß nur Wikidata", "only Wikidata knows this"),
    "ours": ("das wissen nur wir", "only we know this"),
    "unread": ("nicht unter den gelesenen Einträgen", "not among the items read"),
}
_NONE = ("Nichts ist auseinandergelaufen.", "Nothing has drifted apart.")
_COUNTS = ("Angenommene Verknüpfungen:", "Accepted links:")


@click.command(
    "check",
    short_help="Count the accepted links; say what has drifted apart.",
    epilog="Example: buendnis link check --items wikidata-items.jsonl --json",
)
@click.option(
    "--items", "items_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="Wikidata's items as they are there (JSON, or JSON lines), to compare with.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print all as JSON.")
@click.pass_obj
def check(session: Session, items_file: Path | None, as_json: bool) -> None:
    """Count the accepted links by data set, and say what has drifted apart, both ways.

    With the items of Wikidata in a file: ids that were merged, deleted or changed, names that drifted, what Wikidata
    knows and we don't (with its reference), and the reverse. Nothing is sent anywhere. Exit code 1 if a link must be
    mended.
    """
    from buendnis_graph.graph import Graph
    from buendnis_graph.linking.claims import claims
    from buendnis_graph.linking.drift import FAULTS, accepted_by_authority, doubled, drift, known_properties
    from buendnis_graph.linking.items import read_items
    from buendnis_graph.linking.mappings import read_mappings

    links = read_mappings(session.project)
    if items_file is None:
        found = sorted(doubled(links))
    else:
        graph = Graph(session.project)
        warn_if_stale(graph, session.language)
        found = drift(links, read_items(items_file), claims(graph.store), known_properties(graph.store))
    counts = accepted_by_authority(links)
    if as_json:
        click.echo(
            json.dumps({"accepted": counts, "drift": [asdict(one) for one in found]}, ensure_ascii=False, indent=1)
        )
    else:
        _print(counts, found, session.language == "en")
    if any(one.kind in FAULTS for one in found):
        raise click.exceptions.Exit(1)


def _print(counts: dict[str, int], found: list[Drift], english: bool) -> None:
    click.echo(_COUNTS[english])
    for name, number in counts.items():
        click.echo(f"  {name}: {number}")
    if not found:
        click.echo(_NONE[english])
    for one in found:
        value = " ≠ ".join(filter(None, (one.ours, one.theirs)))
        about = " ".join(filter(None, (one.property, value)))
        click.echo(f"{one.subject} – {one.target}: {_KINDS[one.kind][english]}" + (f": {about}" if about else ""))
        for address in one.references:
            click.echo(f"    {address}")


@click.command(
    "ask",
    short_help="Ask our graph and another endpoint together.",
    epilog="Example: buendnis link ask members-in-wikidata --endpoint https://query.wikidata.org/sparql",
)
@click.argument("question")
@click.option("--endpoint", required=True, metavar="URL", help="The other side; the ids we link to are sent there.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_obj
def ask(session: Session, question: str, endpoint: str, as_json: bool) -> None:
    """Ask our graph and another endpoint together, in two steps, as many refuse SERVICE.

    QUESTION is the name of one in queries/links/federated/. What is sent is the ids that we link to, nothing else.
    """
    from buendnis_graph.errors import UsageError
    from buendnis_graph.graph import Graph
    from buendnis_graph.linking.federated import ask_in_two_steps, federated_questions
    from buendnis_graph.store.remote import RemoteStore

    questions = federated_questions(session.project)
    if question not in questions:
        known = ", ".join(questions)
        raise UsageError(f"there is no federated question '{question}'.", hint=f"There are: {known}.")
    table = ask_in_two_steps(Graph(session.project).store, RemoteStore(endpoint), questions[question])
    click.echo(table.to_json() if as_json else table.to_csv(), nl=False)
