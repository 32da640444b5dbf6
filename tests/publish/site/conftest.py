"""A small project and the site made from it: built for real, and once more with names that no build lets through."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from buendnis_graph.build import build
from buendnis_graph.derive import derive, read_rules
from buendnis_graph.graph import Graph
from buendnis_graph.publish.site.whole import whole_site
from buendnis_graph.tables import make
from tests.mini import REAL, MiniProject

MARKUP = "</title><script>alert(1)</script><img src=x onerror=alert(2)> & \"quoted\" 'quoted' {{ 7 * 7 }}"
BIDI = "Bund \u202egnureh\u2066 e.V."
QUOTED = "Bündnis \"Rechts & Links\" 'heute' {{ 7 * 7 }}"
LONG = "Verein für sehr lange Namen " + "x" * 472


@dataclass
class Made:
    """A project and all files of its site by path."""

    project: MiniProject
    files: dict[str, str]

    def page(self, path: str) -> LexborHTMLParser:
        """Return a page, parsed."""
        return LexborHTMLParser(self.files[path])

    def text(self, path: str) -> str:
        """Return what a page says, blanks as one."""
        main = self.page(path).css_first("main")
        assert main is not None
        return " ".join(main.text(separator=" ").split())

    @property
    def pages(self) -> list[str]:
        """The paths of all pages."""
        return [path for path in self.files if path.endswith(".html")]


def small_project(root: Path, names: tuple[str, str, str] = ("Verein A", QUOTED, LONG)) -> MiniProject:
    """Write the project: x has members with these names, one of them dated; sources disagree on when it was founded."""
    root.mkdir(exist_ok=True)
    project = MiniProject(root)
    shutil.copy(REAL.data / "dataset.ttl", root / "data")
    shutil.copy(REAL.root / "CITATION.cff", root)
    (root / "queries").mkdir()
    shutil.copytree(REAL.queries / "membership", root / "queries" / "membership")
    for slug, name in zip("abc", names, strict=True):
        label = json.dumps(name, ensure_ascii=False)
        project.write(f"data/registry/{slug}.ttl", f"id:{slug} a org:Organization ; skos:prefLabel {label}@de .\n")
    project.write(
        "data/registry/old.ttl", 'id:old a org:Organization ; skos:prefLabel "Alt"@de ; dcterms:isReplacedBy id:a .\n'
    )
    project.attest("p1", "a", "x", issued="2023-05-03", more='; bg:attestedOn "2023-05-03"^^xsd:date')
    project.attest("p2", "a", "x", more='; bg:since "2023-03"^^xsd:gYearMonth')
    project.attest("p3", "b", "x")
    project.attest("p4", "c", "x", "carrier")
    project.attest("p5", "x", "y", "initiator")
    project.source("p6", 'id:x schema:foundingDate "2021"^^xsd:gYear .')
    project.source("p7", 'id:x schema:foundingDate "2022-04"^^xsd:gYearMonth .', issued="2022-05")
    project.source(
        "p8",
        ":count--x--members--2024 a bg:MemberCount ; bg:countOf id:x ; bg:count 12 ; bg:bound bound:more-than ; "
        'bg:countKind count-kind:members ; bg:asOf "2024"^^xsd:gYear ; dcterms:source SRC .',
    )
    project.body("z", "org:Organization , bg:Alliance")
    project.attest("p20", "a", "z", more='; bg:attestedOn "2019"^^xsd:gYear')
    project.attest("p21", "c", "z", more='; bg:attestedOn "2021-03"^^xsd:gYearMonth')
    project.source(
        "p22",
        ":count--z--members--2016 a bg:MemberCount ; bg:countOf id:z ; bg:count 1 ; bg:bound bound:exact ; "
        'bg:countKind count-kind:members ; bg:asOf "2016"^^xsd:gYear ; dcterms:source SRC .',
    )
    return project


def site_of(graph: Graph, project: MiniProject) -> Made:
    """Return the site of a graph, all as text."""
    files = whole_site(graph).files()
    return Made(project, {path: text.decode() if isinstance(text, bytes) else str(text) for path, text in files})


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small project, built, and its site."""
    project = small_project(tmp_path_factory.mktemp("small") / "project")
    build(project)
    return site_of(Graph(project), project)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The site of a project that no validation has seen, whose names do their worst."""
    project = small_project(tmp_path_factory.mktemp("hostile") / "project", (MARKUP, BIDI, LONG))
    return site_of(unchecked(project), project)


def unchecked(project: MiniProject) -> Graph:
    """Return the graph of a project that is not validated and nowhere on disk."""
    graph = Graph(project)
    store = derive(project.corpus(checked=False), read_rules(project.ontology / "rules"))
    graph.__dict__.update(store=store, without_bulk=store, tables=make(store), view_lines=lambda: None, lines_of=None)
    return graph
