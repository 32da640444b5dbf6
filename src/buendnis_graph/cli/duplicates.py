"""``buendnis duplicates``."""

from __future__ import annotations

import json

import click

from buendnis_graph.cli.common import Session


@click.command("duplicates", epilog="Example: buendnis duplicates --from 0.7")
@click.option("--from", "least", type=click.FloatRange(0, 1), default=0.6, help="Least score to show (default 0.6).")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.pass_obj
def command(session: Session, least: float, as_json: bool) -> None:
    """List registry entries that look alike, the likest first.

    A pair is a place to look, not a verdict. Pairs that a person has judged to be different are left out.
    """
    from buendnis_graph.evidence import read_corpus
    from buendnis_graph.resolving.duplicates import look_alikes
    from buendnis_graph.resolving.reasons import in_words

    pairs = look_alikes(read_corpus(session.project), least)
    if as_json:
        rows = [{"one": p.one.key, "two": p.two.key, "score": p.score, "reasons": list(p.reasons)} for p in pairs]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for pair in pairs:
        one, two = pair.one.key.rpartition("/")[2], pair.two.key.rpartition("/")[2]
        click.echo(f"{pair.score:.2f} {one} ~ {two}: {in_words(pair.reasons, session.language)}")
        click.echo(f"     {pair.one.names[0]} | {pair.two.names[0]}")
    click.echo(f"{len(pairs)} {'Paare' if session.language == 'de' else 'pairs'}.")
