"""The layers: which shapes look at what; the evidence layer in one run is what it is source by source."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import ReadError
from buendnis_graph.evidence import Corpus
from buendnis_graph.namespaces import BASE, GRAPH_SOURCES, RDF_TYPE, expand
from buendnis_graph.validate import LAYERS, Data, Fast, Result, layer_shapes, validate_files, validate_layer
from buendnis_graph.validate.evidence_view import source_of
from buendnis_graph.validate.shapes import SH
from tests.mini import MiniProject
from tests.validate.cases import SOURCE, base, fired, load_cases, read, shapes_of

ENGINE = Fast()
EVIDENCE = shapes_of("evidence")
TWO = ox.NamedNode(f"{BASE}source/example.org/two/2026-11-20")
THREE = ox.NamedNode(f"{BASE}source/example.org/three/2026-11-21")
Told = Counter[tuple[tuple[str, str, str, str, str], str, str]]


def _told(results: Iterable[Result]) -> Told:
    return Counter((result.key, result.rule, str(result.source)) for result in results)


def _one_by_one(quads: Sequence[ox.Quad], sources: Iterable[ox.NamedNode]) -> list[Result]:
    """Return what one engine run for each source gives: its graph and description, and the background."""
    background = [quad.triple for quad in quads if source_of(quad) is None]
    results = []
    for source in sources:
        said = [quad.triple for quad in quads if source_of(quad) == source]
        mentioned = {term for triple in said for term in (triple.subject, triple.object)}
        found = ENGINE.validate(Data([*background, *said]), EVIDENCE)
        results += [replace(result, source=source) for result in found if result.focus in mentioned]
    return results


def _sources(quads: Iterable[ox.Quad]) -> list[ox.NamedNode]:
    return sorted({source for quad in quads if (source := source_of(quad))}, key=str)


def _agree(quads: Sequence[ox.Quad]) -> int:
    together = _told(validate_layer("evidence", quads, EVIDENCE, ENGINE))
    assert together == _told(_one_by_one(quads, _sources(quads)))
    return together.total()


def test_sources_together_are_sources_one_by_one_on_every_case() -> None:
    assert all(_agree(case.quads) for case in load_cases() if case.layer == "evidence")


def test_what_two_sources_say_of_one_thing_never_mixes() -> None:
    """One gives two legal forms in all, the other another seat: only the first says two things."""
    good = list(base("evidence"))
    assert _told(validate_layer("evidence", good, EVIDENCE, ENGINE)) == Counter()
    other = read(f"GRAPH {TWO} {{ id:a bg:legalForm legal-form:ggmbh ; bg:seat id:ags-14 }}")
    assert _told(validate_layer("evidence", good + other, EVIDENCE, ENGINE)) == Counter()
    twice = read(f"GRAPH {TWO} {{ id:a bg:legalForm legal-form:ug }}")
    (result,) = validate_layer("evidence", good + other + twice, EVIDENCE, ENGINE)
    assert (result.source, result.focus) == (TWO, expand("id:a"))
    assert result.rule.endswith("/stated-legal-form")


def test_a_fault_of_the_background_is_told_of_each_source_that_mentions_it() -> None:
    lost = expand("legal-form:ev")
    quads = [quad for quad in base("evidence") if quad.subject != lost]
    quads += read(f"GRAPH {TWO} {{ id:b bg:legalForm legal-form:ev }}")
    results = validate_layer("evidence", quads, EVIDENCE, ENGINE)
    assert {(r.source, r.focus, r.value) for r in results} == {
        (SOURCE, expand("id:a"), lost),
        (SOURCE, ox.NamedNode(f"{SOURCE.value}#change--form"), lost),
        (TWO, expand("id:b"), lost),
    }


def test_names_of_a_sources_own_never_show() -> None:
    quads = [quad for quad in base("evidence") if quad.object != expand("bg:FundingProgramme")]
    quads += read("SRC { id:a org:subOrganizationOf id:old . id:old bg:seat id:de }")
    results = validate_layer("evidence", quads, EVIDENCE, ENGINE)
    told = " ".join(f"{r.focus} {r.value} {r.path} {' '.join(r.messages.values())}" for r in results)
    assert len(results) == 5
    assert "said-by" not in told
    assert f"The entry {BASE}id/old was merged into another one: write {BASE}id/a." in told


_KNOWN = base("evidence")
_BODIES = sorted({quad.subject for quad in _KNOWN if "/id/" in str(quad.subject)}, key=str)
_FRAGMENTS = sorted({str(quad.subject)[1:-1].partition("#")[2] for quad in _KNOWN if "#" in str(quad.subject)} - {""})
_SAID = sorted({quad.predicate for quad in _KNOWN if source_of(quad)} - {RDF_TYPE}, key=str)
_VALUES = sorted({quad.object for quad in _KNOWN} | {THREE, TWO}, key=str)
_CLASSES = sorted({quad.object for quad in _KNOWN if quad.predicate == RDF_TYPE}, key=str)


@st.composite
def _quad(draw: st.DrawFn) -> ox.Quad:
    source = draw(st.sampled_from([SOURCE, TWO, THREE]))
    own = [source, *(ox.NamedNode(f"{source.value}#{fragment}") for fragment in _FRAGMENTS)]
    place = draw(st.sampled_from(["said", "described", "background"]))
    if place == "said":
        subject = draw(st.sampled_from([*own, *_BODIES, *_BODIES]))
        return ox.Quad(subject, draw(st.sampled_from(_SAID)), draw(st.sampled_from([*_VALUES, *own])), source)
    if place == "described":
        return ox.Quad(source, draw(st.sampled_from(_SAID)), draw(st.sampled_from(_VALUES)), GRAPH_SOURCES)
    subject = draw(st.sampled_from(_BODIES))
    kinds = st.tuples(st.just(RDF_TYPE), st.sampled_from(_CLASSES))
    predicate, value = draw(
        st.one_of(kinds, st.tuples(st.just(expand("dcterms:isReplacedBy")), st.sampled_from(_BODIES)))
    )
    return ox.Quad(subject, predicate, value, ox.NamedNode(f"{BASE}graph/registry"))


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_quad(), max_size=25), st.sets(st.integers(0, len(_KNOWN) - 1), max_size=25))
def test_sources_together_are_sources_one_by_one_whatever_they_say(more: list[ox.Quad], lost: set[int]) -> None:
    kept = [quad for number, quad in enumerate(_KNOWN) if number not in lost]
    _agree(list(dict.fromkeys([*kept, *more])))


def test_the_same_on_a_part_of_the_real_sources_when_the_registry_is_damaged(corpus: Corpus) -> None:
    some = corpus.sources[::90]
    gone = {expand("id:netzwerk-tolerantes-sachsen"), expand("legal-form:ev"), expand("source-kind:own-website")}
    quads = [i.quad for i in corpus.quads if not (i.quad.subject in gone and i.quad.predicate == RDF_TYPE)]
    together = [r for r in validate_layer("evidence", quads, EVIDENCE, ENGINE) if r.source in some]
    assert _told(together) == _told(_one_by_one(quads, some))
    assert together


def test_the_real_sources_are_good_each_by_itself(corpus: Corpus) -> None:
    assert _told(validate_layer("evidence", [item.quad for item in corpus.quads], EVIDENCE, ENGINE)) == Counter()


def test_shapes_of_evidence_look_forwards_only() -> None:
    """So that putting all sources into one graph is exact."""
    backwards = {f"{SH}{name}" for name in ("inversePath", "targetObjectsOf")}
    assert [triple for triple in EVIDENCE.triples if triple.predicate.value in backwards] == []
    queries = [t.object.value for t in EVIDENCE.triples if t.predicate == expand("sh:select")]  # type: ignore[union-attr]
    assert queries
    assert [query for query in queries if "^" in query or "?value WHERE { ?" in query] == []


@pytest.mark.parametrize("missing", ["common.ttl", *LAYERS])
def test_a_layer_without_shapes_is_an_error_that_says_what_to_do(mini: MiniProject, missing: str) -> None:
    path = mini.ontology / "shapes" / missing
    layer = missing if missing in LAYERS else "graph"
    for file in sorted(path.glob("*.ttl")) or [path]:
        file.unlink()
    with pytest.raises(ReadError, match=f"shapes/{missing}.*is missing") as raised:
        layer_shapes(mini, layer)
    assert "Restore it" in raised.value.hint
    if path.is_dir():
        shutil.rmtree(path)
        with pytest.raises(ReadError, match=f"shapes/{missing}.*is missing"):
            layer_shapes(mini, layer)


def test_each_layer_about_files_is_asked(mini: MiniProject) -> None:
    mini.source("one", 'id:a schema:foundingDate "2001"^^xsd:gYear , "2002"^^xsd:gYear .')
    mini.write("data/registry/b.ttl", 'id:b a org:Organization ; skos:prefLabel "B"@de , "Be"@de .\n')
    assert fired(validate_files(mini.corpus(), mini, ENGINE)) == {
        ("stated-founding-date", "MaxCount"),
        ("name", "UniqueLang"),
    }
