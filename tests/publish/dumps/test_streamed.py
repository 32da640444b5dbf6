"""What is written without being held is what is written when it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.evidence.turtle import Names, Statement, blocks, own_namespace, statement, write
from buendnis_graph.namespaces import BASE, RDF_TYPE, SOURCE_CLASS, expand
from buendnis_graph.publish.dumps.streamed import statements, turtle
from buendnis_graph.store.shards import CONSOLIDATED, QUADS, DumpWriter, line_of

EXAMPLE = "http://example.org/"
# as lines they are sorted otherwise than as names: '>' comes after '#', '-' and '/'
IRIS = [ox.NamedNode(EXAMPLE + name) for name in ("a", "a#b", "a/b", "a-b", "aZ", "a~", "ä", "😀", "豈")]
OURS = [ox.NamedNode(f"{BASE}{name}") for name in ("id/x", "id/x.", "id/x%20", "ontology#x")]
CLASSES = [SOURCE_CLASS, expand("owl:Ontology"), expand("skos:Concept")]
NODES = st.sampled_from([*IRIS, *OURS, *CLASSES])
ODD = [
    "",
    "true",
    "1",
    "-01",
    "+7",
    "1.5",
    '"',
    "\\",
    "\\n",
    "\\u0041",
    'a"@de',
    '"^^<x>',
    " .",
    "a\n\r\t\b\f\v\x7f\u200b",
]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.sampled_from(ODD)
DATATYPES = [*IRIS, *(expand(f"xsd:{name}") for name in ("integer", "boolean", "date", "string"))]
LITERALS = (
    st.builds(ox.Literal, TEXTS)
    | st.builds(lambda text, language: ox.Literal(text, language=language), TEXTS, st.sampled_from(["de", "en-GB"]))
    | st.builds(lambda text, datatype: ox.Literal(text, datatype=datatype), TEXTS, st.sampled_from(DATATYPES))
)
TYPED = st.builds(ox.Triple, NODES, st.just(RDF_TYPE), st.sampled_from(CLASSES))
TRIPLES = TYPED | st.builds(ox.Triple, NODES, NODES | st.just(RDF_TYPE), NODES | LITERALS)
GRAPHS = st.sampled_from(IRIS)


def _in(triple: ox.Triple, graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


NAMED = st.builds(_in, TRIPLES, GRAPHS)
ANYWHERE = st.builds(_in, TRIPLES, GRAPHS | st.just(ox.DefaultGraph()))


def _written(quads: set[ox.Quad], said: list[Statement], aside: Path) -> None:
    own = own_namespace(graph for *_, graph in said)
    assert b"".join(turtle(said, own, aside)) == write(quads).encode()
    assert not any(path.is_file() for path in aside.iterdir())


@given(st.sets(ANYWHERE))
def test_turtle_has_the_bytes_that_it_has_when_all_is_held(quads: set[ox.Quad]) -> None:
    lines = sorted(quads, key=line_of)  # those of a subject stand together, in the order of a dump
    with TemporaryDirectory() as aside:
        _written(quads, [statement(quad) for quad in lines], Path(aside))


@given(st.sets(NAMED))
def test_named_graphs_have_those_bytes_by_way_of_a_dump(quads: set[ox.Quad]) -> None:
    _by_way_of_a_dump(quads, QUADS)


@given(st.sets(TRIPLES))
def test_the_view_has_those_bytes_by_way_of_a_dump(triples: set[ox.Triple]) -> None:
    _by_way_of_a_dump({_in(triple, ox.DefaultGraph()) for triple in triples}, CONSOLIDATED)


def _by_way_of_a_dump(quads: set[ox.Quad], dump: str) -> None:
    with TemporaryDirectory() as folder:
        dumps = DumpWriter(Path(folder))
        dumps.add(f"{quad} .\n".encode() for quad in quads)
        dumps.finish()
        said = list(statements(Path(folder), dump))
        assert sorted(said) == sorted(map(statement, quads))
        _written(quads, said, Path(folder))


def test_no_more_is_read_than_what_is_said_of_a_subject() -> None:
    read = 0

    def many() -> Iterator[Statement]:
        nonlocal read
        for number in range(1000):
            for value in range(3):
                read += 1
                yield f"<{EXAMPLE}{number}>", f"<{EXAMPLE}p>", f'"{value}"', ""

    for number, _ in enumerate(blocks(many(), Names(None)), start=1):
        assert read <= 3 * number + 1
    assert read == 3000


def test_two_graphs_are_enough_to_know_that_there_are_several() -> None:
    graphs = iter(["", "<a>", "<a>", "<b>", "<c>"])
    assert own_namespace(graphs) is None
    assert list(graphs) == ["<c>"]
    assert own_namespace(["", "<a>", "<a>"]) == "a#"
    assert own_namespace([""]) is None
