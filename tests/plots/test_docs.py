"""The pictures in the docs are what the commands beside them draw."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from buendnis_graph.graph import Graph
from tests.docs.test_docs import DRAWN, commands, works_and_prints
from tests.mini import REAL

PAGE = (REAL.root / "docs" / "plots.md").read_text(encoding="utf-8")
COMMANDS = {
    re.findall(r"--output (\w+)\.svg", command)[0]: (command, output)
    for page, command, output in commands()
    if page == DRAWN
}
"""The commands of the page and what they print, by the picture that they draw."""


def drawn(graph: Graph, name: str, into: Path) -> bytes:
    """Call the command of the docs in a folder of its own: it prints what is shown, and draws."""
    command, output = COMMANDS[name]
    works_and_prints(f"buendnis --root '{graph.project.root}' {command.removeprefix('buendnis ')}", output, into)
    return (into / f"{name}.svg").read_bytes()


@pytest.mark.parametrize("name", ["sizes", "timeline", "matrix", "overlap"])
def test_a_picture_is_what_its_command_draws(graph: Graph, tmp_path: Path, name: str) -> None:
    assert (REAL.root / "docs" / "img" / f"{name}.svg").read_bytes() == drawn(graph, name, tmp_path)


def test_the_picture_of_the_network_has_the_texts_that_its_command_draws(graph: Graph, tmp_path: Path) -> None:
    """Its layout is computed in C, whose last digits another processor may round otherwise."""

    def described(svg: bytes) -> str:
        found = re.search(r"<desc id=\"desc\">.*?</desc>", svg.decode())
        assert found is not None
        return found[0]

    shown = (REAL.root / "docs" / "img" / "network.svg").read_bytes()
    assert described(shown) == described(drawn(graph, "network", tmp_path))


def test_every_picture_is_shown_and_small() -> None:
    assert sorted(COMMANDS) == ["matrix", "network", "overlap", "sizes", "timeline"]
    for name in COMMANDS:
        assert f"](img/{name}.svg)" in PAGE
        assert (REAL.root / "docs" / "img" / f"{name}.svg").stat().st_size < 300_000
