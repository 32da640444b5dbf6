"""Every constraint has a name, a severity, a message in both languages, and a case in which it fires and no other does."""

from __future__ import annotations

import pytest

from buendnis_graph.evidence import Corpus
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, PREFIXES, RDF_TYPE, expand, shorten
from buendnis_graph.store import consolidate
from buendnis_graph.validate import LAYERS, Fast, validate_layer
from buendnis_graph.validate.constraints import Constraint, constraints
from buendnis_graph.validate.engine import SEVERITIES
from tests.validate.cases import Case, base, fired, load_cases, shapes_of, validate_case

ENGINE = Fast()
CASES = load_cases()
CONSTRAINTS = {layer: constraints(shapes_of(layer)) for layer in LAYERS}
NAMESPACE = PREFIXES["shape"]


def _named(constraint: Constraint) -> tuple[str, str]:
    return constraint.shape.removeprefix(NAMESPACE), constraint.component


@pytest.mark.parametrize("layer", LAYERS)
def test_the_good_graph_is_good(layer: str) -> None:
    assert fired(validate_layer(layer, base(layer), shapes_of(layer), ENGINE)) == set()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_makes_its_constraint_fire_and_no_other(case: Case) -> None:
    results = validate_case(case, ENGINE)
    assert fired(results) == case.expected
    for result in results:
        assert set(result.messages) == {"de", "en"}
        assert not any("{?" in text or "{$" in text for text in result.messages.values())


@pytest.mark.parametrize("layer", LAYERS)
def test_every_constraint_has_a_case_and_every_case_a_constraint(layer: str) -> None:
    demanded = {_named(constraint) for constraint in CONSTRAINTS[layer]}
    shown = {(case.shape, case.component) for case in CASES if case.layer == layer}
    assert {"without a case": demanded - shown, "of no constraint": shown - demanded} == {
        "without a case": set(),
        "of no constraint": set(),
    }


@pytest.mark.parametrize("layer", LAYERS)
def test_every_constraint_has_a_name_a_severity_and_a_message_in_both_languages(layer: str) -> None:
    faults = {
        constraint.shape: (constraint.explicit, constraint.severity, sorted(constraint.messages))
        for constraint in CONSTRAINTS[layer]
        if not constraint.shape.startswith(NAMESPACE)
        or not constraint.explicit
        or constraint.severity not in SEVERITIES
        or set(constraint.messages) != {"de", "en"}
        or not all(text.strip() for text in constraint.messages.values())
    }
    assert faults == {}


def test_no_constraint_of_one_layer_bears_the_name_of_anothers() -> None:
    layers: dict[str, set[str]] = {}
    for layer, of_layer in CONSTRAINTS.items():
        for constraint in of_layer:
            layers.setdefault(constraint.shape, set()).add(layer)
    assert {shape: names for shape, names in layers.items() if len(names) > 1} == {}


def test_every_property_of_every_class_that_is_used_is_constrained(corpus: Corpus, graph: Graph) -> None:
    """In the files and in what is derived; the data set's own description is the publication layer's."""
    quads = [*(item.quad for item in corpus.quads), *consolidate(graph.store)]
    above: dict[str, set[str]] = {}
    classes: dict[object, set[str]] = {}
    used: dict[object, set[str]] = {}
    for quad in quads:
        subject, value = quad.subject, getattr(quad.object, "value", "")
        if quad.predicate == expand("rdfs:subClassOf"):
            above.setdefault(shorten(getattr(subject, "value", "")), set()).add(shorten(value))
        if quad.predicate == RDF_TYPE:
            classes.setdefault(subject, set()).add(shorten(value))
        elif not str(subject).startswith((f"<{BASE}dataset", f"<{BASE}graph/")):
            used.setdefault(subject, set()).add(shorten(quad.predicate.value))
    demanded: dict[str, set[str]] = {}
    for constraint in (constraint for of_layer in CONSTRAINTS.values() for constraint in of_layer):
        for target in constraint.targets:
            predicates = constraint.path.predicates() if constraint.path else ()
            demanded.setdefault(target, set()).update(shorten(predicate.value) for predicate in predicates)
    free = set()
    for node, properties in used.items():
        kinds = {kind for own in classes.get(node, ()) for kind in (own, *above.get(own, ()))}
        targets = {*kinds, *(f"subjects of {name}" for name in properties)}
        held = {name for target in targets for name in demanded.get(target, ())}
        free |= {(", ".join(sorted(classes.get(node, ()))), name) for name in properties - held}
    assert free == set()
