"""Questions across two graphs: with ``SERVICE`` where a server allows it, else the same in two steps.

They stand apart from the catalogue, in ``queries/<theme>/federated/``: no server of ours answers ``SERVICE``, and
nothing asks another server unless somebody names it.
"""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import QueryError
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.catalogue import Question, read_question
from buendnis_graph.queries.table import Table, Term
from buendnis_graph.settings import Project
from buendnis_graph.store.askable import Askable

STEP = 200
"""How many items one request of the second step asks for."""
_SERVICE = re.compile(r"SERVICE\s*<(?P<url>[^<>]*)>\s*\{")
_SELECTED = re.compile(r"^SELECT (?P<names>(?:\?\w+\s+)+)WHERE \{$", re.MULTILINE)
_END = re.compile(r"^\}", re.MULTILINE)


def federated_questions(project: Project) -> dict[str, Question]:
    """Return the federated questions of a project by name.

    Raises:
        QueryError: with file and line, if a header is faulty.
    """
    return {path.stem: read_question(path) for path in sorted(project.queries.glob("*/federated/*.rq"))}


def asked_at(question: Question, url: str) -> str:
    """Return the query's text with another server as the far side, for an engine that allows ``SERVICE``.

    Raises:
        QueryError: if it calls none.
    """
    match = _service(question)
    ox.NamedNode(url)  # an address that is no IRI would end the brackets
    return f"{question.sparql[: match.start('url')]}{url}{question.sparql[match.end('url') :]}"


def ask_in_two_steps(near: Askable, far: Askable, question: Question) -> Table:
    """Ask our graph first, then the other for what was found, and join both; ``SERVICE`` is needed nowhere.

    Args:
        near: our graph.
        far: the other one, for example a :class:`~buendnis_graph.store.remote.RemoteStore`.
        question: as :func:`federated_questions` reads it. Our part must bind ``?item``, which is all that is sent.

    Returns:
        What one query with ``SERVICE`` would, sorted by the columns.

    Raises:
        EndpointError: if the other one can't be asked.
        QueryError: if the question has not the form that can be cut in two.
    """
    ours, theirs, columns = _cut(question)
    left = _rows(near, ours)
    items = sorted({row["item"] for row in left if isinstance(row.get("item"), ox.NamedNode)}, key=str)
    found: dict[Term, list[dict[str, Term]]] = {}
    for at in range(0, len(items), STEP):
        values = " ".join(str(item) for item in items[at : at + STEP])
        for row in _rows(far, theirs.replace("{ITEMS}", values)):
            found.setdefault(row.get("item"), []).append(row)
    joined = [{**row, **other} for row in left for other in found.get(row["item"], ())]
    rows = {tuple(row.get(name) for name in columns) for row in joined}
    return Table(columns, sorted(rows, key=lambda row: tuple("" if term is None else str(term) for term in row)))


def _service(question: Question) -> re.Match[str]:
    match = _SERVICE.search(question.sparql)
    if match is None:
        raise QueryError("calls no SERVICE.", path=question.path)
    return match


def _cut(question: Question) -> tuple[str, str, tuple[str, ...]]:
    """Return our part and theirs as queries of their own, and the columns of the answer."""
    text, match = question.sparql, _service(question)
    selected, depth, end = _SELECTED.search(text), 1, match.end()
    while depth and end < len(text):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        end += 1
    closing = _END.search(text, end)
    if selected is None or depth or closing is None:
        hint = "Write 'SELECT ?a ?b', then a line 'WHERE {', and no braces in texts."
        raise QueryError("can't be cut in two.", path=question.path, hint=hint)
    head = text[: selected.start()]
    inner = text[match.end() : end - 1]
    ours = f"{head}SELECT * WHERE {{{text[selected.end() : match.start()]}{text[end : closing.start()]}}}"
    theirs = f"{head}SELECT * WHERE {{ VALUES ?item {{ {{ITEMS}} }} {inner} }}"
    return ours, theirs, tuple(selected["names"].replace("?", "").split())


def _rows(graph: Askable, sparql: str) -> list[dict[str, Term]]:
    result: Any = graph.query(sparql, prefixes=PREFIXES)
    names = [variable.value for variable in result.variables]
    return [{name: solution[name] for name in names} for solution in result]
