"""The one hierarchy of errors: each says what is wrong, where, and what to do next."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from buendnis_graph.messages import in_language


class BuendnisError(Exception):
    """Base of everything this package raises on purpose.

    Args:
        message: what is wrong, one sentence, in English; :mod:`buendnis_graph.messages` has the German.
        path: the file it is wrong in, if any.
        line: 1-based line in that file, if known.
        hint: what to do next, if there is something to do.
    """

    exit_code = 1

    def __init__(self, message: str, *, path: Path | None = None, line: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint
        self.of = ""
        """What it is wrong in, as the user named it, if that has no path."""
        self.fault: Any = None
        """What the reader found, if it is that: an :class:`~buendnis_graph.evidence.faults.Fault`."""

    def __str__(self) -> str:
        return self.in_words("en")

    def in_words(self, language: str) -> str:
        """Return where it is, what is wrong and what to do, in ``de`` or ``en``."""
        if self.fault is not None:
            message, hint = self.fault.text(language)
        else:
            message, hint = (in_language(text, language) for text in (self.message, self.hint))
        where = f"{self.of}: " if self.of else ""
        if self.path is not None:
            where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        return f"{where}{message}" + (f"\n  {hint}" if hint else "")


class UsageError(BuendnisError):
    """The command or call itself is wrong; nothing was tried."""

    exit_code = 2


class ReadError(BuendnisError):
    """A file can't be read as what it claims to be."""


class LimitError(ReadError):
    """A file is larger than the set limit."""


class LayoutError(BuendnisError):
    """A file says something that does not belong into it, or two files claim the same thing."""


class FaultsError(BuendnisError):
    """Files can't be taken over as they are.

    Args:
        reading: all that is wrong with them, a :class:`~buendnis_graph.evidence.corpus.Reading`.
    """

    def __init__(self, reading: Any) -> None:
        super().__init__("\n".join(str(fault.error()) for fault in reading.faults))
        self.reading = reading


class FormatError(BuendnisError):
    """A file can't be put into canonical form without losing something."""


class ListError(ReadError):
    """A member list can't be taken as it is; nothing was written."""


class JudgementError(BuendnisError):
    """A decision contradicts one that a person took before."""


class InvalidDataError(BuendnisError):
    """Validation found violations; the findings have been reported."""


class ShapesError(BuendnisError):
    """A shapes graph is not well formed, or asks for what no engine here can do; nothing was checked.

    Args:
        message: what is wrong.
        node: the name of the shape or constraint that is wrong, if that is known: who has its file can find the line.
        hint: what to do next.
    """

    exit_code = 2

    def __init__(self, message: str, *, node: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.node = node


class RuleError(BuendnisError):
    """A derivation rule can't be run."""


class ReleaseError(BuendnisError):
    """A release can't be made as asked, or an earlier one is not what it was."""


class NotBuiltError(BuendnisError):
    """There is no built graph yet."""


class QueryError(BuendnisError):
    """A query can't be read or run."""


class EndpointError(QueryError):
    """A remote graph can't be reached, or does not answer as a SPARQL endpoint does."""

    exit_code = 2


class NetworkError(BuendnisError):
    """A network can't bear what was asked of it."""


class MissingExtraError(BuendnisError):
    """A package that comes with an extra is not installed."""

    exit_code = 2


class LostProcessError(BuendnisError):
    """A process that does a part of the work has ended before it was done."""


class DiskError(BuendnisError):
    """Something can't be read or written, as the system says: the disk is full, or a right is missing."""


_FULL = (errno.ENOSPC, errno.EDQUOT)


def disk_error(error: OSError, path: Path | None = None) -> DiskError:
    """Return what the system says as an error of ours.

    Args:
        error: what it says; that of an engine has neither number nor file, but the system's words.
        path: what was being made. If there is no room for it, it says more than the name of a file aside.
    """
    named = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    if error.errno in _FULL or any(os.strerror(number) in str(error) for number in _FULL):
        return DiskError("the disk is full.", path=path or named, hint="Make room there, then run this again.")
    return DiskError(
        f"reading or writing failed: {error.strerror or error}.",
        path=named or path,
        hint="See that it is there, that it may be read and written, and that the disk is sound.",
    )


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Raise what the system says within the block as an error of ours.

    Args:
        path: what is being made.

    Raises:
        DiskError: instead of an :class:`OSError`, unless that is of who reads what is printed and has gone.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise disk_error(error, path) from error
