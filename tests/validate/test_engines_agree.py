"""The everyday engine finds what pySHACL finds: on every fixture, on the real data, and on thousands of damaged graphs.

``BUENDNIS_DAMAGED=100000 pytest tests/validate/test_engines_agree.py`` damages that many graphs a layer instead.
"""

from __future__ import annotations

import os
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import ReadError
from buendnis_graph.evidence import read_corpus
from buendnis_graph.graph import Graph
from buendnis_graph.validate import LAYERS, Data, Engine, Fast, PyShacl, Result, Shapes, validate_layer
from tests.mini import REAL, SPARQL_HEAD
from tests.validate.cases import FIXTURES, base, load_cases, shapes_of, validate_case
from tests.validate.damage import Copies, Damage, Quads, damaged, name_of
from tests.validate.differences import DIFFERENCES, Difference, breaks_the_reference, known

BATCH = 50
"""Damaged graphs that are checked in one run, as copies that share nothing but the vocabulary."""
RUNS = int(os.environ.get("BUENDNIS_DAMAGED", "1000")) // BATCH
FAST, REFERENCE = Fast(), PyShacl()
WRITTEN = [layer for layer in LAYERS if (FIXTURES / layer).is_dir()]
Row = tuple[tuple[str, str, str, str, str], ox.NamedNode | None]

pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")


def _rows(results: Iterable[Result]) -> dict[Row, Result]:
    return {(result.key, result.source): result for result in results}


def _unexplained(fast: Sequence[Result], reference: Sequence[Result]) -> dict[str, list[Row]]:
    """Return the results that one engine alone gives and no known difference explains."""
    ours, theirs = _rows(fast), _rows(reference)
    alone = {
        "fast": {row: result for row, result in ours.items() if row not in theirs},
        "pyshacl": {row: result for row, result in theirs.items() if row not in ours},
    }
    found = {name: [row for row, r in rows.items() if known(r, name) is None] for name, rows in alone.items()}
    return {name: rows for name, rows in found.items() if rows}


def _check(quads: Iterable[ox.Quad], layer: str, engine: Engine) -> list[Result]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of ill-typed literals, which are what this is about
        return validate_layer(layer, quads, shapes_of(layer), engine)


def test_they_agree_on_every_fixture() -> None:
    for case in load_cases():
        fast, reference = validate_case(case, FAST), validate_case(case, REFERENCE)
        assert Counter(r.key for r in fast) == Counter(r.key for r in reference), case.id


@pytest.mark.parametrize("layer", LAYERS)
def test_they_agree_on_the_real_data(layer: str, graph: Graph) -> None:
    if LAYERS[layer].view:
        _agree_on(list(ox.parse(path=graph.folder / "graph.ttl")), layer)
    if not LAYERS[layer].view or LAYERS[layer].files:
        _agree_on([item.quad for item in read_corpus(REAL).quads], layer)


def _agree_on(quads: Quads, layer: str) -> None:
    fast, reference = _check(quads, layer, FAST), _check(quads, layer, REFERENCE)
    assert Counter(r.key for r in fast) == Counter(r.key for r in reference)


@cache
def _copies(layer: str) -> Copies:
    named = {str(term.value) for t in shapes_of(layer).triples for term in t if isinstance(term, ox.NamedNode)}
    return Copies(base(layer), named)


_damage = st.builds(Damage, st.integers(0, 10**4), st.integers(0, 10**5), st.integers(0, 10**5))
_batch = st.lists(st.lists(_damage, min_size=1, max_size=3), min_size=BATCH, max_size=BATCH)


