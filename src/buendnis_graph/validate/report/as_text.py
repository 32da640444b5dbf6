"""The report for people: grouped by thing, with place, message, value and path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import click

from buendnis_graph.terminal import printable
from buendnis_graph.validate.engine import SEVERITIES
from buendnis_graph.validate.notes import Note
from buendnis_graph.validate.report.findings import Finding, rank
from buendnis_graph.wording import number

LIMIT = 100
"""Findings that are printed in full unless more are asked for."""
SAME = 5
"""Findings of one constraint that are printed in full before the rest is only counted."""
_RELATED = 3
"""Other places, and other things of the same kind, that are named."""
_WIDEST = 200
"""Characters of a value that are shown."""

_NAMES = {
    "de": {"Violation": "Fehler", "Warning": "Warnung", "Info": "Hinweis"},
    "en": {"Violation": "error", "Warning": "warning", "Info": "note"},
}
_COUNTS = {
    "de": (("Fehler", "Fehler"), ("Warnung", "Warnungen"), ("Hinweis", "Hinweise")),
    "en": (("error", "errors"), ("warning", "warnings"), ("note", "notes")),
}
_COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "cyan"}
_WORDS = {
    "de": {
        "none": "Keine Beanstandung.",
        "one": "1 Beanstandung: {parts}.",
        "many": "{n} Beanstandungen: {parts}.",
        "same": "… und {n} weitere dieser Art:",
        "more": "… und {n} weitere; mehr zeigt --limit ZAHL, alle --limit 0.",
        "hidden": "Nicht gezeigt: {parts} (--severity {least}).",
    },
    "en": {
        "none": "No findings.",
        "one": "1 finding: {parts}.",
        "many": "{n} findings: {parts}.",
        "same": "… and {n} more of this kind:",
        "more": "… and {n} more; --limit NUMBER shows more, --limit 0 all.",
        "hidden": "Not shown: {parts} (--severity {least}).",
    },
}


def render(
    found: Sequence[Finding],
    language: str,
    *,
    least: str = "Info",
    limit: int = LIMIT,
    colour: bool = False,
    notes: Sequence[Note] = (),
) -> str:
    """Return findings as text, and a line that counts them.

    Args:
        found: the findings, in order.
        language: ``de`` or ``en``.
        least: the least grave severity to show; the rest is counted.
        limit: how many findings to show at most, of one constraint no more than :data:`SAME`; 0 for all.
        colour: whether to colour severities for a terminal.
        notes: what was not checked; it stands first.
    """
    words = _WORDS[language]
    grave = [finding for finding in found if rank(finding.severity) <= rank(least)]
    chosen, same, more = _choose(grave, limit)
    lines = list(_noted(notes, language, colour))
    lines += _groups(chosen, language, colour)
    for (name, message), alike in same.items():
        lines += [words["same"].format(n=number(len(alike), language)), f"    {_clean(message)}  [{_clean(name)}]"]
        lines += _names(alike)
    if more:
        lines.append(words["more"].format(n=number(more, language)))
    if lines and lines[-1]:
        lines.append("")
    lines.append(_summary(grave, language))
    hidden = [finding for finding in found if rank(finding.severity) > rank(least)]
    if hidden:
        shown_by = SEVERITIES[max(rank(finding.severity) for finding in hidden)].lower()
        lines.append(words["hidden"].format(parts=_parts(hidden, language), least=shown_by))
    return "\n".join(lines)


def _noted(notes: Sequence[Note], language: str, colour: bool) -> Iterator[str]:
    for note in notes:
        text = printable(note.text(language))
        yield click.style(text, fg="yellow") if colour else text
        yield ""


def _choose(found: Sequence[Finding], limit: int) -> tuple[list[Finding], dict[tuple[str, str], list[Finding]], int]:
    """Return what to show in full, what else of which kind, and how many of the rest."""
    if not limit:
        return list(found), {}, 0
    chosen: list[Finding] = []
    same: dict[tuple[str, str], list[Finding]] = {}
    seen = Counter[tuple[str, str]]()
    more = 0
    for finding in found:
        kind = (finding.result.rule, finding.component)
        seen[kind] += 1
        if len(chosen) < limit and seen[kind] <= SAME:
            chosen.append(finding)
        elif seen[kind] > SAME and len(same) < limit:
            same.setdefault((_rule(finding), finding.message), []).append(finding)
        else:
            more += 1
    return chosen, same, more


def _names(found: Sequence[Finding]) -> list[str]:
    """Return the line that names the first things, if they have names."""
    names = list(dict.fromkeys(finding.label for finding in found if finding.label))
    shown = _clean(", ".join(names[:_RELATED]), _WIDEST)
    return [f"      {shown}{', …' if len(names) > _RELATED else ''}"] if names else []


def _groups(found: Iterable[Finding], language: str, colour: bool) -> Iterator[str]:
    """Yield the lines of the findings, those of one thing below its name, in the order of its first."""
    by_thing: dict[object, list[Finding]] = {}
    for finding in found:
        by_thing.setdefault(finding.result.focus, []).append(finding)
    for place, of_thing in enumerate(by_thing.values()):
        if place:
            yield ""
        first = of_thing[0]
        focus = _clean(first.focus)
        name = f"{_clean(first.label)} ({focus})" if first.label and first.label != first.focus else focus
        yield click.style(name, bold=True) if colour else name
        for finding in of_thing:
            yield from _lines(finding, language, colour)


def _lines(finding: Finding, language: str, colour: bool) -> Iterator[str]:
    where = f"{finding.path}:{finding.line}: " if finding.line else f"{finding.path}: " if finding.path else ""
    severity = _clean(_NAMES[language].get(finding.severity, finding.severity))
    if colour:
        severity = click.style(severity, fg=_COLOURS.get(finding.severity, "yellow"), bold=True)
    yield f"  {_clean(where)}{severity}: {_clean(finding.message)}"
    value = "" if finding.result.value == finding.result.focus else finding.value
    detail = _clean(f"{finding.predicate} {value}".strip(), _WIDEST)
    yield f"      {detail}{'  ' if detail else ''}[{_clean(_rule(finding))}]"
    if finding.related:
        shown = ", ".join(f"{path}:{line}" for path, line in finding.related[:_RELATED])
        yield f"      {_clean(shown)}{', …' if len(finding.related) > _RELATED else ''}"


def _rule(finding: Finding) -> str:
    return finding.shape if finding.is_named else finding.component


def _summary(found: Sequence[Finding], language: str) -> str:
    words = _WORDS[language]
    if not found:
        return words["none"]
    form = words["one"] if len(found) == 1 else words["many"]
    return form.format(n=number(len(found), language), parts=_parts(found, language))


def _parts(found: Iterable[Finding], language: str) -> str:
    counted = Counter(rank(finding.severity) for finding in found)
    return ", ".join(
        f"{number(count, language)} {_COUNTS[language][which][count != 1]}" for which, count in sorted(counted.items())
    )


def _clean(text: str, widest: int = 1000) -> str:
    """Return a text on one line, without what steers a terminal, and not too long."""
    line = re.sub(r"\s*[\n\r\t]\s*", " ", text[: widest + 1])
    return printable(line[:widest] + "…" if len(text) > widest else line)
