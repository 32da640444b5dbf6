"""``buendnis validate``."""

from __future__ import annotations

import json

import click

from buendnis_graph.cli.common import Progress, Session


@click.command("validate", epilog="Example: buendnis --lang de validate")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """Check the files against the shapes.

    Each finding says where it is (file and line), what is wrong and what to do. Exit code 1 if there is a violation.
    """
    from buendnis_graph.derive import derive, read_rules
    from buendnis_graph.evidence import read_corpus
    from buendnis_graph.store import consolidate
    from buendnis_graph.validate import Fast, findings, render, validate_files, validate_view

    project, progress, engine = session.project, Progress(), Fast()
    try:
        progress("reading")
        corpus = read_corpus(project)
        progress(f"validating {len(corpus.quads):,} statements")
        results = validate_files(corpus, project, engine)
        if not any(result.severity == "Violation" for result in results):
            progress("deriving and validating the consolidated view")
            view = consolidate(derive(corpus, read_rules(project.ontology / "rules")))
            results += validate_view(view, project, engine)
    finally:
        progress.done()
    found = findings(results, corpus, session.language)
    click.echo(
        json.dumps([f.as_json() for f in found], ensure_ascii=False, indent=1)
        if as_json
        else render(found, session.language)
    )
    if any(finding.is_violation for finding in found):
        raise click.exceptions.Exit(1)
