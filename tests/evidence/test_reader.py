"""Reading: every quad has its line, and bad input is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.errors import LimitError, ReadError
from buendnis_graph.evidence import read_file


def test_each_quad_has_the_line_its_object_stands_on(tmp_path: Path) -> None:
    file = tmp_path / "a.trig"
    file.write_text(
        "# a comment\n@prefix : <http://example.org/> .\n:a\n    :p 1 ;\n    :q 'x', 'y' ;\n    .\n"
        ':g {\n    :b :p """two\nlines""" ;\n       :q :c .\n}\n'
    )
    assert [(str(q.quad.object.value), q.line) for q in read_file(file)] == [  # type: ignore[union-attr]
        ("1", 4),
        ("x", 5),
        ("y", 5),
        ("two\nlines", 9),
        ("http://example.org/c", 10),
    ]


@pytest.mark.parametrize(
    ("name", "content", "line", "says"),
    [
        ("broken.ttl", b"@prefix : <http://e/> .\n:a :p .\n", 2, "is not valid Turtle"),
        ("byte.ttl", b"<http://e/a> <http://e/p> 'a' .\n<http://e/a> <http://e/p> '\xff' .\n", 2, "UTF-8"),
        ("empty.ttl", b"", 1, "is empty"),
        ("blank.ttl", b"  \n\n", 1, "is empty"),
        ("iri.ttl", b"<http://e/a b> <http://e/p> 1 .\n", 1, "Invalid IRI"),
        ("relative.ttl", b"<http://e/a> <http://e/p> <b> .\n", 1, "is not valid Turtle"),
        ("bnode.ttl", b"<http://e/a> <http://e/p> [] .\n", 1, "blank node"),
        ("directed.ttl", b'<http://e/a> <http://e/p> "x"@de--rtl .\n', 1, "RDF 1.2"),
        ("quoted.ttl", b"<http://e/a> <http://e/p> <<( <http://e/a> <http://e/p> 1 )>> .\n", 1, "RDF 1.2"),
        ("prefix.ttl", b"a:b a:c a:d .\n", 1, "is not valid Turtle"),
    ],
)
def test_bad_input_is_refused_with_its_line(tmp_path: Path, name: str, content: bytes, line: int, says: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        read_file(file)
    assert caught.value.line == line
    assert says in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_file_over_the_limit_is_refused_without_being_parsed(tmp_path: Path) -> None:
    file = tmp_path / "large.ttl"
    file.write_bytes(b"# x\n" * 300_000)
    with pytest.raises(LimitError, match="larger than 1 MiB"):
        read_file(file, limit=1024 * 1024)


@pytest.mark.parametrize("length", [4_000, 4_100, 70_000, 900_000])
def test_long_lines_are_read_whole_and_counted_once(tmp_path: Path, length: int) -> None:
    file = tmp_path / "long.ttl"
    file.write_text(f"# {'x' * length}\n<http://e/a> <http://e/p> '{'y' * length}' .\n<http://e/a> <http://e/q> 1 .\n")
    assert [item.line for item in read_file(file)] == [2, 3]


def test_an_overlong_line_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "long.ttl"
    file.write_bytes(b"<http://e/a> <http://e/p> '" + b"x" * 1_100_000 + b"' .\n")
    with pytest.raises(LimitError, match="line of"):
        read_file(file)


def test_unknown_kinds_of_file_are_named(tmp_path: Path) -> None:
    file = tmp_path / "a.rdf"
    file.write_text("<a/>")
    with pytest.raises(ReadError, match="unknown kind of file"):
        read_file(file)


def test_a_missing_file_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="can't be opened"):
        read_file(tmp_path / "none.ttl")
