"""The everyday engine finds what pySHACL finds: on every fixture, on the real data, and on thousands of damaged graphs.

``BUENDNIS_DAMAGED=100000 pytest tests/validate/test_engines_agree.py`` damages that many graphs a layer instead.
"""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import ShapesError
from buendnis_graph.validate import LAYERS, Data, Engine, Fast, PyShacl, Result, Shapes, validate_layer
from tests.mini import REAL, SPARQL_HEAD
from tests.validate.cases import Case, base, load_cases, shapes_of, validate_case
from tests.validate.damage import Damage, Parts, Quads, name_of, number_of
from tests.validate.differences import DIFFERENCES, Difference, Seen, as_stored, breaks_the_reference, known, seen
from tests.validate.sample import EVERY, Named, Sample, around

BATCH = 125
"""Damaged graphs that are checked in one run."""
TOGETHER = 32
"""Fixtures that are checked in one run, if they change different things."""
RUNS = int(os.environ.get("BUENDNIS_DAMAGED", "1000")) // BATCH
FAST, REFERENCE = Fast(), PyShacl()
Row = tuple[tuple[str, str, str, str, str], ox.NamedNode | None]

pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")


def _rows(results: Iterable[Result]) -> dict[Row, Result]:
    return {(_stored(result).key, result.source): result for result in results}


def _stored(result: Result) -> Result:
    """Return a result of a SPARQL-based constraint with its value as Oxigraph writes it: the one difference of form."""
    if result.component != "SPARQLConstraintComponent" or not isinstance(result.value, ox.Literal):
        return result
    return replace(result, value=as_stored(result.value))


def _unexplained(fast: Sequence[Result], reference: Sequence[Result], looked_at: Seen) -> dict[str, list[Row]]:
    """Return the results that one engine alone gives and no known difference explains."""
    ours, theirs = _rows(fast), _rows(reference)
    alone = {
        "fast": {row: result for row, result in ours.items() if row not in theirs},
        "pyshacl": {row: result for row, result in theirs.items() if row not in ours},
    }
    found = {
        name: [row for row, r in rows.items() if known(r, name, looked_at) is None] for name, rows in alone.items()
    }
    return {name: rows for name, rows in found.items() if rows}


def _check(quads: Iterable[ox.Quad], layer: str, engine: Engine, shapes: Shapes | None = None) -> list[Result]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rdflib warns of ill-typed literals, which are what this is about
        return validate_layer(layer, quads, shapes or shapes_of(layer), engine)


@pytest.mark.parametrize("layer", LAYERS)
def test_they_agree_on_every_fixture(layer: str) -> None:
    """What a group changes and all around it pySHACL looks at, too, and wherever the everyday engine finds something."""
    shapes = shapes_of(layer)
    for whole in _groups([case for case in load_cases() if case.layer == layer]):
        for group, fast in _heard(whole):
            quads = _together(group)
            changed = [quad for case in group for quads_ in _changed(case) for quad in quads_]
            seen_by_both = Named(around(changed, quads) | {result.focus for result in fast})
            at_all = LAYERS[layer].sources or any(isinstance(result.focus, ox.BlankNode) for result in fast)
            looked = shapes if at_all else seen_by_both.of_targets(shapes, quads)
            assert _unexplained(fast, _check(quads, layer, REFERENCE, looked), Seen(shapes)) == {}, group


def _heard(group: list[Case]) -> Iterator[tuple[list[Case], list[Result]]]:
    """Yield a group and its results; in halves if a case hides what another has by itself."""
    fast = _check(_together(group), group[0].layer, FAST)
    if len(group) == 1 or set().union(*map(_alone, group)) <= set(_rows(fast)):
        yield group, fast
    else:
        yield from _heard(group[::2])
        yield from _heard(group[1::2])


@cache
def _alone(case: Case) -> frozenset[Row]:
    return frozenset(_rows(validate_case(case, FAST)))


def _changed(case: Case) -> tuple[set[ox.Quad], set[ox.Quad]]:
    good, now = set(base(case.layer)), set(case.quads)
    return good - now, now - good


def _groups(cases: list[Case]) -> list[list[Case]]:
    """Return cases in groups that change different things, so that pySHACL can look at each group at once."""
    groups: list[tuple[list[Case], set[object]]] = []
    for case in cases:
        touched: set[object] = {quad.subject for quads in _changed(case) for quad in quads}
        home = next((g for g in groups if len(g[0]) < TOGETHER and not touched & g[1]), None)
        if home is None:
            groups.append(([case], touched))
        else:
            home[0].append(case)
            home[1].update(touched)
    return [group for group, _ in groups]


def _together(group: list[Case]) -> Quads:
    removed, added = zip(*(_changed(case) for case in group), strict=True)
    gone, come = set().union(*removed), set().union(*added)
    return [quad for quad in base(group[0].layer) if quad not in gone] + sorted(come, key=str)


def agree_on(quads: Quads, layer: str, sample: Sample = EVERY) -> None:
    """Let both engines check some quads by the shapes of a layer, and compare what they say of the nodes in a sample."""
    shapes = shapes_of(layer)
    fast = [result for result in _check(quads, layer, FAST) if sample.holds(result.focus)]
    reference = _check(quads, layer, REFERENCE, sample.of_targets(shapes, quads))
    assert _unexplained(fast, reference, seen(shapes_of(layer), (quad.triple for quad in quads))) == {}


@cache
def _parts(layer: str) -> Parts:
    named = {str(term.value) for t in shapes_of(layer).triples for term in t if isinstance(term, ox.NamedNode)}
    return Parts(base(layer), named)


