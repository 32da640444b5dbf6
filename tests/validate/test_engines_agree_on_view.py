"""Both engines say the same of the real data: of the consolidated view. pySHACL takes minutes, so it sees a part of the nodes."""

from __future__ import annotations

import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.store import CONSOLIDATED, read_dump
from buendnis_graph.validate import LAYERS
from tests.validate.sample import REAL_DATA
from tests.validate.test_engines_agree import agree_on


@pytest.mark.system
@pytest.mark.parametrize("layer", [name for name, layer in LAYERS.items() if layer.view])
def test_they_agree_on_the_view_of_the_real_data(layer: str, graph: Graph) -> None:
    agree_on(list(read_dump(graph.folder, CONSOLIDATED)), layer, REAL_DATA)
