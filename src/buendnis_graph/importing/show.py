"""What an import understood, in words, as a table and as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from buendnis_graph.importing.decide import Kind, Outcome
from buendnis_graph.importing.messages import say, say_all
from buendnis_graph.importing.model import Remark
from buendnis_graph.importing.plan import Plan
from buendnis_graph.namespaces import slugify
from buendnis_graph.settings import Project
from buendnis_graph.terminal import printable

_HOW_READ = frozenset(
    {
        "cp1252",
        "bullets",
        "sheet",
        "merged",
        "header",
        "empty-rows",
        "table",
        "list",
        "definitions",
        "cards",
        "lines",
        "json-ld",
    }
)
_HARMLESS = _HOW_READ | {"above-header", "unknown-place", "duplicate"}
_SHOWN = 20
_FIELDS = {
    "name": ("Name", "name"),
    "role": ("Rolle", "role"),
    "since": ("seit", "since"),
    "until": ("bis", "until"),
    "place": ("Ort", "place"),
    "website": ("Website", "website"),
    "legal_form": ("Rechtsform", "legal form"),
    "parent": ("Teil von", "part of"),
    "note": ("Bemerkung", "note"),
}
_COUNTS = {
    "same": ("bekannt", "known"),
    "new": ("neu", "new"),
    "unsure": ("unklar", "unsure"),
    "duplicate": ("doppelt", "duplicate"),
    "left-out": ("auf Beschluss weggelassen", "left out by decision"),
    "refused": ("nicht übernommen", "not taken"),
}


def _pick(language: str, german: str, english: str) -> str:
    return german if language == "de" else english


def summary(plan: Plan, kind: str, language: str) -> str:
    """Return what was understood: source, columns, first rows, remarks, counts."""
    source = plan.source
    lines = [
        f"{_pick(language, 'Quelle', 'Source')}: {source.key}  ({source.kind})",
        f"  {source.address}",
        f"{_pick(language, 'Bündnis', 'Alliance')}: {source.alliance}",
        f"{_pick(language, 'Gelesen', 'Read')}: {kind}, {plan.rows} {_pick(language, 'Zeilen', 'rows')}",
        f"{_pick(language, 'Spalten', 'Columns')}: "
        + "; ".join(f"{_name(field, language)} = {printable(column)}" for field, column in plan.columns.items()),
    ]
    for row in plan.sample:
        values = {field: getattr(row, field, "") for field in _FIELDS}
        shown = [printable(value) for value in values.values() if value]
        lines.append(f"  {row.line:>5}  {' · '.join(shown)}")
    more = len(plan.outcomes) - len(plan.sample)
    if more > 0:
        lines.append(f"         … {_pick(language, 'und', 'and')} {more} {_pick(language, 'weitere', 'more')}")
    lines += [f"- {line}" for line in say_all(plan.remarks, language)]
    for outcome_kind in (Kind.SAME, Kind.NEW, Kind.UNSURE):
        found = [o for o in plan.outcomes if o.kind == outcome_kind and not o.is_there]
        if outcome_kind == Kind.SAME:  # only where it does not go without saying
            found = [outcome for outcome in found if slugify(outcome.row.name) != outcome.slug]
        if found:
            lines.append(f"{_name(str(outcome_kind), language)}:")
            lines += [f"  {_line(outcome)}" for outcome in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(
                f"  … {_pick(language, 'und', 'and')} {len(found) - _SHOWN} {_pick(language, 'weitere', 'more')}"
            )
    lines.append(_counts(plan, language))
    return "\n".join(lines)


def _line(outcome: Outcome) -> str:
    name = f"{outcome.row.line:>5}  {printable(outcome.row.name)}"
    if outcome.kind == Kind.UNSURE:
        return name + "".join(f"\n           {printable(str(choice))}" for choice in outcome.candidates[:3])
    return f"{name} → {outcome.slug}"


def _counts(plan: Plan, language: str) -> str:
    counts = plan.counts()
    named = [key for key in _COUNTS if counts[key] or key in {"same", "new"}]
    words = ", ".join(f"{counts[key]} {_name(key, language)}" for key in named)
    there = counts["there"]
    return words + (f" ({there} {_pick(language, 'schon vorhanden', 'there already')})" if there else "")


def _name(key: str, language: str) -> str:
    german, english = (_FIELDS | _COUNTS)[key]
    return _pick(language, german, english)


def written(plan: Plan, changed: list[Path], project: Project, language: str, *, dry_run: bool) -> str:
    """Return what was written, or would be, and what to do next."""
    if dry_run:
        would = [str(project.relative(path)) for path in sorted(plan.files)]
        head = _pick(language, "Nichts geschrieben. Geschrieben würden:", "Nothing written. Would be written:")
        return "\n".join([head, *_listed(would, language)])
    if not changed:
        return _pick(language, "Nichts hat sich geändert.", "Nothing has changed.")
    lines = [_pick(language, "Geschrieben:", "Written:"), *_listed([str(path) for path in changed], language)]
    if plan.counts()["unsure"]:
        lines.append(_pick(language, "Unklare entscheiden: buendnis review", "Decide the unsure: buendnis review"))
    return "\n".join(lines)


def _listed(paths: list[str], language: str) -> list[str]:
    registry = [path for path in paths if path.startswith("data/registry/")]
    others = [path for path in paths if path not in registry]
    if len(registry) > _SHOWN:
        more = f"data/registry/: {len(registry)} {_pick(language, 'Dateien', 'files')}"
        return [f"  {path}" for path in [more, *others]]
    return [f"  {path}" for path in [*registry, *others]]


def wrong(plan: Plan, language: str) -> list[str]:
    """Return what is wrong with a list, row by row, and a line that counts."""
    found = sorted((r for r in plan.remarks if r.code not in _HOW_READ), key=lambda r: (r.line, r.code))
    lines = [say(remark, language) for remark in found]
    if not lines:
        return [_pick(language, "Alles in Ordnung.", "All is well.")]
    counted = f"{len(lines)} {_pick(language, 'Hinweise', 'remarks')}, {plan.rows} {_pick(language, 'Zeilen', 'rows')}"
    return [*lines, counted]


def is_wrong(plan: Plan) -> bool:
    """Return whether something should be mended before the list is imported."""
    return any(remark.code not in _HARMLESS for remark in plan.remarks)


def preview(plan: Plan, language: str) -> str:
    """Return how the list will look."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    source = plan.source
    dated = f", {_pick(language, 'Stand', 'as of')} {source.issued}" if source.issued else ""
    title = f"{source.new_alliance or source.alliance} · {source.kind}{dated}"
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for field in ("name", "role", "since", "until", "place"):
        table.add_column(_name(field, language), overflow="fold")
    table.add_column("")
    for outcome in plan.outcomes:
        row = outcome.row
        cells = (row.name, row.role or outcome.role.slug, row.since, row.until, row.place, _name_of(outcome, language))
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console = Console(width=100_000)
    with console.capture() as capture:
        console.print(table)
    lines = [title, *(line.rstrip() for line in capture.get().splitlines()), _counts(plan, language)]
    return "\n".join([*lines, *(f"- {line}" for line in say_all(plan.remarks, language))])


