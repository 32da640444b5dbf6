"""What tests of the catalogue share: the description of the project's own graph, made once a session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.publish.catalogue import About, Release, read_about, write_catalogue
from buendnis_graph.publish.dumps import Manifest, write_dumps


@dataclass(frozen=True)
class Described:
    """A folder with a catalogue, and what it was made of."""

    folder: Path
    about: About
    manifest: Manifest


@pytest.fixture(scope="session")
def described(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Described:
    folder = tmp_path_factory.mktemp("catalogue")
    about = read_about(graph.store, graph.project, Release(commit="0" * 40, previous="0.0.9"))
    manifest = write_dumps(graph, about.version, folder, ["nquads", "turtle", "csv"])
    write_catalogue(about, graph, manifest, folder)
    return Described(folder, about, manifest)
