"""``buendnis merge``."""

from __future__ import annotations

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.dates import checked_day

_DONE = {
    "de": "{old} ist jetzt {new}; {n} Dateien umgeschrieben.",
    "en": "{old} is {new} now; {n} files rewritten.",
}
_WOULD = {
    "de": "Nichts geschrieben; {n} Dateien würden umgeschrieben.",
    "en": "Nothing written; {n} files would be rewritten.",
}


@click.command(
    "merge",
    epilog="Example: buendnis merge awo-bundesverband arbeiterwohlfahrt-bundesverband "
    "--date 2026-11-25 --reason 'AWO ist die Abkürzung'",
)
@click.argument("old")
@click.argument("new")
@click.option("--date", required=True, metavar="DAY", help="Day of the decision.")
@click.option("--reason", required=True, help="Why the two are one.")
@click.option("--dry-run", is_flag=True, help="Say which files would change and write nothing.")
@click.pass_obj
def command(session: Session, old: str, new: str, date: str, reason: str, dry_run: bool) -> None:
    """Make two registry entries one; the old one becomes a redirect.

    OLD's names become other names of NEW, and all that sources, codings and links say of OLD they say of NEW, in one
    step. Where one source speaks of both, nothing is done and the lines are named.
    """
    from buendnis_graph.care.refuse import refuse_withheld_in
    from buendnis_graph.evidence import read_corpus, replace_files, writing
    from buendnis_graph.importing.merge import plan_merge

    day = checked_day(date, "--date")
    project = session.project
    with writing(project):
        merge = plan_merge(project, read_corpus(project), old, new, day, reason)
        if dry_run:
            for path in sorted(merge.files):
                click.echo(f"  {project.relative(path)}")
            click.echo(_WOULD[session.language].format(n=len(merge.files)))
            return
        refuse_withheld_in(project, merge.files)
        changed = replace_files(project, merge.files)
    click.echo(_DONE[session.language].format(old=old, new=new, n=len(changed)))
