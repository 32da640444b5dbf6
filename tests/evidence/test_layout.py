"""Each thing has one home, and a file says only what belongs into it."""

from __future__ import annotations

import os

import pytest

from buendnis_graph.errors import LayoutError, ReadError
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


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("data/codings/g.trig", "kind that does not belong here"),
        ("data/registry/d.nt", "kind that does not belong here"),
        ("data/registry/D.TTL", "kind that does not belong here"),
        ("data/quellen/z.ttl", "in no folder of the graph"),
        ("data/other.ttl", "in no folder of the graph"),
        ("data/registry/two words.ttl", "not named by a slug"),
        ("data/sources/example.org/a b/2026-11-22.trig", "not named <site>/<slug>/<date seen>"),
        ("data/sources/example.org/2026-11-22.trig", "not named <site>/<slug>/<date seen>"),
    ],
)
def test_no_file_is_passed_over_or_misplaced(mini: MiniProject, path: str, says: str) -> None:
    mini.write(path, "id:q rdfs:comment 'x'@en .\n")
    with pytest.raises(LayoutError, match=says) as caught:
        mini.corpus()
    assert path in str(caught.value)


def test_links_and_pipes_are_refused(mini: MiniProject) -> None:
    (mini.data / "registry" / "link.ttl").symlink_to("/etc/hostname")
    with pytest.raises(ReadError, match="no ordinary file"):
        mini.corpus()
    (mini.data / "registry" / "link.ttl").unlink()
    os.mkfifo(mini.data / "registry" / "pipe.ttl")
    with pytest.raises(ReadError, match="no ordinary file"):
        mini.corpus()


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ("id:a org:memberOf id:x .", "states org:memberOf of id:a, which no source may"),
        ("id:a bg:topic topic:racism .", "which no source may"),
        ("id:a a bg:Alliance .", "which no source may"),
        ('id:a schema:email "x" .', "which no source may"),
        ("<http://evil.example/x> schema:name 'lost' .", "speaks of <http://evil.example/x>"),
        (
            "id:a bg:legalForm legal-form:evv .",
            "uses legal-form:evv, which nothing describes.\n  Did you mean: legal-form:ev",
        ),
        ("id:nobody schema:url <http://n/> .", "id:nobody"),
        ('id:a schema:dissolutionDate "2023-02-30"^^xsd:date .', "does not exist"),
        ('id:a schema:foundingDate "2023Z"^^xsd:gYear .', "does not exist"),
    ],
)
def test_what_no_source_may_say_is_refused_with_its_line(mini: MiniProject, facts: str, says: str) -> None:
    mini.source("p", facts)
    message = _message(mini)
    assert says in message
    assert "data/sources/example.org/p/2026-11-22.trig:" in message


def test_files_are_placed_in_the_graph_of_their_folder(mini: MiniProject) -> None:
    source = mini.source("p", 'id:a schema:foundingDate "2001"^^xsd:gYear .')
    graphs = {str(item.path.parts[:2]): item.quad.graph_name.value for item in mini.corpus().quads}  # type: ignore[union-attr]
    assert graphs["('data', 'registry')"] == f"{BASE}graph/registry"
    assert {item.quad.graph_name.value for item in mini.corpus().quads if "sources" in item.path.parts} == {  # type: ignore[union-attr]
        source,
        f"{BASE}graph/sources",
    }
