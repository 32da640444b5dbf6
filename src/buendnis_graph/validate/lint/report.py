"""The lint's findings as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from buendnis_graph.terminal import printable

if TYPE_CHECKING:
    from buendnis_graph.validate.lint.run import LintFinding, LintReport

_WORDS = {
    "de": {
        "error": "Fehler",
        "warning": "Warnung",
        "info": "Hinweis",
        "meant": "Gemeint ist wohl {term}.",
        "counts": ("{n} Fehler", "{n} Warnung(en)", "{n} Hinweis(e)"),
        "more": "Hinweise zeigt --info.",
        "skipped": {
            "ontology": "{n} Regeln brauchen eine Ontologie und liefen nicht: --ontology DATEI.",
            "project": "{n} Regeln gelten nur für ein ganzes Projekt und liefen nicht.",
        },
        "ran": "{n} Regeln.",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "info": "note",
        "meant": "Did you mean {term}?",
        "counts": ("{n} error(s)", "{n} warning(s)", "{n} note(s)"),
        "more": "See notes with --info.",
        "skipped": {
            "ontology": "{n} rules need an ontology and did not run: --ontology FILE.",
            "project": "{n} rules are for a whole project only and did not run.",
        },
        "ran": "{n} rules.",
    },
}
Style = Callable[[str, str], str]
"""Colours a text by the severity it speaks of."""


def render(
    report: LintReport, language: str, *, info: bool = False, style: Style = lambda text, _severity: text
) -> str:
    """Return findings as text: two lines each, then how many of what there are and which rules did not run.

    Args:
        report: what was found.
        language: ``de`` or ``en``.
        info: whether to show notes.
        style: colours a severity.
    """
    words: dict[str, object] = dict(_WORDS[language])
    shown = [finding for finding in report.findings if info or finding.severity != "info"]
    lines = [line for finding in shown for line in _lines(finding, language, style)]
    found = [finding.severity for finding in report.findings]
    counts = [
        text.format(n=found.count(severity))
        for severity, text in zip(("error", "warning", "info"), _WORDS[language]["counts"], strict=True)
    ]
    summary = ", ".join(counts) + "; " + str(words["ran"]).format(n=report.rules)
    if not info and "info" in found:
        summary += " " + str(words["more"])
    skipped = _WORDS[language]["skipped"]
    assert isinstance(skipped, dict)  # noqa: S101 - the table above
    return "\n".join([*lines, summary, *(skipped[what].format(n=len(names)) for what, names in report.skipped.items())])


def _lines(finding: LintFinding, language: str, style: Style) -> tuple[str, str]:
    words = _WORDS[language]
    line = f":{finding.line}" if finding.line else ""
    where = f"{printable(finding.path)}{line}: " if finding.path else ""
    meant = " " + str(words["meant"]).format(term=finding.suggestion) if finding.suggestion else ""
    severity = style(str(words[finding.severity]), finding.severity)
    return f"{where}{severity}: {finding.message}{meant}", f"    {finding.node}  [{finding.rule}]"
