"""What is read again where it is asked for is what was read with all the rest, and little is read."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.evidence import Corpus, Located, recalled
from buendnis_graph.evidence.corpus import read_one
from buendnis_graph.evidence.faults import Fault
from buendnis_graph.evidence.recalled import Recalled
from buendnis_graph.namespaces import RDF_TYPE
from buendnis_graph.settings import Project
from tests.mini import REAL, MiniProject


def test_each_question_has_the_answer_that_all_files_give(corpus: Corpus) -> None:
    again = Recalled(REAL, corpus)
    some = corpus.quads[::401]
    for item in some:
        subject, graph = item.quad.subject, item.quad.graph_name
        assert item in again.about(subject)
        assert list(again.about(subject)) == list(corpus.about(subject))
        assert again.locate(subject, item.quad.predicate, item.quad.object) == corpus.locate(
            subject, item.quad.predicate, item.quad.object
        )
        assert again.locate(item.quad.object, source=graph) == corpus.locate(item.quad.object, source=graph)
    for source in corpus.sources[::97]:
        assert list(again.within(source)) == list(corpus.within(source))
    for kind in {item.quad.object for item in some if item.quad.predicate == RDF_TYPE}:
        assert list(again.of_class(kind)) == list(corpus.of_class(kind))
    assert again.about(ox.NamedNode("http://e/nobody")) == []


def test_only_files_that_speak_of_it_are_read_and_each_once(mini: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    attestation = ox.NamedNode(mini.attest("one", "a", "x"))
    mini.source("two", 'id:a schema:foundingDate "2019-05"^^xsd:gYearMonth .')
    again, read = Recalled(mini, mini.corpus()), list[str]()

    def noted(project: Project, path: Path) -> tuple[list[Located], list[Fault]]:
        read.append(path.name if path.suffix == ".ttl" else path.parts[-2])
        return read_one(project, path)

    monkeypatch.setattr(recalled, "read_one", noted)
    for _ in range(2):
        assert {item.path.suffix for item in again.about(attestation)} == {".trig"}
        assert len({item.path for item in again.about(ox.NamedNode("https://w3id.org/buendnis-graph/id/a"))}) == 2
    assert read == ["one", "a.ttl", "two"]


def test_a_file_that_has_changed_meanwhile_counts_as_it_is(mini: MiniProject) -> None:
    file, node = mini.data / "registry" / "a.ttl", ox.NamedNode("https://w3id.org/buendnis-graph/id/a")
    corpus, before = mini.corpus(), file.read_bytes()
    known = corpus.locate(node)
    assert known is not None
    file.write_bytes(b"# more\n" + before)
    assert Recalled(mini, corpus).locate(node) == known._replace(line=known.line + 1)
    for content in (before.replace(b"id:a", b"id:b"), b"@prefix : <", b"\xff", b""):
        file.write_bytes(content)
        assert Recalled(mini, corpus).locate(node) is None
    file.unlink()
    assert Recalled(mini, corpus).locate(node) is None


def test_what_has_the_same_hash_is_kept_apart(mini: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.attest("one", "a", "x")
    corpus = mini.corpus()
    monkeypatch.setattr(recalled, "hash", lambda _thing: 1, raising=False)
    again = Recalled(mini, corpus)
    for item in corpus.quads[::17]:
        assert list(again.about(item.quad.subject)) == list(corpus.about(item.quad.subject))
        assert list(again.within(item.quad.graph_name)) == list(corpus.within(item.quad.graph_name))
