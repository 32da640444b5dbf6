"""SHACL Core set-wise: the same as pySHACL says of random shapes and graphs, and what each part of it is built on.

``BUENDNIS_SHAPES=20000 pytest tests/validate/test_core.py`` draws that many shapes graphs instead.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import ShapesError
from buendnis_graph.validate import Data, Fast, PyShacl, Result, Shapes
from buendnis_graph.validate.columns import Columns
from buendnis_graph.validate.core.graph import Graph
from buendnis_graph.validate.core.lexical import XSD, is_valid
from buendnis_graph.validate.core.order import Ranks, comparable, compare
from buendnis_graph.validate.core.ways import follow
from buendnis_graph.validate.live import Live
from tests.validate.shapes_at_random import HEAD, KINDS, PATHS, graphs, shapes

DRAWN = int(os.environ.get("BUENDNIS_SHAPES", "40"))
CASES = st.one_of(*(st.tuples(graphs(kind), shapes(kind)) for kind in KINDS))


def _triples(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]


def _told(results: list[Result]) -> Counter[tuple[str, ...]]:
    """Count results; their paths are those of the shapes (pySHACL's report cuts deep ones) but for closed shapes."""
    return Counter(
        (focus, path if component.startswith("Closed") else "", value, component, severity, result.shape)
        for result in results
        for focus, path, value, component, severity in [result.key]
    )


@pytest.mark.filterwarnings("ignore")
def test_random_shapes_find_in_random_graphs_what_pyshacl_finds() -> None:
    found: Counter[str] = Counter()

    @settings(
        max_examples=DRAWN,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate] if DRAWN < 1000 else [Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(CASES)
    def agree(case: tuple[str, str]) -> None:
        data, wanted = (_triples(text) for text in case)
        graph, asked = Data(list(dict.fromkeys(data))), Shapes(wanted)
        ours = _told(Fast().validate(graph, asked))
        assert ours == _told(PyShacl().validate(graph, asked)), "\n".join(case)
        found.update(key[3].removesuffix("ConstraintComponent") for key in ours)

    agree()
    assert len(found) > 18, f"only these found anything: {sorted(found)}"


_NODES = [ox.NamedNode(f"http://example.org/{name}") for name in "abcd"]
_STEPS = st.tuples(st.sampled_from(_NODES), st.sampled_from("pqr"), st.sampled_from(_NODES))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(PATHS, st.lists(_STEPS, max_size=9), st.lists(st.sampled_from(_NODES), max_size=4))
def test_a_path_leads_from_all_nodes_at_once_where_it_leads_from_each(
    path: str, steps: list[tuple[ox.NamedNode, str, ox.NamedNode]], starts: list[ox.NamedNode]
) -> None:
    said = Shapes(_triples(f"{HEAD}e:s sh:path {path} ."))
    way = said.path(ox.NamedNode("http://example.org/s"))
    assert way is not None
    triples = [ox.Triple(s, ox.NamedNode(f"http://example.org/{p}"), o) for s, p, o in steps]
    graph = Graph(Columns.of_triples(triples).including(starts))
    found = follow(graph, np.array([graph.number(node) for node in starts], np.int32), way)
    pairs = sorted((at, str(graph.columns.terms[value])) for at, value in zip(*found, strict=True))
    live = Live(dict.fromkeys(triples))
    assert pairs == sorted((at, str(end)) for at, node in enumerate(starts) for end in live.walk({node}, way))


@pytest.mark.parametrize(
    ("path", "extra"),
    [("[ sh:oneOrMorePath e:p ]", 0), ("[ sh:zeroOrMorePath [ sh:alternativePath ( e:p e:q ) ] ]", 1)],
)
def test_a_way_of_any_number_of_steps_leads_to_all_that_comes_behind(path: str, extra: int) -> None:
    way = Shapes(_triples(f"{HEAD}e:s sh:path {path} .")).path(ox.NamedNode("http://example.org/s"))
    long = 1_200
    line = Graph(Columns.of_triples(_triples(HEAD + "".join(f"e:n{n} e:p e:n{n + 1} .\n" for n in range(long)))))
    nodes = np.array([line.number(ox.NamedNode(f"http://example.org/n{n}")) for n in range(long)], np.int32)
    found = follow(line, nodes, way)
    assert np.bincount(found.at).tolist() == [long - n + extra for n in range(long)]
    assert len(np.unique(found.at.astype(np.int64) * line.size + found.value)) == len(found.at)


RIGHT = {
    "date": ["2024-02-29", "2000-02-29", "0000-02-29", "-0004-02-29", "12023-12-31", "2023-01-01Z", "2023-01-01+14:00"],
    "dateTime": ["2023-01-01T24:00:00", "2023-01-01T23:59:59.999-13:59"],
    "time": ["24:00:00", "00:00:00Z"],
    "integer": ["0", "-00", "+7", "9" * 5000],
    "byte": ["-128", "127", "+0127"],
    "unsignedLong": ["18446744073709551615"],
    "decimal": [".5", "5.", "-0.0"],
    "double": ["1e5", "INF", "-INF", "NaN", ".5E-3"],
    "boolean": ["true", "0"],
    "duration": ["P1Y", "-P1DT1.5S", "PT1H"],
    "gYear": ["whatever is not looked at"],
}
WRONG = {
    "date": ["2023-02-29", "1900-02-29", "2100-02-29", "02023-01-01", "2023-04-31", "2023-1-1", "2023-01-01+14:01", "2023-01-01\n"],
    "dateTime": ["2023-01-01T24:00:01", "2023-01-01", "2023-01-01T12:00:60"],
    "time": ["24:00:01", "12:00"],
    "integer": ["", " 1", "1.0", "١", "1_0"],
    "byte": ["128", "-129"],
    "nonNegativeInteger": ["-1"],
    "positiveInteger": ["0"],
    "decimal": [".", "1e3", "INF"],
    "double": ["inf", "1e"],
    "boolean": ["True", "yes"],
    "duration": ["P", "PT", "P1DT", "P1H"],
}  # fmt: skip


def test_texts_are_as_their_datatypes_ask_or_not() -> None:
    assert [(kind, text) for kind, texts in RIGHT.items() for text in texts if not is_valid(XSD + kind, text)] == []
    assert [(kind, text) for kind, texts in WRONG.items() for text in texts if is_valid(XSD + kind, text)] == []


def _literal(kind: str, text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


LITERALS = [
    *(_literal("integer", text) for text in ("1", "01", "-2", "x")),
    *(_literal("decimal", text) for text in ("1.0", "1.5")),
    *(_literal("double", text) for text in ("1e0", "INF", "NaN")),
    *(_literal("date", text) for text in ("2024-02-29", "2024-03-01", "2024-03-01Z", "2024-03-03Z", "-0001-12-31", "0000-01-01")),
    *(_literal("dateTime", f"2024-02-29T{text}") for text in ("24:00:00Z", "23:00:00-01:00", "12:00:00.5", "12:00:00")),
    *(_literal("time", text) for text in ("12:00:00", "13:00:00+01:00", "23:00:00", "24:00:00")),
    *(ox.Literal(text) for text in ("", "a", "b", "é", "😀", "\uffff")),
]  # fmt: skip


def test_literals_are_ordered_as_sparql_orders_them() -> None:
    pairs = " ".join(f"({one} {other})" for one in LITERALS for other in LITERALS)
    rows = ox.Store().query(
        f"SELECT ?a ?b (?a < ?b AS ?before) (?a > ?b AS ?after) WHERE {{ VALUES (?a ?b) {{ {pairs} }} }}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    known = 0
    for (one, other), row in zip(((a, b) for a in LITERALS for b in LITERALS), rows, strict=True):
        before, after = (getattr(row[name], "value", None) for name in ("before", "after"))
        ours = compare(comparable(one), comparable(other))
        assert (before == "true", after == "true") == (ours == -1, ours == 1), (str(one), str(other))
        known += ours is not None
    assert known > 100


def test_what_the_store_can_t_count_is_compared_too() -> None:
    for kind, one, other in (
        ("integer", "9" * 30, "9" * 31),
        ("date", "99999999999999999998-01-01", "99999999999999999999-01-01"),
        ("boolean", "false", "1"),
    ):
        assert compare(comparable(_literal(kind, one)), comparable(_literal(kind, other))) == -1
    assert compare(comparable(_literal("byte", "300")), comparable(_literal("byte", "1"))) is None


@given(st.lists(st.sampled_from(LITERALS), max_size=12), st.sampled_from(LITERALS), st.booleans())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_ranks_tell_what_comparing_with_each_tells(those: list[ox.Literal], one: ox.Literal, or_equal: bool) -> None:
    known = [found for found in map(comparable, those) if found is not None]
    this = comparable(one)
    if this is None:
        return
    ranks = Ranks(known)
    ranges = list(ranks.after(this, or_equal=or_equal))
    assert [any(begin <= ranks.of(other) < end for begin, end in ranges) for other in known] == [
        compare(this, other) in ((-1, 0) if or_equal else (-1,)) for other in known
    ]


def test_years_may_have_any_number_of_digits() -> None:
    long = "9" * 300_000
    days = [f"-{long}-12-31T23:59:59", f"-{long}-12-31T23:59:59.5", "0001-01-01T00:00:00"]
    days += [f"{long}-12-31T23:59:59+14:00", f"{long}-12-31T23:59:59Z", f"1{long[:-1]}0-01-01T00:00:00Z"]
    worth = [comparable(_literal("dateTime", day)) for day in days]
    assert [compare(one, other) for one, other in pairwise(worth)] == [-1] * 5
    for time, compared in (("09:59:58Z", -1), ("09:59:59Z", None)):
        assert (
            compare(
                comparable(_literal("dateTime", f"{long}-12-31T{time}")),
                comparable(_literal("dateTime", f"{long}-12-31T23:59:59")),
            )
            == compared
        )


def _many(paths: str, here: Iterable[object], there: Iterable[object], constraint: str) -> list[Result]:
    """Return what a constraint finds at one node with many values of two properties."""
    said = "".join(
        f"e:a e:{path} {value} .\n" for path, values in zip(paths, (here, there), strict=True) for value in values
    )
    return Fast().validate(
        Data(_triples(HEAD + said)), Shapes(_triples(f"{HEAD}e:s sh:targetNode e:a ; {constraint} ."))
    )


def test_many_values_are_compared_with_many() -> None:
    smaller = "sh:property [ sh:path e:p ; sh:lessThan e:q ]"
    assert _many("pq", range(5_000), range(5_000, 10_000), smaller) == []
    found = _many("pq", range(5_000), range(4_999, 9_999), smaller)
    assert [result.value for result in found] == [ox.Literal(4_999)], "what is equal is not less"
    assert len(_many("pq", range(300), range(300), smaller)) == 300 * 301 // 2, "a result for each pair"
    results = _many("pq", range(5_000), range(5_000), smaller)
    assert Counter(result.value for result in results) == {ox.Literal(n): 1 for n in range(5_000)}, "too many alike"


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("e:s sh:targetNode e:a ; sh:property [ sh:path e:p ; sh:node e:s ; sh:minCount 1 ] .", ["e:a"]),
        ("e:s sh:targetNode e:a ; sh:property [ sh:path e:q ; sh:node e:s ; sh:minCount 1 ] .", []),
        ("e:s sh:targetNode e:a ; sh:not e:s .", []),
        ("e:s sh:targetNode e:a ; sh:node e:t . e:t sh:and ( e:s e:t ) ; sh:class e:C .", ["e:a"]),
        ("e:s sh:targetNode e:a ; sh:property e:t . e:t sh:path e:q ; sh:property e:t ; sh:class e:C .", ["e:a"]),
    ],
)
def test_shapes_that_refer_to_themselves_are_evaluated(text: str, finds: list[str]) -> None:
    """On a line from e:a to its end by e:p, and on a circle through e:a by e:q."""
    data = Data(_triples(f"{HEAD}e:a e:p e:b . e:b e:p e:c . e:a e:q e:b . e:b e:q e:a ."))
    found = Fast().validate(data, Shapes(_triples(HEAD + text)))
    assert sorted(f"e:{result.focus.value[-1]}" for result in found) == finds


@pytest.mark.parametrize(
    ("yes", "finds"),
    [
        ("true", ["ClosedConstraintComponent", "UniqueLangConstraintComponent"]),
        ('"1"^^xsd:boolean', ["ClosedConstraintComponent"]),
        ("false", []),
    ],
)
def test_only_unique_lang_must_be_written_true(yes: str, finds: list[str]) -> None:
    data = Data(_triples(f'{HEAD}e:a e:p "x"@de , "y"@de ; e:q e:a .'))
    body = f"sh:targetNode e:a ; sh:closed {yes} ; sh:property [ sh:path e:p ; sh:uniqueLang {yes} ]"
    found = Fast().validate(data, Shapes(_triples(f"{HEAD}e:s {body} .")))
    assert sorted(result.component for result in found) == finds


def test_a_long_line_of_shapes_that_ask_of_themselves_comes_to_an_end() -> None:
    line = "".join(f"e:n{number} e:p e:n{number + 1} .\n" for number in range(60))
    shape = "e:s sh:targetNode e:n0 ; sh:property [ sh:path e:p ; sh:node e:s ; sh:minCount 1 ] ."
    (found,) = Fast().validate(Data(_triples(HEAD + line)), Shapes(_triples(HEAD + shape)))
    assert str(found.value) == "<http://example.org/n1>"


def test_shapes_that_many_ways_lead_to_are_evaluated_once_for_the_same_nodes() -> None:
    """Each asks twice of the next: 40 of them would be asked a million million times."""
    steps = "".join(f"e:s{n} a sh:NodeShape ; sh:and ( e:s{n + 1} e:s{n + 1} ) .\n" for n in range(40))
    text = f"{HEAD}e:s0 sh:targetSubjectsOf e:p .\n{steps} e:s40 sh:property [ sh:path e:p ; sh:minCount 2 ] ."
    found = Fast().validate(Data(_triples(f"{HEAD}e:a e:p 1 .")), Shapes(_triples(text)))
    assert [str(result.focus) for result in found] == ["<http://example.org/a>"]


def test_shapes_that_are_nested_too_deeply_are_refused() -> None:
    steps = "".join(f"e:s{n} a sh:NodeShape ; sh:node e:s{n + 1} .\n" for n in range(2000))
    with pytest.raises(ShapesError, match="more deeply"):
        Fast().validate(
            Data(_triples(f"{HEAD}e:a e:p 1 .")), Shapes(_triples(f"{HEAD}e:s0 sh:targetSubjectsOf e:p .\n{steps}"))
        )
