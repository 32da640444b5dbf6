"""What was written: for each file its size, content, checksum, media type and licence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from buendnis_graph.errors import ReadError
from buendnis_graph.namespaces import BASE

MANIFEST = "dumps/manifest.json"
"""Where it stands below the folder of an export."""


@dataclass(frozen=True, slots=True)
class Dump:
    """A file of an export.

    Attributes:
        path: below the folder of the export, such as ``dumps/csv/bodies.csv``.
        kind: one of :func:`~buendnis_graph.publish.dumps.kinds.kinds`.
        licence: IRI of the licence of the whole file: the strictest of what is in it.
        complete: False for a file that leaves out what is not under CC0.
        count: how much is in it, in what the kind is counted in.
        bytes: size.
        sha256: of the bytes, hexadecimal.
        compressed: whether it is packed with gzip.
    """

    path: str
    kind: str
    licence: str
    complete: bool
    count: int
    bytes: int
    sha256: str
    compressed: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of an export, the version and build that they are of, and the address of the site they are for."""

    version: str
    build: str
    dumps: tuple[Dump, ...]
    site: str = BASE

    def as_text(self) -> str:
        """Return it as JSON."""
        files = [asdict(dump) for dump in self.dumps]
        told = {"version": self.version, "build": self.build, "site": self.site, "files": files}
        return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def describe(folder: Path, path: str, kind: str, count: int, licence: str, complete: bool = True) -> Dump:
    """Return the entry of a file that was written into a folder."""
    digest, size = hashlib.sha256(), 0
    with (folder / path).open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
            size += len(block)
    return Dump(path, kind, licence, complete, count, size, digest.hexdigest(), path.endswith(".gz"))


def in_order(dumps: Iterable[Dump]) -> tuple[Dump, ...]:
    """Return entries by path."""
    return tuple(sorted(dumps, key=lambda dump: dump.path))


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an export's folder; None if there is neither one nor a dump.

    Raises:
        ReadError: if it is damaged, or missing beside dumps: they may name what is withheld by now, and would stay.
    """
    path = folder / MANIFEST
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        dumps = tuple(Dump(**one) for one in told["files"])
        return Manifest(told["version"], told["build"], dumps, told.get("site", BASE))
    except (FileNotFoundError, NotADirectoryError):
        if path.parent.is_dir() and any(path.parent.iterdir()):
            raise ReadError(
                "holds dumps, but no manifest.json says which. Nothing was written.",
                path=path.parent,
                hint="Remove this folder, then export again: buendnis export",
            ) from None
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError("is no manifest of ours.", path=path, hint="Export into another folder.") from error