_number = st.integers(0, 10**5)
_recipe = st.tuples(
    st.lists(_number, min_size=1, max_size=2),
    st.lists(st.builds(Damage, _number, _number, _number), min_size=1, max_size=3),
)
Recipe = tuple[list[int], list[Damage]]


@pytest.mark.parametrize("layer", LAYERS)
def test_they_agree_on_damaged_graphs(layer: str) -> None:
    parts, shapes = _parts(layer), shapes_of(layer)
    counted: Counter[str] = Counter()

    @settings(
        max_examples=RUNS,
        derandomize=True,
        database=None,
        deadline=None,
        verbosity=Verbosity.quiet,
        phases=[Phase.generate],  # a failing batch names its damages; shrinking it would run pySHACL hundreds of times
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(_recipe, min_size=BATCH, max_size=BATCH))
    def agree(batch: list[Recipe]) -> None:
        graphs = [parts.copy(chosen, damages, number) for number, (chosen, damages) in enumerate(batch)]
        kept = [graph for graph in graphs if not breaks_the_reference(graph, shapes)]
        quads = list(dict.fromkeys([*parts.quads, *(quad for graph in kept for quad in graph)]))
        fast, reference = _check(quads, layer, FAST), _check(quads, layer, REFERENCE)
        counted.update(graphs=len(kept), results=len(fast))
        unexplained = _unexplained(fast, reference, seen(shapes, (q.triple for q in quads)))
        assert not unexplained, "\n".join(_named(unexplained, batch))

    agree()
    assert counted["graphs"] > 0.8 * RUNS * BATCH
    assert counted["results"] > 0.01 * counted["graphs"], "damage that breaks nothing proves nothing"


def _named(found: dict[str, list[Row]], batch: list[Recipe]) -> list[str]:
    """Return unexplained results with the damages of the copy they are in."""
    lines = []
    for engine, rows in found.items():
        for key, _ in rows:
            number = number_of(f"{key[0]} {key[2]}")
            chosen, damages = ([], []) if number is None else batch[number]
            lines.append(f"{engine} alone: {key} after {[(name_of(d), d) for d in damages]} on {chosen}")
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
    assert [known(result, difference.only, seen(shapes, data.triples)) for result in alone] == [difference] * len(alone)


def test_a_number_is_still_reported_in_another_form() -> None:
    head = SPARQL_HEAD + "PREFIX ex: <http://example.org/>\n"
    shape = """ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql ex:all .
        ex:all sh:message "all" ; sh:select "SELECT $this ?value WHERE { $this <http://example.org/p> ?value }" ."""
    shapes = Shapes(quad.triple for quad in ox.parse(head + shape, format=ox.RdfFormat.TURTLE))
    data = Data(q.triple for q in ox.parse(head + 'ex:a ex:p 01 , "5"^^xsd:int .', format=ox.RdfFormat.TURTLE))
    fast, reference = FAST.validate(data, shapes), REFERENCE.validate(data, shapes)
    assert {str(r.value) for r in reference} == {str(triple.object) for triple in data.triples}
    assert {str(r.value) for r in fast} == {str(ox.Literal(1)), str(ox.Literal(5))}
    assert _unexplained(fast, reference, Seen(shapes)) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", '"NaN"^^xsd:double'),
        ('"2023-01-01"^^xsd:date', "1"),
        ('"12:00:00"^^xsd:time', '"12:00:00Z"^^xsd:time'),
        ('"2023-01-01T00:00:00"^^xsd:dateTime', '"2023-01-01T00:00:00Z"^^xsd:dateTime'),
    ],
)
def test_pyshacl_still_orders_values_that_can_not_be_compared(one: str, other: str) -> None:
    text = SPARQL_HEAD + "PREFIX ex: <http://example.org/>\n"
    shape = "ex:S sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] ."
    said, shapes = (
        ox.parse(text + part, format=ox.RdfFormat.TURTLE) for part in (f"ex:a ex:p {one} ; ex:q {other} .", shape)
    )
    data, known = Data(quad.triple for quad in said), Shapes(quad.triple for quad in shapes)
    assert [result.component for result in FAST.validate(data, known)] == ["LessThanConstraintComponent"]
    assert not REFERENCE.validate(data, known)


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
    with pytest.raises(ShapesError, match="not supported between"):
        REFERENCE.validate(data, shapes)


def test_pyshacl_still_fails_where_a_message_quotes_a_backslash() -> None:
    head = SPARQL_HEAD + "PREFIX ex: <http://example.org/>\n"
    shape = """ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql ex:all .
        ex:all sh:message "{?value}" ; sh:select "SELECT $this ?value WHERE { $this <http://example.org/p> ?value }" ."""
    shapes = Shapes(quad.triple for quad in ox.parse(head + shape, format=ox.RdfFormat.TURTLE))
    quads = list(ox.parse(head + 'ex:a ex:p "\\\\" .', format=ox.RdfFormat.TURTLE))
    assert breaks_the_reference(quads, shapes)
    data = Data(quad.triple for quad in quads)
    assert [dict(result.messages) for result in FAST.validate(data, shapes)] == [{"": "\\"}]
    with pytest.raises(ShapesError, match="bad escape"):
        REFERENCE.validate(data, shapes)


def test_the_documentation_lists_the_known_differences() -> None:
    text = (REAL.root / "docs" / "engines.md").read_text(encoding="utf-8")
    names = {"fast": "everyday", "pyshacl": "pySHACL"}
    listed = [
        line
        for line in text.partition("## Known differences")[2].partition("\n## ")[0].splitlines()
        if line.startswith("| ")
    ]
    assert listed[1:] == [f"| {d.name} | {names[d.only]} | {d.reason} |" for d in DIFFERENCES]
