"""The chain of releases: what was changed, is missing or does not follow is found."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import BuendnisError
from buendnis_graph.publish.releases.manifest import (
    GRAPH,
    MANIFEST,
    Manifest,
    check_files,
    packed,
    read_manifest,
    read_releases,
    release_id,
    sha256,
)


def _release(folder: Path, version: str, previous: str = "") -> Manifest:
    graph = f"<x:{version}> <x:p> <x:o> <x:g> .\n".encode()
    files = {GRAPH: packed(graph), "notes.de.md": b"# x\n"}
    manifest = Manifest(
        version,
        "2026-12-01",
        release_id(version, "2026-12-01", sha256(graph), previous),
        previous,
        sha256(graph),
        1,
        {"sources": 3},
        ("https://w3id.org/buendnis-graph/shape/a",),
        {name: (len(content), sha256(content)) for name, content in files.items()},
        (1, 0) if previous else None,
        "list",
    )
    (folder / version).mkdir()
    for name, content in {**files, MANIFEST: manifest.text().encode()}.items():
        (folder / version / name).write_bytes(content)
    return manifest


@pytest.fixture
def chain(tmp_path: Path) -> list[Manifest]:
    found: list[Manifest] = []
    for version in ("0.2.0", "0.9.0", "0.10.0"):
        found.append(_release(tmp_path, version, found[-1].id if found else ""))
    return found


def test_a_chain_is_read_in_the_order_of_versions(tmp_path: Path, chain: list[Manifest]) -> None:
    assert read_releases(tmp_path) == chain
    for manifest in chain:
        check_files(tmp_path, manifest)
    assert read_releases(tmp_path / "none") == []


def test_of_a_withdrawn_release_only_its_name_is_left(chain: list[Manifest], tmp_path: Path) -> None:
    left = chain[1].withdraw("2027-01-01")
    (tmp_path / "0.9.0" / MANIFEST).write_text(left.text())
    (tmp_path / "0.9.0" / GRAPH).unlink()
    assert set(json.loads(left.text())) == {"format", "version", "issued", "id", "previous", "withdrawn"}
    assert read_releases(tmp_path) == [chain[0], left, chain[2]]
    check_files(tmp_path, left)


def _edit(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text((folder / name).read_text().replace(old, new))


def _other_graph(folder: Path) -> None:
    """Replace the dump and its hash in the manifest, so that only the release's id tells."""
    graph = packed(b"<x:other> <x:p> <x:o> <x:g> .\n")
    said = json.loads((folder / MANIFEST).read_text())
    said["files"][GRAPH] = {"bytes": len(graph), "sha256": sha256(graph)}
    said["content"] = sha256(gzip.decompress(graph))
    (folder / MANIFEST).write_text(json.dumps(said))
    (folder / GRAPH).write_bytes(graph)


def _check(folder: Path) -> None:
    for manifest in read_releases(folder):
        check_files(folder, manifest)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_edit("notes.de.md", "x", "y"), "notes.de.md: is not the file that was released"),
        (lambda folder: (folder / "notes.de.md").unlink(), "notes.de.md: is not the file that was released"),
        (lambda folder: (folder / GRAPH).write_bytes(b"\x1f\x8b"), "graph.nq.gz: is not the file that was released"),
        (_other_graph, "graph.nq.gz: is not the graph that was released"),
        (_edit(MANIFEST, "2026-12-01", "2026-12-02"), "graph.nq.gz: is not the graph that was released"),
        (_edit(MANIFEST, "urn:uuid:", "urn:uuid:0"), "the chain is broken"),
        (_edit(MANIFEST, '"0.9.0"', '"0.9.1"'), "its name does not"),
        (_edit(MANIFEST, '"format": 1', '"format": 2'), "can't be read as the manifest"),
        (_edit(MANIFEST, '"counts"', '"other"'), "can't be read as the manifest"),
        (_edit(MANIFEST, "{", "["), "can't be read as the manifest"),
        (lambda folder: folder.rename(folder.parent / "aside") and (folder.parent / "aside" / MANIFEST).unlink(), "0.10.0/manifest.json: does not follow"),
    ],
)  # fmt: skip
def test_damage_is_found(tmp_path: Path, chain: list[Manifest], damage: Callable[[Path], object], says: str) -> None:
    damage(tmp_path / chain[1].version)
    with pytest.raises(BuendnisError, match=says) as caught:
        _check(tmp_path)
    assert caught.value.hint or "its name does not" in says


@given(st.binary(max_size=200))
def test_packing_is_the_same_each_time(data: bytes) -> None:
    assert packed(data) == packed(data)
    assert gzip.decompress(packed(data)) == data
    assert packed(data)[4:8] == b"\0\0\0\0"  # no time


def test_a_manifest_is_read_as_written(tmp_path: Path) -> None:
    manifest = _release(tmp_path, "1.0.0")
    assert read_manifest(tmp_path / "1.0.0" / MANIFEST) == manifest


def test_who_reads_finishes_what_a_killed_release_decided(tmp_path: Path) -> None:
    folder = tmp_path / "releases"
    decided = tmp_path / ".releases.decided"
    decided.mkdir()
    manifest = _release(decided, "1.0.0")
    assert read_releases(folder) == [manifest]
    assert [path.name for path in tmp_path.iterdir()] == ["releases"]
