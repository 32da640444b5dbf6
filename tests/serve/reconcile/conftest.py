"""A small project with things of all types, and a server that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from buendnis_graph.serve.reconcile.answering import Answerer
from buendnis_graph.serve.reconcile.things import Things, read
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import current_build
from tests.mini import MiniProject
from tests.publish.small import publishable
from tests.serve.live import serving
from tests.serve.reconcile.client import Client

REGISTRY = """
id:ags-14 a schema:Place , schema:State ; skos:prefLabel "Sachsen"@de , "Saxony"@en .
id:ags-14713 a schema:Place , schema:City ; skos:prefLabel "Leipzig"@de .
id:ags-14612 a schema:Place , schema:City ; skos:prefLabel "Dresden"@de .
id:bunte-vielfalt a org:Organization , bg:Alliance ; skos:prefLabel "Bündnis Bunte Vielfalt"@de , "Colourful Diversity Alliance"@en ;
  skos:altLabel "BuVi"@de .
id:kulturhaus-l a org:Organization ; skos:prefLabel "Kulturhaus Sonnenschein"@de .
id:kulturhaus-d a org:Organization ; skos:prefLabel "Kulturhaus Sonnenschein e.V."@de .
id:wegweiser a org:Organization ; skos:prefLabel "Beratungsstelle Wegweiser"@de .
id:alter-wegweiser a org:Organization ; skos:prefLabel "Wegweiserei am Markt"@de ; dcterms:isReplacedBy id:wegweiser .
id:haken a org:Organization ; skos:prefLabel "Mut & \\"Söhne\\""@de .
id:mut-machen a bg:FundingProgramme ; skos:prefLabel "Programm Mut machen!"@de .
"""
FACTS = """
id:kulturhaus-l bg:seat id:ags-14713 ; schema:url <https://www.sonnenschein-leipzig.example/start> ; bg:legalForm legal-form:ev .
id:kulturhaus-d bg:seat id:ags-14612 ; bg:legalForm legal-form:ev .
id:bunte-vielfalt bg:shortName "Vielfaltsbündnis"@de ; schema:url <https://vielfalt.example/> .
"""


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mini = MiniProject(tmp_path_factory.mktemp("reconciled"))
    for entry in filter(None, REGISTRY.replace("\n  ", " ").split("\n")):
        mini.write(f"data/registry/{entry.split()[0].removeprefix('id:')}.ttl", f"{entry}\n")
    mini.source("facts", FACTS)
    for member in ("kulturhaus-l", "wegweiser"):
        mini.attest(f"list-{member}", member, "bunte-vielfalt", issued="2026-01-05")
    publishable(mini)
    return mini.root


@pytest.fixture(scope="module")
def client(root: Path) -> Iterator[Client]:
    with serving(root, time=2) as live:
        yield Client(live)


@pytest.fixture(scope="session")
def folder(root: Path) -> Path:
    found = current_build(Project(root))
    assert found is not None
    return found


@pytest.fixture(scope="session")
def things(folder: Path) -> Things:
    return read(folder)


@pytest.fixture(scope="session")
def answerer(folder: Path) -> Answerer:
    return Answerer(folder)
