"""A small project that can be published: a description of the data set, a link under CC BY, a handful of bodies."""

from __future__ import annotations

import shutil

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from tests.mini import REAL, MiniProject

REGISTER = "https://w3id.org/buendnis-graph/register/U1104_VR1"
LINKS = f"""
<{REGISTER}> a bg:RegisterEntry ; bg:registerCourt "Dresden" ; bg:registerNumber "VR 1" .
link:register--a--U1104_VR1 a owl:Axiom , sssom:Mapping ; owl:annotatedProperty schema:sameAs ; owl:annotatedSource id:a ;
  owl:annotatedTarget <{REGISTER}> ; bg:judgement judgement:same ; bg:seenIn "OffeneRegister.de" ;
  sssom:mapping_date "2026-11-25"^^xsd:date ; sssom:mapping_justification semapv:LexicalMatching ;
  sssom:object_label "A e.V." .
"""


def publishable(mini: MiniProject, more: str = "") -> Graph:
    """Return the built graph of a small project.

    Args:
        mini: the project, to be filled.
        more: what to say of the data set beyond what the project's own description says, in Turtle.
    """
    shutil.copy(REAL.data / "dataset.ttl", mini.data / "dataset.ttl")
    shutil.copy(REAL.root / "CITATION.cff", mini.root / "CITATION.cff")
    if more:
        file = mini.data / "dataset.ttl"
        file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    mini.write("data/links/register.ttl", LINKS)
    mini.attest("one", "a", "x", "founding-member", more='; bg:since "2020"^^xsd:gYear', issued="2021-05")
    mini.attest("two", "b", "x", publisher="x")
    mini.source("three", 'id:x schema:foundingDate "2019-05"^^xsd:gYearMonth .')
    build(mini)
    return Graph(mini)
