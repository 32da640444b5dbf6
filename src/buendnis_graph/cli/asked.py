"""What ``buendnis validate`` was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.cli.common import Session


@dataclass(frozen=True, slots=True)
class Given:
    """What was asked for."""

    session: Session
    language: str
    data: tuple[Path, ...]
    shapes: tuple[Path, ...]
    data_format: str | None
    shapes_format: str | None
    max_size: int | None
    engine: str
    form: str
    output: Path | None
    severity: str
    limit: int
    changed: str | None
