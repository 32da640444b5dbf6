"""Every address of the project's own graph, asked of a real Apache and a real nginx, leads to its document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents import documents
from buendnis_graph.publish.hosts import Site, auxiliary
from tests.publish.hosts.servers import Server, apache, nginx, readable, write_site

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def homes(graph: Graph) -> dict[str, str]:
    """The document of each subject, both as IRIs."""
    return {
        triple.subject.value: document.iri
        for document in documents(graph.store)
        for triple in document.own
        if isinstance(triple.subject, ox.NamedNode)
    }


@pytest.fixture(scope="module")
def site(homes: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = readable(tmp_path_factory.mktemp("addresses"))
    paths = frozenset(home.removeprefix(BASE) for home in homes.values())
    write_site(folder / "site", Site(version="1.0.0", documents=paths, homes=auxiliary(homes)))
    return folder


@pytest.mark.parametrize("serve", [apache, nginx])
def test_every_address_leads_to_its_document(
    homes: dict[str, str], site: Path, serve: Callable[[Path, Path], object]
) -> None:
    wrong = []
    asked = {iri.partition("#")[0]: home for iri, home in homes.items() if iri.startswith(BASE)}
    with serve(site, site / "site") as server:  # type: ignore[attr-defined]
        for iri, home in asked.items():
            path = iri.removeprefix(BASE)
            wanted = [f"/{home.removeprefix(BASE)}#{path}"] if iri != home else []
            if path and (found := _way(server, path)) != [*wanted, f"/{home.removeprefix(BASE)}.ttl"]:
                wrong.append((path, found))
    assert len(asked) > 8000
    assert wrong == []


def _way(server: Server, path: str) -> list[str]:
    way: list[str] = []
    here = f"/{path}"
    while (answer := server.get(here.partition("#")[0], "text/turtle")).location and len(way) < 3:
        here = answer.location
        way.append(here)
    return way
