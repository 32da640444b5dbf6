"""Ask by the name of a question, or by a SPARQL text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.queries.catalogue import Question, find_question
from buendnis_graph.queries.labels import labels_of
from buendnis_graph.queries.resolve import resolve
from buendnis_graph.queries.run import answer
from buendnis_graph.queries.table import Table
from buendnis_graph.settings import Project
from buendnis_graph.store.askable import Askable


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready to be asked.

    Args:
        sparql: the text, with parameters bound.
        question: of the catalogue, if it is one.
        terms: what the parameters were resolved to, by name.
    """

    sparql: str
    question: Question | None
    terms: Mapping[str, ox.NamedNode | ox.Literal]


def is_sparql(name_or_sparql: str) -> bool:
    """Return whether a text is SPARQL, not the name of a question."""
    return any(character in name_or_sparql for character in " {\n\t\r")


def prepare(graph: Askable, project: Project | None, name_or_sparql: str, parameters: Mapping[str, str]) -> Asked:
    """Return a question of the catalogue with its parameters resolved, or a SPARQL text as it is.

    Args:
        graph: in which names are looked up.
        project: whose catalogue; without one only SPARQL can be asked.
        name_or_sparql: the name of a question or a SPARQL text.
        parameters: by name, as typed.

    Raises:
        QueryError: if there is no such question, parameter or thing, or a value is of the wrong kind.
    """
    if is_sparql(name_or_sparql):
        if parameters:
            raise QueryError(
                "parameters are for questions of the catalogue.", hint="Put the values into the query itself."
            )
        return Asked(name_or_sparql, None, {})
    if project is None:
        raise QueryError(
            f"'{name_or_sparql}' is a question of the catalogue, which is part of the project.",
            hint="Call this in a checkout of the project, or give the query itself.",
        )
    question = find_question(project, name_or_sparql)
    kinds = {parameter.name: parameter for parameter in question.parameters}
    question.bound({name: ox.Literal("") for name in parameters})  # refuses unknown ones before anything is looked up
    terms = {name: resolve(graph, kinds[name], value) for name, value in parameters.items()}
    return Asked(question.bound(terms), question, terms)


def ask(graph: Askable, asked: Asked) -> Table | bool | str:
    """Return the answer; a table knows where to look up labels.

    Raises:
        QueryError: if the query is wrong.
    """
    result = answer(graph, asked.sparql)
    if isinstance(result, Table):
        return dataclasses.replace(result, look_up=partial(labels_of, graph))
    return result
