"""On which properties the answer to a question rests is told from its text; where it is not, it is asked anew."""

from __future__ import annotations

import dataclasses

import pytest

from buendnis_graph.publish.site.renewed.change import Change
from buendnis_graph.publish.site.renewed.shared import Shared
from buendnis_graph.queries.catalogue import read_catalogue
from tests.mini import REAL


def _concerns(text: str) -> bool:
    question = dataclasses.replace(read_catalogue(REAL)[0], sparql=text, uses_graphs=False)
    return Shared(Change({}, {})).concerns_question(question, "")


@pytest.mark.parametrize(
    "where",
    [
        "?s ?p ?o",
        "<https://example.org/a> ?p ?o .",
        "id:a ?p ?o",
        "id:a ?p id:b",
        "?s bg:topic ?t ; ?p ?o .",
        '?s bg:topic ?t ;\n  ?p "x" .',
        "?s a ?class",
        "?s a [ ]",
        "?s a/rdfs:subClassOf* org:Organization",
        "?s rdf:type/rdfs:label ?name",
        "?s !bg:topic ?o",
        "{ SELECT ?s WHERE { ?s ?p ?o } }",
        "\n  SELECT ?s WHERE { ?s ?p ?o }\n",
    ],
)
def test_a_question_about_what_it_does_not_name_is_asked_anew(where: str) -> None:
    assert _concerns(f"SELECT ?s ?o\nWHERE {{ {where} }}\nGROUP BY ?s ?o\n")


def test_a_question_with_prefixes_of_its_own_is_asked_anew() -> None:
    asked = "SELECT ?s\nWHERE { ?s o:member ?o . ?o a org:Organization }\n"
    assert _concerns(f"PREFIX o: <http://www.w3.org/ns/org#>\n{asked}")
    assert _concerns(f"BASE <http://www.w3.org/ns/>\n{asked}")
    assert not _concerns(f"PREFIX org: <http://www.w3.org/ns/org#>\n{asked}")


def test_most_questions_are_asked_anew_only_if_what_they_name_changes() -> None:
    questions = read_catalogue(REAL)
    shared = Shared(Change({}, {}))
    assert sum(shared.concerns_question(one, "") for one in questions if not one.uses_graphs) < len(questions) / 5
