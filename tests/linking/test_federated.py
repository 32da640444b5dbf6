"""Questions across: with SERVICE and in two steps the same answer, from a real server that holds recorded items."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from buendnis_graph.cli import cli
from buendnis_graph.errors import EndpointError, QueryError
from buendnis_graph.linking import federated
from buendnis_graph.linking.federated import ask_in_two_steps, asked_at, federated_questions
from buendnis_graph.queries import read_catalogue
from buendnis_graph.queries.run import check
from buendnis_graph.store.remote import RemoteStore
from tests.endpoint import http_server, oxigraph, says
from tests.linking.test_quickstatements import LINKS
from tests.mini import REAL, MiniProject

QUESTIONS = federated_questions(REAL)
ITEMS = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> . @prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix s: <http://www.wikidata.org/entity/statement/> . @prefix r: <http://www.wikidata.org/reference/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
wd:Q1 p:P571 s:Q1-1 ; p:P463 s:Q1-2 , s:Q1-3 .
s:Q1-1 ps:P571 "1998-01-01T00:00:00Z"^^xsd:dateTime ; prov:wasDerivedFrom r:1 . r:1 pr:P854 <https://ref.example/1> .
s:Q1-2 ps:P463 wd:Q7 ; pq:P580 "2019-01-01T00:00:00Z"^^xsd:dateTime . s:Q1-3 ps:P463 wd:Q8 .
wd:Q2 p:P463 s:Q2-1 . s:Q2-1 ps:P463 wd:Q8 .
wd:Q3 owl:sameAs wd:Q33 .
wd:Q99 p:P571 s:Q99-1 . s:Q99-1 ps:P571 "1900-01-01T00:00:00Z"^^xsd:dateTime .
"""


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("far") / "store"
    store = ox.Store(str(folder))
    store.load(ITEMS.encode(), format=ox.RdfFormat.TURTLE)
    store.flush()
    del store
    with oxigraph(folder) as url:
        yield url


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    mini = MiniProject(tmp_path_factory.mktemp("near"))
    mini.write("data/links/links.ttl", LINKS)
    mini.source("own", 'id:a schema:foundingDate "1999"^^xsd:gYear .', publisher="a")
    return mini.derived()


EXPECTED = {
    "founding-dates-in-wikidata": [("a", "Q1", "1999", "1998-01-01T00:00:00Z", "https://ref.example/1")],
    "members-in-wikidata": [
        ("a", "Q1", "Q7", "2019-01-01T00:00:00Z", "", ""),
        ("a", "Q1", "Q8", "", "", ""),
    ],
    "merged-items": [("c", "Q3", "Q33")],
}


def _short(term: object) -> str:
    value = str(getattr(term, "value", ""))
    ours = "https://w3id.org/buendnis-graph/id/"
    return value.removeprefix("http://www.wikidata.org/entity/").removeprefix(ours)


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_service_and_two_steps_answer_the_same(near: ox.Store, far: str, name: str) -> None:
    question = QUESTIONS[name]
    once = [tuple(map(_short, solution)) for solution in near.query(asked_at(question, far))]  # type: ignore[union-attr]
    twice = [tuple(map(_short, row)) for row in ask_in_two_steps(near, RemoteStore(far), question).rows]
    assert once == twice == EXPECTED[name]


def test_items_are_asked_for_in_several_requests(near: ox.Store, far: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = ask_in_two_steps(near, RemoteStore(far), QUESTIONS["members-in-wikidata"])
    monkeypatch.setattr(federated, "STEP", 1)
    assert ask_in_two_steps(near, RemoteStore(far), QUESTIONS["members-in-wikidata"]).rows == whole.rows


def test_only_the_ids_we_link_to_are_sent(near: ox.Store) -> None:
    sent: list[str] = []

    class Far:
        def query(self, query: str, *, prefixes: dict[str, str] | None = None) -> object:  # noqa: ARG002 - as a store
            sent.append(query)
            return ox.Store().query("SELECT ?item WHERE { ?item ?p ?o }")

    ask_in_two_steps(near, Far(), QUESTIONS["founding-dates-in-wikidata"])  # type: ignore[arg-type]
    assert len(sent) == 1
    assert "Q1>" in sent[0]
    assert "1999" not in sent[0]
    assert "buendnis-graph/id/" not in sent[0]


def test_no_server_of_ours_answers_them_and_the_catalogue_does_not_hold_them() -> None:
    assert QUESTIONS.keys() == EXPECTED.keys()
    assert not QUESTIONS.keys() & {question.name for question in read_catalogue(REAL)}
    for question in QUESTIONS.values():
        with pytest.raises(QueryError, match="SERVICE"):
            check(question.sparql, here=True)


def test_a_far_side_that_is_no_endpoint_is_said_so(near: ox.Store) -> None:
    with (
        http_server(lambda handler, _: says(handler, "<html>no</html>", kind="text/html")) as url,
        pytest.raises(EndpointError),
    ):
        ask_in_two_steps(near, RemoteStore(url), QUESTIONS["members-in-wikidata"])


def test_a_question_needs_a_name_and_an_endpoint() -> None:
    done = CliRunner().invoke(cli, ["--root", str(REAL.root), "link", "ask", "members-in-wikidata"])
    assert "--endpoint" in done.output
    done = CliRunner().invoke(cli, ["--root", str(REAL.root), "link", "ask", "x", "--endpoint", "http://localhost:1/"])
    assert "there is no federated question 'x'" in str(done.exception)


def test_a_query_that_can_t_be_cut_is_refused(near: ox.Store, tmp_path: Path) -> None:
    text = QUESTIONS["merged-items"].sparql.replace("\nWHERE {", " WHERE { { } ")
    question = type(QUESTIONS["merged-items"])("x", "links", {}, {}, (), (), {}, text, tmp_path / "x.rq")
    with pytest.raises(QueryError, match="cut in two"):
        ask_in_two_steps(near, near, question)
