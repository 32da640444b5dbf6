"""The report as JSON, for programs: full IRIs, both languages, a form that stays."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.validate.notes import Note
from buendnis_graph.validate.paths import Path, Term
from buendnis_graph.validate.report.findings import Finding

_SH = PREFIXES["sh"]


def as_json(found: Sequence[Finding], engine: str, notes: Sequence[Note] = ()) -> str:
    """Return findings as a JSON document; docs/validating.md describes it.

    Args:
        found: all findings, in order.
        engine: the name of the engine that found them.
        notes: what was not checked.
    """
    return json.dumps(report(found, engine, notes), ensure_ascii=False, indent=1) + "\n"


def report(found: Sequence[Finding], engine: str, notes: Sequence[Note] = ()) -> dict[str, Any]:
    """Return what :func:`as_json` writes."""
    counted = Counter(finding.severity for finding in found)
    return {
        "conforms": not found,
        "checked": not notes,
        "notes": [{"name": note.name, "message": note.texts} for note in notes],
        "engine": engine,
        "summary": {
            "results": len(found),
            "violations": counted.pop("Violation", 0),
            "warnings": counted.pop("Warning", 0),
            "infos": counted.pop("Info", 0),
            "others": sum(counted.values()),
        },
        "results": [result(finding) for finding in found],
    }


def result(finding: Finding) -> dict[str, Any]:
    """Return a finding as JSON."""
    said = finding.result
    return {
        "severity": full_name(said.severity),
        "focus": plain(said.focus),
        "label": finding.label or None,
        "path": None if said.path is None else path_text(said.path),
        "value": None if said.value is None else term(said.value),
        "component": full_name(said.component),
        "shape": said.shape,
        "constraint": said.constraint,
        "source": None if said.source is None else said.source.value,
        "file": finding.path or None,
        "line": finding.line or None,
        "related": [{"file": path, "line": line} for path, line in finding.related],
        "message": {language: finding.messages[language] for language in sorted(finding.messages)},
    }


def full_name(name: str) -> str:
    """Return the IRI that a severity or component stands for: results give SHACL's by their local names."""
    return name if ":" in name else _SH + name


def plain(node: Term) -> str:
    """Return a node as text: an IRI as it is, a blank node or literal as in N-Triples."""
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def path_text(path: Path) -> str:
    """Return a path as text: the IRI if it is one property, else SPARQL's syntax."""
    return path.predicate.value if path.predicate is not None else str(path)


def term(node: Term) -> dict[str, str]:
    """Return a term as the SPARQL results format in JSON writes it."""
    if isinstance(node, ox.NamedNode):
        return {"type": "uri", "value": node.value}
    if isinstance(node, ox.BlankNode):
        return {"type": "bnode", "value": node.value}
    if node.language:
        return {"type": "literal", "value": node.value, "xml:lang": node.language}
    if node.datatype.value == PREFIXES["xsd"] + "string":
        return {"type": "literal", "value": node.value}
    return {"type": "literal", "value": node.value, "datatype": node.datatype.value}
