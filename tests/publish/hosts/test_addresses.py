"""Which addresses lead where."""

from __future__ import annotations

import re

import pyoxigraph as ox

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.hosts import Site, auxiliary
from buendnis_graph.publish.hosts.addresses import exceptions, families, home
from buendnis_graph.publish.hosts.parts import PATH
from tests.publish.hosts.servers import SITE


def test_patterns_name_the_home_of_an_address() -> None:
    documents = frozenset({"id/a", "topic/b", "membership/x/a", "ontology", "id/x"})
    for path, target in {
        "statement/a/name/0123": "id/a",
        "coverage/x/members": "id/x",
        "conflict/membership/x/a/since": "membership/x/a",
        "conflict/a/seat": "id/a",
        "coding/topic/a/racism": "id/a",
        "coding/completeness/example.org/list/x/member": "id/x",
        "link/a--wikidata-Q1": "id/a",
        "link/b--wikidata-Q1": "topic/b",
        "link/register--a--R3208_VR2672": "id/a",
        "ontology/0.1.0": "ontology",
        "statement/gone/name/0123": None,
        "statement/a": None,
        "coding/role/example.org/list/x--a": None,
    }.items():
        assert home(path, documents) == target, path


def test_only_what_patterns_do_not_tell_is_listed() -> None:
    assert exceptions(SITE) == {
        "coding/role/example.org/list/x--a": "source/example.org/list/2026-11-22",
        "link/b--wikidata-Q2": "topic/b",
    }


def test_homes_lead_to_paths() -> None:
    homes = {
        f"{BASE}statement/a/b/c": f"{BASE}id/a",
        f"{BASE}id/a": f"{BASE}id/a",
        f"{BASE}source/s/p/d#m--x--a": f"{BASE}source/s/p/d",
        "https://example.org/": f"{BASE}ontology",
    }
    assert auxiliary(homes) == {"statement/a/b/c": "id/a"}


def test_every_address_of_the_graph_is_one_that_rules_match(graph: Graph) -> None:
    quads = graph.store.quads_for_pattern(None, None, None)
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    paths = {iri.removeprefix(BASE).partition("#")[0] for iri in subjects if iri.startswith(BASE)}
    assert len(paths) > 5000
    assert [path for path in paths if not re.fullmatch(PATH, path)] == []


def test_families_tell_things_from_documents() -> None:
    assert families(SITE.documents, information=True) == "dataset|ontology|query|source"
    assert families(SITE.documents, information=False) == "id|membership|state|topic"


def test_a_site_knows_where_it_begins() -> None:
    for url, root in {
        None: "/",
        "https://a.org/": "/",
        "https://a.org/x/": "/x/",
        "https://a.org/x/y/": "/x/y/",
    }.items():
        assert Site(version="1", documents=frozenset(), url=url).root == root
