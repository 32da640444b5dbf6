"""docs/validating.md shows what the commands print."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from buendnis_graph import settings, sparql_text
from buendnis_graph.validate import bounds, guard_trees
from buendnis_graph.validate.guard import in_words
from buendnis_graph.validate.guard_lines import MAX_TEXT_LINES
from tests.command import run
from tests.mini import REAL

TEXT = (REAL.root / "docs" / "validating.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```([\w.-]+(?: [\w.-]+)?)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind, text in BLOCKS:
        if kind.startswith("turtle-file "):
            (tmp_path / kind.split()[1]).write_text(text, encoding="utf-8")
    return tmp_path


def test_commands_print_what_is_shown(folder: Path) -> None:
    commands = [
        part for kind, block in BLOCKS if kind == "shell" for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    ]
    assert len(commands) == 5
    for part in commands:
        command, _, shown = part.partition("\n")
        words = shlex.split(re.sub(r"\s+#.*", "", command))
        done = run(*words[1:], cwd=folder)
        assert f"exit code {done.returncode}" in command, done.stderr
        assert done.stdout == shown
    ((_, shown),) = [block for block in BLOCKS if block[0] == "json"]
    assert json.loads((folder / "report.json").read_text(encoding="utf-8")) == json.loads(shown)
    assert (folder / "report.ttl").exists()
    assert (folder / "report.sarif").exists()


def test_the_bounds_are_those_of_the_code() -> None:
    table = TEXT[TEXT.index("| what | at most |") :]
    for bound in (
        in_words(settings.MAX_DATA_BYTES),
        in_words(settings.MAX_TEXT_BYTES),
        in_words(guard_trees.MAX_JSON_TEXT),
        f"{MAX_TEXT_LINES:,} lines",
        f"| {settings.MAX_NESTING} |",
        f"{bounds.MAX_SHAPES_DEPTH} deep",
        f"{bounds.MAX_SHAPES_WEIGHT:,}",
        f"{sparql_text.MAX_TOKENS:,} words",
        f"{sparql_text.MAX_QUERY_NESTING} deep",
    ):
        assert bound in table
