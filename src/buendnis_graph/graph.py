"""The Python face of a built graph."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import NotBuiltError, QueryError
from buendnis_graph.queries import Table, answer, find_question
from buendnis_graph.queries.resolve import resolve
from buendnis_graph.settings import Project, find_project
from buendnis_graph.store import open_read_only
from buendnis_graph.store.builds import current_build, is_older_than_files


class Graph:
    """A built graph, opened for reading.

    >>> import buendnis_graph
    >>> graph = buendnis_graph.open()                                            # doctest: +SKIP
    >>> table = graph.query("members-of-alliance", alliance="Tolerantes Sachsen")  # doctest: +SKIP
    """

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def folder(self) -> Path:
        """The folder of the build: the store and the dumps ``graph.nq`` and ``graph.ttl``."""
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
        if any(character in name_or_sparql for character in " {\n"):
            if parameters:
                raise QueryError(
                    "parameters are for questions of the catalogue.", hint="Put the values into the query itself."
                )
            return answer(self.store, name_or_sparql)
        question = find_question(self.project, name_or_sparql)
        kinds = {parameter.name: parameter for parameter in question.parameters}
        terms = {name: resolve(self.store, kinds[name], value) for name, value in parameters.items() if name in kinds}
        unknown = {name: ox.Literal("") for name in parameters if name not in kinds}
        return answer(self.store, question.bound({**terms, **unknown}))


def open_graph(path: str | Path | None = None) -> Graph:
    """Open the built graph of a project.

    Args:
        path: a folder of the project (default: the current one and those above it).

    Raises:
        UsageError: if there is no project there.
    """
    return Graph(find_project(None if path is None else Path(path)))
