"""What the server must know of a build beside its store: addresses, and its description in VoID.

It is gathered once for each build, by a process of its own, as that takes seconds for a large graph.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import BuendnisError, NotBuiltError
from buendnis_graph.evidence.bulk import register_entries
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.catalogue import Release, read_about
from buendnis_graph.publish.catalogue.void import void
from buendnis_graph.publish.documents.survey import survey
from buendnis_graph.publish.dumps import Manifest
from buendnis_graph.publish.hosts import Site
from buendnis_graph.publish.hosts.addresses import exceptions
from buendnis_graph.publish.releases import redirects
from buendnis_graph.settings import Project
from buendnis_graph.store.bulk import shards_of

_SETS = ("documents", "entries")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a build.

    Attributes:
        documents: paths of all that has a document of its own.
        redirects: where merged addresses lead, old path to new.
        homes: where addresses lead that have no document, if their form does not tell.
        graphs: IRIs of the named graphs, sorted.
        void: the description of the data set, as N-Triples; empty if the project does not describe its data.
        entries: paths of the entries of bulk sources: they have data, and no page on any site.
    """

    documents: frozenset[str]
    redirects: dict[str, str]
    homes: dict[str, str]
    graphs: tuple[str, ...]
    void: str
    entries: frozenset[str] = frozenset()


def gather(project: Project, folder: Path) -> Facts:
    """Return the facts of a build, read from its store."""
    graph = Graph(project)
    graph.folder = folder
    found = survey(graph.without_bulk, graph.view_lines())
    documents = frozenset(iri.removeprefix(BASE) for iri in found.documents)
    moved = redirects(graph.without_bulk)
    site = Site(version="", documents=documents, redirects=moved, homes=found.homes)
    return Facts(
        documents=documents - moved.keys(),
        redirects=moved,
        homes=exceptions(site),
        graphs=tuple(sorted(name.value for name in graph.store.named_graphs() if isinstance(name, ox.NamedNode))),
        void=_void(graph, project),
        entries=frozenset(
            entry.iri.removeprefix(BASE) for shards in shards_of(folder).values() for entry in register_entries(shards)
        ),
    )


def _void(graph: Graph, project: Project) -> str:
    try:
        about = read_about(graph.without_bulk, project, Release())
    except BuendnisError:
        return ""
    quads = void(about, graph, Manifest("", "", ())).quads
    return (ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b"").decode()


async def gathered(project: Project, folder: Path) -> Facts:
    """Return the facts of a build, gathered by another process.

    Raises:
        NotBuiltError: if they can't be.
    """
    command = [sys.executable, "-P", "-m", "buendnis_graph.serve.facts", str(project.root), str(folder)]
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
    )
    try:
        told, _ = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        raise
    if process.returncode:
        raise NotBuiltError("the built graph can't be read.", path=folder, hint="Build it anew: buendnis build --force")
    raw = json.loads(told)
    sets = {name: frozenset(raw[name]) for name in _SETS}
    return Facts(**{**raw, **sets, "graphs": tuple(raw["graphs"])})


def main() -> None:
    """Print the facts of a build as JSON: ``python -m buendnis_graph.serve.facts ROOT FOLDER``."""
    os.nice(10)
    facts = asdict(gather(Project(Path(sys.argv[1])), Path(sys.argv[2])))
    json.dump(facts | {name: sorted(facts[name]) for name in _SETS}, sys.stdout)


if __name__ == "__main__":
    main()
