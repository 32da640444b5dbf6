"""The reach of each rule is known, and what is around a change stays small."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from buendnis_graph.derive import read_rules
from buendnis_graph.namespaces import BASE
from buendnis_graph.renew import reach
from buendnis_graph.renew.kept import NotLocalError
from buendnis_graph.renew.reach import hash_of, rule_hashes, surroundings
from tests.mini import REAL, MiniProject

RULES = read_rules(REAL.ontology / "rules")


def test_somebody_looked_at_the_reach_of_every_rule() -> None:
    """If this fails: does ``reach.py`` collect all that the rule looks at? Then write its hash into ``reach.toml``."""
    assert {rule.name: hash_of(rule) for rule in RULES} == rule_hashes()


def _said(mini: MiniProject) -> ox.Store:
    store = ox.Store()
    store.extend(item.quad for item in mini.corpus().quads)
    return store


def test_a_fact_about_one_body_does_not_reach_another(mini: MiniProject) -> None:
    mini.source("one", 'id:a schema:foundingDate "2020"^^xsd:gYear .')
    mini.source("two", 'id:a schema:foundingDate "2021"^^xsd:gYear .')
    mini.source("three", 'id:b schema:foundingDate "2021"^^xsd:gYear .')
    store = _said(mini)
    graph = ox.NamedNode(f"{BASE}source/example.org/one/2026-11-22")
    found = surroundings(store.quads_for_pattern(None, None, None, graph), store, RULES)
    sources = {str(q.graph_name).split("/")[-2] for q in found if "example.org" in str(q.graph_name)}
    assert sources == {"one", "two"}


def test_a_rule_that_nobody_looked_at_is_not_trusted() -> None:
    changed = [replace(RULES[0], text=RULES[0].text + "# other"), *RULES[1:]]
    for rules in (changed, RULES[1:], [*RULES, replace(RULES[0], name="new")]):
        with pytest.raises(NotLocalError):
            surroundings([], ox.Store(), rules)


def test_too_much_around_a_change_is_not_looked_at(mini: MiniProject, monkeypatch: pytest.MonkeyPatch) -> None:
    mini.attest("one", "a", "x")
    store = _said(mini)
    body = ox.NamedNode(f"{BASE}id/x")
    assert surroundings(store.quads_for_pattern(body, None, None, None), store, RULES)
    monkeypatch.setattr(reach, "MANY_QUADS", 5)
    with pytest.raises(NotLocalError):
        surroundings(store.quads_for_pattern(body, None, None, None), store, RULES)
