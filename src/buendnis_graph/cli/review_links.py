"""``buendnis review --links``: decide on proposals of ``buendnis link``, in their file or one by one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from buendnis_graph.cli.common import Session, said
from buendnis_graph.cli.deciding import TEXTS, decide

if TYPE_CHECKING:
    from buendnis_graph.linking.reviewing import Proposed
    from buendnis_graph.linking.targets import Target

_TEXTS = TEXTS | {
    "help": (
        "s dasselbe · n nicht dasselbe · u unsicher · ? später · q Ende",
        "s the same · n not the same · u unsure · ? later · q quit",
    ),
    "written": ("{n} Urteile geschrieben: {path}", "{n} judgements written: {path}"),
    "ours": ("bei uns", "ours"),
}
_ANSWERS = {"s": "same", "n": "not", "u": "unsure"}


def apply_links(session: Session, file: Path, target: str, date: str) -> None:
    """Write what is decided in a file as judgements."""
    from buendnis_graph.linking.judged import add_judgements
    from buendnis_graph.linking.reviewing import read_proposals
    from buendnis_graph.linking.targets import target as known

    wanted = known(target)
    decided = [one for one in read_proposals(file, wanted) if one.cells["decision"]]
    judgements = [one.judged(one.cells["decision"], wanted, date, wanted.name) for one in decided]
    written, path = add_judgements(session.project, wanted, judgements)
    click.echo(said(session, _TEXTS["written"], n=written, path=session.project.relative(path)))


def ask_links(session: Session, file: Path, target: str, date: str) -> None:
    """Ask for one proposal after the other, both sides shown; each judgement is written before the next question."""
    from buendnis_graph.linking.mappings import read_mappings
    from buendnis_graph.linking.reviewing import read_proposals, undecided
    from buendnis_graph.linking.targets import target as known

    wanted = known(target)
    rows = undecided(read_proposals(file, wanted), wanted, read_mappings(session.project))
    click.echo(said(session, _TEXTS["help"]) if rows else said(session, _TEXTS["none"]))
    decided = 0
    for number, row in enumerate(rows, 1):
        click.echo("\n".join(_shown(session, row, wanted, f"{number}/{len(rows)}")))
        outcome = _one(session, row, wanted, date)
        if outcome is None:
            break
        decided += outcome
    if rows:
        click.echo(said(session, _TEXTS["done"], n=decided, left=len(rows) - decided))


def _shown(session: Session, row: Proposed, target: Target, place: str) -> list[str]:
    """Return both sides, one below the other, and what speaks for and against."""
    from buendnis_graph.terminal import printable

    def side(prefix: str) -> str:
        cells = [row.cells[f"{prefix}{name}"] for name in ("name", "places", "websites", "founded")]
        return printable(" · ".join(filter(None, cells)))

    ours, theirs = said(session, _TEXTS["ours"]), f"{target.name} {row.id}"
    width = max(len(ours), len(theirs))
    return [
        f"{place}  {row.cells['score']}",
        f"    {ours:{width}}  {side('')}",
        f"    {theirs:{width}}  {side('their_')}",
        f"    {printable(row.cells['why'])}",
    ]


def _one(session: Session, row: Proposed, target: Target, date: str) -> int | None:
    """Return 1 if it was decided, 0 if it was put off, None to stop."""
    from buendnis_graph.linking.judged import add_judgements

    def carry_out(answer: str) -> bool:
        if answer in _ANSWERS:
            add_judgements(session.project, target, [row.judged(_ANSWERS[answer], target, date, target.name)])
        return answer in _ANSWERS

    return decide(
        session,
        carry_out,
        lambda answer: f"{said(session, _TEXTS['unknown'], answer=answer)} {said(session, _TEXTS['help'])}",
    )
