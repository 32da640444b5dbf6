"""Fixtures: the small project, and the real one built once a session in a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

import buendnis_graph
from buendnis_graph.build import build
from buendnis_graph.evidence import Corpus, read_corpus
from buendnis_graph.graph import Graph
from buendnis_graph.settings import Project
from tests.mini import REAL, MiniProject

settings.register_profile("busy", deadline=None)  # speed is for the benchmarks; a test must not fail on a busy machine
settings.load_profile("busy")


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
    root = tmp_path_factory.mktemp("project")
    for folder in ("ontology", "data", "queries"):
        shutil.copytree(REAL.root / folder, root / folder)
    for file in ("CITATION.cff", "pyproject.toml"):
        shutil.copy(REAL.root / file, root / file)
    return Project(root)


@pytest.fixture(scope="session")
def graph(copy: Project) -> Graph:
    """The project's own graph, built."""
    build(copy)
    return buendnis_graph.open(copy.root)
