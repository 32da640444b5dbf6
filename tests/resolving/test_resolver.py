"""Three outcomes: the same, new, unsure; places, websites and persons' judgements count."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.errors import ReadError
from buendnis_graph.resolving import Entry, Judgements, Listed, Outcome, Resolver, entries, judgements, resolver_for
from buendnis_graph.resolving.duplicates import look_alikes
from buendnis_graph.resolving.evaluate import evaluate, read_pairs
from buendnis_graph.resolving.normalise import key
from buendnis_graph.resolving.reasons import REASONS, in_words
from tests.mini import MiniProject


def _entry(key: str, *names: str, place: str = "", website: str = "", form: str = "") -> Entry:
    return Entry(
        key,
        names,
        frozenset({place} if place else ()),
        frozenset({website} if website else ()),
        frozenset({form} if form else ()),
    )


ENTRIES = [
    _entry("kb-sachsen", "Kulturbüro Sachsen", place="Dresden", website="kulturbuero-sachsen.de"),
    _entry("kb-dresden", "Kulturbüro Dresden", place="Dresden"),
    _entry("treff-leipzig", "Bunter Treff", place="Leipzig"),
    _entry("treff-zwickau", "Bunter Treff", place="Zwickau"),
    _entry("damost", "Dachverband der Migrant*innenorganisationen in Ostdeutschland", "DaMOst"),
    _entry("hsv", "Haus der sozialen Vielfalt", form="ggmbh"),
]


def _ask(listed: Listed, judgements: Judgements | None = None) -> tuple[str, str | None]:
    decision = Resolver(ENTRIES, judgements)(listed)
    return decision.outcome.value, decision.entry.key if decision.entry else None


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (Listed("Kulturbuero Sachsen e. V."), ("same", "kb-sachsen")),
        (Listed("DaMOst e.V."), ("same", "damost")),
        (Listed("Dachverband der Migrantenorganisationen in Ostdeutschland (DaMOst)"), ("same", "damost")),
        (Listed("Bunter Treff", place="Leipzig"), ("same", "treff-leipzig")),
        (Listed("Bunter Treff"), ("unsure", None)),
        (Listed("Kulturbüro Sachsen", place="Görlitz"), ("unsure", None)),
        (Listed("Kulturbüro Sachsen", place="Sachsen"), ("same", "kb-sachsen")),
        (Listed("Haus der sozialen Vielfalt e.V."), ("unsure", None)),
        (
            Listed("Kulturbüro für Sachsen und Polen", website="https://www.kulturbuero-sachsen.de/x"),
            ("same", "kb-sachsen"),
        ),
        (Listed("Antidiskriminierungsbüro Sachsen"), ("new", None)),
        (Listed(""), ("new", None)),
    ],
)
def test_outcomes(listed: Listed, expected: tuple[str, str | None]) -> None:
    assert _ask(listed) == expected


def test_a_persons_judgement_goes_before_everything() -> None:
    same = Judgements(same={"Das Büro": "kb-sachsen"})
    assert _ask(Listed("Das Büro"), same) == ("same", "kb-sachsen")
    apart = Judgements(not_same={"Kulturbüro Sachsen": frozenset({"kb-sachsen"})})
    assert _ask(Listed("Kulturbüro Sachsen"), apart)[1] != "kb-sachsen"


def test_every_reason_has_words_in_both_languages() -> None:
    assert all(set(texts) == {"de", "en"} for texts in REASONS.values())
    for listed in ("Bunter Treff", "Kulturbuero Sachsen", "Haus der sozialen Vielfalt e.V."):
        for candidate in Resolver(ENTRIES)(Listed(listed)).candidates:
            assert in_words(candidate.reasons, "de")
            assert in_words(candidate.reasons, "en")


@given(st.lists(st.sampled_from(ENTRIES), unique=True), st.sampled_from([n for e in ENTRIES for n in e.names]))
def test_the_order_of_entries_does_not_matter(some: list[Entry], name: str) -> None:
    first, second = Resolver(some)(Listed(name)), Resolver(list(reversed(some)))(Listed(name))
    assert (first.outcome, first.entry, first.candidates) == (second.outcome, second.entry, second.candidates)


def test_entries_are_read_with_all_their_names_places_and_sites(mini: MiniProject) -> None:
    mini.write("data/registry/ags-14.ttl", 'id:ags-14 a schema:Place ; skos:prefLabel "Sachsen"@de .\n')
    mini.write("data/registry/ags-14713.ttl", 'id:ags-14713 a schema:Place ; skos:prefLabel "Leipzig"@de .\n')
    mini.source(
        "p",
        'id:a bg:shortName "ABC"@de ; bg:seat id:ags-14713 ; schema:location id:ags-14 ; schema:url <https://www.a-verein.de/x> ; bg:legalForm legal-form:ev .\n'
        ':m--x--a a bg:Attestation ; org:member id:a ; org:organization id:x ; bg:listedName "Verein A e.V." ; dcterms:source SRC .',
    )
    entry = next(e for e in entries(mini.corpus()) if e.key.endswith("/a"))
    assert entry.names == ("A", "ABC", "Verein A e.V.")
    assert entry.places == {"ags-14713", "Leipzig"}
    assert entry.websites == {"a-verein.de"}
    assert entry.legal_forms == {"ev"}


def test_judgements_are_read_and_replayed(mini: MiniProject) -> None:
    mini.write(
        "data/links/names.ttl",
        'link:name--1 a bg:NameJudgement ; bg:judgedName "Die Truppe" ; bg:judgedBody id:a ; bg:judgement judgement:same .\n'
        'link:name--2 a bg:NameJudgement ; bg:judgedName "B" ; bg:judgedBody id:b ; bg:judgement judgement:not-same .\n',
    )
    found = judgements(mini.corpus())
    assert {k: v.rpartition("/")[2] for k, v in found.same.items()} == {"Die Truppe": "a"}
    decision = resolver_for(mini.corpus())(Listed("Die Truppe"))
    assert decision.outcome is Outcome.SAME
    assert decision.reason == "judged"


def test_merged_entries_are_no_candidates(mini: MiniProject) -> None:
    mini.write(
        "data/registry/old.ttl",
        'id:old a org:Organization ; skos:prefLabel "Alter Name"@de ; dcterms:isReplacedBy id:a .\n',
    )
    assert not any(entry.key.endswith("/old") for entry in entries(mini.corpus()))


def test_look_alikes_are_listed_until_judged_apart(mini: MiniProject) -> None:
    for slug, name in (("kb1", "Kulturbüro Sachsen"), ("kb2", "Kulturbuero Sachsen")):
        mini.write(f"data/registry/{slug}.ttl", f'id:{slug} a org:Organization ; skos:prefLabel "{name}"@de .\n')
    (pair,) = look_alikes(mini.corpus(), 0.9)
    assert (pair.one.names[0], pair.two.names[0]) == ("Kulturbüro Sachsen", "Kulturbuero Sachsen")
    mini.write(
        "data/links/names.ttl",
        'link:name--1 a bg:NameJudgement ; bg:judgedName "Kulturbüro Sachsen" ; bg:judgedBody id:kb2 ; bg:judgement judgement:not-same .\n',
    )
    assert look_alikes(mini.corpus(), 0.9) == []


def _pairs(tmp_path: Path, rows: list[tuple[str, str, str, str]]) -> Path:
    path = tmp_path / "pairs.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("name_a", "name_b", "same", "note"), *rows])
    return path


def test_evaluation_counts_what_is_right(tmp_path: Path) -> None:
    rows = [
        ("Kulturbüro Sachsen", "Kulturbuero Sachsen e.V.", "yes", ""),
        ("Violence Network e.V.", "Violence Network gGmbH", "yes", ""),
        ("RAA Sachsen", "RAA Berlin", "no", ""),
        ("A", "B", "yes", "AMBIG: left out"),
    ]
    score = evaluate(read_pairs(_pairs(tmp_path, rows)))
    assert (score.same_same, score.same_unsure, score.different_same, score.different_new) == (1, 1, 0, 1)
    assert (score.precision, score.recall) == (1.0, 0.5)


def test_evaluation_refuses_other_labels(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="yes or no"):
        read_pairs(_pairs(tmp_path, [("A", "B", "perhaps", "")]))


def test_a_parent_settles_or_raises_a_doubt() -> None:
    """Two youth groups of one name, of different federations."""
    entries = [
        Entry("a", ("Jugendwerk Dresden",), parents=frozenset({key("Arbeiterwohlfahrt Sachsen")})),
        Entry("b", ("Jugendwerk Dresden",), parents=frozenset({key("Diakonie Sachsen")})),
    ]
    resolver = Resolver(entries)
    assert resolver(Listed("Jugendwerk Dresden e. V.")).outcome is Outcome.UNSURE
    decision = resolver(Listed("Jugendwerk Dresden e. V.", parent="Diakonie Sachsen e. V."))
    assert decision.entry is not None
    assert decision.entry.key == "b"
    assert "same-parent" in decision.candidates[0].reasons
    alone = Resolver(entries[:1])(Listed("Jugendwerk Dresden", parent="Diakonie Sachsen"))
    assert alone.outcome is Outcome.UNSURE
    assert "other-parent" in alone.candidates[0].reasons
