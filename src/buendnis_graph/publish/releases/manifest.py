"""What a release says of itself, and the chain of releases in a folder."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from buendnis_graph.errors import ReadError, ReleaseError
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.releases.folder import settle
from buendnis_graph.publish.releases.version import Version

MANIFEST, GRAPH = "manifest.json", "graph.nq.gz"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """A release, as its ``manifest.json`` describes it.

    Args:
        version: of the data, such as ``0.2.0``.
        issued: day of the release.
        id: IRI of this state of the graph, made of all that went into it: see :func:`release_id`.
        previous: that of the release before; empty for the first.
        content: SHA-256 of the graph's lines as they are before they are packed.
        quads: how many there are.
        counts: what there is, by kind.
        names: IRIs of shapes and questions, which are in no graph.
        files: name of each other file, its size in bytes and SHA-256.
        patch: how many quads came and went; None if no patch is published.
        withheld: SHA-256 of the list of what is withheld; empty without one.
        withdrawn: day on which the release was withdrawn; only what it is called is left of it then.
    """

    version: str
    issued: str
    id: str
    previous: str = ""
    content: str = ""
    quads: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    patch: tuple[int, int] | None = None
    withheld: str = ""
    withdrawn: str = ""

    def text(self) -> str:
        """Return it as JSON; a withdrawn release keeps version, days and place in the chain."""
        kept = ("version", "issued", "id", "previous", "withdrawn")
        said = {key: value for key, value in asdict(self).items() if not self.withdrawn or key in kept}
        said["files"] = {name: {"bytes": size, "sha256": digest} for name, (size, digest) in self.files.items()}
        said["patch"] = None if self.patch is None else {"added": self.patch[0], "removed": self.patch[1]}
        if self.withdrawn:
            del said["files"], said["patch"]
        return json.dumps({"format": _FORMAT, **said}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def withdraw(self, day: str) -> Manifest:
        """Return what is left of a release that is withdrawn on a day: no count, no hash."""
        return Manifest(self.version, self.issued, self.id, self.previous, withdrawn=day)


def release_id(version: str, issued: str, content: str, previous: str) -> str:
    """Return the IRI of a state of the graph: the same for the same state, whose past it vouches for too."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{BASE}dataset {version} {issued} {content} {previous}").urn


def read_manifest(path: Path) -> Manifest:
    """Return the manifest in a file.

    Raises:
        ReadError: if it is none.
    """
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if said.pop("format") != _FORMAT:
            raise ValueError("format")
        if "files" in said:
            said["files"] = {name: (one["bytes"], one["sha256"]) for name, one in said["files"].items()}
        if said.get("patch") is not None:
            said["patch"] = (said["patch"]["added"], said["patch"]["removed"])
        return Manifest(**said | {"names": tuple(said.get("names", ()))})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(
            "can't be read as the manifest of a release.", path=path, hint="Restore the folder from a copy."
        ) from error


def read_releases(folder: Path) -> list[Manifest]:
    """Return the releases in a folder, the oldest first; none if there is no folder. Files are not looked into.

    What a killed release had decided to write is finished first.

    Raises:
        ReadError: if a manifest can't be read.
        ReleaseError: if the chain is broken: one is missing, or does not follow the one before.
    """
    settle(folder.absolute())
    found = [read_manifest(path) for path in sorted(folder.glob(f"*/{MANIFEST}"))]
    found.sort(key=lambda manifest: Version.parse(manifest.version))
    previous = ""
    for manifest in found:
        path = folder / manifest.version / MANIFEST
        if not path.is_file():
            raise ReleaseError(f"a folder's manifest says {manifest.version}, its name does not.", path=folder)
        if manifest.previous != previous:
            raise ReleaseError(
                "does not follow the release before it: the chain is broken.",
                path=path,
                hint="A release is missing or was replaced. Restore the folder from a copy.",
            )
        previous = manifest.id
    return found


def check_files(folder: Path, manifest: Manifest) -> None:
    """Check that a release's files are what they were when it was made.

    Raises:
        ReleaseError: naming the first that is not.
    """
    if manifest.withdrawn:
        return
    for name, (_size, digest) in manifest.files.items():
        path = folder / manifest.version / name
        if not path.is_file() or sha256(path.read_bytes()) != digest:
            raise ReleaseError(
                "is not the file that was released.", path=path, hint="Restore the folder from a copy, then try again."
            )
    graph = folder / manifest.version / GRAPH
    content = sha256(unpacked(graph))
    if content != manifest.content or manifest.id != release_id(
        manifest.version, manifest.issued, content, manifest.previous
    ):
        raise ReleaseError("is not the graph that was released.", path=graph, hint="Restore the folder from a copy.")


def sha256(data: bytes) -> str:
    """Return the SHA-256 of data in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def packed(data: bytes) -> bytes:
    """Return data as gzip packs it, without time or name: the same for the same data."""
    out = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0, compresslevel=9) as file:
        file.write(data)
    return out.getvalue()


def unpacked(path: Path) -> bytes:
    """Return what a packed file holds.

    Raises:
        ReadError: if it is damaged.
    """
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, ValueError) as error:
        raise ReadError("can't be unpacked.", path=path, hint="Restore the folder from a copy.") from error
