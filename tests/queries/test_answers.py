"""The first questions: answers worked out by hand from the sources, golden answers, and the same through rdflib alone."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
import rdflib

from buendnis_graph.graph import Graph
from buendnis_graph.queries import Question, Table, read_catalogue
from tests.mini import REAL

GOLDEN = Path(__file__).parent / "golden"
QUESTIONS = read_catalogue(REAL)

DZ = "Demokratie-Zentrum Sachsen"
HSV = "Haus der sozialen Vielfalt"
SDJ = "Soziale Dienste und Jugendhilfe"
IAF = "Verband binationaler Familien und Partnerschaften"
SAXON = "Bündnis gegen antimuslimischen Rassismus in Sachsen"
BAMGA = "Bundesallianz der Migrantenorganisationen gegen Antisemitismus und Menschenfeindlichkeit"
BBE = "Bundesnetzwerk Bürgerschaftliches Engagement"
BSM = "Bundesverband soziales Mentoring"
NTS = "Netzwerk Tolerantes Sachsen"
BGR = "Bündnis gegen Rassismus. Für ein gerechtes und menschenwürdiges Sachsen"
SLAG = "Sächsische Landesarbeitsgemeinschaft Auseinandersetzung mit dem Nationalsozialismus"


def _ask(graph: Graph, name: str, **parameters: str) -> list[dict[str, str]]:
    table = graph.query(name, **parameters)
    assert isinstance(table, Table)
    return [{name: "" if term is None else term.value for name, term in row.items()} for row in table]


def test_who_belongs_to_an_alliance_and_who_says_so(graph: Graph) -> None:
    rows = _ask(graph, "members-of-alliance")
    assert Counter(row["member"] for row in rows) == {
        DZ: 5,
        HSV: 4,
        SDJ: 5,
        IAF: 7,
        "JUMU Deutschland": 1,
        "Laubegast ist bunt": 1,
    }
    founding_page = [
        row for row in rows if row["source"] == "https://www.soziale-dienste-jugendhilfe.de/buendnisarbeit/"
    ]
    assert [(r["member"], r["listedName"], r["role"], r["since"]) for r in founding_page] == [
        (SDJ, "wir", "Gründungsmitglied", "")
    ]
    inferred = {row["source"] for row in rows if row["dateInferred"] == "true"}
    assert inferred == {"https://www.soziale-dienste-jugendhilfe.de/pm-auftakt/"}
    press = [row for row in rows if row["attestedOn"] == "2023-03-27"]
    assert {(r["member"], r["listedName"], r["since"]) for r in press} == {
        (HSV, "Haus der sozialen Vielfalt e.V.", "2023"),
        (SDJ, "Soziale Dienste und Jugendhilfe gGmbH", "2023"),
    }


def test_in_which_alliances_an_organisation_is(graph: Graph) -> None:
    rows = _ask(graph, "alliances-of-organisation")
    assert {r["alliance"]: (r["roles"], r["pages"]) for r in rows} == {
        BBE: ("Mitglied", "1"),
        BSM: ("Mitglied", "1"),
        SAXON: ("Gründungsmitglied, Mitglied, Träger", "8"),
        NTS: ("Mitglied", "2"),
    }
    assert {(r["sinceEarliest"], r["sinceLatest"]) for r in rows if r["alliance"] == SAXON} == {
        ("2023-01-01", "2023-03-27")
    }, "stated as 2023; attested as a member on 27 March"


def test_founding_members_and_carriers_of_the_saxon_alliance(graph: Graph) -> None:
    rows = _ask(graph, "founders-and-carriers")
    assert {(r["role"], r["organisation"]): r["pages"] for r in rows} == {
        ("Gründungsmitglied", DZ): "5",
        ("Gründungsmitglied", HSV): "3",
        ("Gründungsmitglied", SDJ): "3",
        ("Gründungsmitglied", IAF): "7",
        ("Träger", HSV): "5",
        ("Träger", SDJ): "3",
    }


def test_every_source_on_one_fact(graph: Graph) -> None:
    rows = _ask(graph, "sources-of-fact")
    assert [(r["value"], r["preferred"], r["issued"], r["source"].split("/")[2]) for r in rows] == [
        ("2023", "false", "", "www.tolerantes-sachsen.de"),
        ("2023-03", "true", "2023-05-03", "www.adb-sachsen.de"),
        ("2023-05", "false", "2023-05", "www.merkur.de"),
    ]


def test_conflicting_facts(graph: Graph) -> None:
    rows = _ask(graph, "conflicting-facts")
    found: dict[tuple[str, str], dict[str, bool]] = {}
    for row in rows:
        key = (row["subject"], row["property"].rpartition("/")[2].rpartition("#")[2])
        found.setdefault(key, {})[row["value"]] = row["preferred"] == "true"
    assert found == {
        ("Balu und Du", "seat"): {"Köln": False, "Osnabrück": True},
        (BAMGA, "foundingDate"): {"2021-06-30": True, "2021-07": False},
        (BBE, "foundingDate"): {"2002": True, "2002-06-05": False, "2003": False},
        (SAXON, "foundingDate"): {"2023-03": True, "2023-05": False},
        (HSV, "legalForm"): {
            "eingetragener Verein": False,
            "gemeinnützige Gesellschaft mit beschränkter Haftung": True,
        },
        (SDJ, "subOrganizationOf"): {
            "Deutsch-Muslimische Bildung und Wohlfahrt": False,
            "Zentralrat der Muslime in Deutschland": True,
        },
        (SDJ, "foundingDate"): {"2015": True, "2016": False},
        ("Violence Prevention Network", "legalForm"): {
            "eingetragener Verein": True,
            "gemeinnützige Gesellschaft mit beschränkter Haftung": False,
        },
        ("Weltoffenes Sachsen", "foundingDate"): {"2005": True, "2007": False},
        ("eleven", "legalForm"): {
            "eingetragener Verein": False,
            "gemeinnützige Gesellschaft mit beschränkter Haftung": True,
        },
    }
    assert {r["explained"] for r in rows if r["subject"] == HSV} == {"true"}, "the change to a gGmbH is reported"
    assert {r["explained"] for r in rows if r["subject"] == "eleven"} == {"false"}
    assert {r["reason"] for r in rows if r["subject"] == "eleven"} == {"", "mehr Seiten"}


def test_stated_sizes_over_time(graph: Graph) -> None:
    rows = _ask(graph, "stated-sizes")
    assert [(r["asOf"], r["bound"], r["number"]) for r in rows] == [
        ("2016-12-09", "etwa", "100"),
        ("2021", "genau", "120"),
        ("2021-03", "genau", "120"),
        ("2024", "mehr als", "150"),
        ("2025-12", "mehr als", "160"),
        ("", "mehr als", "100"),
        ("", "mehr als", "130"),
        ("", "mehr als", "130"),
        ("", "mehr als", "130"),
        ("", "mehr als", "150"),
        ("", "mehr als", "150"),
    ]


def test_who_funds_what_and_the_funder_inside(graph: Graph) -> None:
    rows = _ask(graph, "who-funds-what")
    wos = {r["funded"] for r in rows if r["programme"] == "Weltoffenes Sachsen"}
    assert wos >= {
        SAXON,
        NTS,
        BGR,
        "Fachnetzwerk gegen Antisemitismus in Sachsen",
        "Fachnetzwerk Antiziganismus/Antiromaismus (Sachsen)",
    }
    assert {r["inside"] for r in rows if r["funded"] == SAXON} == {DZ}
    assert {(r["funded"], r["funder"]) for r in rows if r["inside"] and r["inside"] == r["funder"]} == {
        (NTS, "Amadeu Antonio Stiftung")
    }
    assert {r["recipient"] for r in rows if r["source"].endswith("de/buendnisarbeit/")} == {HSV, SDJ}


def test_topics_of_the_alliances(graph: Graph) -> None:
    topics: dict[str, set[str]] = {}
    for row in _ask(graph, "topics-of-alliances", lang="en"):
        topics.setdefault(row["alliance"], set()).add(row["topic"])
    assert topics[SAXON] >= {"Anti-Muslim racism"}
    assert topics[NTS] >= {
        "Democratic culture",
        "Ideologies of inequality",
        "Combating antisemitism",
        "Anti-racism",
        "Democratic community work",
        "Counselling for victims of right-wing violence",
        "Acceptance of self-determined ways of life",
        "School project days",
        "Empowerment",
        "Awareness-raising on anti-discrimination",
        "Anti-racist development education",
    }
    assert topics[BSM] == {"Social mentoring"}


def test_what_is_known_from_one_source_only(graph: Graph) -> None:
    rows = _ask(graph, "single-source-memberships")
    by_alliance = Counter(row["alliance"] for row in rows)
    assert by_alliance[BBE] == 35
    assert by_alliance[NTS] == 35
    assert {r["member"] for r in rows if r["alliance"] == SAXON} == {"JUMU Deutschland", "Laubegast ist bunt"}
    assert {r["member"] for r in rows if r["alliance"] == BSM} == {"Balu und Du", "Schülerpaten Berlin", SDJ}
    assert (SDJ, BBE) in {(r["member"], r["alliance"]) for r in rows}


def test_organisations_in_several_alliances(graph: Graph) -> None:
    rows = _ask(graph, "organisations-in-several-alliances")
    found = {r["organisation"]: set(r["alliances"].split(" | ")) for r in rows}
    assert found[SDJ] == {BBE, BSM, SAXON, NTS}
    assert found[HSV] == {SAXON, "Der Paritätische Sachsen"}
    assert found["JUMU Deutschland"] >= {BGR, SAXON}
    assert found[SLAG] >= {NTS, "Forum Landesarbeitsgemeinschaften Gedenkstätten"}
    assert all(int(r["number"]) == len(found[r["organisation"]]) >= 2 for r in rows)


def test_every_alliance_of_the_corpus_answers(graph: Graph) -> None:
    alliances = _ask(graph, "alliances")
    assert len(alliances) == 80
    named = [row for row in alliances if row["members"] != "0"]
    for row in named:
        members = {r["member"] for r in _ask(graph, "members-of-alliance", alliance=row["slug"])}
        assert len(members) >= int(row["members"]), row["alliance"]
    assert sum(int(row["members"]) for row in alliances) > 400


def _golden(name: str) -> list[list[str]]:
    with (GOLDEN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("name", [question.name for question in QUESTIONS])
def test_golden_answers(graph: Graph, name: str) -> None:
    table = graph.query(name)
    assert isinstance(table, Table)
    assert list(csv.reader(table.to_csv().splitlines())) == _golden(name)


@pytest.fixture(scope="module")
def plain(graph: Graph) -> rdflib.Graph:
    """The consolidated view in rdflib, without our code."""
    plain = rdflib.Graph()
    for path in (graph.folder / "view").iterdir():
        plain.parse(path)
    return plain


@pytest.fixture(scope="module")
def whole(graph: Graph) -> rdflib.Dataset:
    """The named graphs in rdflib, for questions about graphs."""
    dataset = rdflib.Dataset()
    for path in (graph.folder / "quads").iterdir():
        dataset.parse(path)
    return dataset


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_rdflib_answers_the_same_without_our_code(
    plain: rdflib.Graph, request: pytest.FixtureRequest, question: Question
) -> None:
    data = request.getfixturevalue("whole") if question.uses_graphs else plain
    text = question.path.read_text(encoding="utf-8")
    rows = [["" if term is None else str(term) for term in row] for row in data.query(text)]  # type: ignore[union-attr]
    assert rows == _golden(question.name)[1:]


def test_every_question_has_a_golden_answer_and_no_other_is_left() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == {question.name for question in QUESTIONS}
    assert all(len(_golden(question.name)) > 1 for question in QUESTIONS)
