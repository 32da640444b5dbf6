"""Findings for people: which thing, where it stands, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from buendnis_graph.evidence import Corpus
from buendnis_graph.namespaces import PREF_LABEL, shorten
from buendnis_graph.validate.engine import SEVERITIES, Result
from buendnis_graph.validate.paths import Path, Term

_SEVERITY_NAMES = {
    "de": {"Violation": "Fehler", "Warning": "Warnung", "Info": "Hinweis"},
    "en": {"Violation": "error", "Warning": "warning", "Info": "note"},
}
_SUMMARY = {
    "de": ("Keine Beanstandung.", "{n} Beanstandung.", "{n} Beanstandungen."),
    "en": ("No findings.", "{n} finding.", "{n} findings."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A result with its place and in words."""

    severity: str
    path: str
    line: int
    focus: str
    label: str
    predicate: str
    value: str
    message: str
    shape: str
    component: str

    @property
    def is_violation(self) -> bool:
        """Whether it blocks a build."""
        return self.severity == "Violation"

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)


def findings(results: Iterable[Result], corpus: Corpus, language: str) -> list[Finding]:
    """Return results as findings, sorted by severity, file and line.

    Args:
        results: what an engine found.
        corpus: the files it was found in.
        language: ``de`` or ``en``; the other one is used where a message lacks it.
    """
    labels = _labels(corpus, language)
    made = {_finding(result, corpus, labels, language) for result in results}
    return sorted(made, key=_order)


def _order(f: Finding) -> tuple[int, str, int, str, str, str, str]:
    return (SEVERITIES.index(f.severity), f.path, f.line, f.focus, f.predicate, f.value, f.shape)


def _labels(corpus: Corpus, language: str) -> dict[object, str]:
    labels: dict[object, str] = {}
    for item in corpus.quads:
        quad = item.quad
        if quad.predicate != PREF_LABEL or not isinstance(quad.object, ox.Literal):
            continue
        if quad.object.language == language or quad.subject not in labels:
            labels[quad.subject] = quad.object.value
    return labels


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    return shorten(term.value) if isinstance(term, ox.NamedNode) else term.value


def _path(path: Path | None) -> str:
    if path is None:
        return ""
    return shorten(path.predicate.value) if path.predicate else str(path)


def _finding(result: Result, corpus: Corpus, labels: Mapping[object, str], language: str) -> Finding:
    place = corpus.locate(result.focus, result.path and result.path.predicate, result.value, result.source)
    message = result.messages.get(language) or next(iter(result.messages.values()), result.component)
    return Finding(
        severity=result.severity,
        path=str(place.path) if place else "",
        line=place.line if place else 0,
        focus=_text(result.focus),
        label=labels.get(result.focus, ""),
        predicate=_path(result.path),
        value=_text(result.value),
        message=message,
        shape=shorten(result.rule),
        component=result.component,
    )


def render(found: list[Finding], language: str) -> str:
    """Return findings as text: one paragraph each, and a line that counts them."""
    lines = []
    for finding in found:
        where = f"{finding.path}:{finding.line}" if finding.path else shorten(finding.focus)
        name = f"{finding.label} ({finding.focus})" if finding.label else finding.focus
        lines.append(f"{where}: {_SEVERITY_NAMES[language][finding.severity]}: {finding.message}")
        detail = f"{finding.predicate} {finding.value}".strip()
        lines.append(f"    {name}" + (f": {detail}" if detail else "") + f"  [{finding.shape}]")
    none, one, many = _SUMMARY[language]
    lines.append(none if not found else (one if len(found) == 1 else many).format(n=len(found)))
    return "\n".join(lines)
