"""What assistants may ask of a build: each answer is plain data, and says which sources stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.graph import Graph
from buendnis_graph.queries import Table, read_catalogue
from buendnis_graph.queries.ask import Asked, ask, prepare
from buendnis_graph.queries.catalogue import Parameter
from buendnis_graph.queries.explain import Explanation, Origin, explain
from buendnis_graph.queries.explain.origins import origins
from buendnis_graph.queries.find import search
from buendnis_graph.queries.labels import labels_of
from buendnis_graph.queries.names import like, named
from buendnis_graph.queries.publish import as_json
from buendnis_graph.queries.resolve import current, resolve
from buendnis_graph.queries.table import Term
from buendnis_graph.resolving import Listed, Resolver
from buendnis_graph.resolving.reasons import in_words
from buendnis_graph.resolving.registry import USED, entries_of, judgements_of
from buendnis_graph.serve.guard import guarded
from buendnis_graph.sparql_text import tokens

MAX_ROWS = 1_000
_FEW = 8
"""Questions that are told of in full."""
_ANYTHING = Parameter("thing", "iri", {"de": "irgendetwas im Graphen", "en": "anything in the graph"})
_TOOLS = ("list_questions", "ask_question", "find_entity", "describe", "sparql")
_SOURCES = ("sources", "sources_unknown_because")
Answer = dict[str, Any]


class Tools:
    """The tools, on one build.

    Args:
        graph: of the build.
        early: told an answer as soon as it is there, when its sources are still to be found: that may take too long.
    """

    def __init__(self, graph: Graph, early: Callable[[Answer], None]) -> None:
        self._graph, self._early = graph, early
        said = [quad for used in USED for quad in graph.store.quads_for_pattern(None, used, None)]
        self._resolver = Resolver(entries_of(said), judgements_of(said))

    def call(self, name: str, arguments: Mapping[str, Any]) -> Answer:
        """Return the answer of a tool.

        Raises:
            BuendnisError: if it can't be given; the text says why and what to do.
        """
        assert name in _TOOLS  # noqa: S101 - only our own server calls
        answer: Callable[..., Answer] = getattr(self, name)
        return {**answer(**arguments), "build": self._graph.folder.name}

    def list_questions(self, words: str, theme: str) -> Answer:
        """Return questions of the catalogue: all, those of a theme, or those that hold words, the best first.

        What they ask in more words, and their columns, come with few only.
        """
        questions = read_catalogue(self._graph.project)
        themes = sorted({question.theme for question in questions})
        if theme:
            questions = [question for question in questions if question.theme == theme]
        found = search(questions, words) if words else questions
        kept = ("name", "theme", "title", "parameters", *(("description", "columns") if len(found) <= _FEW else ()))
        every = [{key: value for key, value in as_json(question).items() if key in kept} for question in found]
        return {"themes": themes, "questions": every}

    def ask_question(self, name: str, parameters: Mapping[str, str], limit: int) -> Answer:
        """Return the answer to a question of the catalogue.

        Raises:
            QueryError: if there is no such question, parameter or thing, with what may have been meant.
        """
        asked = prepare(self._graph.source, self._graph.project, name, parameters)
        result = ask(self._graph.source, asked)
        assert asked.question is not None  # noqa: S101 - a name can't be SPARQL: see the server
        assert isinstance(result, Table)  # noqa: S101 - questions are SELECTs
        columns = {column: labels["en"] for column, labels in asked.question.columns.items()}
        meant = {key: str(getattr(term, "value", term)) for key, term in asked.terms.items()}
        about = {"question": asked.question.titles["en"], "parameters": meant, "columns": columns}
        self._tell_early(about | self._rows(result, None, limit))
        return about | self._rows(result, explain(self._graph.source, asked.sparql, result), limit)

    def find_entity(self, name: str, place: str, website: str) -> Answer:
        """Return what a name stands for in the graph, with candidates, and what may have been meant if nothing."""
        decision = self._resolver(Listed(name, place, website))
        things = sorted({current(self._graph.source, thing) for thing in named(self._graph.source, name)}, key=str)
        keys = [candidate.entry.key for candidate in decision.candidates]
        iris = list(dict.fromkeys((*keys, *(thing.value for thing in things))))
        return {
            "outcome": decision.outcome.value,
            "is": decision.entry.key if decision.entry else None,
            "candidates": [
                {
                    "iri": candidate.entry.key,
                    "names": list(candidate.entry.names),
                    "score": round(candidate.score, 3),
                    "because": in_words(candidate.reasons, "en"),
                }
                for candidate in decision.candidates
            ],
            "things_of_this_name": [self._cell(thing, self._labels(things)) for thing in things],
            "did_you_mean": [] if iris else like(self._graph.source, name, None),
            "sources": self._of_triples(iris),
        }

    def describe(self, thing: str, limit: int) -> Answer:
        """Return what the graph says of a thing, and what says something of it, each with its sources.

        Raises:
            QueryError: if nothing is called so, with what may have been meant.
        """
        node = resolve(self._graph.source, _ANYTHING, thing)
        says = self._select(f"SELECT ?property ?value {{ {node} ?property ?value }} ORDER BY ?property ?value", limit)
        said = self._select(f"SELECT ?thing ?property {{ ?thing ?property {node} }} ORDER BY ?property ?thing", limit)
        label = self._labels([node]).get(node.value, "") if isinstance(node, ox.NamedNode) else ""
        return {"iri": node.value, "label": label, "says": says, "said_of_it_by": said}

    def sparql(self, query: str, limit: int) -> Answer:
        """Return the answer to a SPARQL query: rows, yes or no, or Turtle.

        Raises:
            BuendnisError: if it can't be read, would change the graph or ask another server.
        """
        form = guarded(query)
        if form == "SELECT":
            return self._select(query, limit, is_all=True)
        result = ask(self._graph.source, Asked(query, None, {}))
        if isinstance(result, bool):
            self._tell_early({"answer": result, "sources": []})
            behind = self._select(_as_select(query), 0) if result else {"sources": []}
            return {"answer": result, **{key: behind[key] for key in _SOURCES if key in behind}}
        assert isinstance(result, str)  # noqa: S101 - of CONSTRUCT and DESCRIBE
        self._tell_early({"turtle": result, "sources": []})
        triples = {quad.triple for quad in ox.parse(result, format=ox.RdfFormat.TURTLE)}
        plain = {(t.subject, t.predicate, t.object) for t in triples if _is_plain(t)}
        found = origins(self._graph.source, plain)
        return {"turtle": result, "sources": _unique(origin for some in found.values() for origin in some)}

    def _tell_early(self, answer: Answer) -> None:
        told = {"sources_unknown_because": "looking for them took too long", "build": self._graph.folder.name}
        self._early(answer | told)

    def _select(self, query: str, limit: int, *, is_all: bool = False) -> Answer:
        """Return the answer to a SELECT, which may be the whole answer of a tool."""
        result = ask(self._graph.source, Asked(query, None, {}))
        assert isinstance(result, Table)  # noqa: S101 - it is a SELECT
        if is_all:
            self._tell_early(self._rows(result, None, limit))
        try:
            explanation = explain(self._graph.source, query, result)
        except QueryError as error:
            return {**self._rows(result, None, limit), "sources_unknown_because": error.message}
        return self._rows(result, explanation, limit)

    def _rows(self, table: Table, explanation: Explanation | None, limit: int) -> Answer:
        """Return the first rows with the sources of each, by number in their list; if none is wanted, all sources."""
        labels = self._labels([term for row in table.rows[:limit] for term in row if isinstance(term, ox.NamedNode)])
        shown = explanation.rows[: limit or None] if explanation else []
        every = _unique(origin for row in shown for origin in row)
        number = {_key(origin): place for place, origin in enumerate(every)}
        rows = []
        for place, row in enumerate(table.rows[:limit]):
            cells: Answer = {n: self._cell(t, labels) for n, t in zip(table.columns, row, strict=True) if t is not None}
            if explanation:
                cells["sources"] = sorted(number[_key(asdict(origin))] for origin in explanation.rows[place])
            rows.append(cells)
        told: Answer = {"row_count": len(table.rows), "rows_shown": len(rows), "rows": rows, "sources": every}
        if explanation and explanation.tests_absence:
            told["note"] = "The query also asks for what is absent; no source can state that."
        return told

    def _labels(self, things: Iterable[ox.NamedNode]) -> Mapping[str, str]:
        found = set(things)
        return labels_of(self._graph.source, found, "en") if found else {}

    def _cell(self, term: Term, labels: Mapping[str, str]) -> object:
        if isinstance(term, ox.NamedNode):
            return {"iri": term.value, "label": labels[term.value]} if term.value in labels else {"iri": term.value}
        return getattr(term, "value", None)

    def _of_triples(self, iris: Iterable[str]) -> list[dict[str, str]]:
        """Return the sources of what is said of things."""
        values = " ".join(str(ox.NamedNode(iri)) for iri in iris)
        return self._select(f"SELECT ?s ?p ?o {{ VALUES ?s {{ {values} }} ?s ?p ?o }}", 0)["sources"] if values else []


def _key(origin: Mapping[str, str]) -> tuple[str, str]:
    return origin["kind"], origin.get("iri", "")


def _unique(found: Iterable[Origin]) -> list[dict[str, str]]:
    """Return origins once, sorted, sources of others first; what is not known of them is left out."""
    ordered = sorted(set(found), key=lambda origin: (origin.kind != "source", origin))
    return [{key: value for key, value in asdict(origin).items() if value} for origin in ordered]


def _is_plain(triple: ox.Triple) -> bool:
    """Return whether a triple can be looked up: a blank node is another one in each answer."""
    return isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode | ox.Literal)


def _as_select(query: str) -> str:
    """Return an ASK as a SELECT of what makes it true, bounded if the query does not bound it itself."""
    depth, end, place, is_bounded = 0, len(query), None, False
    for kind, piece, at in tokens(query):
        word = piece.upper() if kind == "word" and not depth else ""
        depth += (piece in "({[") - (piece in ")}]") if kind == "mark" else 0
        if word == "ASK" and place is None:
            place = at
        elif word == "LIMIT":
            is_bounded = True
        elif word == "VALUES":  # stands behind LIMIT
            end = at
    assert place is not None  # noqa: S101 - it is an ASK
    limit = "" if is_bounded else f"\nLIMIT {MAX_ROWS}\n"  # on a line of its own, behind a comment
    return f"{query[:place]}SELECT *{query[place + 3 : end]}{limit}{query[end:]}"
