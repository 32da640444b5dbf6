"""Tables on a narrow terminal: words stay whole."""

from __future__ import annotations

import sys

import pytest

from buendnis_graph.cli.tables import rows_text

HEAD = ["member", "name as listed", *(f"column {n}" for n in range(7))]
ROW = ["AG Asylsuchende SOE", "AG Asylsuchende Sächsische Schweiz Osterzgebirge e.V.", *["unknown"] * 6, ""]
URL = "https://example.org/" + "a" * 90


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def test_a_table_of_many_columns_is_cards() -> None:
    shown = rows_text(HEAD, [ROW, [URL, *ROW[1:]]])
    for whole in ("Asylsuchende SOE", "Osterzgebirge", "unknown", URL):
        assert whole in shown
    assert "column 6" not in shown  # says nothing
    assert all(
        len(line) <= 80 for line in shown.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines() if URL not in line
    )
    assert rows_text(HEAD, []) == " " + "   ".join(HEAD)


def test_a_table_of_few_columns_stays_one() -> None:
    shown = rows_text(["member", "page"], [["A" * 50, "words " * 20]])
    assert shown.splitlines()[1].strip().startswith("─")
