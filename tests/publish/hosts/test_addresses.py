"""Which addresses lead where."""

from __future__ import annotations

import dataclasses
import re

import pytest

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import Document
from buendnis_graph.publish.documents.survey import survey
from buendnis_graph.publish.hosts import Site
from buendnis_graph.publish.hosts.addresses import exceptions, families, home
from buendnis_graph.publish.hosts.parts import PATH
from tests.publish.hosts.servers import SITE
from tests.publish.places import addresses, places


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


def test_terms_of_others_are_no_addresses_of_ours() -> None:
    others = {"https://schema.org/Organization": "ontology#schema:Organization", "coding/x/y\nz": "id/a#z"}
    assert exceptions(dataclasses.replace(SITE, homes=others)) == {}


def test_every_address_of_the_graph_has_its_home_by_pattern_or_list(graph: Graph, published: list[Document]) -> None:
    paths = addresses(places(published))
    found = survey(graph.store, graph.view_lines())
    site = Site(version="1", documents=frozenset(document.path for document in published), homes=found.homes)
    listed = exceptions(site)
    own = [path for path, home in paths.items() if path != home]
    assert len(own) > 5000
    assert 0 < len(listed) < 1000
    assert [path for path in own if listed.get(path, home(path, site.documents)) != paths[path]] == []
    assert [path for path in (*own, *site.documents) if not re.fullmatch(PATH, path)] == []


def test_families_tell_things_from_documents() -> None:
    assert families(SITE.documents, information=True) == "dataset|ontology|query|source"
    assert families(SITE.documents, information=False) == "id|membership|state|topic"


@pytest.mark.parametrize(
    "url",
    [
        "a.org",
        "a.org/",
        "https://",
        "https://a.org/?q",
        "javascript:x",
        'https://a.org/"/',
        "https://a.org/$x/",
        "https://a.org/x\ny/",
        "ftp://a.org/",
    ],
)
def test_an_address_that_rules_would_misread_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="is no address of a site"):
        Site(version="1", documents=frozenset(), url=url)


@pytest.mark.parametrize(
    "path", ['id/"', "id/a\nb", "id/$a", "id/%{x}", "id/a b", "../a", "id//a", ".htaccess", "id/a\n"]
)
def test_paths_that_rules_would_misread_are_refused(path: str) -> None:
    for given in ({"documents": frozenset({path})}, {"redirects": {path: "id/a"}}, {"homes": {"x/y": f"{path}#z"}}):
        with pytest.raises(LayoutError, match="can't be served"):
            Site(**({"version": "1", "documents": frozenset()} | given))  # type: ignore[arg-type]


def test_a_site_knows_where_it_begins() -> None:
    for url, root in {
        None: "/",
        "https://a.org": "/",
        "https://a.org/": "/",
        "https://a.org/x/": "/x/",
        "https://a.org/x/y/": "/x/y/",
    }.items():
        assert Site(version="1", documents=frozenset(), url=url).root == root
