"""The SPARQL page: the same answers as the command line, limits, sharing, without a network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, Page, expect

from buendnis_graph.graph import Graph
from buendnis_graph.queries import Table, read_catalogue
from buendnis_graph.settings import Project
from tests.browser.asking import Asking
from tests.browser.looks import violations_everywhere
from tests.browser.server import Server, serving
from tests.mini import REAL

pytestmark = pytest.mark.system


@pytest.fixture
def asking(page: Page, server: Server) -> Asking:
    return Asking(page, server.url)


def test_each_question_of_the_catalogue_has_the_answer_of_the_command_line(asking: Asking, graph: Graph) -> None:
    asking.open()
    for question in read_catalogue(REAL):
        asking.choose(question.name)
        asking.run()
        table = graph.query(question.name)
        assert isinstance(table, Table)
        assert asking.download("csv") == table.to_csv(), question.name


def test_a_question_is_answered_as_by_the_command_line_with_parameters(
    asking: Asking, copy: Project, graph: Graph
) -> None:
    assert graph.folder.is_dir()
    alliance = "id:buendnis-gegen-antimuslimischen-rassismus-in-sachsen"
    command = f"{sys.executable} -m buendnis_graph --root {copy.root} query members-of-alliance -p lang=de -f csv --raw"
    said = subprocess.run(
        [*command.split(), "-p", f"alliance={alliance}"], capture_output=True, check=True
    ).stdout.decode()
    asking.open(question="members-of-alliance")
    asking.fill("alliance", alliance)
    asking.run()
    assert asking.download("csv") == said
    first = [cell.strip() for cell in asking.cells()[0]]
    assert first[0] == said.splitlines()[1].split(",")[0]


def test_things_are_chosen_by_name(asking: Asking) -> None:
    asking.open(question="alliances-of-organisation")
    asking.offer("organisation")
    asking.fill("organisation", "Der Paritätische Sachsen")
    assert "VALUES ?organisation { <https://w3id.org/buendnis-graph/id/" in asking.text()
    asking.fill("organisation", "No such thing")
    field = asking.page.locator("#sparql-p-organisation")
    expect(field).to_have_attribute("aria-invalid", "true")


def test_labels_stand_for_iris_and_lead_to_pages(asking: Asking) -> None:
    asking.open("en")
    asking.type(
        "SELECT ?type ?role { ?role a ?type , skos:Concept ; bg:countsAsMember true } ORDER BY ?role ?type LIMIT 2"
    )
    asking.run()
    links = asking.page.locator("#sparql-view td a")
    assert links.nth(1).get_attribute("href") == f"{asking.url}en/role/consortium-partner.html"
    assert links.nth(1).inner_text() == "consortium partner"
    assert links.nth(0).get_attribute("href") == "http://www.w3.org/2004/02/skos/core#Concept"


def test_an_answer_is_a_chart_and_a_network(asking: Asking) -> None:
    asking.open("en", question="members-by-state", view="chart")
    asking.run()
    bars = asking.page.locator("#sparql-view svg rect")
    assert bars.count() == 16
    assert "view=chart" in asking.page.url
    asking.choose("alliances-in-alliances")
    asking.run()
    asking.show("network")
    assert asking.page.locator("#sparql-view svg circle").count() > 20
    assert violations_everywhere(asking.page) == []


def test_triples_are_turtle(asking: Asking) -> None:
    asking.open()
    asking.type("CONSTRUCT { ?t skos:prefLabel ?l } WHERE { ?t a bg:FundingProgramme ; skos:prefLabel ?l }")
    asking.run()
    shown = asking.page.locator("#sparql-view pre").inner_text()
    assert shown.startswith("@prefix id: <https://w3id.org/buendnis-graph/id/> .\n@prefix skos:")
    written = asking.download("ttl")
    assert len(list(ox.parse(written.encode(), format=ox.RdfFormat.TURTLE))) >= 2
    asking.type("ASK { ?t a bg:FundingProgramme }")
    asking.run()
    expect(asking.page.locator("#sparql-answer-title")).to_have_text("Antwort: ja")


def test_named_graphs_are_there_too(asking: Asking, graph: Graph) -> None:
    asking.open(question="licences-of-graphs")
    asking.run()
    asking.type("SELECT (COUNT(DISTINCT ?g) AS ?graphs) { GRAPH ?g { ?s ?p ?o } }")
    asking.run()
    table = graph.query("SELECT (COUNT(DISTINCT ?g) AS ?graphs) { GRAPH ?g { ?s ?p ?o } }")
    assert isinstance(table, Table)
    assert asking.download("csv") == table.to_csv(raw=True)


def test_an_error_is_told_with_its_place(asking: Asking) -> None:
    asking.open("en")
    asking.type("SELECT ?x\nWHRE {\n  ?x a bg:Alliance\n}")
    asking.run()
    assert asking.error().startswith("Line 2, column 6 is no SPARQL:")
    expect(asking.page.locator("#sparql-editor .cm-lintRange-error")).to_have_count(1)
    asking.type("SELECT (1 - 2 - 3 AS ?x) ?y WHERE { ?x }")
    asking.run()
    assert asking.error().startswith("Line 1, column 41 is no SPARQL:")
    asking.type("SELECT (1 - 2 - 3 AS ?x) {}")
    asking.run()
    assert asking.cells() == [["-4"]]


def test_neither_changes_nor_other_servers_are_reached(asking: Asking) -> None:
    asking.open("en")
    asking.type("DELETE WHERE { ?s ?p ?o }")
    asking.run()
    assert "is no SPARQL" in asking.error()
    asking.type("SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }")
    asking.run()
    assert asking.error() != ""


def test_markup_in_an_answer_is_text(asking: Asking) -> None:
    asking.open()
    asking.type(
        """SELECT ("<img src=x onerror=alert(1)><b>b</b>" AS ?x) ("javascript:alert(1)" AS ?y) (<javascript:alert(1)> AS ?z) {}"""
    )
    asking.run()
    assert asking.cells() == [["<img src=x onerror=alert(1)><b>b</b>", "javascript:alert(1)", "javascript:alert(1)"]]
    assert asking.page.locator("#sparql-view :is(img, b, a)").count() == 0


def test_a_query_that_takes_too_long_is_ended_and_the_next_is_answered(asking: Asking) -> None:
    asking.open("en")
    asking.page.locator("#sparql-limit").select_option("5")
    asking.type("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    asking.run()
    assert asking.error().startswith("Stopped after 5 seconds without an answer.")
    asking.type("SELECT (COUNT(*) AS ?n) { ?a a bg:Alliance }")
    asking.run()
    assert int(asking.cells()[0][0]) >= 80


def test_a_query_can_be_stopped_and_one_too_deep_ends_nothing_else(asking: Asking) -> None:
    asking.open("en")
    asking.type("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    asking.page.locator("#sparql-run").click()
    asking.page.locator("#sparql-stop").click()
    asking.wait()
    assert asking.error() == "Stopped."
    asking.type("SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }")
    asking.run()
    assert asking.error().startswith("The query exhausted")
    asking.type("ASK {}")
    asking.run()
    assert asking.error() == ""


def test_the_address_brings_back_question_parameters_and_text(asking: Asking) -> None:
    asking.open(question="members-of-alliance")
    asking.fill("alliance", "id:netzwerk-tolerantes-sachsen")
    asking.run()
    text, url = asking.text(), asking.page.url
    assert "question=members-of-alliance" in url
    asking.page.goto("about:blank")
    asking.page.goto(url)
    asking.run()
    assert asking.text() == text
    own = 'SELECT * {\n  VALUES ?x { "a+b & c%20#d ✓"@de }\n} # end'
    asking.type(own)
    asking.run()
    url = asking.page.url
    asking.page.goto("about:blank")
    asking.page.goto(url)
    asking.run()
    assert asking.text() == own
    assert asking.cells() == [["a+b & c%20#d ✓"]]


def test_a_term_is_completed_by_its_german_label_and_the_query_asked_by_keyboard(asking: Asking) -> None:
    asking.open()
    asking.type("SELECT ?x { ?x a ")
    keyboard = asking.page.keyboard
    keyboard.press("Control+End")
    keyboard.type("Bündn", delay=30)
    option = asking.page.locator("#sparql-editor [role=option][aria-selected=true]")
    expect(option).to_contain_text("bg:Alliance")
    asking.page.wait_for_timeout(200)  # the editor takes no key for a choice that was made before one could read
    keyboard.press("Enter")
    keyboard.type(" }")
    asking.page.keyboard.press("Escape")
    assert asking.text() == "PREFIX bg: <https://w3id.org/buendnis-graph/ontology#>\nSELECT ?x { ?x a bg:Alliance }"
    keyboard.press("Control+Enter")
    expect(asking.page.locator("#sparql-answer")).to_be_visible()
    asking.wait()
    assert len(asking.cells()) >= 80


def test_it_works_without_a_network_once_it_has_answered(browser: Browser, site_folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    with serving(site_folder) as server:
        asking = Asking(page, server.url)
        asking.open("en", question="alliances")
        asking.run()
        expect(page.locator("#sparql-offline")).to_be_visible()
        answered = asking.cells()
    asking.open("en", question="alliances")  # the server is gone
    asking.run()
    assert asking.cells() == answered
    scopes = page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.scope).sort())"
    )
    assert scopes == [f"{server.url}en/sparql", f"{server.url}sparql"], "no other page is touched"
    context.close()


def test_from_a_file_it_says_what_it_needs(browser: Browser, site_folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text))
    page.goto((site_folder / "en/sparql.html").as_uri())
    expect(page.locator("#sparql-needs")).to_contain_text("python3 -m http.server")
    expect(page.locator("#sparql-form")).to_be_hidden()
    assert problems == []
    context.close()