@pytest.mark.parametrize("layer", WRITTEN)
def test_they_agree_on_damaged_graphs(layer: str) -> None:
    copies, shapes = _copies(layer), shapes_of(layer)
    counted: Counter[str] = Counter()

    @settings(
        max_examples=RUNS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],  # a failing batch names its damages; shrinking it would run pySHACL hundreds of times
        suppress_health_check=list(HealthCheck),
    )
    @given(_batch)
    def agree(batch: list[list[Damage]]) -> None:
        graphs = [copies.copy(damaged(copies.quads, damages), number) for number, damages in enumerate(batch)]
        kept = [graph for graph in graphs if not breaks_the_reference(graph, shapes)]
        quads = list(dict.fromkeys([*copies.common, *(quad for graph in kept for quad in graph)]))
        fast, reference = _check(quads, layer, FAST), _check(quads, layer, REFERENCE)
        counted.update(graphs=len(kept), results=len(fast))
        assert _named(_unexplained(fast, reference), batch) == []

    agree()
    assert counted["graphs"] > 0.8 * RUNS * BATCH
    assert counted["results"] > 0.01 * counted["graphs"], "damage that breaks nothing proves nothing"


def _named(found: dict[str, list[Row]], batch: list[list[Damage]]) -> list[str]:
    """Return unexplained results with the damages of the copy they are in."""
    lines = []
    for engine, rows in found.items():
        for key, _ in rows:
            number = re.search(r"/c([0-9]+)-|_:c([0-9]+)", f"{key[0]} {key[2]}")
            damages = batch[int(number[1] or number[2])] if number else []
            lines.append(f"{engine} alone: {key} after {[(name_of(d), d) for d in damages]}")
    return lines


def _example(difference: Difference) -> tuple[Shapes, Data]:
    head = SPARQL_HEAD + "PREFIX ex: <http://example.org/>\n"
    shape = (
        f"ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; {difference.shape} ] ."
        if "sh:sparql" not in difference.shape
        else f"ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; {difference.shape} ."
    )
    shapes, data = (list(ox.parse(head + text, format=ox.RdfFormat.TURTLE)) for text in (shape, difference.data))
    return Shapes(quad.triple for quad in shapes), Data(quad.triple for quad in data)


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda difference: difference.name)
def test_a_known_difference_still_exists(difference: Difference) -> None:
    shapes, data = _example(difference)
    found = {"fast": _rows(FAST.validate(data, shapes)), "pyshacl": _rows(REFERENCE.validate(data, shapes))}
    other = "pyshacl" if difference.only == "fast" else "fast"
    alone = [result for row, result in found[difference.only].items() if row not in found[other]]
    assert set(found[other]) <= set(found[difference.only])
    subjects = {triple.subject for triple in data.triples if triple.predicate.value.endswith("/p")}
    assert {result.focus for result in alone} == subjects
    assert [known(result, difference.only) for result in alone] == [difference] * len(alone)


def test_pyshacl_still_fails_where_it_can_not_order_two_values() -> None:
    text = SPARQL_HEAD + "PREFIX ex: <http://example.org/>\n"
    shape = "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:lessThanOrEquals ex:q ] ."
    quads = list(
        ox.parse(text + 'ex:a ex:p "2023-01-01"^^xsd:date ; ex:q "2023"^^xsd:date .', format=ox.RdfFormat.TURTLE)
    )
    shapes = Shapes(quad.triple for quad in ox.parse(text + shape, format=ox.RdfFormat.TURTLE))
    assert breaks_the_reference(quads, shapes)
    data = Data(quad.triple for quad in quads)
    assert [result.component for result in FAST.validate(data, shapes)] == ["LessThanOrEqualsConstraintComponent"]
    with pytest.raises(Exception, match="not supported between"):
        REFERENCE.validate(data, shapes)


def test_a_year_beyond_counting_is_an_error_that_names_the_value() -> None:
    text = SPARQL_HEAD + "PREFIX ex: <http://example.org/>\n"
    shape = "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:datatype xsd:date ] ."
    shapes = Shapes(quad.triple for quad in ox.parse(text + shape, format=ox.RdfFormat.TURTLE))
    huge = 'ex:a ex:q 99999999999999999999 ; ex:p "99999999999999999999-01-01"^^xsd:date .'
    with pytest.raises(ReadError, match="99999999999999999999-01-01"):
        FAST.validate(Data(quad.triple for quad in ox.parse(text + huge, format=ox.RdfFormat.TURTLE)), shapes)
