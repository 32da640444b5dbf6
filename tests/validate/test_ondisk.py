"""Data put aside in temporary files is what it was, takes little memory, and leaves nothing behind."""

from __future__ import annotations

import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import ReadError
from buendnis_graph.namespaces import BASE
from buendnis_graph.validate import Fast
from buendnis_graph.validate.engine import Data
from buendnis_graph.validate.ondisk import Lines, OnDisk
from buendnis_graph.validate.said import Said
from tests.validate import small

P, REGISTRY = ox.NamedNode("urn:p"), ox.NamedNode(f"{BASE}graph/registry")


def _quad(number: int, value: str) -> ox.Quad:
    return ox.Quad(ox.NamedNode(f"urn:{number}"), P, ox.Literal(value), REGISTRY)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_every_text_comes_back_as_it_was(values: list[str]) -> None:
    quads = [_quad(number, value) for number, value in enumerate(values)]
    said = Said(quads)
    assert said.whole.triples == said.each().triples == [quad.triple for quad in quads]
    assert {quad.triple for quad in said.whole.store} == {quad.triple for quad in quads}


def test_the_everyday_engine_finds_the_same_in_a_file() -> None:
    wanted, given_triples = small.shapes(), [t for t in small.data() if not isinstance(t.subject, ox.BlankNode)]
    lines = Lines(".nt")
    lines.write(f"{triple} .\n" for triple in given_triples)
    found = Fast().validate(OnDisk(lines), wanted)
    assert found
    assert sorted(r.key for r in found) == sorted(r.key for r in Fast().validate(Data(given_triples), wanted))


def test_memory_does_not_grow_with_what_no_source_says() -> None:
    def quads() -> Iterator[ox.Quad]:
        return (_quad(number, "x" * 200) for number in range(20_000))

    tracemalloc.start()
    try:
        said = Said(quads())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000, "they are more than 4,000,000 bytes"
    assert len(said.whole.triples) == 20_000


def test_files_go_with_the_last_reference(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    said = Said([_quad(1, "x")])
    whole = said.whole
    assert len(list(tmp_path.iterdir())) == 2
    del said
    assert list(tmp_path.iterdir()) == [whole.path]
    del whole
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_files_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(ReadError, match="put aside") as caught:
        Said([])
    assert "TMPDIR" in str(caught.value.hint)


def test_a_full_disk_is_said() -> None:
    lines = Lines(".nt")
    lines._file.name = "/dev/full"
    with pytest.raises(ReadError, match="No space left"):
        lines.write(["x\n"])
    with pytest.raises(ReadError, match="No space left"):
        lines.write_quads([_quad(1, "x")])
