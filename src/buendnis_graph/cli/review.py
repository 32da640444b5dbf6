"""``buendnis review``."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session, said
from buendnis_graph.cli.deciding import TEXTS, decide
from buendnis_graph.dates import checked_day
from buendnis_graph.errors import UsageError

if TYPE_CHECKING:
    from buendnis_graph.importing.reviewfile import ReviewRow

_TEXTS = TEXTS | {
    "help": (
        "s1 … sN dasselbe wie dieser Kandidat · n neu · n=SLUG neu mit diesem Slug · x weglassen · ? später · q Ende;"
        " dahinter ein Grund, wenn Sie mögen",
        "s1 … sN the same as this candidate · n new · n=SLUG new with this slug · x leave out · ? later · q quit;"
        " a reason behind it if you like",
    ),
    "left": ("{n} offen", "{n} open"),
    "nothing": ("Nichts hat sich geändert.", "Nothing has changed."),
}
_ANSWER = re.compile(
    r"(?:s(?P<number>\d+)|(?P<new>n)(?:=(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*))?|(?P<out>x))(?:\s+(?P<reason>.+))?"
)


@click.command(
    "review",
    epilog="\b\nExample: buendnis review --apply data/review/example.org/members/2026-11-22.csv \\\n"
    "    --date 2026-11-25\n"
    "Example: buendnis review --links linking/wikidata.csv --ask --date 2026-11-25",
)
@click.option("--list", "list_them", is_flag=True, help="List the rows that wait for a decision.")
@click.option("--apply", "file", type=click.Path(path_type=Path), help="A filled-in review file (or a copy of one).")
@click.option("--links", type=click.Path(path_type=Path), help="A filled-in file of proposals of buendnis link.")
@click.option("--ask", is_flag=True, help="With --links: ask for one proposal after the other that is not filled in.")
@click.option("--target", default="", help="Data set of --links, such as wikidata (default: the file's name).")
@click.option("--date", metavar="DAY", help="Day of the decisions. Needed to decide: no clock is asked.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON (with --list).")
@click.pass_obj
def command(
    session: Session,
    list_them: bool,
    file: Path | None,
    links: Path | None,
    ask: bool,
    target: str,
    date: str | None,
    as_json: bool,
) -> None:
    """Decide on names of which the import was not sure.

    One row at a time: s1 … sN same as a candidate, n new, x leave out, ? later, q quit. Or fill in the column
    'decision' of the CSV (same:SLUG, new, new:SLUG, out) and apply it. Each decision is kept with date and reason and
    holds for later imports; a new one that contradicts an old one is refused. With --links: the column 'decision' of a
    file of proposals (same, not, unsure) becomes judgements in data/links/; with --ask you are shown both sides of each
    proposal that is left, one at a time.
    """
    from buendnis_graph.importing.review import open_rows

    if list_them:
        _list(session, open_rows(session.project), as_json)
        return
    day = checked_day(date, "--date")
    if links is not None:
        from buendnis_graph.cli.review_links import apply_links, ask_links

        (ask_links if ask else apply_links)(session, links, target or links.stem, day)
        return
    if ask:
        raise UsageError("--ask goes with --links.", hint="Without both, names of imports are asked for.")
    if file is not None:
        _apply(session, file, day)
        return
    _ask(session, day)


def _list(session: Session, rows: list[ReviewRow], as_json: bool) -> None:
    if as_json:
        found = [
            {
                "source": row.source,
                "line": row.row.line,
                "name": row.row.name,
                "alliance": row.alliance,
                "candidates": [choice.slug for choice in row.candidates],
                "decision": row.decision,
            }
            for row in rows
        ]
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo("\n".join(_shown(row)))
    click.echo(said(session, _TEXTS["left"], n=len(rows)) if rows else said(session, _TEXTS["none"]))


def _shown(row: ReviewRow) -> list[str]:
    from buendnis_graph.terminal import printable

    taken = row.row
    more = [taken.role, taken.since, taken.until, taken.place, taken.website]
    lines = [f"{row.source}:{taken.line}  {printable(taken.name)}"]
    if any(more):
        lines.append("    " + printable(" · ".join(value for value in more if value)))
    lines += [f"    s{number}  {printable(str(choice))}" for number, choice in enumerate(row.candidates, start=1)]
    return lines


def _apply(session: Session, file: Path, date: str) -> None:
    from buendnis_graph.care.refuse import refuse_withheld_in
    from buendnis_graph.evidence import read_corpus, replace_files, writing
    from buendnis_graph.importing.messages import say_all
    from buendnis_graph.importing.review import apply_decisions, open_rows
    from buendnis_graph.importing.reviewfile import read_review

    project = session.project
    if not file.is_file():
        raise UsageError("can't be opened.", path=file)
    with writing(project):
        rows = read_review(file)
        reviewed = apply_decisions(project, read_corpus(project), rows, file, date)
        refuse_withheld_in(project, reviewed.files)
        changed = replace_files(project, reviewed.files)
    for line in say_all(reviewed.remarks, session.language):
        click.echo(f"- {line}")
    for path in changed:
        click.echo(f"  {project.relative(path)}")
    if not changed:
        click.echo(said(session, _TEXTS["nothing"]))
    click.echo(said(session, _TEXTS["done"], n=len(reviewed.done), left=len(open_rows(project))))


def _ask(session: Session, date: str) -> None:
    """Ask for one row after the other; each decision is carried out before the next question."""
    from buendnis_graph.importing.review import open_rows

    rows = open_rows(session.project)
    if not rows:
        click.echo(said(session, _TEXTS["none"]))
        return
    click.echo(said(session, _TEXTS["help"]))
    decided = 0
    for row in rows:
        if row.key not in {other.key for other in open_rows(session.project)}:
            continue
        click.echo("\n".join(_shown(row)))
        outcome = _one(session, row, date)
        if outcome is None:
            break
        decided += outcome
    click.echo(said(session, _TEXTS["done"], n=decided, left=len(open_rows(session.project))))


def _one(session: Session, row: ReviewRow, date: str) -> int | None:
    """Return 1 if a row was decided, 0 if it was put off, None to stop."""

    def carry_out(answer: str) -> bool:
        decision = _decision(row, answer)
        if decision is not None:
            _carry_out(session, replace(row, decision=decision[0], reason=decision[1]), date)
        return decision is not None

    return decide(
        session,
        carry_out,
        lambda answer: f"{said(session, _TEXTS['unknown'], answer=answer)} {said(session, _TEXTS['help'])}",
    )


def _decision(row: ReviewRow, answer: str) -> tuple[str, str] | None:
    match = _ANSWER.fullmatch(answer)
    if match is None:
        return None
    reason = (match["reason"] or "").strip()
    if match["number"]:
        index = int(match["number"])
        return (f"same:{row.candidates[index - 1].slug}", reason) if 1 <= index <= len(row.candidates) else None
    if match["out"]:
        return "out", reason
    return (f"new:{match['slug']}" if match["slug"] else "new"), reason


def _carry_out(session: Session, row: ReviewRow, date: str) -> None:
    from buendnis_graph.care.refuse import refuse_withheld_in
    from buendnis_graph.evidence import read_corpus, replace_files, writing
    from buendnis_graph.importing.review import apply_decisions

    project = session.project
    with writing(project):
        reviewed = apply_decisions(project, read_corpus(project), [row], Path("-"), date)
        refuse_withheld_in(project, reviewed.files)
        replace_files(project, reviewed.files)
