"""The layers about the files, kept up to date edit by edit, find what checking everything finds."""

from __future__ import annotations

import os
import random
from collections import Counter

import pyoxigraph as ox
import pytest

from buendnis_graph.evidence import Corpus
from buendnis_graph.validate import Fast, Result, layer_shapes, validate_layer
from buendnis_graph.validate.checker import Checker
from buendnis_graph.validate.evidence_view import EvidenceView
from buendnis_graph.validate.layers import validate_said
from buendnis_graph.validate.said import Said
from tests.mini import REAL

ENGINE = Fast()
COMPARE = int(os.environ.get("BUENDNIS_COMPARE", "20"))
"""After how many edits everything is checked, which takes a thousand times as long as an edit; ``1``: after each."""
LAYERS = ("evidence", "registry", "privacy")
SHAPES = {layer: layer_shapes(REAL, layer) for layer in LAYERS}
REST = layer_shapes(REAL, "registry", "privacy")


@pytest.fixture(scope="module")
def quads(corpus: Corpus) -> list[ox.Quad]:
    """What the project's own files say."""
    return [item.quad for item in corpus.quads]


def told(results: list[Result]) -> Counter[tuple[str, ...]]:
    return Counter((*result.key, str(result.source), result.rule) for result in results)


def carry_out(now: dict[ox.Quad, None], gone: list[ox.Quad], come: list[ox.Quad]) -> None:
    for quad in gone:
        now.pop(quad, None)
    now.update(dict.fromkeys(come))


def edits(quads: list[ox.Quad], seed: int, count: int) -> list[tuple[list[ox.Quad], list[ox.Quad]]]:
    """Return edits of the real corpus one after another: lines removed, changed, written anew, in every kind of file."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    now = dict.fromkeys(quads)
    graphs = sorted({quad.graph_name for quad in quads}, key=str)
    made = []
    for _ in range(count):
        old = pick.choice(quads)
        other = pick.choice(quads)
        same_kind = pick.choice([quad for quad in quads[:5000] if quad.predicate == old.predicate] or [other])
        new = pick.choice(
            [
                ox.Quad(old.subject, old.predicate, same_kind.object, old.graph_name),
                ox.Quad(old.subject, other.predicate, old.object, old.graph_name),
                ox.Quad(old.subject, old.predicate, ox.Literal("x", language="fr"), old.graph_name),
                ox.Quad(other.subject, old.predicate, old.object, old.graph_name),
                ox.Quad(old.subject, old.predicate, old.object, pick.choice(graphs)),
            ]
        )
        gone = [quad for quad in [old] if quad in now and pick.random() < 0.7]
        come = [new] if new not in now else []
        carry_out(now, gone, come)
        made.append((gone, come))
    return made


@pytest.mark.parametrize("seed", [1, 2])
def test_after_edits_the_findings_are_those_of_a_full_run(quads: list[ox.Quad], seed: int) -> None:
    checker = Checker(quads, SHAPES["evidence"], REST, ENGINE)
    now = dict.fromkeys(quads)
    seen = 0
    for number, (gone, come) in enumerate(edits(quads, seed, 60)):
        checker.update(gone, come)
        carry_out(now, gone, come)
        if number % COMPARE == COMPARE - 1:
            full = [r for layer in LAYERS for r in validate_layer(layer, now, SHAPES[layer], ENGINE)]
            assert told(checker.results) == told(full)
            assert told(validate_said(Said(now), SHAPES["evidence"], REST, ENGINE)) == told(full)
            seen += len(full)
    assert seen, "the edits broke nothing"


@pytest.mark.parametrize("seed", [3, 4])
def test_the_graph_of_what_sources_say_takes_changes_as_if_made_anew(quads: list[ox.Quad], seed: int) -> None:
    view = EvidenceView(quads)
    now = dict.fromkeys(quads)
    triples = set(view.triples)
    for gone, come in edits(quads, seed, 40):
        left, entered = view.change(gone, come)
        assert not triples & set(entered)
        assert set(left) <= triples
        triples -= set(left)
        triples |= set(entered)
        carry_out(now, gone, come)
    anew = EvidenceView(now)
    assert triples == set(view.triples) == set(anew.triples)
    assert view.renamed == anew.renamed
    assert {k: set(v) for k, v in view.mentions.items() if v} == {k: set(v) for k, v in anew.mentions.items() if v}


def test_a_fact_said_by_two_files_stays_until_both_drop_it(quads: list[ox.Quad]) -> None:
    quad = next(q for q in quads if q.predicate.value.endswith("prefLabel") and "/id/" in str(q.subject))
    twin = ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode("urn:other"))
    checker = Checker([*quads, twin], None, SHAPES["registry"], ENGINE)
    before = told(checker.results)
    checker.update([quad], [])
    assert told(checker.results) == before
    checker.update([twin], [])
    assert told(checker.results) != before


def test_without_a_thing_in_two_sources_one_run_is_enough(quads: list[ox.Quad]) -> None:
    alone = next(graph for graph in {q.graph_name for q in quads} if "/source/" in str(graph))
    few = [q for q in quads if "/source/" not in str(q.graph_name) and "/source/" not in str(q.subject)]
    few += [q for q in quads if alone in (q.graph_name, q.subject)]
    few += [ox.Quad(q.subject, q.predicate, ox.Literal("x"), q.graph_name) for q in few[-9:]]
    said = Said(few)
    assert not said.shared
    full = [r for layer in LAYERS for r in validate_layer(layer, few, SHAPES[layer], ENGINE)]
    assert full
    assert told(validate_said(said, SHAPES["evidence"], REST, ENGINE)) == told(full)


@pytest.mark.parametrize("graph", ["registry", "source"])
def test_what_is_said_twice_is_said_until_it_is_removed_twice(quads: list[ox.Quad], graph: str) -> None:
    source = next(q.graph_name for q in quads if "/source/" in str(q.graph_name))
    ours = next(q.graph_name for q in quads if "/source/" not in str(q.graph_name))
    where = source if graph == "source" else ours
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.NamedNode("urn:b"), where)
    view = EvidenceView([quad, quad])
    assert view.change([quad], []) == ([], [])
    assert view.change([], [quad]) == ([], [])
    gone, come = view.change([quad, quad], [])
    assert len(gone) == 1
    assert not come
    assert not view.triples
    view.change([], [quad, quad])
    assert view.change([quad, quad], [quad]) == ([], [])
    assert len(view.triples) == 1
