"""The reference engine leaves rdflib as it found it, and messages are the same each time."""

from __future__ import annotations

import logging

import pyoxigraph as ox
import pytest
import rdflib

from buendnis_graph.errors import ShapesError
from buendnis_graph.validate import Data, Engine, Fast, PyShacl, Shapes

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://e/> .\n"


def graph(text: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)]


@pytest.mark.parametrize("path", [":p", "'p'"])
@pytest.mark.parametrize("normalize", [False, True])
def test_rdflib_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch, path: str, normalize: bool) -> None:
    log = logging.getLogger("rdflib.term")
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", normalize)
    level = log.level
    shapes = Shapes(graph(f":s sh:targetNode :a ; sh:property [ sh:path {path} ; sh:maxCount 0 ] ."))
    try:
        results = PyShacl().validate(Data(graph(':a :p "01"^^<http://www.w3.org/2001/XMLSchema#integer> .')), shapes)
        assert (len(results), path) == (1, ":p")
    except ShapesError:
        assert path != ":p"
    assert (rdflib.NORMALIZE_LITERALS, log.level) == (normalize, level)


@pytest.mark.parametrize("engine", [Fast(), PyShacl()])
@pytest.mark.parametrize(
    "constraint",
    [
        "sh:property [ sh:path :p ; sh:maxCount 0 ; {} ]",
        'sh:sparql [ sh:select "SELECT $this ?value WHERE {{ $this <http://e/p> ?value }}" ; {} ]',
    ],
)
@pytest.mark.parametrize("texts", ['"B."@en , "A."@en , "Ü."@de , "x"', '"A."@en , "x" , "B."@en , "Ü."@de'])
def test_all_messages_of_a_language_are_kept_in_one_order(engine: Engine, constraint: str, texts: str) -> None:
    shapes = Shapes(graph(f":s sh:targetNode :a ; {constraint.format(f'sh:message {texts}')} ."))
    (result,) = engine.validate(Data(graph(":a :p 1 .")), shapes)
    assert result.messages == {"de": "Ü.", "en": "A. B.", "": "x"}
