"""Who is who across data sets: findings with their weights, exclusions, rivals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.linking.body import Body, made
from buendnis_graph.linking.candidates import Candidates
from buendnis_graph.linking.score import ACCEPTED, Match, matches

OTHERS = [
    made("1", ["University of Passau"], {"places": ["Passau"]}),
    made("2", ["Passau University Library"], {}),
    made("3", ["Federal Agency for Nature Conservation"], {"acronyms": ["BfN"]}),
    made("4", ["Max Planck Institute of Quantum Optics"], {}),
    made("5", ["Max Planck Institute for Polymer Research"], {}),
    made("6", ["Kulturwerk Sonnenschein Nordstadt"], {"places": ["Munich"], "founded": ["1998-05"]}),
    made("7", ["Kulturwerk Sonnenschein Nordstadt"], {"places": ["Leipzig"], "founded": ["2004"]}),
    made("8", ["Bund für Umwelt und Naturschutz Sachsen"], {}),
    made("9", ["Landesverband der Gartenfreunde Sachsen"], {}),
    made("10", ["Bündnis Offene Stadt Görlitz"], {"classes": ["funding programme"]}),
    made("11", ["Netzwerk Bunte Heide Lüneburg"], {"websites": ["https://www.bunte-heide.example/start"]}),
    made("12", ["Hochschule Augsburg"], {}),
]
INDEX = Candidates(OTHERS)


def _best(name: str, *more: str, **told: list[str]) -> Match:
    return matches(made("q", [name, *more], told), INDEX)[0]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Universität Passau", "1"),
        ("Universitätsbibliothek Passau", "2"),
        ("Bundesamt für Naturschutz", "3"),
        ("Max-Planck-Institut für Quantenoptik", "4"),
        ("Max-Planck-Institut für Polymerforschung", "5"),
    ],
)
def test_german_names_find_english_entries(name: str, key: str) -> None:
    best = _best(name)
    assert best.body.entry.key == key
    assert best.is_certain
    assert ("name", "translated") in {(part.name, part.level) for part in best.contributions}


def test_rivals_share_what_there_is_and_a_place_settles() -> None:
    name = "Kulturwerk Sonnenschein Nordstadt e. V."
    unsettled = matches(made("q", [name], {}), INDEX)[:2]
    assert {match.body.entry.key for match in unsettled} == {"6", "7"}
    assert all(match.score < 0.5 for match in unsettled)
    settled = _best(name, places=["München"])
    assert settled.body.entry.key == "6"
    assert settled.is_certain
    assert _best(name, founded=["2005"]).body.entry.key == "7"


def test_what_a_body_lies_in_speaks_for_it_but_never_against_and_articles_add_nothing() -> None:
    ours = made("q", ["Kulturwerk Sonnenschein Nordstadt"], {"places": ["Leipzig"], "forms": ["e. V."]})

    def told(**facts: list[str]) -> dict[str, tuple[str, float]]:
        (match,) = matches(ours, Candidates([made("1", ["Kulturwerk Sonnenschein Nordstadt"], facts)]))
        return {part.name: (part.level, part.weight) for part in match.contributions}

    assert told(within=["Leipzig"])["place"][0] == "same"
    assert "place" not in told(within=["Landkreis Görlitz"])
    assert told(within=["Leipzig"], places=["Dresden"])["place"][0] == "other"
    assert told(forms=["eingetragener Verein"])["form"][0] == "same"
    assert told(forms=["gemeinnützige GmbH"])["form"][0] == "other"
    assert told(pages=["dewiki"])["pages"] == ("some", 0.0)


@pytest.mark.parametrize(
    ("name", "told", "key", "conflict"),
    [
        ("Universität Passau", {}, "2", "other-kind"),  # a library is not its university
        ("Bezirksverband der Gartenfreunde Sachsen", {}, "9", "other-level"),
        ("Bündnis Offene Stadt Görlitz", {"classes": ["association"]}, "10", "other-class"),
        ("Förderverein Netzwerk Bunte Heide Lüneburg", {"websites": ["bunte-heide.example"]}, "11", "other-kind"),
    ],
)
def test_what_is_of_another_kind_is_never_accepted(
    name: str, told: dict[str, list[str]], key: str, conflict: str
) -> None:
    found = {match.body.entry.key: match for match in matches(made("q", [name], told), INDEX)}
    assert found[key].conflict == conflict
    assert not found[key].is_certain


def test_a_withdrawn_entry_is_shown_and_not_accepted() -> None:
    gone = made("1", ["Universität Passau"], {}, is_gone=True)
    (match,) = matches(made("q", ["Universität Passau"], {}), Candidates([gone, *OTHERS[3:]]))[:1]
    assert match.score >= ACCEPTED
    assert not match.is_certain


def test_a_school_is_not_taken_for_a_university() -> None:
    assert not _best("University of Augsburg").is_certain


def test_what_is_judged_apart_is_no_candidate() -> None:
    body = made("q", ["Universität Passau"], {})
    assert all(m.body.entry.key != "1" for m in matches(body, INDEX, frozenset({("q", "1")})))


NAMES = st.sampled_from([name for body in OTHERS for name in body.entry.names]) | st.text(max_size=30)


@given(st.lists(NAMES, max_size=4), st.lists(NAMES, min_size=1, max_size=3))
def test_scores_are_probabilities_of_exclusive_things(entries: list[str], names: list[str]) -> None:
    index = Candidates([made(str(number), [name], {}) for number, name in enumerate(entries)])
    found = matches(made("q", names, {}), index)
    assert all(0 <= match.score <= 1 for match in found)
    assert sum(match.score for match in found) <= 1.001
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


@given(st.permutations(OTHERS), NAMES)
def test_the_order_of_the_other_data_set_does_not_matter(others: list[Body], name: str) -> None:
    body = made("q", [name], {})
    assert [(m.body.entry.key, m.score) for m in matches(body, Candidates(others))] == [
        (m.body.entry.key, m.score) for m in matches(body, INDEX)
    ]
