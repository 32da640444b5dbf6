"""A person's decisions on unsure rows: checked against earlier ones, recorded, and carried out as an import would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from buendnis_graph.errors import ListError, UsageError
from buendnis_graph.evidence import Corpus
from buendnis_graph.importing.decide import Decider, Kind, Outcome
from buendnis_graph.importing.judgements import Judgement, Judgements, add_judgements
from buendnis_graph.importing.model import Remark
from buendnis_graph.importing.plan import Desk, compose, source_of
from buendnis_graph.importing.reviewfile import (
    ReviewRow,
    read_review,
    review_files,
    review_path,
)
from buendnis_graph.settings import Project

_DECISION = re.compile(r"(?P<verb>same|new|out)(?::\s*(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*))?")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What comes of decisions.

    Args:
        files: text by absolute path.
        done: the rows decided and what came of each.
        remarks: what else there is to say.
    """

    files: dict[Path, str | None]
    done: list[tuple[ReviewRow, Outcome]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def open_rows(project: Project) -> list[ReviewRow]:
    """Return all rows that wait for a decision, in the order of their files.

    Raises:
        ListError: if a review file can't be read.
    """
    rows = [row for path in review_files(project) for row in read_review(path, shown=project.relative(path))]
    return [row for row in rows if not row.is_out]


def apply_decisions(project: Project, corpus: Corpus, decided: list[ReviewRow], path: Path, date: str) -> Reviewed:
    """Return the files for decisions; rows without one, or decided and done before, are passed over.

    Args:
        project: what to write to.
        corpus: what its files say.
        decided: rows with a decision.
        path: where they were read, for messages.
        date: the day of the decisions.

    Raises:
        ListError: if a decision is none.
        JudgementError: if one contradicts an earlier one.
        UsageError: if a row or a body is not there.
    """
    desk = Desk(project, corpus, None)
    waiting = _waiting(project)
    chosen: dict[tuple[str, str], list[ReviewRow]] = {}
    for row in decided:
        if row.decision and not row.is_out:
            _check(row, desk, waiting, path)
            if row.key in waiting:
                # Of a copy only the decision counts: spreadsheets rewrite dates, and hands err.
                waits = replace(waiting[row.key], decision=row.decision, reason=row.reason)
                chosen.setdefault((row.source, row.alliance), []).append(waits)
    files: dict[Path, str | None] = {}
    done: list[tuple[ReviewRow, Outcome]] = []
    remarks: list[Remark] = []
    entered: dict[str, str] = {}
    for (key, alliance), rows in sorted(chosen.items()):
        if files:
            desk = _next_desk(project, corpus, files, done)
        more, outcomes, said = _carry_out(desk, key, alliance, rows, date, entered)
        files |= more
        done += outcomes
        remarks += said
    judgements = [(judgement, row.reason) for row, outcome in done for judgement in _judgements(row, outcome)]
    files |= add_judgements(project, Judgements(corpus), judgements, date)
    return Reviewed(files, done, remarks)


def _waiting(project: Project) -> dict[tuple[str, str, str, str], ReviewRow]:
    return {row.key: row for row in open_rows(project)}


def _check(row: ReviewRow, desk: Desk, waiting: dict[tuple[str, str, str, str], ReviewRow], path: Path) -> None:
    match = _DECISION.fullmatch(row.decision)
    if match is None or (match["verb"] == "out" and match["slug"]) or (match["verb"] == "same" and not match["slug"]):
        raise ListError(
            f"'{row.decision}' is no decision.", path=path, line=row.line, hint="same:SLUG, new, new:SLUG or out."
        )
    if match["verb"] == "same" and not desk.known.is_body(desk.known.current(match["slug"])):
        raise UsageError(f"there is no body '{match['slug']}'.", path=path, line=row.line)
    if row.key not in waiting and not _is_done(row, match, desk):
        raise UsageError(
            f"'{row.row.name}' does not wait for a decision in {row.source}.",
            path=path,
            line=row.line,
            hint="See what does: buendnis review --list",
        )


def _is_done(row: ReviewRow, match: re.Match[str], desk: Desk) -> bool:
    """Return whether a row was decided before, and in the same way."""
    if match["verb"] == "out":
        return any(old.key == row.key and old.is_out for old in read_review(review_path(desk.project, row.source)))
    means = desk.judgements.same.get(row.row.name)
    if means is None:
        return False
    if match["slug"] and desk.known.current(match["slug"]) != desk.known.current(means):
        desk.judgements.knows(Judgement(row.row.name, match["slug"], True))  # says where the earlier decision stands
    return True


def _carry_out(
    desk: Desk, key: str, alliance: str, rows: list[ReviewRow], date: str, entered: dict[str, str]
) -> tuple[dict[Path, str | None], list[tuple[ReviewRow, Outcome]], list[Remark]]:
    """Return files, outcomes and remarks for the decisions on one source and alliance."""
    role = rows[0].role_for_all
    source = source_of(desk, key, alliance, role)
    existing = desk.existing(source)
    decider = Decider(source, desk.known, desk.judgements, existing, None)
    in_review = {row.key: row for row in read_review(review_path(desk.project, key))}
    done: list[tuple[ReviewRow, Outcome]] = []
    for row in sorted(rows, key=lambda r: (r.row.line, r.row.name)):
        verb, _, slug = row.decision.partition(":")
        if verb == "out":
            in_review[row.key] = replace(in_review[row.key], decision="out", reason=row.reason, date=date)
            done.append((row, Outcome(row.row, Kind.OUT)))
            continue
        del in_review[row.key]
        done.append((row, _outcome(decider, row, verb, desk.known.current(slug.strip()), entered)))
    files, remarks = compose(desk, source, existing, decider, [outcome for _, outcome in done], in_review)
    return files, done, remarks


def _outcome(decider: Decider, row: ReviewRow, verb: str, slug: str, entered: dict[str, str]) -> Outcome:
    if verb == "same":
        return decider.attest(row.row, Kind.SAME, slug)
    if row.row.name in entered:
        return decider.attest(row.row, Kind.SAME, entered[row.row.name])
    kind, found, _ = decider.enter(row.row, slug)
    if kind == Kind.UNSURE:
        raise UsageError(
            f"'{row.row.name}': '{slug}' is taken already."
            if slug
            else f"'{row.row.name}': no free slug can be made of the name.",
            hint="Choose one: new:SLUG, or same:SLUG if it is that body. Nothing was changed.",
        )
    entered[row.row.name] = found
    return decider.attest(row.row, kind, found)


def _next_desk(
    project: Project, corpus: Corpus, files: dict[Path, str | None], done: list[tuple[ReviewRow, Outcome]]
) -> Desk:
    """Return a desk that knows what was decided for the sources before this one, though nothing is written yet."""
    from buendnis_graph.evidence.layout import place_quads
    from buendnis_graph.evidence.reader import format_of, parse

    assert done  # noqa: S101 - files come of decisions
    quads = [item for item in corpus.quads if project.root / item.path not in files]
    for path, text in sorted(files.items()):
        if text is not None and path.suffix in {".ttl", ".trig"}:
            relative = project.relative(path)
            quads += place_quads(relative, parse(text.encode(), format_of(path), relative))
    return Desk(project, Corpus(quads), None)


def _judgements(row: ReviewRow, outcome: Outcome) -> list[Judgement]:
    """Return what a decision says of a name: which body it means, and which of the candidates it does not."""
    if outcome.kind == Kind.OUT or not outcome.slug:
        return []
    found = [Judgement(row.row.name, outcome.slug, True)]
    return found + [
        Judgement(row.row.name, choice.slug, False) for choice in row.candidates if choice.slug != outcome.slug
    ]
