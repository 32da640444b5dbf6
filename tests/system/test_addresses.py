"""Addresses of the project's own graph, asked of a real Apache and a real nginx, lead to their documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts import Site, auxiliary
from buendnis_graph.publish.hosts.addresses import exceptions
from buendnis_graph.publish.site.make import Site as Pages
from tests.publish.hosts.servers import Server, apache, nginx, open_folder, write_site

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def homes(graph: Graph) -> dict[str, str]:
    """By IRI of each subject the path that leads there."""
    return dict(Pages(graph).homes)


@pytest.fixture(scope="module")
def asked(homes: dict[str, str]) -> dict[str, str]:
    """One path of ten with the path of its document, and all that only a list knows; in Python all are tested."""
    paths = {
        iri.partition("#")[0].removeprefix(BASE): home.partition("#")[0]
        for iri, home in homes.items()
        if iri.startswith(BASE) and iri != BASE
    }
    listed = exceptions(_site(homes, frozenset(paths.values())))
    return listed | dict(sorted(paths.items())[::10])


def _site(homes: dict[str, str], paths: frozenset[str]) -> Site:
    return Site(version="1.0.0", documents=paths, homes=auxiliary(homes))


@pytest.fixture(scope="module")
def site(homes: dict[str, str], asked: dict[str, str]) -> Iterator[Path]:
    with open_folder() as folder:
        write_site(folder / "site", _site(homes, frozenset(asked.values())))
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
