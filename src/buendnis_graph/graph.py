"""The Python face of a built graph."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from buendnis_graph.errors import NotBuiltError, UsageError
from buendnis_graph.queries import Table
from buendnis_graph.queries.ask import ask, prepare
from buendnis_graph.queries.run import Askable
from buendnis_graph.settings import Project, find_project
from buendnis_graph.store import open_read_only
from buendnis_graph.store.builds import current_build, is_older_than_files

if TYPE_CHECKING:
    from buendnis_graph.store.remote import RemoteStore


class Graph:
    """A built graph, opened for reading.

    >>> import buendnis_graph
    >>> graph = buendnis_graph.open()                                            # doctest: +SKIP
    >>> table = graph.query("members-of-alliance", alliance="Tolerantes Sachsen")  # doctest: +SKIP
    """

    def __init__(self, project: Project | None, endpoint: RemoteStore | None = None) -> None:
        self._catalogue = project
        self.endpoint = endpoint

    @property
    def project(self) -> Project:
        """The project, whose catalogue holds the questions.

        Raises:
            UsageError: if this is a remote graph, opened outside any project.
        """
        if self._catalogue is None:
            raise UsageError("this graph is a remote one, and there is no project here.")
        return self._catalogue

    @property
    def source(self) -> Askable:
        """What is asked: the endpoint of a remote graph, else the store."""
        return self.endpoint or self.store

    @cached_property
    def folder(self) -> Path:
        """The folder of the build: the store and the dumps ``graph.nq`` and ``graph.ttl``."""
        if self.endpoint is not None:
            raise UsageError("a remote graph has no folder and no store here; only queries reach it.")
        folder = current_build(self.project)
        if folder is None:
            raise NotBuiltError("there is no built graph yet.", hint="Build it: buendnis build")
        return folder

    def is_stale(self) -> bool:
        """Return whether a file of the project is younger than the build."""
        return is_older_than_files(self.folder, self.project)

    @cached_property
    def store(self) -> ox.Store:
        """The Oxigraph store, read-only; its default graph is the consolidated view."""
        return open_read_only(self.folder)

    def query(self, name_or_sparql: str, **parameters: str) -> Table | bool | str:
        """Ask a question of the catalogue by name, or any SPARQL 1.1 query.

        Args:
            name_or_sparql: a question's name (``members-of-alliance``) or a SPARQL text.
            parameters: of a catalogue question; things by IRI, slug or name.

        Returns:
            A table for SELECT, yes or no for ASK, Turtle for CONSTRUCT and DESCRIBE.

        Raises:
            QueryError: if there is no such question, parameter or thing, or the query is wrong.
            NotBuiltError: if the graph has not been built.
        """
        return ask(self.source, prepare(self.source, self._catalogue, name_or_sparql, parameters))


def open_graph(path: str | Path | None = None) -> Graph:
    """Open the built graph of a project, or a remote graph.

    Args:
        path: a folder of the project (default: the current one and those above it), or the address of a SPARQL
            endpoint. Questions of the catalogue are then those of the project here, if there is one.

    Raises:
        UsageError: if there is no project there, or the address will not do.
    """
    if isinstance(path, str) and path.startswith(("http://", "https://")):
        return open_endpoint(path)
    return Graph(find_project(None if path is None else Path(path)))


def open_endpoint(url: str, project: Project | None = None, *, timeout: float | None = None) -> Graph:
    """Return the graph behind a SPARQL endpoint.

    Args:
        url: of the endpoint.
        project: whose catalogue of questions (default: of the project here, if there is one).
        timeout: seconds an answer may take.

    Raises:
        UsageError: if the address will not do.
    """
    from buendnis_graph.store.remote import TIMEOUT, RemoteStore

    try:
        project = project or find_project()
    except UsageError:
        project = None
    return Graph(project, RemoteStore(url, timeout=timeout or TIMEOUT))
