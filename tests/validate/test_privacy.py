"""No data about persons: what must be found is, what must not be is not, and two engines agree; nothing in the real data."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.evidence import Corpus
from buendnis_graph.namespaces import BASE, PREFIXES, expand
from buendnis_graph.validate import Engine, Fast, PyShacl, Result, validate_layer
from buendnis_graph.validate.engine import Data
from buendnis_graph.validate.targets import TARGET_CLASS, TARGET_SUBJECTS
from tests.validate.cases import fired, load_cases, shapes_of

STRINGS = tomllib.loads((Path(__file__).parent / "personal.toml").read_text(encoding="utf-8"))
SAID = {
    "email": "an e-mail address",
    "phone": "a telephone number",
    "address": "a street address",
    "coordinates": "coordinates",
    "account": "an account number",
    "iri": "This is an address",
}
"""What the English message says for each list of ``personal.toml``."""

TYPE, ORGANISATION, LABEL = expand("rdf:type"), expand("org:Organization"), expand("skos:altLabel")
ENGINES: list[Engine] = [Fast(), PyShacl()]
Term = ox.NamedNode | ox.Literal


def _found(values: list[Term], engine: Engine) -> dict[Term, Result]:
    """Return what the privacy layer finds about bodies that each have one of the values."""
    triples = []
    for number, value in enumerate(values):
        body = ox.NamedNode(f"{BASE}id/body-{number}")
        triples += [ox.Triple(body, TYPE, ORGANISATION), ox.Triple(body, LABEL, value)]
    results = engine.validate(Data(triples), shapes_of("privacy"))
    return {result.value: result for result in results if isinstance(result.value, Term)}


def _terms(kind: str, texts: list[str]) -> list[Term]:
    if kind == "iri":
        return [ox.NamedNode(text) for text in texts]
    return [ox.Literal(text, language=language) for text in texts for language in (None, "de")]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: str(engine.name))
@pytest.mark.parametrize("kind", SAID)
def test_what_must_be_found_is(kind: str, engine: Engine) -> None:
    terms = _terms(kind, STRINGS[kind])
    found = _found(terms, engine)
    assert [term.value for term in terms if term not in found] == []
    if isinstance(engine, Fast):  # the other does not fill in what a message says of a value
        assert {r.value: r.messages["en"] for r in found.values() if SAID[kind] not in r.messages["en"]} == {}


@pytest.mark.parametrize("kind", [kind for kind in SAID if kind != "iri"])
def test_it_is_found_with_other_spaces_and_dashes_and_amid_other_text(kind: str) -> None:
    forms = ("Text: {}", "({})", "{}, bitte", "{}; Ende")
    texts = {form.format(text) for text in STRINGS[kind] for form in forms}
    texts |= {text.replace(" ", space) for text in STRINGS[kind] for space in "\u00a0\u202f"}
    texts |= {text.replace("-", dash) for text in STRINGS[kind] for dash in "\u2011\u2013"}
    found = _found([ox.Literal(text) for text in sorted(texts)], Fast())
    assert texts - {term.value for term in found} == set()


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: str(engine.name))
def test_what_is_none_of_a_person_is_not_found(engine: Engine) -> None:
    terms = _terms("text", STRINGS["nothing"]["texts"]) + _terms("iri", STRINGS["nothing"]["iris"])
    assert _found(terms, engine) == {}


def test_a_finding_does_not_repeat_what_it_found() -> None:
    (result,) = _found([ox.Literal("Ada Beispiel, 0351 123456")], Fast()).values()
    assert "Ada" not in "".join(result.messages.values())


def _cases_of(target: ox.NamedNode, shape: str) -> list[ox.NamedNode]:
    values = shapes_of("privacy").values(expand(f"shape:{shape}"), target)
    assert len(values) > 25
    return [value for value in values if isinstance(value, ox.NamedNode)]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: str(engine.name))
def test_every_property_that_is_listed_is_refused(engine: Engine) -> None:
    listed = _cases_of(TARGET_SUBJECTS, "personal-property")
    bodies = [ox.NamedNode(f"{BASE}id/body-{number}") for number in range(len(listed))]
    triples = [ox.Triple(body, TYPE, ORGANISATION) for body in bodies]
    triples += [ox.Triple(body, listed[number], ORGANISATION) for number, body in enumerate(bodies)]
    results = engine.validate(Data(triples), shapes_of("privacy"))
    assert {result.path.predicate for result in results if result.path} == set(listed)
    assert len(results) == len(listed)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: str(engine.name))
def test_every_class_that_is_listed_is_refused(engine: Engine) -> None:
    listed = _cases_of(TARGET_CLASS, "personal-class")
    triples = [ox.Triple(ox.NamedNode(f"{BASE}id/body-{n}"), TYPE, kind) for n, kind in enumerate(listed)]
    results = engine.validate(Data(triples), shapes_of("privacy"))
    assert sorted(str(result.value) for result in results) == sorted(map(str, listed))


def test_a_property_that_is_not_listed_is_refused_by_the_closed_world() -> None:
    unheard_of = ox.NamedNode("http://xmlns.com/foaf/0.1/unheardOf")
    person = ox.Quad(ox.NamedNode(f"{BASE}id/a"), unheard_of, ox.Literal("Ada"))
    typed = ox.Quad(ox.NamedNode(f"{BASE}id/a"), TYPE, ORGANISATION)
    results = validate_layer("registry", [person, typed], shapes_of("registry"), Fast())
    assert ("declared-property", "SPARQL") in fired(results)


@pytest.mark.parametrize("layer", ["privacy", "registry"])
def test_the_reference_finds_the_same_in_all_cases_together(layer: str) -> None:
    """The shapes whose patterns must mean the same to two engines of regular expressions; one graph, to be quick."""
    patterns = {"no-personal-data-in-text", "no-personal-data-in-address", "clean-text", "clean-address", "named-node"}
    cases = [case for case in load_cases() if case.layer == layer and case.shape in patterns]
    quads = dict.fromkeys(quad for case in cases for quad in case.quads)
    fast, reference = (
        {result.key for result in validate_layer(layer, quads, shapes_of(layer), engine)} for engine in ENGINES
    )
    assert fast == reference
    assert len(fast) > len(cases) / 2


def test_the_real_data_holds_nothing_of_a_person(corpus: Corpus) -> None:
    quads = [item.quad for item in corpus.quads]
    assert validate_layer("privacy", quads, shapes_of("privacy"), Fast()) == []


def test_prefixes_are_the_projects() -> None:
    """The shapes' own prefixes mean what they mean everywhere else."""
    shapes = shapes_of("privacy")
    declared = shapes.values(expand("shape:prefixes"), expand("sh:declare"))
    for node in declared:
        (prefix,), (namespace,) = (shapes.values(node, expand(f"sh:{name}")) for name in ("prefix", "namespace"))
        assert PREFIXES[prefix.value] == namespace.value
