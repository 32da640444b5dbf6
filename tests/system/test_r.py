"""Debian's R reads the incidence table; needs r-base-core, which .ci/run installs."""

from __future__ import annotations

import subprocess

import polars as pl
import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.tables import load
from tests.mini import REAL

SCRIPT = REAL.root / "docs" / "analysis" / "incidence.R"


@pytest.mark.system
def test_three_lines_of_r_load_the_incidence_table(graph: Graph) -> None:
    environment = {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        ["Rscript", "--vanilla", str(SCRIPT)],
        cwd=graph.project.root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    table = load(graph.folder, "incidence")
    members = table.filter(pl.col("counts")).select("member_label", "alliance_label").unique()
    first, *rest = done.stdout.splitlines()
    assert (
        first == f"{table.height} rows, {members.height} memberships, {members['alliance_label'].n_unique()} alliances"
    )
    most = members.group_by("member_label").len().sort("len", descending=True)["member_label"][0]
    assert most in "\n".join(rest)
