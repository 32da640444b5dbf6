"""Addresses of the project's own graph, asked of a real Apache and a real nginx, lead to their documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import documents
from buendnis_graph.publish.documents.survey import survey
from buendnis_graph.publish.hosts import Site
from buendnis_graph.publish.hosts.addresses import exceptions
from tests.publish.hosts.servers import Server, apache, nginx, open_folder, write_site
from tests.publish.places import addresses, places

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def asked(graph: Graph) -> dict[str, str]:
    """One path of ten with the path of its document, and all that only a list knows; in Python all are tested."""
    paths = addresses(places(documents(graph.store)))
    return _listed(graph, frozenset(paths.values())) | dict(sorted(paths.items())[::10])


def _listed(graph: Graph, paths: frozenset[str]) -> dict[str, str]:
    return exceptions(Site(version="1.0.0", documents=paths, homes=survey(graph.store).homes))


@pytest.fixture(scope="module")
def site(graph: Graph, asked: dict[str, str]) -> Iterator[Path]:
    paths = frozenset(asked.values())
    with open_folder() as folder:
        write_site(folder / "site", Site(version="1.0.0", documents=paths, homes=_listed(graph, paths)))
        yield folder


@pytest.mark.parametrize("serve", [apache, nginx])
def test_an_address_leads_to_its_document(
    asked: dict[str, str], site: Path, serve: Callable[[Path, Path], AbstractContextManager[Server]]
) -> None:
    wrong = []
    with serve(site, site / "site") as server:
        for path, home in asked.items():
            wanted = [] if path == home else [f"/{home}#{path}"]
            if (found := _way(server, path)) != [*wanted, f"/{home}.ttl"]:
                wrong.append((path, found))
    assert len(asked) > 1400
    assert wrong == []


def _way(server: Server, path: str) -> list[str]:
    way: list[str] = []
    here = f"/{path}"
    while (answer := server.get(here.partition("#")[0], "text/turtle")).location and len(way) < 3:
        here = answer.location
        way.append(here)
    return way
