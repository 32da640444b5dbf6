"""Records of other data sets from a file: one JSON document, one record a line, or a dump that is both."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

from buendnis_graph.errors import ReadError


def opened(path: Path) -> TextIO:
    """Return a file of text in UTF-8, unpacked if its name ends in ``.gz``.

    Raises:
        OSError: if it can't be opened.
    """
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


NO_FILE = (OSError, EOFError, UnicodeDecodeError, zlib.error)
"""What reading an opened file may raise if it is none that can be read, or is packed wrongly."""


def records(file: TextIO, path: Path) -> Iterator[tuple[int, Any]]:
    """Yield what a file of JSON holds, each with its line.

    One record a line, as JSON lines have it and Wikidata's dumps (an array with one item a line), is read line by line,
    so that a dump need not fit into memory; everything else as one document, whose elements are yielded if it is an
    array.

    Args:
        file: the opened file, at its beginning.
        path: of the file, for messages.

    Raises:
        ReadError: if it is no JSON, with the line.
    """
    head = list(islice(file, 2))
    bare = [_bare(line) for line in head]
    if bare and (_is_record(bare[0]) or (bare[0] in {"", "["} and _is_record(bare[-1]))):
        told = enumerate(map(_bare, chain(head, file)), 1)
        yield from ((number, _parsed(text, path, number)) for number, text in told if text not in {"", "[", "]"})
    else:
        document = _parsed("".join(head) + file.read(), path, 1)
        yield from ((1, one) for one in (document if isinstance(document, list) else [document]))


def _bare(line: str) -> str:
    return line.strip().rstrip(",")


def _is_record(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(text: str, path: Path, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ReadError("is no JSON.", path=path, line=line + error.lineno - 1) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets without end
        raise ReadError(
            "holds JSON that is nested too deeply or has numbers too long.", path=path, line=line
        ) from error
