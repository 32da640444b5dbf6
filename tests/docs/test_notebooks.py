"""The notebooks run from start to end on the built graph, and print what is committed."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.graph import Graph
from tests.docs.notebooks import NOTEBOOKS, executed, written


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_gives_its_committed_outputs(path: Path, graph: Graph) -> None:
    assert written(executed(path, graph.project.root)) == path.read_text(encoding="utf-8")


def test_both_notebooks_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["first-look", "overlap-and-brokerage"]
