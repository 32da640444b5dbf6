"""``buendnis release``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Progress, Session
from buendnis_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from buendnis_graph.publish.releases import Plan
    from buendnis_graph.publish.releases.checks import Problem


@click.command(
    "release",
    epilog="\b\nExample: buendnis release 0.2.0 --dry-run\nExample: buendnis release 0.2.0 --date 2026-12-01",
)
@click.argument("version", metavar="X.Y.Z")
@click.option("--date", "issued", metavar="YYYY-MM-DD", default="", help="Its day (default: that of data/dataset.ttl).")
@click.option("--output", type=click.Path(path_type=Path), metavar="FOLDER", help="The releases (default: releases/).")
@click.option("--dry-run", is_flag=True, help="Say what it would be and what stops it; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.option("--allow-drop", "allowed", multiple=True, metavar="KIND", help="Let a count drop as far as it likes.")
@click.option("--max-drop", "limits", multiple=True, metavar="KIND=PERCENT", help="Let a count drop so far.")
@click.option(
    "--withdraw-all", is_flag=True, help="If something was withheld and the key is lost: withdraw all before."
)
@click.pass_obj
def command(
    session: Session,
    version: str,
    issued: str,
    output: Path | None,
    dry_run: bool,
    as_json: bool,
    allowed: tuple[str, ...],
    limits: tuple[str, ...],
    withdraw_all: bool,
) -> None:
    """Release a version of the data: graph, patch, notes, redirects and feed.

    The version is that of the data, not of the code: major if addresses or terms change, minor if data comes or goes,
    patch if it is only corrected. data/dataset.ttl must state it, the build must be current, and no count may drop
    unseen. What names a body that is withheld by now is withdrawn. See docs/releases.md.
    """
    from buendnis_graph.publish.releases import Asked, release
    from buendnis_graph.publish.releases.checks import open_points

    project, progress = session.project, Progress()
    asked = Asked(version, issued, output, allowed, dict(map(_limit, limits)), withdraw_all)
    try:
        plan = release(project, asked, dry_run=dry_run, step=progress)
    finally:
        progress.done()
    points = [] if any(problem.key == "stale" for problem in plan.problems) else open_points(project, session.language)
    written = not dry_run and not plan.problems
    if as_json:
        click.echo(json.dumps(_data(plan, points, written, session.language), ensure_ascii=False, indent=1))
    else:
        for line in _lines(plan, points, str(output or project.relative(project.releases)), written, session.language):
            click.echo(line)
    if plan.problems:
        raise click.exceptions.Exit(1)


def _limit(text: str) -> tuple[str, float]:
    kind, _, percent = text.partition("=")
    try:
        return kind, float(percent)
    except ValueError:
        raise UsageError(f"'{text}' is no KIND=PERCENT.", hint="Such as: --max-drop sources=10") from None


def _text(problem: Problem, language: str) -> str:
    from buendnis_graph.publish.releases.notes import count_name
    from buendnis_graph.publish.releases.words import say

    kind = {"kind": count_name(problem.parts["name"], language)} if "name" in problem.parts else {}
    return say("problem", problem.key, language, **problem.parts, **kind)


def _problems(plan: Plan, language: str) -> Iterator[str]:
    for problem in plan.problems:
        yield _text(problem, language)
        if problem.key == "version-small":
            yield from (f"  {text}" for text in _reasons(plan, language))


def _reasons(plan: Plan, language: str) -> Iterator[str]:
    from buendnis_graph.namespaces import shorten
    from buendnis_graph.publish.releases.words import say

    for reason in plan.compared.reasons if plan.compared is not None else ():
        shown = [shorten(iri) for iri in reason.iris[:5]]
        more = len(reason.iris) - len(shown)
        shown += [say("reason", "more", language, n=more)] if more else []
        yield say("reason", reason.kind, language, iris=", ".join(shown))


def _lines(plan: Plan, points: list[str], folder: str, written: bool, language: str) -> Iterator[str]:
    from buendnis_graph.publish.releases.words import say
    from buendnis_graph.terminal import printable
    from buendnis_graph.wording import number

    new, previous = plan.manifest, plan.previous
    if previous is None:
        yield say("said", "first", language)
    else:
        yield say("said", "least", language, least=plan.least)
        if new.patch is None:
            yield say("said", "no-patch", language, previous=previous.version)
        else:
            added, removed = (number(n, language) for n in new.patch)
            yield say("said", "patch", language, previous=previous.version, added=added, removed=removed)
    if plan.withdrawn:
        versions = ", ".join(manifest.version for manifest in plan.withdrawn)
        yield say("said", "withdrawn", language, versions=versions)
        yield say("said", "warning", language)
    if points:
        yield say("said", "open", language)
        yield from (f"  {printable(point)}" for point in points)
    if plan.problems:
        yield say("said", "stopped", language)
        yield from (f"  {printable(text)}" for text in _problems(plan, language))
    elif written:
        yield say("said", "written", language, version=new.version, issued=new.issued, folder=f"{folder}/{new.version}")
    else:
        yield say("said", "dry", language)


def _data(plan: Plan, points: list[str], written: bool, language: str) -> dict[str, object]:
    new, previous, compared = plan.manifest, plan.previous, plan.compared
    return {
        "version": new.version,
        "issued": new.issued,
        "id": new.id,
        "previous": None if previous is None else {"version": previous.version, "id": previous.id},
        "least": None if plan.least is None else str(plan.least),
        "reasons": [
            {"level": reason.level.name.lower(), "kind": reason.kind, "iris": list(reason.iris)}
            for reason in (compared.reasons if compared is not None else ())
        ],
        "counts": dict(new.counts),
        "patch": None if new.patch is None else {"added": new.patch[0], "removed": new.patch[1]},
        "withheld": compared is not None and compared.difference.withheld,
        "withdrawn": [manifest.version for manifest in plan.withdrawn],
        "files": {name: {"bytes": size, "sha256": digest} for name, (size, digest) in new.files.items()},
        "open": points,
        "problems": [{"key": problem.key, "text": _text(problem, language)} for problem in plan.problems],
        "written": written,
    }
