"""What comes with the site and is not made from the graph: an export in its folder, releases, the SPARQL page's parts.

All of it may be older than the graph and name what is withheld by now; what does is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import ReadError, UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish import sparqlpage
from buendnis_graph.publish.catalogue.document import TURTLE
from buendnis_graph.publish.dumps import Dump, read_manifest
from buendnis_graph.publish.dumps import Manifest as Export
from buendnis_graph.publish.hosts import site_address
from buendnis_graph.publish.releases import Manifest, read_releases
from buendnis_graph.publish.releases.withdrawal import list_digest
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import name_of

_VOID = "void.ttl"
"""What an export calls the description of the data set in VoID."""
_AGAIN = "Export again: buendnis export"


@dataclass(frozen=True, slots=True)
class Beside:
    """What comes with the site, read once.

    Attributes:
        url: address of the site, ending in ``/``; empty if it is not known.
        dumps: the files of the export in the folder.
        catalogue: what the export says of the data set and its dumps.
        void: the export's description of the data set in VoID, as Turtle; empty without an export.
        releases: the oldest first.
        sparql: the built parts of the SPARQL page by path; empty if they are not built.
    """

    url: str
    dumps: tuple[Dump, ...]
    catalogue: tuple[ox.Triple, ...]
    void: str
    releases: tuple[Manifest, ...]
    sparql: Mapping[str, bytes]


def read_beside(graph: Graph, output: Path | None, site_url: str) -> Beside:
    """Return what comes with the site of a graph.

    Args:
        graph: a built graph of a project.
        output: the folder of the site, if it is known.
        site_url: the site's own address; empty: that of the export in the folder, if that was given one.

    Raises:
        UsageError: if the export is of another build or for another address, if something was withheld since the last
            release, or if that is no address of a site.
        ReadError: if the list of the dumps, the catalogue or a release is damaged.
    """
    url = site_address(site_url) if site_url else ""
    releases = _releases(graph.project)
    export = read_manifest(output) if output else None
    sparql = sparqlpage.assets(graph.project) or {}
    if output is None or export is None:
        return Beside(url, (), (), "", releases, sparql)
    url = _address(graph, output, export, url)
    return Beside(url, export.dumps, _catalogue(output / TURTLE), _text(output / _VOID), releases, sparql)


def _releases(project: Project) -> tuple[Manifest, ...]:
    """Return the releases; refuse them if they may name what was withheld since: the site would publish it again."""
    releases = read_releases(project.releases)
    withheld = list_digest(project)
    if releases and withheld and releases[-1].withheld != withheld:
        raise UsageError(
            "since the last release something was withheld; the releases may name it. Nothing was written.",
            path=project.releases,
            hint="Make the next release first, it withdraws those that do: buendnis release VERSION. "
            "Then buendnis export, then the site.",
        )
    return tuple(releases)


def _catalogue(path: Path) -> tuple[ox.Triple, ...]:
    """Return what an export says of the data set, its catalogue with it."""
    try:
        return tuple(quad.triple for quad in ox.parse(_text(path), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise ReadError("can't be read.", path=path, hint=_AGAIN) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ReadError("is missing or can't be read.", path=path, hint=_AGAIN) from error


def _address(graph: Graph, output: Path, export: Export, url: str) -> str:
    """Return the address of a site beside an export; refuse an export that does not go with it."""
    command = f"buendnis export --output {output}" + (f" --site-url {url}" if url else "")
    if export.build != name_of(graph.folder):
        raise UsageError(
            "holds the export of another build, which may name what is withheld by now. Nothing was written.",
            path=output,
            hint=f"Export this build first: {command}",
        )
    if url and url != export.site:
        raise UsageError(
            f"holds an export for {export.site}, but the site is for {url}. Nothing was written.",
            path=output,
            hint=f"Give both the same --site-url: {command}",
        )
    return url or ("" if export.site == BASE else export.site)
