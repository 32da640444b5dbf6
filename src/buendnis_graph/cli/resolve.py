"""``buendnis resolve``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.errors import UsageError

if TYPE_CHECKING:
    from buendnis_graph.resolving import Decision, Resolver
    from buendnis_graph.resolving.evaluate import Pair
    from buendnis_graph.settings import Project

_OUTCOMES = {
    "de": {"same": "dasselbe wie", "new": "neu", "unsure": "unsicher"},
    "en": {"same": "the same as", "new": "new", "unsure": "unsure"},
}


@click.command("resolve", epilog="Example: buendnis resolve 'Kulturbuero Sachsen' 'RAA Sachsen e. V.' --place Dresden")
@click.argument("names", nargs=-1)
@click.option("--place", default="", help="Where the bodies are, as a list would say it.")
@click.option("--parent", default="", help="What they are a part of.")
@click.option("--website", default="", help="Their website.")
@click.option(
    "--pairs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge labelled pairs of names instead.",
)
@click.option("--register", "in_register", is_flag=True, help="Look in the register that was taken in.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def command(
    session: Session,
    names: tuple[str, ...],
    place: str,
    website: str,
    parent: str,
    pairs: Path | None,
    in_register: bool,
    as_json: bool,
) -> None:
    """Say which body of the registry a name stands for, and why.

    NAMES as lists spell them; - reads one a line. With --pairs FILE (columns name_a, name_b, same) it reports how often
    it is right, in both halves of the file. With --register it says which association of the register of associations
    a name stands for; all its entries are read first.
    """
    if pairs is not None:
        _judge(pairs, session.language, as_json)
        return
    from buendnis_graph.evidence import read_corpus
    from buendnis_graph.resolving import Listed, resolver_for

    if not names:
        raise UsageError("no name is given.", hint="For example: buendnis resolve 'RAA Sachsen e. V.'")
    resolver = _register(session.project) if in_register else resolver_for(read_corpus(session.project))
    texts: list[str] = []
    for name in names:
        texts += sys.stdin.read().splitlines() if name == "-" else [name]
    decisions = [resolver(Listed(text, place, website, parent=parent)) for text in texts if text.strip()]
    if as_json:
        click.echo(json.dumps([_as_json(decision) for decision in decisions], ensure_ascii=False, indent=1))
        return
    for decision in decisions:
        _show(decision, session.language)


def _register(project: Project) -> Resolver:
    from buendnis_graph.evidence.bulk import bulk_sources
    from buendnis_graph.resolving.registry import register_resolver

    sources = bulk_sources(project)
    if not sources:
        raise UsageError("no register was taken in.", hint="Take one in: buendnis register FILE --take --date DAY")
    return register_resolver(shard for source in sources for shard in source.shards)


def _slug(key: str) -> str:
    return key.rpartition("/")[2]


def _as_json(decision: Decision) -> dict[str, object]:
    return {
        "name": decision.listed.name,
        "outcome": decision.outcome.value,
        "entry": _slug(decision.entry.key) if decision.entry else None,
        "reason": decision.reason,
        "candidates": [
            {"entry": _slug(c.entry.key), "name": c.entry.names[0], "score": c.score, "reasons": list(c.reasons)}
            for c in decision.candidates
        ],
    }


def _show(decision: Decision, language: str) -> None:
    from buendnis_graph.resolving.reasons import in_words

    found = f" {_slug(decision.entry.key)}" if decision.entry else ""
    click.echo(f"{decision.listed.name}: {_OUTCOMES[language][decision.outcome.value]}{found}")
    for candidate in decision.candidates:
        click.echo(f"    {candidate.score:.2f} {_slug(candidate.entry.key)}: {in_words(candidate.reasons, language)}")


def _judge(path: Path, language: str, as_json: bool) -> None:
    from buendnis_graph.resolving import SURE
    from buendnis_graph.resolving.evaluate import evaluate, read_pairs
    from buendnis_graph.resolving.reasons import in_words

    pairs = read_pairs(path)
    parts: dict[str, list[Pair]] = {
        "all": pairs,
        "half 1": [p for p in pairs if p.half == 0],
        "half 2": [p for p in pairs if p.half == 1],
    }
    scores = {name: evaluate(part) for name, part in parts.items()}
    if as_json:
        report = {n: {"precision": s.precision, "recall": s.recall, "pairs": len(parts[n])} for n, s in scores.items()}
        click.echo(json.dumps(report, indent=1))
        return
    for name, score in scores.items():
        click.echo(f"{name}: {len(parts[name])} pairs, precision {score.precision:.3f}, recall {score.recall:.3f}")
        click.echo(f"    same: {score.same_same} found, {score.same_unsure} asked, {score.same_new} missed")
        click.echo(
            f"    different: {score.different_same} wrong, {score.different_unsure} asked, {score.different_new} new"
        )
    for pair in pairs:
        likeness = pair.likeness
        if pair.is_same != (likeness.score >= SURE):
            words = in_words(likeness.reasons, language) or "-"
            click.echo(
                f"  {'same' if pair.is_same else 'different'} {likeness.score:.2f} {pair.one} | {pair.two}: {words}"
            )
