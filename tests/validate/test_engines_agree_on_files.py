"""Both engines say the same of the real data: of what the files say. pySHACL takes minutes, so it sees a part of the nodes."""

from __future__ import annotations

import pytest

from buendnis_graph.evidence import read_corpus
from buendnis_graph.validate import LAYERS
from tests.mini import REAL
from tests.validate.sample import EVERY, REAL_DATA
from tests.validate.test_engines_agree import agree_on


@pytest.mark.system
@pytest.mark.parametrize("layer", [name for name, layer in LAYERS.items() if not layer.view or layer.files])
def test_they_agree_on_what_the_real_files_say(layer: str) -> None:
    agree_on([item.quad for item in read_corpus(REAL).quads], layer, EVERY if LAYERS[layer].sources else REAL_DATA)
