"""Judgements of persons on names: which body a listed name means. Read, replayed, added; never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import JudgementError
from buendnis_graph.evidence import Corpus, Located, add_to_text
from buendnis_graph.importing.dates import literal
from buendnis_graph.importing.known import ID, slug_in
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand
from buendnis_graph.settings import Project

_CLASS, _NAME, _BODY = expand("bg:NameJudgement"), expand("bg:judgedName"), expand("bg:judgedBody")
_JUDGEMENT, _SAME, _NOT_SAME = expand("bg:judgement"), expand("judgement:same"), expand("judgement:not-same")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement: whether a name means a body."""

    name: str
    body: str
    same: bool


class Judgements:
    """All judgements of a project."""

    def __init__(self, corpus: Corpus) -> None:
        self._places: dict[tuple[str, str], tuple[bool, Located]] = {}
        self.same: dict[str, str] = {}
        self.rejected: dict[str, set[str]] = {}
        nodes = {i.quad.subject for i in corpus.quads if i.quad.predicate == RDF_TYPE and i.quad.object == _CLASS}
        facts: dict[object, dict[str, Located]] = {}
        for item in corpus.quads:
            if item.quad.subject in nodes:
                facts.setdefault(item.quad.subject, {})[item.quad.predicate.value] = item
        for found in facts.values():
            self._learn(found)

    def _learn(self, found: dict[str, Located]) -> None:
        name, body, verdict = (found.get(predicate.value) for predicate in (_NAME, _BODY, _JUDGEMENT))
        if name is None or body is None or verdict is None or not isinstance(name.quad.object, ox.Literal):
            return  # validation says so
        key = (name.quad.object.value, slug_in(body.quad.object))
        same = verdict.quad.object == _SAME
        if not same and verdict.quad.object != _NOT_SAME:
            return
        self._places[key] = (same, verdict)
        if same:
            self.same[key[0]] = key[1]
        else:
            self.rejected.setdefault(key[0], set()).add(key[1])

    def knows(self, judgement: Judgement) -> bool:
        """Return whether this judgement has been passed already.

        Raises:
            JudgementError: naming file and line, if the opposite has.
        """
        earlier = self._places.get((judgement.name, judgement.body))
        if earlier is not None and earlier[0] != judgement.same:
            raise _contradiction(judgement, earlier[1], "the opposite")
        other = self.same.get(judgement.name)
        if judgement.same and other is not None and other != judgement.body:
            raise _contradiction(judgement, self._places[(judgement.name, other)][1], f"that it means {other}")
        return earlier is not None


def _contradiction(judgement: Judgement, place: Located, said: str) -> JudgementError:
    verb = "means" if judgement.same else "does not mean"
    return JudgementError(
        f"says {said}; now somebody decides that '{judgement.name}' {verb} {judgement.body}.",
        path=place.path,
        line=place.line,
        hint="If the earlier judgement is wrong, remove it there first. Nothing was changed.",
    )


def judgements_path(project: Project) -> Path:
    """Return the path of the file that holds the judgements."""
    return project.data / "links" / "names.ttl"


def judgement_node(name: str, body: str) -> ox.NamedNode:
    """Return the IRI of the judgement whether a name means a body."""
    return ox.NamedNode(f"{BASE}link/name--{hashlib.sha256(f'{name}{ID}{body}'.encode()).hexdigest()[:12]}")


def judgement_quads(judgement: Judgement, date: str, reason: str) -> list[ox.Quad]:
    """Return a judgement as quads."""
    node = judgement_node(judgement.name, judgement.body)
    facts: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (RDF_TYPE, _CLASS),
        (_NAME, ox.Literal(judgement.name)),
        (_BODY, ox.NamedNode(f"{ID}{judgement.body}")),
        (_JUDGEMENT, _SAME if judgement.same else _NOT_SAME),
        (expand("dcterms:date"), literal(date)),
        (expand("bg:basis"), expand("basis:reader")),
    ]
    if reason:
        facts.append((expand("rdfs:comment"), ox.Literal(reason)))
    return [ox.Quad(node, predicate, value) for predicate, value in facts]


def add_judgements(
    project: Project, known: Judgements, new: Iterable[tuple[Judgement, str]], date: str
) -> dict[Path, str | None]:
    """Return the file of judgements with new ones, each with its reason; those passed already are not repeated.

    Raises:
        JudgementError: if one contradicts an earlier one, or two new ones each other.
    """
    fresh: dict[tuple[str, str], tuple[Judgement, str]] = {}
    means: dict[str, str] = {}
    for judgement, reason in new:
        if known.knows(judgement):
            continue
        key = (judgement.name, judgement.body)
        old = fresh.get(key)
        if (old is not None and old[0].same != judgement.same) or (
            judgement.same and means.setdefault(judgement.name, judgement.body) != judgement.body
        ):
            raise JudgementError(
                f"two decisions contradict each other on '{judgement.name}'.", hint="Nothing was changed."
            )
        fresh.setdefault(key, (judgement, reason))
    if not fresh:
        return {}
    path = judgements_path(project)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    quads = [quad for judgement, reason in fresh.values() for quad in judgement_quads(judgement, date, reason)]
    return {path: add_to_text(text, quads, ox.RdfFormat.TURTLE, project.relative(path))}
