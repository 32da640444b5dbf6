"""What only the publisher can decide is open until it is set, and made up nowhere; what is set is used."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.build import build
from buendnis_graph.errors import NotBuiltError, UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import expand
from buendnis_graph.publish.catalogue import Release, open_points, read_about
from buendnis_graph.publish.catalogue.datacite import datacite
from buendnis_graph.publish.catalogue.dcat import dcat
from buendnis_graph.publish.catalogue.facts import read_facts
from buendnis_graph.publish.catalogue.open_points import points_of
from buendnis_graph.publish.catalogue.prov import say_build
from buendnis_graph.publish.catalogue.triples import DATASET
from buendnis_graph.publish.catalogue.words import licence
from buendnis_graph.publish.dumps import Manifest
from buendnis_graph.publish.export import export
from buendnis_graph.validate import Fast, PyShacl
from buendnis_graph.validate.anycheck import check_any
from tests.mini import MiniProject
from tests.publish.catalogue.conftest import Described
from tests.publish.catalogue.test_dcat import PROFILES
from tests.publish.small import publishable

SET = """
<https://w3id.org/buendnis-graph/dataset> <http://purl.org/dc/terms/publisher> <https://w3id.org/buendnis-graph/id/x> ;
  <http://www.w3.org/ns/dcat#contactPoint> <https://w3id.org/buendnis-graph/dataset#contact> ;
  <http://purl.org/dc/terms/identifier> "https://doi.org/10.5072/123456789" ;
  <http://purl.org/dc/terms/isReferencedBy> <https://github.com/perma-id/w3id.org/tree/master/buendnis-graph> ;
  <http://dcat-ap.de/def/dcatde/contributorID> <http://dcat-ap.de/def/contributors/example> .
<https://w3id.org/buendnis-graph/dataset#contact> a <http://www.w3.org/2006/vcard/ns#Organization> ;
  <http://www.w3.org/2006/vcard/ns#fn> "Redaktion" ;
  <http://www.w3.org/2006/vcard/ns#hasURL> <https://example.org/contact> .
"""
NOTHING = Manifest("0.1.0", "0", ())


def test_all_is_open_and_nothing_made_up(described: Described) -> None:
    assert [point.key for point in points_of(described.about)] == [
        "publisher",
        "contact",
        "contributorID",
        "doi",
        "w3id",
    ]
    text = (described.folder / "dataset.ttl").read_text(encoding="utf-8")
    assert "contributorID" not in text
    assert "doi.org" not in text
    assert "contactPoint" not in text
    assert "editorialNote" in text  # that the contributors stand in for a publisher


def test_what_is_set_is_used_and_open_no_more(mini: MiniProject, tmp_path: Path) -> None:
    graph = publishable(mini, SET)
    assert open_points(graph.project) == []
    about = read_about(graph.store, graph.project, Release())
    assert (about.publisher.name, about.has_publisher, about.creator.name) == ("X", True, "Bündnis-Graph contributors")
    assert datacite(about, NOTHING)["doi"] == "10.5072/123456789"
    assert datacite(about, NOTHING)["publisher"] == {"name": "X"}
    told = dcat(about, read_facts(graph), NOTHING)
    say_build(told, about, read_facts(graph))
    text = told.turtle()
    assert "editorialNote" not in text
    for word in ("contributors/example", "dcat:contactPoint", "vcard:hasURL", "https://doi.org/10.5072/123456789"):
        assert word in text
    (tmp_path / "set.ttl").write_text(text, encoding="utf-8")
    for engine in (Fast(), PyShacl()):
        assert check_any([tmp_path / "set.ttl"], PROFILES, engine).results == []


def test_before_the_first_build_nothing_can_be_said(mini: MiniProject) -> None:
    with pytest.raises(NotBuiltError, match="no built graph"):
        open_points(mini)


def test_a_publisher_without_a_name_is_told(graph: Graph) -> None:
    store = ox.Store()
    store.extend(graph.store.quads_for_pattern(ox.NamedNode(DATASET), None, None, ox.DefaultGraph()))
    store.add(ox.Quad(ox.NamedNode(DATASET), expand("dcterms:publisher"), ox.NamedNode("https://example.org/nobody")))
    with pytest.raises(UsageError, match="has no name"):
        read_about(store, graph.project, Release())


def test_a_description_without_a_version_is_told(graph: Graph) -> None:
    with pytest.raises(UsageError, match=r"data/dataset\.ttl has no"):
        read_about(ox.Store(), graph.project, Release())


def test_an_unknown_licence_is_told() -> None:
    with pytest.raises(UsageError, match="not among the licences"):
        licence("https://example.org/licence", "name")


def test_the_commit_is_told_only_if_the_build_is_of_it(mini: MiniProject, tmp_path: Path) -> None:
    publishable(mini)
    assert Release.of(mini).commit is None  # no git

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
        done = subprocess.run(
            ["git", "-C", str(mini.root), *who, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    (mini.root / ".gitignore").write_text("build/\n", encoding="utf-8")
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "All")
    assert Release.of(mini).commit == git("rev-parse", "HEAD")
    mini.source("four", 'id:x schema:foundingDate "2020"^^xsd:gYear .')
    git("add", "--all")
    assert Release.of(mini).commit is None  # changed since
    git("commit", "--quiet", "--message", "More")
    with pytest.raises(NotBuiltError, match="changed since the last build"):  # the build is of the files before
        export(Graph(mini), tmp_path / "out", ["turtle"])
    build(mini)
    export(Graph(mini), tmp_path / "out", ["turtle"])
    assert f'"{git("rev-parse", "HEAD")}"' in (tmp_path / "out" / "dataset.ttl").read_text(encoding="utf-8")
    mini.source("five", 'id:x schema:foundingDate "2021"^^xsd:gYear .')
    build(mini)
    assert Release.of(mini).commit is None  # the build is of these files, of which one is not in the commit


def test_the_version_before_is_optional(described: Described, graph: Graph) -> None:
    about = replace(described.about, release=Release())
    assert "previousVersion" not in dcat(about, read_facts(graph), NOTHING).turtle()
