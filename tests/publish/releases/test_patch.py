"""RDF Patch: old + patch = new, whatever the quads hold; and what is no patch is refused."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import ReadError
from buendnis_graph.publish.releases.patch import Patch, apply_patch, patch_between, quad_lines, read_patch, write_patch

_IRIS = st.sampled_from([f"https://example.org/{x}" for x in ("a", "b#ü", "c?d=.", "TX", "é/%20")]).map(ox.NamedNode)
# What tears lines and rows apart: line ends of all kinds, quotes, backslashes, dots, nulls, marks of direction.
_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.lists(
        st.sampled_from(
            ["\n", "\r", "\u2028", "\x85", '"', "\\", " .", "\x00", "\u202e", "A <x>", "\ufeff", "ä", "😀"]
        ),
        max_size=6,
    ).map("".join),
)
_LITERALS = st.one_of(
    st.builds(ox.Literal, _TEXTS),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), _TEXTS, st.sampled_from(["de", "en", "de-1996"])),
    st.builds(lambda text, kind: ox.Literal(text, datatype=kind), _TEXTS, _IRIS),
)
_QUADS = st.builds(ox.Quad, _IRIS, _IRIS, st.one_of(_IRIS, _LITERALS), st.one_of(_IRIS, st.just(ox.DefaultGraph())))
_SETS = st.frozensets(_QUADS, max_size=12)


@given(_SETS, _SETS)
def test_old_and_patch_are_new(old: frozenset[ox.Quad], new: frozenset[ox.Quad]) -> None:
    patch = patch_between(old, new, id="urn:new", previous="urn:old")
    read = read_patch(write_patch(patch))
    assert read == patch
    assert apply_patch(old, read) == new
    assert list(quad_lines(apply_patch(old, read))) == list(quad_lines(new))


@given(_SETS)
def test_back_again(old: frozenset[ox.Quad]) -> None:
    patch = patch_between(old, (), id="urn:new", previous="urn:old")
    assert apply_patch((), Patch("", "", patch.added, patch.removed)) == old


def test_an_empty_patch_is_written() -> None:
    quad = _quad()
    text = write_patch(patch_between([quad], [quad], id="urn:new", previous="urn:old"))
    assert text == "H id <urn:new> .\nH prev <urn:old> .\nTX .\nTC .\n"
    assert apply_patch([quad], read_patch(text)) == {quad}


def _quad(text: str = "x") -> ox.Quad:
    node = ox.NamedNode("https://example.org/a")
    return ox.Quad(node, node, ox.Literal(text), node)


def test_rows_are_as_jena_writes_them() -> None:
    text = write_patch(patch_between([_quad("old . \n")], [_quad("new")], id="urn:new", previous=""))
    node = "<https://example.org/a>"
    assert text.split("\n") == [
        "H id <urn:new> .",
        "TX .",
        f'D {node} {node} "old . \\n" {node} .',
        f'A {node} {node} "new" {node} .',
        "TC .",
        "",
    ]


def test_patches_of_others_are_read() -> None:
    read = read_patch(
        "# a comment\nH id <uuid:1> .\nH  prev  <uuid:0> .\nTX .\n"
        'PA "ex" "http://example/" .\n'
        "A <http://example/s> <http://example/p> <http://example/o> .\nTC .\n"
        "TX .\nA <http://example/s> <http://example/p> <http://example/other> .\nTA .\n"
        "TX .\nD <http://example/s> <http://example/p> <http://example/o> .\n"
        "A <http://example/s> <http://example/p> <http://example/o> .\nTC .\n"
    )
    assert (read.id, read.previous) == ("uuid:1", "uuid:0")
    assert [str(quad.object) for quad in read.added] == ["<http://example/o>"]
    assert read.removed == frozenset()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("TX .\nA <s> <p> <o> .\nTC .\n", "x.rdfp:2: is no triple or quad"),
        ("TX .\nA _:b <http://p/p> <http://p/o> .\nTC .\n", "x.rdfp:2: names a blank node"),
        ("TX .\nB <http://p/s> <http://p/p> <http://p/o> .\nTC .\n", "x.rdfp:2: is no row"),
        ("TX .\nTX .\n", "x.rdfp:2: is no row"),
        ("TC .\n", "x.rdfp:1: is no row"),
        ("TX .\nA <http://p/s> <http://p/p> <http://p/o> .\n", "breaks off"),
        ('TX .\nA <http://p/s> <http://p/p> "half\nTC .\n', "x.rdfp:2: is no triple"),
    ],
)
def test_what_is_no_patch(text: str, says: str) -> None:
    with pytest.raises(ReadError, match=says):
        read_patch(text, Path("x.rdfp"))


def test_a_patch_for_other_data_is_refused() -> None:
    patch = patch_between([_quad("a")], [_quad("b")], id="urn:new", previous="urn:old")
    with pytest.raises(ReadError, match="made for other data: 1 quads that it removes are not there"):
        apply_patch([], patch)
    with pytest.raises(ReadError, match="urn:old"):
        apply_patch([_quad("a"), _quad("b")], patch)
