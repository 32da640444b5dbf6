"""The Python face of a built graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.errors import NotBuiltError, UsageError
from buendnis_graph.queries import Table
from buendnis_graph.queries.ask import ask, prepare
from buendnis_graph.settings import Project, find_project
from buendnis_graph.store import CONSOLIDATED, SubjectLines, load_dumps, open_read_only, shards
from buendnis_graph.store.askable import Askable
from buendnis_graph.store.builds import current_build, is_older_than_files
from buendnis_graph.store.bulk import shards_of

if TYPE_CHECKING:
    import polars
    import rdflib

    from buendnis_graph.network import Network
    from buendnis_graph.organisation import Organisation
    from buendnis_graph.store.remote import RemoteStore

_PARTS = ("subject", "predicate", "object")


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
        """The folder of the build: the store and the dumps ``quads/`` and ``view/``."""
        if self.endpoint is not None:
            raise UsageError("a remote graph has no folder and no store here; only queries reach it.")
        folder = current_build(self.project)
        if folder is None:
            raise NotBuiltError("there is no built graph yet.", hint="Build it: buendnis build")
        return folder

    def is_stale(self) -> bool:
        """Return whether the files of the project have changed since the build.

        Their times are looked at first; where one is younger, as after a checkout, what the files say decides.
        """
        if not is_older_than_files(self.folder, self.project):
            return False
        from buendnis_graph.build import is_of_files  # here, as it loads all that builds

        return not is_of_files(self.folder, self.project)

    @cached_property
    def store(self) -> ox.Store:
        """The Oxigraph store, read-only; its default graph is the consolidated view."""
        return open_read_only(self.folder)

    @cached_property
    def without_bulk(self) -> ox.Store:
        """The store without the entries of bulk sources: what is published, sent elsewhere or handed over as a whole.

        If no bulk source was taken in, it is the store; else it is loaded into memory.
        """
        return load_dumps(self.folder) if shards_of(self.folder) else self.store

    def view_lines(self) -> Iterator[bytes]:
        """Yield the consolidated view of :attr:`without_bulk` as lines of N-Triples, those of a subject together."""
        for path in shards(self.folder, CONSOLIDATED):
            with path.open("rb") as lines:
                yield from lines

    def lines_of(self, subject: str) -> bytes:
        """Return the lines of :meth:`view_lines` about one subject, sorted."""
        return self._by_subject.of(subject)

    @cached_property
    def _by_subject(self) -> SubjectLines:
        return SubjectLines(self.folder, CONSOLIDATED)

    def query(self, name_or_sparql: str, **parameters: object) -> Table | bool | str:
        """Ask a question of the catalogue by name, or any SPARQL 1.1 query.

        Args:
            name_or_sparql: a question's name (``members-of-alliance``) or a SPARQL text.
            parameters: of a catalogue question; things by IRI, slug or name, days as ``date`` or text, numbers.

        Returns:
            A table for SELECT, yes or no for ASK, Turtle for CONSTRUCT and DESCRIBE.

        Raises:
            QueryError: if there is no such question, parameter or thing, or the query is wrong.
            NotBuiltError: if the graph has not been built.
        """
        typed = {name: str(value) for name, value in parameters.items()}
        return ask(self.source, prepare(self.source, self._catalogue, name_or_sparql, typed))

    @cached_property
    def tables(self) -> Path | Mapping[str, polars.DataFrame]:
        """What :func:`buendnis_graph.tables.load` reads: the folder of a build, or tables made of a remote graph."""
        from buendnis_graph.tables import make

        return self.folder if self.endpoint is None else make(self.endpoint)

    def alliances(self) -> Table:
        """Return the alliances: names, ``members`` known today or at an unknown time, founding, legal form, website."""
        from buendnis_graph.alliances import alliances

        return self._table(alliances(self.tables))

    def memberships(self, at: object = None) -> Table:
        """Return all memberships that rest on a role that counts, or the answer for each as of a time.

        Args:
            at: a day, month or year (``"2023-06"``, ``2023``, a ``date``). The table then has a column ``answer``
                (``yes``, ``no`` or ``unknown``) and a column ``reason``: see
                :mod:`buendnis_graph.membership.standing`.

        Raises:
            UsageError: if that is no such time.
        """
        from buendnis_graph import membership

        frame = membership.memberships(self.tables) if at is None else membership.memberships_at(self.tables, str(at))
        return self._table(frame)

    def _table(self, frame: polars.DataFrame) -> Table:
        """Return a data frame with columns of our tables as a table of terms."""
        from buendnis_graph.queries.framed import table_of  # here, as questions do without
        from buendnis_graph.tables import names_in

        return table_of(self.source, frame, names_in("bodies") | names_in("incidence"))

    def organisation(self, name: str) -> Organisation:
        """Return an alliance or other organisation.

        Args:
            name: one of its names, its slug or its IRI.

        Raises:
            QueryError: with similar names, if nothing is called so.
        """
        from buendnis_graph.organisation import find

        return find(self, name)

    def sources_of(self, statement: Any, predicate: object = None, value: object = None) -> Table:
        """Return the sources behind a statement of the consolidated view: what says that a subject has a value.

        Args:
            statement: a triple of rdflib or pyoxigraph; or its subject: a term, prefixed name (``id:…``), slug or IRI.
            predicate: if only the subject is given: likewise, such as ``org:memberOf``.
            value: likewise; or a literal, found by its text.

        Returns:
            One row a source: ``kind``, ``source``, ``address``, ``issued``, ``seen``; kinds other than ``source`` are
            parts of this project (``registry``, ``coding`` …). No rows if the graph does not say so.

        Raises:
            QueryError: if a term can't be one.
        """
        from buendnis_graph.queries.statements import sources_of

        if predicate is None:
            parts = statement if isinstance(statement, tuple) else (getattr(statement, p) for p in _PARTS)
            statement, predicate, value = parts
        return sources_of(self.source, statement, predicate, value)

    def conflicts(self) -> Table:
        """Return where sources contradict each other, as the question ``conflicting-facts`` does."""
        table = self.query("conflicting-facts")
        assert isinstance(table, Table)  # noqa: S101 - it is a SELECT
        return table

    def network(self, **filters: Any) -> Network:
        """Return a network of the memberships; see :func:`buendnis_graph.network.open_network` for the filters."""
        from buendnis_graph.network import open_network

        return open_network(self.tables, **filters)

    def rdflib(self) -> rdflib.Graph:
        """Return the consolidated view without bulk sources as an rdflib graph, every literal as it is written."""
        from buendnis_graph.handed import to_rdflib

        return to_rdflib(self.endpoint or self.without_bulk)


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
