"""The report in SARIF 2.1.0 (OASIS), which code hosts read to annotate the lines of a proposed change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from buendnis_graph import __version__
from buendnis_graph.namespaces import BASE, shorten
from buendnis_graph.terminal import printable
from buendnis_graph.validate.notes import Note
from buendnis_graph.validate.reading import described
from buendnis_graph.validate.report.as_json import result as as_properties
from buendnis_graph.validate.report.findings import Finding, rank
from buendnis_graph.validate.report.words import spoken
from buendnis_graph.validate.shapes import Shapes

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = ("error", "warning", "note")
_WIDEST = 300


def as_sarif(
    found: Sequence[Finding],
    engine: str,
    shapes: Shapes | None = None,
    *,
    notes: Sequence[Note] = (),
    language: str = "en",
) -> str:
    """Return findings as a SARIF log.

    Args:
        found: all findings, in order; their language is that of the messages, rules are described in both.
        engine: the name of the engine that found them.
        shapes: what rules are described by; without, by their first finding.
        notes: what was not checked.
        language: of the notes.
    """
    return json.dumps(log(found, engine, shapes, notes=notes, language=language), ensure_ascii=False, indent=1) + "\n"


def log(
    found: Sequence[Finding],
    engine: str,
    shapes: Shapes | None = None,
    *,
    notes: Sequence[Note] = (),
    language: str = "en",
) -> dict[str, Any]:
    """Return what :func:`as_sarif` writes."""
    examples = {rule_id(finding): finding for finding in reversed(found)}
    ids = sorted(examples)
    numbers = {name: number for number, name in enumerate(ids)}
    driver: dict[str, Any] = {
        "name": "buendnis",
        "semanticVersion": __version__,
        "informationUri": BASE,
        "rules": [_rule(examples[name], shapes) for name in ids],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, numbers) for finding in found],
        "properties": {"engine": engine},
    }
    if notes:
        driver["notifications"] = [_notification(note, language) for note in notes]
        told = [_told(note, number, language) for number, note in enumerate(notes)]
        run["invocations"] = [{"executionSuccessful": True, "toolExecutionNotifications": told}]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _notification(note: Note, language: str) -> dict[str, Any]:
    both = "\n".join(f"{tag}: {text}" for tag, text in sorted(note.texts.items()))
    return {
        "id": f"note/{note.name}",
        "shortDescription": {"text": printable(note.text(language))},
        "fullDescription": {"text": printable(both)},
    }


def _told(note: Note, number: int, language: str) -> dict[str, Any]:
    return {
        "descriptor": {"id": f"note/{note.name}", "index": number},
        "level": "warning",
        "message": {"text": printable(note.text(language))},
    }


def rule_id(finding: Finding) -> str:
    """Return the name of what was broken: of the constraint or shape, or the kind of constraint if it has none."""
    return shorten(finding.result.rule if finding.is_named else finding.component)


def _rule(finding: Finding, shapes: Shapes | None) -> dict[str, Any]:
    name = finding.result.rule
    said = described(name) or (shapes and spoken(name, shapes)) or finding.messages
    both = "\n".join(f"{language}: {said[language]}" for language in sorted(said))
    rule: dict[str, Any] = {
        "id": rule_id(finding),
        "shortDescription": {"text": printable(said[finding.language])},
        "fullDescription": {"text": both},
        "help": {"text": both},
        "defaultConfiguration": {"level": _LEVELS[rank(finding.severity)]},
    }
    if name.startswith(("http://", "https://")):
        rule["helpUri"] = quote(name, safe=":/?#[]@!$&'()*+,;=%")
    return rule


def _result(finding: Finding, numbers: dict[str, int]) -> dict[str, Any]:
    name = rule_id(finding)
    thing = f"{finding.label} ({finding.focus})" if finding.label else finding.focus
    value = "" if finding.result.value == finding.result.focus else finding.value
    detail = " ".join(part for part in (finding.predicate, value[:_WIDEST]) if part)
    text = printable(f"{thing[:_WIDEST]}: {finding.message}" + (f" – {detail}" if detail else ""))
    result: dict[str, Any] = {
        "ruleId": name,
        "ruleIndex": numbers[name],
        "level": _LEVELS[rank(finding.severity)],
        "message": {"text": text},
        "locations": [_location(finding)],
        "partialFingerprints": {"finding/v1": fingerprint(finding)},
        "properties": as_properties(finding),
    }
    if finding.related:
        result["relatedLocations"] = [{"physicalLocation": _place(*place)} for place in finding.related]
    return result


def _location(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": str(finding.result.focus)}]}
    if finding.path and finding.path != "-":
        location["physicalLocation"] = _place(finding.path, finding.line)
    return location


def _place(name: str, line: int) -> dict[str, Any]:
    path = Path(name)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if line:
        place["region"] = {"startLine": line}
    return place


def fingerprint(finding: Finding) -> str:
    """Return what a finding is known by when lines move: what is said of which node, and in which file."""
    said = finding.result
    parts = (*said.key, said.rule, str(said.source or ""), finding.path)
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
