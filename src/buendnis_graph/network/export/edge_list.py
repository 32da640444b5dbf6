"""Edge list and node list as CSV, and the summary as JSON beside them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from buendnis_graph.formulas import harmless
from buendnis_graph.network.export.content import Content, text


def edge_list(content: Content) -> dict[str, str]:
    """Return the edges (``.csv``), the nodes (``.nodes.csv``) and the summary (``.summary.json``).

    CSV is RFC 4180 with a head; empty is unknown. A text that a spreadsheet would take for a formula gets a single
    quote before it.
    """
    times = ["start", "end"] if content.dynamic else []
    edges = ["source", "target", "weight", *times, *content.attributes("edges")]
    nodes = ["id", "label", *content.attributes("nodes")]
    return {
        ".csv": _csv(edges, content.edges),
        ".nodes.csv": _csv(nodes, content.nodes),
        ".summary.json": json.dumps(content.summary, ensure_ascii=False, indent=1) + "\n",
    }


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    written = text(value)
    return harmless(written) if isinstance(value, str) else written
