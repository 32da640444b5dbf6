"""What holds of every name and every batch, and what the values of properties are compared by."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.serve.reconcile.answering import Answerer
from buendnis_graph.serve.reconcile.matching import Matcher
from buendnis_graph.serve.reconcile.offer import kinds, part, properties
from buendnis_graph.serve.reconcile.preview import page
from buendnis_graph.serve.reconcile.questions import Condition, Question, unpacked
from buendnis_graph.serve.reconcile.suggest import Suggester
from buendnis_graph.serve.reconcile.things import Thing, Things
from buendnis_graph.serve.reconcile.values import keys, normal

HOUSES = ("Kulturhaus Sonnenschein", "KULTURHAUS sonnenschein", "Wegweiser", "BuVi", "Leipzig", "Rassismus", "Y")
NAMES = st.sampled_from(HOUSES) | st.text(max_size=30).filter(str.strip)
PROPERTIES = st.sampled_from(sorted(properties())) | st.just("unknown")
CONDITIONS = st.builds(
    Condition,
    PROPERTIES,
    st.lists(NAMES, max_size=3).map(tuple),
    st.booleans(),
    st.sampled_from(["any", "all", "none"]),
)
QUESTIONS = st.builds(
    Question,
    st.lists(NAMES, max_size=2).map(tuple),
    st.lists(st.sampled_from([*kinds(), ""]), max_size=2).map(tuple),
    st.booleans(),
    st.integers(1, 50),
    st.lists(CONDITIONS, max_size=3).map(tuple),
)


@pytest.fixture(scope="session")
def matcher(things: Things) -> Matcher:
    return Matcher(things)


@settings(max_examples=150, deadline=None)
@given(question=QUESTIONS)
def test_candidates_are_sorted_bounded_and_explained(matcher: Matcher, question: Question) -> None:
    told = matcher.told(question, "en")
    scores = [one["score"] for one in told]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert len(told) <= question.limit
    assert len({one["id"] for one in told}) == len(told)
    assert not any(one["match"] for one in told[1:])
    assert not any(one["match"] and one["score"] < 90 for one in told)
    assert all(one["features"] for one in told)
    assert unpacked(json.loads(json.dumps(question.packed()))) == question
    if question.kinds:
        assert all(any(kind["id"] in question.kinds for kind in one["type"]) for one in told)


@settings(max_examples=30, deadline=None)
@given(questions=st.lists(QUESTIONS, min_size=1, max_size=5), data=st.data())
def test_a_batch_is_its_questions_in_any_order(
    answerer: Answerer, questions: list[Question], data: st.DataObject
) -> None:
    def lines(some: list[Question]) -> list[bytes]:
        task = {"do": "match", "questions": [one.packed() for one in some], "language": "de"}
        return answerer({"query": json.dumps(task)})[1].split(b"\n")

    single = [lines([one])[0] for one in questions]
    assert lines(questions) == single
    order = data.draw(st.permutations(range(len(questions))))
    assert lines([questions[n] for n in order]) == [single[n] for n in order]


def test_every_name_finds_its_thing(things: Things, matcher: Matcher) -> None:
    suggester = Suggester(things)
    names = [(thing, name) for thing in things.by_iri.values() for name in thing.names]
    assert len(names) > 15
    for thing, name in names:
        found = matcher.told(Question((name,), limit=50), "de")
        assert thing.id in {one["id"] for one in found if one["score"] >= 90}, name
        assert thing.id in {one["id"] for one in suggester.suggest(name, None, 50, 0, "de")}, name
        assert thing.id == matcher.told(Question((thing.id,)), "de")[0]["id"]


@settings(max_examples=60, deadline=None)
@given(prefix=st.text(max_size=4), kind=st.sampled_from([None, *kinds()]))
def test_suggestions_begin_as_asked_and_come_once(things: Things, prefix: str, kind: str | None) -> None:
    found = [one["id"] for one in Suggester(things).suggest(prefix, kind, 100, 0, "de")]
    assert len(found) == len(set(found))
    assert all(kind in thing.kinds for one in found if kind and (thing := things.get(one)))


@pytest.mark.parametrize(
    ("name", "ours", "given"),
    [
        ("register-number", "Dresden VR 1", "vr1"),
        ("register-number", "Dresden VR 1", "Dresden VR1"),
        ("legal-form", "https://w3id.org/buendnis-graph/legal-form/ev", "e. V."),
        ("legal-form", "https://w3id.org/buendnis-graph/legal-form/ggmbh", "gGmbH"),
        ("website", "https://www.x.example/start", "x.example"),
        ("identifier", "http://www.wikidata.org/entity/Q1", "q1"),
        ("identifier", "http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q1"),
        ("label-de", "Bündnis für Vielfalt", "buendnis fuer vielfalt e.V."),
    ],
)
def test_spellings_of_a_value_meet(name: str, ours: str, given: str) -> None:
    of = properties()[name]
    assert normal(of, given) in keys(of, ours)


def test_a_page_holds_no_markup_of_others() -> None:
    bad = '"><script>alert(1)</script>'
    thing = Thing(
        f"https://w3id.org/buendnis-graph/id/{bad}",
        ("organisation",),
        {"de": bad},
        (bad, bad + "2"),
        {"website": (bad,)},
    )
    text = page(thing, Things({thing.iri: thing}), f"https://x.example/{bad}/", "de")
    assert "<script" not in text
    assert text.count('"&gt;') == 0


def test_every_type_and_property_has_words_in_both_languages() -> None:
    names = [*(kind.name for kind in kinds().values()), *(of.name for of in properties().values())]
    for texts in (part("name"), *names, *part("feature").values()):
        assert set(texts) == {"de", "en"}
    assert {name for kind in kinds().values() for name in kind.properties} <= properties().keys()


def test_a_thing_without_a_type_or_name_is_none(things: Things) -> None:
    values: dict[str, Any] = {thing.id: thing.kinds for thing in things.by_iri.values()}
    assert "alter-wegweiser" not in values
    assert values["bunte-vielfalt"] == ("alliance", "organisation")
    assert things.get("nobody") is None
