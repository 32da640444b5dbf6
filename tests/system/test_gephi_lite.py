"""The reader of Gephi Lite (graphology-gexf) finds every node, edge and value of the network's GEXF."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.network import MODES
from tests.mini import REAL

WEB = REAL.root / "web"
READER = Path(__file__).with_name("gexf_read.mjs")
TIMES = {"start", "end"}
"""What stands in an edge's spell, which this reader leaves out."""


def _present(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value is not None and key not in TIMES}


@pytest.mark.system
@pytest.mark.parametrize("mode", MODES)
def test_gephi_lite_reads_what_was_written(graph: Graph, tmp_path: Path, mode: str) -> None:
    assert (WEB / "node_modules" / "graphology-gexf").is_dir(), "graphology-gexf is not installed: npm ci --prefix web"
    network = graph.network(language="de")
    content = network.content(mode)
    (path,) = network.export(tmp_path / "network.gexf", mode)
    done = subprocess.run(
        ["node", str(READER), str(WEB), str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["type"] == "undirected"
    assert len(content.edges) > 0
    assert read["nodes"] == [_present(node) for node in content.nodes]
    assert read["edges"] == [_present(edge) for edge in content.edges]
