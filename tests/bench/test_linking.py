"""The bench of linking counts what it says it counts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from buendnis_graph.linking.snapshot import read_snapshot
from tests.bench.linking import Asked, ask, calibration, found, row, tasks
from tests.mini import REAL

FIRST = """ror_id,name,alt_names,city,wikidata
r1,University of Passau,Universität Passau,Passau,Q1|Q11
r2,Federal Agency for Nature Conservation,Bundesamt für Naturschutz,Bonn,Q2
r3,Kulturwerk Sonnenschein,Sunshine Works,Leipzig,Q3
"""
SECOND = """qid,label,website
Q11,Universität Passau,
Q2,Bundesamt für Naturschutz,
Q4,Kulturwerk Mondschein,
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    folder = tmp_path_factory.mktemp("sets")
    for name, text in (("first.csv", FIRST), ("second.csv", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    first, second = (read_snapshot(folder / name) for name in ("first.csv", "second.csv"))
    return [one for task in tasks(first, second) for one in ask(task)]


def test_one_of_several_ids_is_enough(asked: list[Asked]) -> None:
    known = [one for one in asked if one.task == "first file → second, names only" and one.is_known]
    assert {one.body.entry.key for one in known} == {"r1", "r2"}
    assert row("x", known)[:3] == ["x", 2, "100.0%"]


def test_without_the_body_itself_another_comes_first(asked: list[Asked]) -> None:
    for one in asked:
        without = one.first_without
        assert without is None or without.body.entry.key not in one.right


def test_a_calibration_row_counts_all_answers(asked: list[Asked]) -> None:
    counted = sum(cells[1] for cells in calibration(asked) if isinstance(cells[1], int))
    assert counted == sum((one.first_without if one.is_left_out else one.first) is not None for one in asked)


def test_the_report_has_both_halves_and_all_tasks(asked: list[Asked]) -> None:
    held, tuned, scores, wrong = found(asked)
    titles = {one.task for one in asked}
    for table in (held, tuned, wrong):
        assert {cells[0] for cells in table.rows} == titles
        assert all(len(cells) == len(table.columns) for cells in table.rows)
    assert "Calibration" in scores.title


def _command_of_weights() -> list[str]:
    """Return the command that the weights say they were measured by."""
    text = (files("buendnis_graph.linking") / "weights.toml").read_text("utf-8")
    named = re.search(r"`python (-m [^`]+)`", text)
    assert named
    return [sys.executable, *named[1].split()]


def _run(**environment: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith("BUENDNIS_")} | environment
    return subprocess.run(_command_of_weights(), capture_output=True, text=True, check=False, cwd=REAL.root, env=known)


def test_the_weights_name_the_command_that_measures_them(tmp_path: Path) -> None:
    assert _command_of_weights()[2:] == ["tests.bench.linking_tune"], "a command without options: it has none"
    for name, text in (("first.csv", FIRST), ("second.csv", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = _run(BUENDNIS_ROR=str(tmp_path / "first.csv"), BUENDNIS_NAMES=str(tmp_path / "second.csv"))
    assert done.returncode == 0, done.stderr
    measured = {line.partition(" = ")[0] for line in done.stdout.splitlines()}
    assert measured >= {"prior", "name.same", "main.same", "words.shared", "acronym.other", "website.same"}


def test_without_files_the_command_says_which_it_needs() -> None:
    done = _run()
    assert done.returncode == 1
    assert done.stderr.startswith("Name two files: BUENDNIS_ROR=ror.csv BUENDNIS_NAMES=names.csv python -m ")
