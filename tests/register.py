"""A small register of associations, invented, as the public file has it."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from pathlib import Path

from buendnis_graph.linking.register import COLUMNS

CURRENT, REMOVED = "currently registered", "removed"
ROWS = (
    ("U1104_VR1", "A e.V.", "Dresden", CURRENT, "Dresden VR 1"),
    ("U1104_VR2", " Bunter  \u201eTreff\u201c e.V.", "Leipzig", CURRENT, "Dresden VR 2"),
    ("U1104_VR10", "Turnverein 1860 \\ Nord e.V.", "Dresden", REMOVED, "Dresden VR 10"),
    ("X1517R_VR53S\u00d6", "Verein am Meer", "", CURRENT, "Kiel VR 53 S\u00d6"),
)
PERSONAL = (
    ("U1104_VR20", "Verein, Musterstra\u00dfe 12, e.V.", "Dresden", CURRENT, "Dresden VR 20"),
    ("U1104_VR21", "Verein verein@example.org", "Dresden", CURRENT, "Dresden VR 21"),
    ("U1104_VR22", "Verein Tel. 0351 123456", "Dresden", CURRENT, "Dresden VR 22"),
)
UNFIT = (
    ("U1104_VR30", "Verein <b>fett</b>", "Dresden", CURRENT, "Dresden VR 30"),
    ("U1104_VR31", "Ohne Nummer", "Dresden", CURRENT, "Dresden"),
    ("U1104_VR32", "", "Dresden", CURRENT, "Dresden VR 32"),
)
SEAT = ("U1104_VR40", "Ohne Sitz", "Musterstra\u00dfe 12", CURRENT, "Dresden VR 40")


def register_file(path: Path, rows: Iterable[tuple[str, ...]] = ROWS) -> Path:
    """Write a register, packed; return its path."""
    with gzip.GzipFile(path, "wb", mtime=0) as packed:
        lines: list[str] = []
        writer = csv.writer(_Lines(lines))
        writer.writerows([COLUMNS, *rows])
        packed.write("".join(lines).encode())
    return path


class _Lines:
    """Takes what a writer writes."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
