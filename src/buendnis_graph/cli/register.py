"""``buendnis register``."""

from __future__ import annotations

from pathlib import Path

import click

from buendnis_graph.cli.common import Progress, Session
from buendnis_graph.dates import checked_day

_SOURCE = "source/offeneregister.de/vereinsregister/2019"


@click.command("register", epilog="Example: buendnis register vereinsregister_2019.csv.gz --date 2026-11-25")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", help="Day of the judgements (ISO 8601); needed unless --dry-run.")
@click.option("--dry-run", is_flag=True, help="Show the proposals and write nothing.")
@click.option(
    "--shards",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the register itself here, as sorted N-Quads.",
)
@click.pass_obj
def command(session: Session, file: Path, date: str | None, dry_run: bool, shards: Path | None) -> None:
    """Propose which entries of the register of associations our e. V. are.

    FILE is the register as CSV. Certain proposals are accepted, the others wait for a person; both are written to
    data/links/register.ttl, which is under CC BY 4.0 like the register. The register itself is not taken into the
    graph. What a person has judged in that file (semapv:ManualMappingCuration) stays.
    """
    from buendnis_graph.evidence import read_corpus, read_file, replace_files, writing
    from buendnis_graph.linking.register import propose, read_register
    from buendnis_graph.linking.register_files import link_file
    from buendnis_graph.resolving import entries

    if shards is not None:
        _write_shards(file, shards)
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


def _write_shards(file: Path, folder: Path) -> None:
    import pyoxigraph as ox

    from buendnis_graph.linking.register import read_register
    from buendnis_graph.linking.register_files import write_shards
    from buendnis_graph.namespaces import BASE

    for path in write_shards(read_register(file), folder, ox.NamedNode(BASE + _SOURCE)):
        click.echo(path)
