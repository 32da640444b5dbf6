"""Names taken apart: spellings of one name meet, names of different bodies do not."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from buendnis_graph.resolving import POSSIBLE, SURE, Entry, compare, parse
from buendnis_graph.resolving.acronyms import compound_parts, stands_for
from buendnis_graph.resolving.index import Index, keys_of, may_resemble, size_of

SAME = [
    ("Kulturbüro Sachsen e.V.", "Kulturbuero Sachsen e. V."),
    ("Verein für Demokratie eingetragener Verein", "Verein für Demokratie"),
    ("gGmbH Soziale Dienste", "Soziale Dienste gemeinnützige GmbH"),
    ("Migrant*innenrat", "Migrant:innenrat"),
    ("Migrant_innenrat", "MigrantInnenrat"),
    ("Rat der Migrantinnen und Migranten", "Rat der Migranten"),
    ("Medienmacher*innen", "Medienmacher"),
    ("„Bunt statt braun“", "Bunt statt braun"),
    ("Netzwerk – Demokratie", "Netzwerk Demokratie"),
    ("Treff Ost c/o Haus der Vereine", "Treff Ost"),
    ("Antidiskriminierungsverband Deutschland (advd)", "advd – Antidiskriminierungsverband Deutschland"),
    ("Bund für Umwelt & Naturschutz", "Bund für Umwelt und Naturschutz"),
    ("Deutsch Plus", "DeutschPlus"),
    ("Senioren-Organisationen", "Seniorenorganisationen"),
    ("Zentralwohlfahrtstelle der Juden", "Zentralwohlfahrtsstelle der Juden"),
    ("ZEOK", "Zentrum für Europäische und Orientalische Kultur (ZEOK)"),
    ("EKD", "Evangelische Kirche in Deutschland"),
    ("lagfa Sachsen-Anhalt", "Landesarbeitsgemeinschaft der Freiwilligenagenturen Sachsen-Anhalt"),
    ("neuen deutschen Organisationen", "Neue Deutsche Organisationen e.V."),
    ("Zentralrat der Juden", "Zentralrat der Juden in Deutschland"),
    ("ufuq.de", "Ufuq e. V."),
]

DIFFERENT = [
    ("Landesverband der Tafeln", "Kreisverband der Tafeln"),
    ("AWO Kreisverband Leipzig Stadt", "AWO Kreisverband Leipzig Land"),
    ("Kulturbüro Dresden", "Kulturbüro Sachsen"),
    ("RAA Sachsen", "RAA Berlin"),
    ("Bürgerverein Freiberg", "Bürgerverein Freiburg"),
    ("Jugendverband Bautzen", "Jugendverbund Bautzen"),
    ("Stiftung gegen Rassismus", "Bündnis gegen Rassismus"),
    ("Netzwerk für Demokratie und Courage (NDC)", "Netzwerk für Demokratische Kultur (NDK)"),
    ("Dachverband der Migrantenorganisationen (DaMOst)", "Dachverband der Migrantinnenorganisationen (DaMigra)"),
    ("Verein Miteinander e.V.", "Verein Miteinander gGmbH"),
    ("Haus der Arbeit", "Haus der Arbeiter"),
    ("Turnverein 1905 Rot", "Turnverein 1905"),
    ("Riesen in Not", "Riesenschnauzer in Not"),
    ("IDA", "Institut für Demokratie und Zivilgesellschaft (IDZ)"),
    ("Förderverein Netzwerk Courage", "Netzwerk Courage"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_spellings_of_one_name_are_the_same(one: str, two: str) -> None:
    likeness = compare(parse(one), parse(two))
    assert likeness.score >= SURE, likeness
    assert likeness.reasons


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_different_bodies_are_never_the_same(one: str, two: str) -> None:
    assert compare(parse(one), parse(two)).score < SURE


def test_same_name_with_other_legal_form_is_asked_about() -> None:
    likeness = compare(parse("Violence Prevention Network e. V."), parse("Violence Prevention Network gGmbH"))
    assert POSSIBLE <= likeness.score < SURE
    assert "other-legal-form" in likeness.reasons


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("A e.V.", "ev"),
        ("A e. V.", "ev"),
        ("A eV", "ev"),
        ("A eingetragener Verein", "ev"),
        ("e.V. A in Mitte", "ev"),
        ("A gGmbH", "ggmbh"),
        ("A gemeinnützige GmbH", "ggmbh"),
        ("A gUG (haftungsbeschränkt)", "gug"),
        ("A gAG", "gag"),
        ("A GmbH", "gmbh"),
        ("A eG", "eg"),
        ("A K.d.ö.R.", "public-corporation"),
        ("BP Europa SE", "se"),
    ],
)
def test_legal_forms_in_all_spellings_and_positions(name: str, form: str) -> None:
    parsed = parse(name)
    assert parsed.legal_forms == {form}
    assert not {"ev", "ggmbh", "gmbh", "ug", "ag", "eg", "se"} & set(parsed.words)


@pytest.mark.parametrize("name", ["AG Bildung", "Reservat", "Everest Klub", "Sevilla", "Rugby Verein", "Magen David"])
def test_words_that_hold_letters_of_a_legal_form_are_left_alone(name: str) -> None:
    assert not parse(name).legal_forms


def test_compounds_are_cut_at_known_parts() -> None:
    assert compound_parts("sportjugend") == ("sport", "jugend")
    assert compound_parts("landesarbeitsgemeinschaft") == ("landes", "arbeits", "gemeinschaft")
    assert compound_parts("xyzzy") == ("xyzzy",)


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("dsj", "deutsche sportjugend", True),
        ("bdaj", "bund der alevitischen jugendlichen in deutschland", True),
        ("lamsa", "landesnetzwerk der migrantenorganisationen in sachsen anhalt", True),
        ("ndk", "netzwerk demokratie und courage", False),
        ("abc", "deutscher sportbund", False),
        ("ds", "deutscher sportbund", False),
    ],
)
def test_acronyms_are_made_of_beginnings_of_all_words(acronym: str, name: str, fits: bool) -> None:
    assert stands_for(acronym, tuple(name.split())) is fits


NAMES = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from("Bund der Netzwerk e.V. gGmbH (NDC) – Sachsen Migrant*innen & für RAA „x“ -".split()),
        max_size=8,
    ).map(" ".join),
)


@given(NAMES, NAMES)
def test_comparing_is_symmetric_and_bounded(one: str, two: str) -> None:
    first, second = compare(parse(one), parse(two)), compare(parse(two), parse(one))
    assert first.score == second.score
    assert 0 <= first.score <= 1


WORDS = st.lists(
    st.sampled_from(
        "Verein Vereine Förderverein Kulturzentrum Kulturzentren Stadtteilladen Stadtteilleben Nord Bunt Vielfalt Rat".split()
    ),
    max_size=6,
).map(" ".join)


@given(NAMES | WORDS, NAMES | WORDS)
def test_what_the_index_passes_over_is_not_alike(one: str, two: str) -> None:
    first, second = parse(one), parse(two)
    sizes = size_of(first), size_of(second)
    if all(sizes) and not keys_of(first) & keys_of(second) and compare(first, second).score >= POSSIBLE:
        assert may_resemble(*sizes, len(set(first.stems) & set(second.stems)))


SHORT = st.lists(
    st.sampled_from(
        "NDC ndc DaMOst LSB Bund BN SJ Rat RAA AG UND AB Sport (LSB) (RAA) – die in e.V. Nord*innen".split()
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
LONGER = st.lists(
    st.sampled_from("NDC Netzwerk Demokratie Courage Landessportbund Sportjugend der (LSB) RAA Rat Nord BN –".split()),
    min_size=1,
    max_size=5,
).map(" ".join)


@settings(max_examples=500)
@given(SHORT | NAMES, st.lists(SHORT | LONGER | NAMES, max_size=8))
@example("lsb", ["Landessportbund"] * 60)
@example("Landesspo", ["LS"])
@example("Bund", [f"Haus {n} Bund" for n in range(60)])
@example("Sportbun", ["SBU", "SB in", "spo", "Nord (SB)"])
@example("RAA AB", ["Verein (RAA)"])
@example("Nord (RAA)", ["Haus RAA"])
def test_an_acronym_finds_what_a_look_at_all_entries_would(acronym: str, others: list[str]) -> None:
    name = parse(acronym)
    index = Index(Entry(str(number), (other,)) for number, other in enumerate(others))
    alike = {str(n) for n, other in enumerate(others) if compare(name, parse(other)).score >= POSSIBLE}
    assert not name.is_acronym or alike <= {entry.key for entry in index.candidates(name)}


@given(NAMES)
def test_a_name_is_itself_if_it_has_a_word(name: str) -> None:
    parsed = parse(name)
    assert compare(parsed, parsed).score == 1.0 or not parsed.stems


@given(NAMES)
def test_taking_apart_never_fails(name: str) -> None:
    assert parse(name).joined == "".join(parse(name).words)
