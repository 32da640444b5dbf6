"""The list of a site's files with their hashes: JSON, a file a line, sorted.

So a run that changes few files of very many finds and changes their lines, and reads no others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from buendnis_graph.publish.lines import changed, place

_HEAD, _BETWEEN, _END = '{\n"files": {\n', ",\n", "\n}\n}\n"


class DamagedError(Exception):
    """A list of files can't be read."""


class Listed(Mapping[str, str]):
    """The files of a site, by path, with their SHA-256.

    Args:
        text: as :meth:`of` or :meth:`changed` gave it, or any JSON that says the same.

    Raises:
        DamagedError: here or later, if the text is not such a list.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        if not (text.startswith(_HEAD) and text.endswith(_END)):
            self.text = _text(self._whole)

    @classmethod
    def of(cls, files: Mapping[str, str]) -> Listed:
        """Return the list of some files."""
        return cls(_text(files))

    @cached_property
    def _whole(self) -> dict[str, str]:
        try:
            return {str(path): str(said) for path, said in json.loads(self.text)["files"].items()}
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            raise DamagedError from error

    @cached_property
    def _lines(self) -> list[str]:
        inside = self.text[len(_HEAD) : -len(_END)]
        return inside.split(_BETWEEN) if inside else []

    def __getitem__(self, path: str) -> str:
        """Return the hash of a file."""
        if "_whole" in self.__dict__:
            return self._whole[path]
        at, there = place(self._lines, path, _path_of)
        if not there:
            raise KeyError(path)
        return _read(self._lines[at])[1]

    def __iter__(self) -> Iterator[str]:
        """Yield all paths."""
        return iter(self._whole)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._lines)

    def changed(self, put: Mapping[str, str], gone: Iterable[str]) -> Listed:
        """Return the list with some files put in, new or with another hash, and some taken out."""
        if "_whole" in self.__dict__:
            left = set(gone)
            return Listed.of({path: said for path, said in {**self._whole, **put}.items() if path not in left})
        lines = changed(self._lines, {path: _line(path, said) for path, said in put.items()}, gone, _path_of)
        return Listed(f"{_HEAD}{_BETWEEN.join(lines)}{_END}")


def _text(files: Mapping[str, str]) -> str:
    return f"{_HEAD}{_BETWEEN.join(_line(path, files[path]) for path in sorted(files))}{_END}"


def _line(path: str, said: str) -> str:
    return f'{json.dumps(path, ensure_ascii=False)}: "{said}"'


def _read(line: str) -> tuple[str, str]:
    try:
        ((path, said),) = json.loads(f"{{{line}}}").items()
    except ValueError as error:
        raise DamagedError from error
    return path, said


def _path_of(line: str) -> str:
    return _read(line)[0]
