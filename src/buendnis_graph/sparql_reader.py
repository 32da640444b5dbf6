"""Read the words and signs of a SPARQL text one after the other: what readers of a part of its grammar share."""

from __future__ import annotations

import itertools

from buendnis_graph.sparql_text import tokens

_MARKS = ("||", "&&", "!=", "<=", ">=", "^^")


class UnreadError(Exception):
    """A query holds something that is not read: whoever asked must do without."""


class TokenReader:
    """A place in a query, behind what was read of it.

    Args:
        text: SPARQL; its keywords are given in capitals.
    """

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        end = -1
        for kind, piece, start in tokens(text):
            if kind == "mark" and start == end and self._tokens[-1][1] + piece in _MARKS:
                self._tokens[-1] = ("mark", self._tokens[-1][1] + piece)
            else:
                self._tokens.append((kind, piece.upper() if kind == "word" else piece))
            end = start + len(piece)
        self._at = 0
        self._fresh = itertools.count()

    @property
    def _next(self) -> str:
        """What comes next; empty at the end."""
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    @property
    def _kind(self) -> str:
        """The kind of what comes next; empty at the end."""
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    @property
    def _last(self) -> str:
        """What was read last."""
        return self._tokens[self._at - 1][1]

    def _take(self) -> str:
        """Read what comes next.

        Raises:
            UnreadError: at the end.
        """
        if self._at >= len(self._tokens):
            raise UnreadError
        self._at += 1
        return self._last

    def _takes(self, *pieces: str) -> bool:
        """Read some words or signs if they come next."""
        found = tuple(piece for _, piece in self._tokens[self._at : self._at + len(pieces)]) == pieces
        self._at += len(pieces) if found else 0
        return found

    def _expect(self, piece: str) -> None:
        """Read a word or sign that must come next.

        Raises:
            UnreadError: if another one does.
        """
        if self._take() != piece:
            raise UnreadError
