"""The canonical form: says the same, stays the same, keeps comments, and makes small changes small diffs."""

from __future__ import annotations

import difflib
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import FormatError
from buendnis_graph.evidence import format_file, format_text
from buendnis_graph.evidence.reader import parse
from buendnis_graph.evidence.turtle import write
from buendnis_graph.namespaces import PREFIXES

HERE = Path("x.trig")

_locals = st.text("abcxyzABC0189-_.~!$&'()*+,;=:@/?ä", max_size=8)
_iris = st.builds(
    lambda namespace, local: ox.NamedNode(namespace + local),
    st.sampled_from([*PREFIXES.values(), "http://example.org/"]),
    _locals,
)
_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
_literals = st.one_of(
    st.builds(ox.Literal, _texts),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), _texts, st.sampled_from(["de", "en", "de-CH"])),
    st.builds(lambda n: ox.Literal(str(n), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer")), st.integers()),
    st.builds(lambda text, datatype: ox.Literal(text, datatype=datatype), _texts, _iris),
)
_graphs = st.one_of(st.just(ox.DefaultGraph()), _iris)
_quads = st.builds(ox.Quad, _iris, _iris, st.one_of(_iris, _literals), _graphs)


def _read(text: str) -> set[ox.Quad]:
    return {item.quad for item in parse(text.encode(), ox.RdfFormat.TRIG, HERE)}


@given(st.sets(_quads, max_size=12))
def test_written_and_read_again_it_says_the_same(quads: set[ox.Quad]) -> None:
    assert _read(write(quads)) == quads


@given(st.lists(_quads, max_size=12), st.randoms())
def test_order_does_not_matter(quads: list[ox.Quad], random: object) -> None:
    shuffled = list(quads)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert write(shuffled) == write(quads)


@given(st.sets(_quads, min_size=1, max_size=12))
def test_formatting_twice_changes_nothing(quads: set[ox.Quad]) -> None:
    once = write(quads)
    assert format_text(once, ox.RdfFormat.TRIG, HERE) == once


@given(st.sets(_quads, min_size=1, max_size=12), _quads)
def test_one_more_triple_is_a_diff_of_few_added_lines(quads: set[ox.Quad], extra: ox.Quad) -> None:
    named = {q.graph_name for q in quads | {extra} if isinstance(q.graph_name, ox.NamedNode)}
    if len(named) > 1 or extra in quads:
        return  # the short prefix of a single graph comes and goes with a second one
    before, after = write(quads).splitlines(), write(quads | {extra}).splitlines()
    changes = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert not [line for line in changes if line.startswith("-")]
    # at most: the triple, its new subject (name, blank line, full stop), its new graph (two lines, blank), new prefixes
    assert len([line for line in changes if not line.startswith("+ @prefix")]) <= 7


def test_changing_one_label_is_a_one_line_diff() -> None:
    text = '@prefix : <http://e/> .\n:a a :B ; :p "one"@de , "eins" ; :q 5 .\n:c :p "x" .\n'
    before = format_text(text, ox.RdfFormat.TURTLE, HERE).splitlines()
    after = format_text(text.replace("one", "two"), ox.RdfFormat.TURTLE, HERE).splitlines()
    assert len([line for line in difflib.ndiff(before, after) if line[0] == "-"]) == 1
    assert len([line for line in difflib.ndiff(before, after) if line[0] == "+"]) == 1


def test_comments_stay_with_what_they_document() -> None:
    text = (
        "# What this file is.\n# Second line.\n\n@prefix id: <https://w3id.org/buendnis-graph/id/> .\n\n"
        '# About b.\nid:b id:p "# not a comment" . # trailing\n# About a.\nid:a\n    # inside a\n    id:p <http://e/#x> .\n# The end.\n'
    )
    assert format_text(text, ox.RdfFormat.TURTLE, HERE) == (
        "# What this file is.\n# Second line.\n@prefix id: <https://w3id.org/buendnis-graph/id/> .\n\n"
        "# About a.\n# inside a\nid:a\n    id:p <http://e/#x> ;\n    .\n\n"
        '# About b.\n# trailing\nid:b\n    id:p "# not a comment" ;\n    .\n\n# The end.\n'
    )


def test_invisible_characters_are_spelt_out() -> None:
    text = write([ox.Quad(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.Literal("a\u202eb"))])
    assert r"a\u202Eb" in text


def test_only_turtle_and_trig_have_a_canonical_form(tmp_path: Path) -> None:
    file = tmp_path / "a.nt"
    file.write_text("<http://e/a> <http://e/p> <http://e/b> .\n")
    with pytest.raises(FormatError, match="neither Turtle nor TriG"):
        format_file(file)
