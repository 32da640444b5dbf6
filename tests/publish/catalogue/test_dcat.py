"""The catalogue conforms to DCAT-AP 3.0.1 and DCAT-AP.de 3.0, and says of the dumps what the manifest says."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.publish.catalogue.triples import NAMES, iri
from buendnis_graph.publish.dumps import kinds
from buendnis_graph.validate import Engine, Fast, PyShacl
from buendnis_graph.validate.anycheck import check_any
from tests.publish.catalogue.conftest import Described
from tests.publish.jsonld.readers import by_pyoxigraph, n_triples

PROFILES = sorted(path for path in (Path(__file__).parent / "profiles").iterdir() if path.suffix in {".ttl", ".jsonld"})
ENGINES = [Fast(), PyShacl()]
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in NAMES.items())


def _store(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=path)
    return store


def _rows(store: ox.Store, sparql: str) -> list[tuple[str, ...]]:
    found = store.query(HEAD + sparql)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(term.value for term in row) for row in found)


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: type(engine).__name__)
def test_the_profiles_find_nothing(described: Described, engine: Engine) -> None:
    assert len(PROFILES) == 4
    assert check_any([described.folder / "dataset.ttl"], PROFILES, engine).results == []


# What must be there, and a word of the shape that misses it.
DEMANDED = {
    r"    dcterms:publisher [^;]+ ;\n": "publisher",
    r"    dcterms:license [^;]+ ;\n": "license",
    r"    dcat:accessURL [^;]+ ;\n": "accessURL",
    r"    <http://xmlns.com/foaf/0.1/name> [^;]+ ;\n": "name",
    r"    dcterms:description [^\n]+ ;\n": "description",
    r"    <http://spdx.org/rdf/terms#checksumValue> [^\n]+ ;\n": "checksumValue",
    r"    dcat:(?:start|end)Date [^\n]+ ;\n": "Date",
}


@pytest.mark.parametrize("gone", DEMANDED)
def test_the_profiles_miss_what_they_demand(described: Described, tmp_path: Path, gone: str) -> None:
    text = (described.folder / "dataset.ttl").read_text(encoding="utf-8")
    assert re.search(gone, text)
    damaged = tmp_path / "dataset.ttl"
    damaged.write_text(re.sub(gone, "", text), encoding="utf-8")
    found = check_any([damaged], PROFILES, Fast()).results
    assert any(DEMANDED[gone] in str(result.path) for result in found)


def test_turtle_and_jsonld_say_the_same(described: Described) -> None:
    turtle = set(ox.parse(path=described.folder / "dataset.ttl"))  # a store would make all numbers plain integers
    text = (described.folder / "dataset.jsonld").read_text(encoding="utf-8")
    assert n_triples(quad.triple for quad in turtle) == by_pyoxigraph(text)
    assert not any(isinstance(term, ox.BlankNode) for quad in turtle for term in (quad.subject, quad.object))


def test_every_dump_is_a_distribution_with_the_figures_of_the_manifest(described: Described) -> None:
    rows = _rows(
        _store(described.folder / "dataset.ttl"),
        """SELECT ?url ?size ?sum ?type ?cc WHERE {
          <https://w3id.org/buendnis-graph/dataset> dcat:distribution ?d .
          ?d dcat:downloadURL ?url ; dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?sum ; dcat:mediaType ?type ;
            dcterms:license/skos:exactMatch ?cc }""",
    )
    assert rows == sorted(
        (
            f"https://w3id.org/buendnis-graph/{dump.path}",
            str(dump.bytes),
            dump.sha256,
            f"https://www.iana.org/assignments/media-types/{kinds()[dump.kind].media_type}",
            dump.licence,
        )
        for dump in described.manifest.dumps
    )


def test_who_is_to_be_named_stands_with_what_is_under_cc_by(described: Described) -> None:
    store = _store(described.folder / "dataset.ttl")
    named = _rows(
        store, 'SELECT ?d ?holder WHERE { ?d dcatde:licenseAttributionByText ?holder FILTER(LANG(?holder) = "de") }'
    )
    bound = [dump.path for dump in described.manifest.dumps if "licenses/by" in dump.licence]
    assert [node.partition("#")[2] for node, _ in named] == sorted(bound)
    assert {holder for _, holder in named} == {"OffeneRegister.de, Open Knowledge Foundation Deutschland e. V."}


def test_versions_form_a_chain(described: Described) -> None:
    here = "https://w3id.org/buendnis-graph/dataset/0.1.0"
    rows = _rows(
        _store(described.folder / "dataset.ttl"),
        "SELECT ?now ?before ?whole WHERE { ?whole dcat:hasCurrentVersion ?now . ?now dcat:previousVersion ?before ; dcat:isVersionOf ?whole }",
    )
    assert rows == [(here, "https://w3id.org/buendnis-graph/dataset/0.0.9", "https://w3id.org/buendnis-graph/dataset")]
    later = _rows(
        _store(described.folder / "dataset.ttl"), "SELECT ?later WHERE { ?later dcat:previousVersion ?before }"
    )
    assert later == [(here,)]


def test_the_build_is_told_with_commit_and_tools(described: Described) -> None:
    store = _store(described.folder / "dataset.ttl")
    named = _rows(
        store, "SELECT ?name ?n WHERE { ?tool a prov:SoftwareAgent ; rdfs:label ?name ; schema:softwareVersion ?n }"
    )
    tools = {name for name, _ in named}
    assert {"buendnis-graph", "pyoxigraph", "pyshacl"} < tools
    assert _rows(store, "SELECT ?c WHERE { ?build a prov:Activity ; prov:used/dcterms:identifier ?c }") == [("0" * 40,)]


def test_every_source_is_told_with_rights_and_legal_basis(described: Described) -> None:
    store = _store(described.folder / "provenance.ttl")
    complete = _rows(store, "SELECT ?s WHERE { ?b a prov:Activity ; prov:used ?s . ?s schema:url ?u ; dcterms:license ?l ; bg:legalBasis ?r ; bg:seenOn ?d }")  # fmt: skip
    used = _rows(
        store, "SELECT ?s WHERE { ?b a prov:Activity ; prov:used ?s FILTER NOT EXISTS { ?s dcterms:identifier ?i } }"
    )
    assert complete == used
    assert len(complete) == 379
    assert iri("prov:used").value == "http://www.w3.org/ns/prov#used"
