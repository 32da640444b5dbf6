"""The entries of a register that was taken in are candidates for who asks for them, and for nobody else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from buendnis_graph.build import build
from buendnis_graph.serve.reconcile.matching import Matcher
from buendnis_graph.serve.reconcile.questions import Condition, Question
from buendnis_graph.serve.reconcile.things import read
from tests.linking.test_taking import take
from tests.mini import MiniProject
from tests.register import CURRENT, ROWS

OTHER = ("R1_VR5", "Bunter Treff e.V.", "Zwickau", CURRENT, "Chemnitz VR 5")


@pytest.fixture(scope="module")
def with_register(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build with a register."""
    copy = tmp_path_factory.mktemp("registered") / "project"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("build"))
    project = MiniProject.__new__(MiniProject)
    object.__setattr__(project, "root", copy)
    take(project, [*ROWS, OTHER])
    return build(project)[0]


def _best(matcher: Matcher, question: Question) -> list[tuple[str, bool]]:
    return [(found.thing.id, is_match) for found, is_match in matcher.candidates(question)]


def test_an_entry_is_found_by_name_seat_and_number(with_register: Path) -> None:
    matcher = Matcher(read(with_register, register=True))
    asked = Question(("Bunter Treff",), kinds=("register-entry",))
    assert {(found, is_match) for found, is_match in _best(matcher, asked)} == {
        ("register/U1104_VR2", False),
        ("register/R1_VR5", False),
    }, "of namesakes none is a match"
    placed = Question(("Bunter Treff",), kinds=("register-entry",), conditions=(Condition("place", ("Zwickau",)),))
    assert _best(matcher, placed)[0] == ("register/R1_VR5", True)
    numbered = Question((), kinds=("register-entry",), conditions=(Condition("register-number", ("Chemnitz VR 5",)),))
    assert _best(matcher, numbered) == [("register/R1_VR5", True)]
    told = matcher.told(placed, "en")[0]
    assert told["description"] == "entry of the register of associations, Chemnitz VR 5, Zwickau"


@pytest.mark.parametrize("kinds", [(), ("organisation",), ("alliance",)])
def test_all_other_questions_are_answered_as_without_it(
    with_register: Path, folder: Path, kinds: tuple[str, ...]
) -> None:
    names = ("Bunter Treff", "A e.V.", "Kulturhaus Sonnenschein", "Bündnis Bunte Vielfalt", "register/U1104_VR2")
    with_it, without = Matcher(read(with_register, register=True)), Matcher(read(folder))
    for name in names:
        question = Question((name,), kinds=kinds)
        assert with_it.told(question, "de") == without.told(question, "de")


def test_by_default_they_are_left_out(with_register: Path) -> None:
    things = read(with_register)
    assert not things.registered
    assert not [iri for iri in things.by_iri if "/register/" in iri]
