"""``buendnis register``."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from buendnis_graph.cli.common import Progress, Session
from buendnis_graph.dates import checked_day
from buendnis_graph.errors import UsageError
from buendnis_graph.wording import number

_TAKEN = {
    "de": "{entries} Einträge aufgenommen. Ausgelassen: {personal}, deren Name personenbezogen sein kann, {unfit}, die "
    "unvollständig oder unsauber sind, {withheld} zurückgehaltene; dazu {seats} Sitze.",
    "en": "{entries} entries are taken in. Left out: {personal} whose name may be personal data, {unfit} that are "
    "incomplete or not clean, {withheld} that are withheld; and {seats} seats.",
}
_NEXT = {"de": "Als Nächstes: buendnis build", "en": "Next: buendnis build"}
_SAME = {"de": "Nichts hat sich geändert.", "en": "Nothing has changed."}


@click.command(
    "register",
    epilog="\b\nExample: buendnis register vereinsregister_2019.csv.gz --date 2026-11-25\n"
    "Example: buendnis register vereinsregister_2019.csv.gz --take --date 2026-11-29",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", help="Day of the judgements, or of taking in (ISO 8601); needed unless --dry-run.")
@click.option("--dry-run", is_flag=True, help="Show the proposals and write nothing.")
@click.option("--take", "is_taking", is_flag=True, help="Take all its entries into data/bulk/ instead.")
@click.pass_obj
def command(session: Session, file: Path, date: str | None, dry_run: bool, is_taking: bool) -> None:
    """Propose which entries of the register of associations our e. V. are, or take all entries in.

    FILE is the register as CSV. Certain proposals are accepted, the others wait for a person; both are written to
    data/links/register.ttl, which is under CC BY 4.0 like the register. What a person has judged in that file
    (semapv:ManualMappingCuration) stays.

    With --take the register itself comes into the next build, as a source of its own under CC BY 4.0: see
    docs/register.md.
    """
    from buendnis_graph.evidence import read_corpus, read_file, replace_files, writing
    from buendnis_graph.linking.register import propose, read_register
    from buendnis_graph.linking.register_files import link_file
    from buendnis_graph.resolving import entries

    if is_taking:
        if dry_run:
            raise UsageError("--take and --dry-run do not go together.")
        _take(session, file, checked_day(date, "--date"))
        return
    day = None if dry_run else checked_day(date, "--date")
    project, progress = session.project, Progress()
    try:
        progress("reading the registry")
        bodies = entries(read_corpus(project))
        progress("reading and indexing the register")
        proposals = propose(bodies, read_register(file))
    finally:
        progress.done()
    for proposal in proposals:
        mark = "=" if proposal.is_certain else "?"
        registered = proposal.registered
        entry = f"{registered.court} {registered.court_number}, {registered.name}"
        click.echo(f"{mark} {proposal.body.key.rpartition('/')[2]}: {entry}")
    certain = sum(proposal.is_certain for proposal in proposals)
    click.echo(f"{certain} certain, {len(proposals) - certain} to be looked at.")
    if day is not None:
        path = project.data / "links" / "register.ttl"
        with writing(project):
            present = [item.quad for item in read_file(path)] if path.exists() else []
            replace_files(project, {path: link_file(proposals, day, present)})


def _take(session: Session, file: Path, day: str) -> None:
    from buendnis_graph.care.refuse import note_if_unchecked
    from buendnis_graph.care.withheld import open_guard
    from buendnis_graph.evidence import read_corpus, writing
    from buendnis_graph.linking.register import read_register
    from buendnis_graph.linking.taking import take
    from buendnis_graph.validate import Fast

    project, language, progress = session.project, session.language, Progress()
    note = note_if_unchecked(project, language)
    if note:
        click.echo(note, err=True)
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    try:
        with writing(project):
            progress("reading the files")
            said = [item.quad for item in read_corpus(project).quads]
            entries, guard = read_register(file), open_guard(project)
            taken = take(project, entries, sha256, day, guard, Fast(), said, progress)
    finally:
        progress.done()
    reasons = {reason: taken.left_out[reason] for reason in ("personal", "unfit", "withheld")}
    numbers = {"entries": taken.entries, "seats": taken.seats} | reasons
    click.echo(_TAKEN[language].format_map({name: number(n, language) for name, n in numbers.items()}))
    click.echo(_NEXT[language] if taken.changed else _SAME[language])
