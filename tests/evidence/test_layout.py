"""Each thing has one home, and a file says only what belongs into it."""

from __future__ import annotations

import pytest

from buendnis_graph.errors import LayoutError
from buendnis_graph.namespaces import BASE
from tests.mini import MiniProject


def _message(mini: MiniProject) -> str:
    with pytest.raises(LayoutError) as caught:
        mini.corpus()
    assert caught.value.line
    return str(caught.value)


def test_two_files_that_describe_one_thing_are_both_named(mini: MiniProject) -> None:
    mini.write("data/codings/one.ttl", "coding:k rdfs:comment 'one'@en .\n")
    mini.write("data/codings/two.ttl", "coding:k rdfs:comment 'two'@en .\n")
    message = _message(mini)
    assert "data/codings/two.ttl:" in message
    assert "data/codings/one.ttl:" in message


def test_a_registry_file_is_named_after_its_thing(mini: MiniProject) -> None:
    mini.write("data/registry/d.ttl", 'id:e a org:Organization ; skos:prefLabel "E"@de .\n')
    assert f"<{BASE}id/d>" in _message(mini)


def test_a_source_file_holds_its_own_graph_only(mini: MiniProject) -> None:
    mini.write(
        "data/sources/example.org/p/2026-11-22.trig", "<http://example.org/other> { id:a schema:url <http://a/> }\n"
    )
    assert "that is not this source" in _message(mini)


def test_a_source_file_describes_nothing_but_the_source(mini: MiniProject) -> None:
    mini.write("data/sources/example.org/p/2026-11-22.trig", 'id:a skos:prefLabel "A" .\n')
    assert "outside the source's graph" in _message(mini)


def test_only_sources_have_named_graphs(mini: MiniProject) -> None:
    mini.write("data/codings/g.trig", "graph:x { id:a schema:url <http://a/> }\n")
    assert "has a named graph" in _message(mini)


def test_files_are_placed_in_the_graph_of_their_folder(mini: MiniProject) -> None:
    source = mini.source("p", 'id:a schema:foundingDate "2001"^^xsd:gYear .')
    graphs = {str(item.path.parts[:2]): item.quad.graph_name.value for item in mini.corpus().quads}  # type: ignore[union-attr]
    assert graphs["('data', 'registry')"] == f"{BASE}graph/registry"
    assert {item.quad.graph_name.value for item in mini.corpus().quads if "sources" in item.path.parts} == {  # type: ignore[union-attr]
        source,
        f"{BASE}graph/sources",
    }
