"""All constraints as a table for people: what is looked at, what is demanded, how serious it is, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from buendnis_graph.namespaces import shorten
from buendnis_graph.settings import Project
from buendnis_graph.validate.constraints import Constraint, constraints, path_text
from buendnis_graph.validate.engine import SEVERITIES
from buendnis_graph.validate.layers import LAYERS, layer_shapes

ABOUT = {
    "evidence": (
        "Was eine Quelle sagt, für jede Quelle für sich, mit allem, was wir selbst festhalten, als Hintergrund.",
        "What a source says, each source by itself, with all that we state ourselves as background.",
    ),
    "registry": (
        "Was wir selbst festhalten: wer wer ist, Kodierungen, Verknüpfungen, Begriffe.",
        "What we state ourselves: who is who, codings, links, vocabulary.",
    ),
    "graph": ("Die konsolidierte Sicht: was abgeleitet wird.", "The consolidated view: what is derived."),
    "publication": ("Was veröffentlicht wird.", "What is released."),
    "privacy": ("Alles: keine Daten über Personen.", "Everything: no data about persons."),
}
"""What each layer looks at, German and English."""

_VARIABLE = re.compile(r"\{[?$]\w+\}")
_HEAD = """# Shapes

Written by `buendnis shapes --markdown` from `ontology/shapes/`. A **Violation** blocks the build, a **Warning** is
listed, **Info** is shown on request. Names have the prefix `shape:`; a finding ends with the name of its constraint.

Geschrieben von `buendnis shapes --markdown` aus `ontology/shapes/`. **Violation** hält den Bau an, **Warning** wird
gemeldet, **Info** auf Wunsch gezeigt.
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A shape that demands something, or a SPARQL constraint: what people find under one name.

    Attributes:
        layer: its layer.
        severity: SHACL's local name.
        name: its prefixed name.
        looks_at: which nodes, and which of their properties.
        demands: in SHACL's words.
        messages: what it tells people, by language; "…" stands for what is found.
    """

    layer: str
    severity: str
    name: str
    looks_at: str
    demands: tuple[str, ...]
    messages: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self) | {"demands": list(self.demands), "messages": dict(self.messages)}


def rows(project: Project, layers: Iterable[str] = LAYERS) -> list[Row]:
    """Return the constraints of layers: by layer, the serious ones first, then by name.

    Raises:
        ReadError: if a shape file is missing or can't be parsed.
    """
    return [row for layer in layers for row in _of_layer(layer, constraints(layer_shapes(project, layer)))]


def _of_layer(layer: str, found: list[Constraint]) -> list[Row]:
    by_name: dict[str, list[Constraint]] = {}
    for constraint in found:
        by_name.setdefault(constraint.shape, []).append(constraint)
    made = [
        Row(
            layer=layer,
            severity=first.severity,
            name=shorten(name),
            looks_at=": ".join(part for part in (", ".join(first.targets), path_text(first.path)) if part),
            demands=tuple(constraint.demand for constraint in group),
            messages={language: _VARIABLE.sub("…", text) for language, text in first.messages.items()},
        )
        for name, group in by_name.items()
        for first in group[:1]
    ]
    return sorted(made, key=lambda row: (SEVERITIES.index(row.severity), row.name))


def as_text(found: list[Row], language: str) -> str:
    """Return rows for a terminal: the layer, then three lines for each constraint."""
    parts = []
    for layer, group in _by_layer(found):
        lines = [f"{layer}: {ABOUT[layer][0 if language == 'de' else 1]}"]
        for row in group:
            lines.append(f"  {row.severity}  {row.name}  {row.looks_at}")
            lines.append(f"      {', '.join(row.demands)}")
            lines.append(f"      {row.messages.get(language, '')}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def as_markdown(found: list[Row]) -> str:
    """Return rows as a Markdown page, with what they say in both languages."""
    parts = [_HEAD]
    for layer, group in _by_layer(found):
        lines = [
            f"## {layer} ({len(group)})\n\n{ABOUT[layer][1]} {ABOUT[layer][0]}\n",
            "| constraint | severity | looks at | demands | what to do | was zu tun ist |",
            "|---|---|---|---|---|---|",
        ]
        parts.append("\n".join([*lines, *map(_markdown_row, group)]) + "\n")
    return "\n".join(parts)


def _markdown_row(row: Row) -> str:
    cells = (
        f"`{row.name.removeprefix('shape:')}`",
        row.severity,
        f"`{row.looks_at}`",
        "<br>".join(f"`{demand}`" for demand in row.demands),
        *(row.messages.get(language, "").replace("<", "&lt;") for language in ("en", "de")),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _by_layer(found: list[Row]) -> list[tuple[str, list[Row]]]:
    return [(layer, list(group)) for layer, group in groupby(found, key=lambda row: row.layer)]
