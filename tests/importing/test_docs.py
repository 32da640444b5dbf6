"""The recipe in docs/importing.md is run, and prints what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from buendnis_graph.importing.statement import template
from tests.command import run
from tests.mini import REAL

TEXT = (REAL.root / "docs" / "importing.md").read_text(encoding="utf-8")


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_the_recipe_works_and_prints_what_is_shown(tmp_path: Path) -> None:
    for folder in ("data", "ontology", "queries"):
        shutil.copytree(REAL.root / folder, tmp_path / folder)
    (tmp_path / "mitglieder.csv").write_text(_blocks("csv")[0], encoding="utf-8")
    (tmp_path / "mitglieder.csv.toml").write_text(_blocks("toml")[0], encoding="utf-8")
    own = template().replace("alliance:", "alliance: Bündnis Musterstadt", 1).replace("issued:", "issued: 2026-11", 1)
    own = own.replace("address:", "address: https://www.buendnis-musterstadt.example/", 1)
    (tmp_path / "meine-liste.csv").write_text(own + "Kulturbüro Sachsen;Mitglied;;;;\n", encoding="utf-8")
    commands = [part for block in _blocks("shell") for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    assert len(commands) == 8
    for part in commands:
        command, _, shown = part.partition("\n")
        words = shlex.split(re.sub(r"\s+#.*", "", command))
        assert words[0] == "buendnis"
        done = run(*words[1:], cwd=tmp_path)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        if shown.strip():
            assert done.stdout.rstrip().splitlines() == shown.rstrip().splitlines(), command
    assert (
        tmp_path
        / "data"
        / "sources"
        / "buendnis-musterstadt.example"
        / "erklaerung-buendnis-musterstadt"
        / "2026-11-22.trig"
    ).exists()
