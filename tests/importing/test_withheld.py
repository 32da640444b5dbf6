"""What is withheld can't be imported again while the key is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.care import withhold
from buendnis_graph.care.refuse import refuse_withheld_in
from buendnis_graph.care.withheld import KEY_VARIABLE, new_key, open_guard
from buendnis_graph.errors import InvalidDataError
from tests.importing.desk import codes, plan
from tests.mini import MiniProject


@pytest.fixture
def without(
    mini: MiniProject, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> MiniProject:
    """The project without "Der Gegangene", and its key at hand."""
    key: Path = tmp_path_factory.mktemp("safe") / "key"
    new_key(key)
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    mini.write("data/registry/gone.ttl", 'id:gone a org:Organization ; skos:prefLabel "Der Gegangene"@de .\n')
    withhold.carry_out(mini, withhold.plan(mini, "gone", open_guard(mini)))
    return mini


def test_a_row_is_left_out_without_its_name(without: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan(without, "Verein\nDer Gegangene e. V.\nA\n")
    assert [(remark.code, remark.line) for remark in made.remarks if remark.code == "withheld"] == [("withheld", 2)]
    assert made.counts()["refused"] == 1
    assert "egangene" not in repr(made)
    monkeypatch.delenv(KEY_VARIABLE)
    assert "withheld-unchecked" in codes(plan(without, "Verein\nA\n"))


def test_neither_a_title_nor_a_new_alliance_brings_it_back(without: MiniProject) -> None:
    refuse_withheld_in(without, plan(without, "Verein\nA\n", title="Mitglieder").files)
    titled = plan(without, "Verein\nA\n", title="Mitglieder: Der Gegangene e. V.")
    new = plan(without, "Verein\nA\n", new_alliance="Der Gegangene", alliance="")
    for made in (titled, new):
        with pytest.raises(InvalidDataError, match="withheld") as caught:
            refuse_withheld_in(without, made.files)
        assert "egangene" not in str(caught.value)
