"""``buendnis withhold``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session
from buendnis_graph.errors import UsageError

if TYPE_CHECKING:
    from buendnis_graph.care.withheld import Guard
    from buendnis_graph.care.withhold import Plan
    from buendnis_graph.settings import Project

_WORDS = {
    "de": {
        "names": "Zurückgehalten werden diese Namen:",
        "shared": "Nicht diese, die auch eine andere Einrichtung trägt:",
        "unlike": "Nicht diese, unter denen sie gelistet ist, die ihrem Namen aber nicht gleichen (mit --name doch):",
        "files": "{changed} Dateien werden geändert, {removed} entfernt; build/ wird entfernt.",
        "goes": " (entfernt)",
        "sources": "Diese Quellen fallen ganz weg: ihre Adresse nennt sie, oder es bleibt nichts übrig:",
        "named": "Diese Belege fallen weg, weil ihr Text sie nennt:",
        "unused": "Diese Einträge fallen weg, weil nichts mehr von ihnen spricht:",
        "own": "Diese Quellen hat sie herausgegeben; sie bleiben ohne Herausgeber (mit --own-sources nicht):",
        "namesakes": "Diese Namen anderer enthalten den ihren; sie bleiben:",
        "sure": "Zurückhalten? Das ist aus der Arbeitskopie nur über git zurückzuholen",
        "done": "Zurückgehalten. Jetzt: buendnis validate, buendnis build, einchecken; frühere Abzüge zurückziehen.",
        "already": "Schon zurückgehalten; nichts zu tun.",
        "finished": "Eine unterbrochene Zurückhaltung ist zu Ende geführt.",
        "nothing": "Nichts war unterbrochen.",
        "left": "Noch genannt (Zahl der Zeilen); von Hand oder mit dem Befehl aus docs/withholding.md ändern:",
        "clean": "Nichts Zurückgehaltenes gefunden.",
        "found": "Zurückgehaltenes steht noch in:",
        "key": "Schlüssel geschrieben: {file}. Sicher aufbewahren, nie einchecken.",
        "forgotten": "Von der Liste genommen (nur dieser Kurzname und die angegebenen Namen).",
        "unknown": "Steht nicht auf der Liste.",
    },
    "en": {
        "names": "These names will be withheld:",
        "shared": "Not these, which another body bears too:",
        "unlike": "Not these, under which it is listed but which are unlike its name (add them with --name):",
        "files": "{changed} files will be changed, {removed} removed; build/ will be removed.",
        "goes": " (removed)",
        "sources": "These sources go as a whole: their address names it, or nothing is left:",
        "named": "This evidence goes because its text names it:",
        "unused": "These entries go because nothing speaks of them any more:",
        "own": "These sources it published; they stay without publisher (not so with --own-sources):",
        "namesakes": "These names of others hold its own; they stay:",
        "sure": "Withhold it? In the working tree only git can bring it back",
        "done": "Withheld. Next: buendnis validate, buendnis build, commit; withdraw earlier dumps.",
        "already": "Withheld already; nothing to do.",
        "finished": "An interrupted withholding has been finished.",
        "nothing": "Nothing had been interrupted.",
        "left": "Still mentioned (number of lines); change by hand or by the command in docs/withholding.md:",
        "clean": "Nothing withheld was found.",
        "found": "Something withheld is still in:",
        "key": "Key written: {file}. Keep it safe, never commit it.",
        "forgotten": "Taken off the list (this slug and the names given only).",
        "unknown": "It is not on the list.",
    },
}


@click.command(
    "withhold",
    epilog="\b\nExample: buendnis withhold --new-key ~/.buendnis-key\n"
    "Example: buendnis withhold example-verein --key-file ~/.buendnis-key --dry-run",
)
@click.argument("slug", required=False)
@click.option("--key-file", type=click.Path(path_type=Path), help="The key (default: $BUENDNIS_WITHHOLD_KEY_FILE).")
@click.option("--name", "names", multiple=True, help="A further name to keep out; may be repeated.")
@click.option("--common", multiple=True, metavar="NAME", help="A name that is an ordinary word: leave it alone.")
@click.option("--own-sources", is_flag=True, help="Also remove the sources it published as a whole.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and change nothing.")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option("--finish", "finishing", is_flag=True, help="Finish a withholding that was interrupted.")
@click.option(
    "--check", "checking", is_flag=True, help="Say which files still mention anything withheld; needs no name."
)
@click.option("--forget", "forgetting", is_flag=True, help="Take SLUG and the names given off the list again.")
@click.option("--new-key", type=click.Path(path_type=Path), metavar="FILE", help="Make a key, outside the project.")
@click.pass_obj
def command(
    session: Session,
    slug: str | None,
    key_file: Path | None,
    names: tuple[str, ...],
    common: tuple[str, ...],
    own_sources: bool,
    dry_run: bool,
    yes: bool,
    finishing: bool,
    checking: bool,
    forgetting: bool,
    new_key: Path | None,
) -> None:
    """Remove an organisation that asked not to be listed, and keep it out.

    SLUG (or the IRI) is removed from registry, evidence, codings and links; keyed hashes of its names keep it from
    being imported again. What this can't recall is said in docs/withholding.md. A run that was interrupted is
    finished by the next one.
    """
    from buendnis_graph.care import withheld, withhold
    from buendnis_graph.evidence import writing
    from buendnis_graph.settings import WITHHOLDING

    project, words = session.project, _WORDS[session.language]
    if new_key is not None:
        withheld.new_key(new_key, project)
        click.echo(words["key"].format(file=new_key))
        return
    if dry_run and (project.root / WITHHOLDING).exists():
        raise UsageError("a withholding was interrupted half-way.", hint="Finish it: buendnis withhold --finish")
    with writing(project, withholding=True):
        if withhold.finish(project):
            click.echo(words["finished"])
        elif finishing:
            click.echo(words["nothing"])
        if finishing:
            return
        guard = withheld.open_guard(project, key_file)
        if checking:
            _check(project, guard, words)
        elif slug is None:
            raise UsageError("no body is named.", hint="Name it by its slug: buendnis withhold SLUG --dry-run")
        elif forgetting:
            click.echo(words["forgotten" if withhold.forget(project, guard, slug, names) else "unknown"])
        else:
            options = {"names": names, "common": common, "own_sources": own_sources}
            _withhold(project, slug, guard, options, words, ask=not yes, dry_run=dry_run)


def _withhold(
    project: Project,
    slug: str,
    guard: Guard,
    options: dict[str, object],
    words: dict[str, str],
    *,
    ask: bool,
    dry_run: bool,
) -> None:
    from buendnis_graph.care.withhold import carry_out, find_body, grouped, is_done, left_over, plan
    from buendnis_graph.evidence import read_corpus

    if is_done(guard, slug) and find_body(read_corpus(project), slug) is None:
        click.echo(words["already"])
        return
    planned = plan(project, slug, guard, **options)  # type: ignore[arg-type]
    _show(planned, words)
    if dry_run:
        return
    if ask:
        click.confirm(words["sure"], abort=True)
    carry_out(project, planned)
    click.echo(words["done"])
    _list(words["left"], grouped(left_over(project, planned.mentions)), fail=True)


def _show(planned: Plan, words: dict[str, str]) -> None:
    from buendnis_graph.terminal import printable

    _list(words["names"], sorted(planned.names.known))
    _list(words["shared"], sorted(planned.names.shared))
    _list(words["unlike"], sorted(planned.names.unlike))
    removed = sum(text is None for text in planned.changes.values()) - 1
    changed = len(planned.changes) - removed - 1
    click.echo(words["files"].format(changed=changed, removed=removed))
    own = {path: text for path, text in planned.changes.items() if path.as_posix() != "build"}
    for path in sorted(own):
        click.echo(f"  {printable(path.as_posix())}{'' if own[path] is not None else words['goes']}")
    _list(words["sources"], sorted(node.value for node in planned.purge.sources))
    _list(words["named"], sorted(node.value for node in planned.purge.named))
    _list(words["unused"], sorted(node.value for node in planned.purge.unused))
    _list(words["own"], planned.own_sources)
    _list(words["namesakes"], planned.namesakes)


def _check(project: Project, guard: Guard, words: dict[str, str]) -> None:
    from buendnis_graph.care.withhold import check, grouped

    found = check(project, guard)
    if not found:
        click.echo(words["clean"])
    _list(words["found"], grouped(found), fail=True)


def _list(head: str, items: list[str] | tuple[str, ...], *, fail: bool = False) -> None:
    from buendnis_graph.terminal import printable

    if not items:
        return
    click.echo(head)
    for item in items:
        click.echo(f"  {printable(item)}")
    if fail:
        raise click.exceptions.Exit(1)
