"""Data in temporary files, read line by line: however much it is, what is in memory is what engines make of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.validate.engine import Data


class Lines:
    """Lines of text in a temporary file, which is removed with the last reference to it.

    Args:
        suffix: how the file's name ends, such as ``.nt``: engines tell the syntax by it.

    Raises:
        ReadError: if there can be no such file.
    """

    def __init__(self, suffix: str) -> None:
        try:
            self._file = tempfile.NamedTemporaryFile(prefix="buendnis-", suffix=suffix)  # noqa: SIM115 - kept open
        except OSError as error:
            raise _no_room(error) from None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self._file.name)

    def __iter__(self) -> Iterator[str]:
        with self.path.open(encoding="utf-8", newline="\n") as file:
            yield from file

    def write(self, lines: Iterable[str]) -> None:
        """Put lines into the file, each with its line break.

        Raises:
            ReadError: if there is no room for them.
        """
        try:
            with self.path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(lines)
        except OSError as error:
            raise _no_room(error) from None

    def write_quads(self, quads: Iterable[ox.Quad]) -> None:
        """Put quads into the file, as N-Quads.

        Raises:
            ReadError: if there is no room for them.
        """
        try:
            ox.serialize(quads, self.path, format=ox.RdfFormat.N_QUADS)
        except OSError as error:
            raise _no_room(error) from None


class OnDisk(Data):
    """A graph given as N-Triples without blank nodes: no triple is made unless an engine asks for triples.

    Args:
        lines: of N-Triples, in a file whose name ends in ``.nt``.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.path = lines.path

    @cached_property
    def triples(self) -> list[ox.Triple]:  # type: ignore[override]
        """The triples."""
        return [quad.triple for quad in ox.parse(path=self.path, format=ox.RdfFormat.N_TRIPLES)]

    @property
    def blank_nodes(self) -> set[str]:
        """None."""
        return set()

    @cached_property
    def store(self) -> ox.Store:
        """The triples in the default graph of a store in memory."""
        store = ox.Store()
        # Its IRIs are not checked again, a third more time: what the lines were written from had been parsed.
        store.bulk_load(path=self.path, format=ox.RdfFormat.N_TRIPLES, lenient=True)
        return store


def _no_room(error: OSError) -> ReadError:
    return ReadError(
        f"The data can't be put aside to be checked: {error.strerror or error}.",
        hint="Make room for temporary files, or name another folder for them by TMPDIR.",
    )
