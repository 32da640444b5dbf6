"""Write the dumps of a build into a folder."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.dumps import rdf, tabular
from buendnis_graph.publish.dumps.licences import Licences
from buendnis_graph.publish.dumps.manifest import MANIFEST, Dump, Manifest, in_order
from buendnis_graph.store.builds import name_of

FORMATS = ("trig", "nquads", "turtle", "ntriples", "jsonld", "csv", "parquet", "network")
"""What can be asked for; ``network`` is GraphML and GEXF."""


def write_dumps(
    graph: Graph,
    version: str,
    into: Path,
    formats: Collection[str] = FORMATS,
    step: Callable[[str], None] = lambda _text: None,
    site: str = BASE,
) -> Manifest:
    """Write dumps and their manifest into an empty folder; return the manifest.

    The same build gives the same bytes.

    Args:
        graph: a built graph of a project, as its files are now.
        version: of the data.
        into: an empty folder; the files come into ``dumps/`` below it.
        formats: of :data:`FORMATS`.
        step: told what is being done.
        site: address of the site that the files are for.
    """
    (into / "dumps").mkdir()
    licences = Licences.of(graph, current=True)
    found: list[Dump] = []
    with TemporaryDirectory(prefix=".aside-", dir=into) as aside:
        halves = rdf.Halves(graph.folder, licences, into, Path(aside))
        for form in FORMATS:
            if form in formats:
                step(f"writing {form}")
                found += _write(form, graph, halves)
    step("telling licences apart")
    _ = licences.bound  # stays with the build, for the site
    manifest = Manifest(version, name_of(graph.folder), in_order(found), site)
    (into / MANIFEST).write_text(manifest.as_text(), encoding="utf-8", newline="\n")
    return manifest


def _write(form: str, graph: Graph, halves: rdf.Halves) -> Iterator[Dump]:
    build, licences, into = graph.folder, halves.licences, halves.into
    if form == "nquads":
        return chain(rdf.graph(halves, form), rdf.registers(build, graph.without_bulk, into))
    if form in {"trig", "turtle", "ntriples"}:
        return rdf.graph(halves, form)
    if form == "jsonld":
        return rdf.jsonld(halves, graph)
    if form == "network":
        return tabular.network(build, licences, into)
    return tabular.tables(build, licences, into, form)
