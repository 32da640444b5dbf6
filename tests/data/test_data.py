"""The project's own data keeps its promises: everything has a source, a graph, a licence; nothing personal; dates as they were."""

from __future__ import annotations

import re

import pyoxigraph as ox

from buendnis_graph.evidence import Corpus, format_file
from buendnis_graph.evidence.corpus import data_files
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.store import QUADS, consolidate, named_graphs, read_dump
from buendnis_graph.validate import Fast, findings, validate_files, validate_view
from tests.mini import REAL, rows

SOURCE = expand("dcterms:source")
DATES = {expand(f"xsd:{name}") for name in ("date", "gYearMonth", "gYear")}


def test_the_data_is_valid(corpus: Corpus, graph: Graph) -> None:
    results = validate_files(corpus, REAL, Fast()) + validate_view(consolidate(graph.store), REAL, Fast())
    loud = [finding for finding in findings(results, corpus, "en") if finding.severity != "Info"]
    open_decisions = ["shape:dataset-contact", "shape:dataset-publisher"]  # of the publisher, when there is one
    assert sorted(finding.shape for finding in loud) == open_decisions


def test_every_file_is_canonical() -> None:
    assert [str(path) for path in data_files(REAL) if len(set(format_file(path))) != 1] == []


def test_every_triple_is_in_a_named_graph_and_the_view_adds_none(graph: Graph) -> None:
    named = {quad.triple for quad in named_graphs(graph.store)}
    view = [quad.triple for quad in consolidate(graph.store)]
    assert len(view) > 10_000
    assert set(view) <= named


def test_every_graph_has_a_licence(graph: Graph) -> None:
    graphs = {quad.graph_name for quad in named_graphs(graph.store)}
    licensed = {
        q.subject for q in graph.store.quads_for_pattern(None, expand("dcterms:license"), None, ox.DefaultGraph())
    }
    assert graphs - licensed == set()


def test_every_attested_or_stated_value_names_its_sources_without_graph(corpus: Corpus, graph: Graph) -> None:
    """Walk everything sources say: a fragment bears its source; a plain fact has a statement that names it."""
    view = graph.store
    sources = set(corpus.sources)
    statements: dict[tuple[object, object, object], set[object]] = {}
    for quad in view.quads_for_pattern(None, RDF_TYPE, expand("rdf:Statement"), ox.DefaultGraph()):
        key = tuple(_one(view, quad.subject, f"rdf:{part}") for part in ("subject", "predicate", "object"))
        found = {q.object for q in view.quads_for_pattern(quad.subject, SOURCE, None, ox.DefaultGraph())}
        statements.setdefault(key, set()).update(found)  # type: ignore[arg-type]
    walked = 0
    for item in corpus.quads:
        quad = item.quad
        if quad.graph_name not in sources:
            continue
        walked += 1
        where = f"{item.path}:{item.line}"
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.graph_name, ox.NamedNode)
        if quad.subject == quad.graph_name:
            continue  # what a page says of itself
        if quad.subject.value.startswith(quad.graph_name.value + "#"):
            assert _one(view, quad.subject, "dcterms:source") == quad.graph_name, where
        else:
            assert quad.graph_name in statements[(quad.subject, quad.predicate, quad.object)], where
    assert walked > 2_000


def _one(store: ox.Store, subject: object, predicate: str) -> object:
    (quad,) = store.quads_for_pattern(subject, expand(predicate), None, ox.DefaultGraph())  # type: ignore[arg-type]
    return quad.object


def test_every_date_keeps_its_precision_byte_for_byte(corpus: Corpus, graph: Graph) -> None:
    written = [
        i.quad for i in corpus.quads if isinstance(i.quad.object, ox.Literal) and i.quad.object.datatype in DATES
    ]
    assert len(written) > 300
    in_store = set(named_graphs(graph.store))
    dump = set(read_dump(graph.folder, QUADS))
    for quad in written:
        assert quad in in_store
        assert quad in dump


def test_sources_hold_no_coding_of_ours(corpus: Corpus) -> None:
    ours = {
        expand(f"bg:{name}") for name in ("topic", "sector", "memberSector", "completeness", "confidence", "basis")
    } | {
        expand("org:role"),
        expand("skos:prefLabel"),
    }
    sources = set(corpus.sources)
    assert [
        f"{i.path}:{i.line}" for i in corpus.quads if i.quad.graph_name in sources and i.quad.predicate in ours
    ] == []


def test_no_personal_data(corpus: Corpus) -> None:
    patterns = {
        "e-mail": re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}"),
        "telephone": re.compile(r"(?:\+49|\b0\d{2,4})[ /()-]*\d[\d /()-]{5,}"),
        "street": re.compile(r"\b[A-ZÄÖÜ][\w-]+(?:straße|strasse|str\.|weg|platz|allee) \d+"),
    }
    found = [
        f"{item.path}:{item.line} {kind}"
        for item in corpus.quads
        if isinstance(item.quad.object, ox.Literal)
        and item.quad.object.datatype not in DATES
        and item.quad.predicate != expand("bg:seenIn")  # names and versions of data sets
        for kind, pattern in patterns.items()
        if pattern.search(item.quad.object.value)
    ]
    assert found == []


def test_everything_spoken_of_is_in_the_registry(corpus: Corpus) -> None:
    registry = {item.quad.subject for item in corpus.quads if item.path.parts[:2] == ("data", "registry")}
    spoken_of = {
        term
        for item in corpus.quads
        for term in (item.quad.subject, item.quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(f"{BASE}id/")
    }
    assert spoken_of - registry == set()
    used = {
        term
        for item in corpus.quads
        if item.path.parts[:2] != ("data", "registry")
        for term in (item.quad.subject, item.quad.object)
    }
    redirects = {item.quad.subject for item in corpus.quads if item.quad.predicate == expand("dcterms:isReplacedBy")}
    assert registry - used - redirects == set()


def test_names_are_unique_within_a_kind(graph: Graph) -> None:
    twice = "SELECT ?name { ?a a org:Organization ; skos:prefLabel ?name . ?b a org:Organization ; skos:prefLabel ?name . FILTER(?a != ?b) }"
    assert rows(graph.store, twice) == []


def test_counts_of_the_founding_data(graph: Graph) -> None:
    """Golden counts: they change when data is added, and must not fall unnoticed."""
    import json

    counts = json.loads((graph.folder / "report.json").read_text(encoding="utf-8"))["counts"]
    least = {
        "alliances": 20,
        "organisations": 145,
        "memberships": 123,
        "attestations": 214,
        "sources": 220,
        "topics": 160,
    }
    assert {name: counts[name] for name in least if counts[name] < least[name]} == {}
