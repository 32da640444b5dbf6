"""``buendnis terms``."""

from __future__ import annotations

import click

from buendnis_graph.cli.common import Session


@click.command("terms", epilog="Example: buendnis terms member")
@click.argument("word", default="")
@click.option("--markdown", is_flag=True, help="Print docs/vocabulary.md.")
@click.pass_obj
def command(session: Session, word: str, markdown: bool) -> None:
    """List the terms to ask with: classes and properties, what they mean.

    WORD, if given, must occur in a term's name, label or definition.
    """
    from buendnis_graph.evidence import read_corpus
    from buendnis_graph.vocabulary import as_markdown, terms

    found = terms(read_corpus(session.project), "en" if markdown else session.language)
    if markdown:
        click.echo(as_markdown(found), nl=False)
        return
    for term in found:
        if word.casefold() in f"{term.name} {term.label} {term.definition}".casefold():
            click.echo(f"{term.name}  ({term.kind}) {term.label}")
            if term.definition:
                click.echo(f"    {term.definition}")
