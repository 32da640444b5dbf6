"""The alliance's own word: template, check, preview, import, and that it goes first."""

from __future__ import annotations

import pytest

from buendnis_graph.errors import UsageError
from buendnis_graph.evidence import read_corpus, replace_files
from buendnis_graph.importing.model import Limits, Selection
from buendnis_graph.importing.plan import Desk, Plan, make_plan
from buendnis_graph.importing.read import read_table
from buendnis_graph.importing.show import is_wrong, preview, wrong
from buendnis_graph.importing.statement import complete, split_statement, template
from buendnis_graph.resolving import resolver_for
from tests.mini import MiniProject, ask, rows

ROWS = "A;Gründungsmitglied;2020;;;\nNeuer Verein e.V.;Mitglied;27.03.2023;;;www.neu.example\n"


def filled(body: str = ROWS, issued: str = "22.11.2026") -> str:
    """Return the template as a coordinator fills it in."""
    text = (
        template()
        .replace("Bündnis · alliance:", "Bündnis · alliance: X")
        .replace("Adresse · address:", "Adresse · address: https://x.example/")
    )
    return text.replace("Stand · issued:", f"Stand · issued: {issued}") + body


def state(project: MiniProject, text: str) -> Plan:
    given, content = split_statement(text.encode())
    table = read_table(content, "x.csv", Selection(), Limits())
    corpus = read_corpus(project)
    desk = Desk(project, corpus, resolver_for(corpus))
    return make_plan(desk, table, Selection(), complete(given | {"seen": "2026-11-23"}), Limits())


def test_the_template_says_what_to_do_in_both_languages_and_is_a_list_once_filled_in(mini: MiniProject) -> None:
    assert "Bitte keine Personen" in template()
    assert "No persons" in template()
    made = state(mini, filled())
    assert made.source.kind == "alliance-statement"
    assert (made.source.issued, made.source.publisher, made.source.alliance) == ("2026-11-22", "x", "x")
    assert [o.row.line for o in made.outcomes] == [len(template().splitlines()) + 1, len(template().splitlines()) + 2]


def test_a_template_that_a_spreadsheet_saved_is_read_too(mini: MiniProject) -> None:
    text = "\r\n".join(
        f'"{line}"' if ";" in line and line.startswith("#") else line + (";;;;;" if line.startswith("#") else "")
        for line in filled().splitlines()
    )
    assert state(mini, text).source.issued == "2026-11-22"


def test_it_must_be_dated(mini: MiniProject) -> None:
    with pytest.raises(UsageError, match="Stand · issued"):
        state(mini, filled(issued=""))


def test_check_says_what_is_wrong_row_by_row(mini: MiniProject) -> None:
    assert not is_wrong(state(mini, filled()))
    made = state(mini, filled("A;Fahnenträger;irgendwann;;;\nFrau Muster;;;;;\n"))
    assert is_wrong(made)
    first = len(template().splitlines()) + 1
    lines = wrong(made, "de")
    assert [line for line in lines if line.startswith(f"Zeile {first}:")] == [
        f"Zeile {first}: seit: kein Datum, das sich halten lässt, weggelassen",
        f"Zeile {first}: Rollenwort 'Fahnenträger' unbekannt, als Mitglied eingeordnet",
    ]
    assert f"Zeile {first + 1}: sieht aus wie ein Personenname: Zeile nicht übernommen" in lines
    assert f"line {first + 1}: looks like a person's name: row not taken" in wrong(made, "en")


def test_preview_shows_the_list(mini: MiniProject) -> None:
    shown = preview(state(mini, filled()), "de")
    assert "Neuer Verein e.V." in shown
    assert "2023-03-27" in shown
    assert "1 bekannt, 1 neu" in shown
    assert "\x1b" not in preview(state(mini, filled()), "en")


def test_it_attests_its_members_as_of_its_date(mini: MiniProject) -> None:
    replace_files(mini, state(mini, filled()).files)
    store = mini.derived()
    assert rows(store, "SELECT DISTINCT ?d { ?a bg:attestedOn ?d }") == [("2026-11-22",)]
    assert ask(store, "?s dcterms:type source-kind:alliance-statement ; dcterms:publisher id:x")


def test_of_the_alliances_own_pages_its_dated_statement_goes_first(mini: MiniProject) -> None:
    """Legal form and number of members: a later page of its own does not beat it, nor does a third party."""
    said = "id:x bg:legalForm legal-form:{} . :count a bg:MemberCount ; bg:countOf id:x ; bg:countKind count-kind:members ; bg:count {} ; bg:bound bound:more-than ; bg:asOf '2026'^^xsd:gYear ; dcterms:source SRC ."
    mini.source("page", said.format("none", 10), publisher="x", issued="2026-12-01")
    mini.source("third", said.format("ggmbh", 12), issued="2026-12-02")
    statement = mini.source("own", said.format("ev", 11), publisher="x", issued="2026-11-22")
    path = mini.data / "sources" / "example.org" / "own" / "2026-11-22.trig"
    path.write_text(
        path.read_text(encoding="utf-8").replace("source-kind:third-party", "source-kind:alliance-statement"),
        encoding="utf-8",
    )
    mini.attest("m", "a", "x")
    store = mini.derived()
    assert ask(store, "id:x bg:legalForm legal-form:ev")
    assert ask(store, f"?c a bg:Coverage ; bg:coverageOf id:x ; bg:statedCount <{statement}#count>")
