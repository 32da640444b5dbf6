"""``buendnis link topics``: which concepts of another vocabulary may match our topics."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from buendnis_graph.settings import Project

# told here, so that --help is quick; a test compares them with where IRIs begin
VOCABULARIES = ("eurovoc", "fast", "gnd", "lcsh", "stw", "unesco", "wikidata")
COLUMNS = ("topic", "ours", "same_words", "theirs", "iri")
_TEXTS = {
    "counted": (
        "{n} Kandidaten für {found} von {asked} Themen: {path}",
        "{n} candidates for {found} of {asked} topics: {path}",
    ),
    "judged": ("Über alle Themen ist geurteilt; --all fragt noch einmal.", "All topics are judged; --all asks again."),
}


@click.command("topics", epilog="Example: buendnis link topics lcsh --snapshot subjects_lcsh.csv")
@click.argument("vocabulary", type=click.Choice(VOCABULARIES))
@click.option(
    "--snapshot",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The vocabulary: SKOS (.ttl, .nt, .rdf), or .csv, .json, .jsonl with id and subject.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the candidates go, as CSV.")
@click.option("--all", "ask_all", is_flag=True, help="Also topics that are judged already.")
@click.pass_obj
def topics(session: Session, vocabulary: str, snapshot: Path, out: Path | None, ask_all: bool) -> None:
    """List which concepts of a vocabulary may match our topics, by their labels.

    These are candidates for a person who knows both sides: whether one is the same, broader, narrower or nothing of the
    kind is written to data/links/topics.ttl by hand. Nothing is accepted by itself, and nothing is sent anywhere.
    """
    from buendnis_graph.formulas import harmless
    from buendnis_graph.linking.authorities import AUTHORITIES
    from buendnis_graph.linking.concepts import candidates, read_concepts
    from buendnis_graph.whole import write_whole

    project, namespace = session.project, AUTHORITIES[vocabulary]
    ours = _topics(project, "" if ask_all else namespace)
    found = candidates(ours, read_concepts(snapshot, namespace)) if ours else []
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in found:
        cells = (one.topic.rpartition("/")[2], one.ours, "yes" if one.is_same else "no", one.label, one.iri)
        rows.writerow(map(harmless, cells))
    path = out or project.root / "linking" / f"topics-{vocabulary}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole({path: text.getvalue()})
    told = {"n": len(found), "found": len({one.topic for one in found}), "asked": len(ours)}
    click.echo(said(session, _TEXTS["counted" if ours else "judged"], **told, path=project.relative(path.resolve())))


def _topics(project: Project, judged_in: str) -> Mapping[str, set[str]]:
    """Return the labels of our topics by IRI, without those that are judged in a vocabulary."""
    from buendnis_graph.linking.concepts import read_concepts
    from buendnis_graph.linking.mappings import read_mappings
    from buendnis_graph.namespaces import BASE

    ours = read_concepts(project.ontology / "topics.ttl", f"{BASE}topic/")
    judged = {m.subject for m in read_mappings(project) if judged_in and m.object.startswith(judged_in)}
    return {topic: labels for topic, labels in ours.items() if topic not in judged}
