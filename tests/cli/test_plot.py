"""``buendnis plot`` as a whole process."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from buendnis_graph.graph import Graph
from tests.command import run


@pytest.mark.parametrize(("suffix", "head"), [("svg", b"<?xml"), ("png", b"\x89PNG"), ("pdf", b"%PDF-")])
def test_a_plot_is_written_by_suffix_with_its_numbers(graph: Graph, tmp_path: Path, suffix: str, head: bytes) -> None:
    output, data = tmp_path / f"plot.{suffix}", tmp_path / "numbers.csv"
    done = run("plot", "sizes", "-o", str(output), "--data", str(data), "--width", "89", root=graph.project.root)
    assert done.returncode == 0
    assert done.stdout == f"{output}: Stated numbers of members of alliances\n"
    assert output.read_bytes().startswith(head)
    rows = list(csv.DictReader(data.read_text(encoding="utf-8").splitlines()))
    assert {"alliance", "number", "bound", "as_of"} <= set(rows[0])


def test_an_alliance_goes_by_any_of_its_names(graph: Graph, tmp_path: Path) -> None:
    output = tmp_path / "plot.svg"
    more = ("--alliance", "Tolerantes Sachsen", "--lang", "de", "-o", str(output))
    done = run("plot", "timeline", *more, root=graph.project.root)
    assert done.returncode == 0
    assert "Belege der Mitgliedschaft: Netzwerk Tolerantes Sachsen" in output.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("timeline", "--alliance", "Tollerantes Saksen"), 1, "Did you mean: Netzwerk Tolerantes Sachsen"),
        (("sizes", "--at", "2020"), 2, "It takes: topic, region, alliance"),
        (("sizes", "--output", "plot.gif"), 2, ".svg, .png, .pdf"),
        (("sizes", "--output", "no/such/folder/plot.svg"), 2, "can't be written"),
        (("network", "--at", "last year"), 2, "is no date"),
        (("network", "--topic", "cooking"), 1, "there is no topic 'cooking'"),
        (("network", "--alliance", "netzwerk-tolerantes-sachsen"), 1, "no membership is left to draw"),
        (("pie",), 2, "'pie' is not one of"),
    ],
)
def test_what_is_wrong_is_said(graph: Graph, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str) -> None:
    done = run("plot", *arguments, root=graph.project.root, cwd=tmp_path)
    assert done.returncode == code
    assert told in done.stderr
    assert list(tmp_path.iterdir()) == []
