"""Fixtures: the small project, and the real one built at most once a session in a folder of its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

import buendnis_graph
from buendnis_graph.build import build
from buendnis_graph.evidence import Corpus, read_corpus
from buendnis_graph.graph import Graph
from buendnis_graph.settings import Project
from tests.mini import REAL, MiniProject, copy_of

LONGEST = (
    "browser/test_pages.py",
    "validate/test_engines_agree_on_view.py",
    "validate/test_engines_agree_on_files.py",
    "validate/test_engines_agree.py",
    "renew/test_renewal.py",
    "care/test_withhold_real.py",
    "validate/test_checker.py",
    "killed/test_killed.py",
    "validate/test_incremental.py",
)
"""Files that take the most time, however few tests they hold: begun last, one would keep a single core busy alone."""

settings.register_profile("busy", deadline=None)  # speed is for the benchmarks; a test must not fail on a busy machine
settings.load_profile("busy")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files, then with those of the most tests."""
    longest = [REAL.root / "tests" / name for name in LONGEST]
    gone = [str(path) for path in longest if not path.is_file()]
    assert not gone, f"LONGEST names what is not there: {gone}"
    number = Counter(item.path for item in items)
    rank = {path: place for place, path in enumerate(longest)}
    items.sort(key=lambda item: (rank.get(item.path, len(rank)), -number[item.path], str(item.path)))


@pytest.fixture
def mini(tmp_path: Path) -> MiniProject:
    return MiniProject(tmp_path)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """What the project's own files say."""
    return read_corpus(REAL)


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project's files, so that tests leave the checkout alone."""
    return copy_of(REAL, tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def graph(copy: Project) -> Graph:
    """The project's own graph, built; if the checkout's build is one of the same files and package, it is that."""
    build(copy)
    return buendnis_graph.open(copy.root)