def _name_of(outcome: Outcome, language: str) -> str:
    key = {Kind.OUT: "left-out", Kind.REFUSED: "refused"}.get(outcome.kind, str(outcome.kind))
    return _name(key, language)


def as_json(plan: Plan, changed: list[Path], language: str) -> dict[str, Any]:
    """Return all that was understood for programs."""
    return {
        "source": plan.source.iri,
        "address": plan.source.address,
        "alliance": plan.source.alliance,
        "columns": plan.columns,
        "counts": plan.counts() | {"rows": plan.rows},
        "rows": [_row(outcome) for outcome in plan.outcomes],
        "remarks": [_remark(remark, language) for remark in plan.remarks],
        "written": [path.as_posix() for path in changed],
    }


def _row(outcome: Outcome) -> dict[str, Any]:
    row = outcome.row
    found: dict[str, Any] = {"line": row.line, "name": row.name, "outcome": str(outcome.kind), "body": outcome.slug}
    fields = ("role", "since", "until", "place", "website", "legal_form")
    found |= {field: getattr(row, field) for field in fields if getattr(row, field)}
    if outcome.candidates:
        found["candidates"] = [
            {"body": c.slug, "score": float(c.score), "reasons": c.reasons} for c in outcome.candidates
        ]
    return found


def _remark(remark: Remark, language: str) -> dict[str, Any]:
    return {"code": remark.code, "line": remark.line, "detail": remark.detail, "text": say(remark, language)}
