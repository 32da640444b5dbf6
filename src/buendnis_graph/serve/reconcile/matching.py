"""Which things a name may stand for: the resolver's answer, with what else is known of the thing that is sought.

Bodies are resolved with all rules of :mod:`buendnis_graph.resolving`; other things by their words alone, as an acronym
that fits a place means nothing. One candidate is a match only if exactly one is beyond reasonable doubt.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from buendnis_graph.resolving import SURE, Candidate, Entry, Listed, Resolver, parse
from buendnis_graph.resolving.reasons import REASONS
from buendnis_graph.resolving.resolver import likeness
from buendnis_graph.serve.reconcile.offer import kinds, named, part, properties
from buendnis_graph.serve.reconcile.questions import MOST, Condition, Question
from buendnis_graph.serve.reconcile.things import ENTRY, Thing, Things
from buendnis_graph.serve.reconcile.values import agrees, is_certain, keys, normal, texts_of

_DOUBT = 0.7
"""What a score may be at most if something certain speaks against it."""
_LIKELY, _CERTAIN = 0.8, 0.98
"""The score of what is found by a property that several things may share, and by one that none do."""
_RESOLVED = {"place": "place", "website": "website", "legal-form": "legal_form", "part-of": "parent"}
"""Properties that the resolver weighs itself, and what it calls them."""
_TELLING = "register-number"
"""The property that can make a candidate certain, or rule it out."""
_RIVALS = 10
"""So many candidates are looked at in any case, as several may be sure."""


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate.

    Attributes:
        thing: what it is.
        score: 0 to 1.
        features: codes of reasons, and values, that explain the score.
    """

    thing: Thing
    score: float
    features: tuple[tuple[str, bool | float], ...]


class Matcher:
    """Finds candidates.

    Args:
        things: all there are.
    """

    def __init__(self, things: Things) -> None:
        self._things = things
        self._bodies = Resolver(things.entries, things.judgements)
        self._registered = Resolver(things.registered)
        bodies = {entry.key for entry in (*things.entries, *things.registered)}
        self._others = Resolver(Entry(t.iri, t.names) for t in things.by_iri.values() if t.iri not in bodies)
        self._all = list(things.by_iri.values())
        self._by_value: dict[str, dict[str, array[int]]] = {p.id: {} for p in properties().values() if p.finds}
        for number, thing in enumerate(self._all):
            for name, index in self._by_value.items():
                for found in {k for text in texts_of(thing, name) for k in keys(properties()[name], text)}:
                    index.setdefault(found, array("I")).append(number)

    def candidates(self, question: Question) -> list[tuple[Found, bool]]:
        """Return the candidates for a question, the best first, and of each whether it is the match."""
        best: dict[str, Found] = {}
        for found in self._found(question):
            known = best.get(found.thing.iri)
            if known is None or found.score > known.score:
                best[found.thing.iri] = found
        ranked = sorted(best.values(), key=_rank)
        sure = [found for found in ranked if found.score >= SURE]
        ranked = self._settled(ranked, sure, question)
        return [(found, found is ranked[0] and self._is_sure(ranked)) for found in ranked[: question.limit]]

    @staticmethod
    def _is_sure(ranked: Sequence[Found]) -> bool:
        return ranked[0].score >= SURE and (len(ranked) < 2 or ranked[1].score < SURE)

    def _settled(self, ranked: list[Found], sure: list[Found], question: Question) -> list[Found]:
        """Put first, of several sure candidates, the only one that all conditions agree with."""
        if len(sure) < 2 or not question.conditions:
            return ranked
        fitting = [found for found in sure if all(self._agrees(found.thing, c) for c in question.conditions)]
        if len(fitting) != 1:
            return ranked
        rest = [replace(found, score=min(found.score, 0.85)) for found in ranked if found is not fitting[0]]
        return [fitting[0], *sorted(rest, key=_rank)]

    def _found(self, question: Question) -> Iterator[Found]:
        for name in dict.fromkeys(question.names):
            thing = self._things.get(name.strip())
            if thing is not None and self._is_wanted(question, thing):
                yield Found(thing, 1.0, (("identifier-given", True),))
            yield from self._named(question, name)
        if not question.names:
            yield from self._by_values(question)

    def _named(self, question: Question, name: str) -> Iterator[Found]:
        wanted: Callable[[Entry], bool] = lambda entry: self._is_wanted(question, self._things.by_iri[entry.key])  # noqa: E731
        may_rise = any(condition.property == _TELLING for condition in question.conditions)
        shown = MOST if may_rise else max(question.limit, _RIVALS)
        for resolver in (self._bodies, *([self._registered] if ENTRY in question.kinds else [])):
            for candidate in resolver(self._listed(question, name), shown, wanted).candidates:
                yield self._weighed(question, name, candidate)
        for candidate in self._others(Listed(name), shown, wanted).candidates:
            if not candidate.reasons[0].startswith("acronym"):
                yield self._weighed(question, name, candidate)

    def _listed(self, question: Question, name: str) -> Listed:
        """Return a name with what the resolver weighs itself; of several values it gets none."""
        beside: dict[str, str] = {}
        for condition in question.conditions:
            if condition.property in _RESOLVED and len(condition.values) == 1 and condition.quantifier != "none":
                value = condition.values[0]
                other = self._things.get(value) if condition.property in ("place", "part-of") else None
                if condition.property == "place" and other is not None:
                    value = other.id
                elif other is not None:
                    value = other.names[0]
                elif condition.property == "legal-form":
                    value = normal(properties()["legal-form"], value)
                beside[_RESOLVED[condition.property]] = value
        return Listed(name, **beside)

    def _weighed(self, question: Question, name: str, candidate: Candidate) -> Found:
        thing = self._things.by_iri[candidate.entry.key]
        alike = likeness(parse(name), candidate.entry).score
        features: list[tuple[str, bool | float]] = [("name-likeness", round(100 * alike, 1))]
        features += [(code, True) for code in candidate.reasons]
        score = candidate.score
        for condition in question.conditions:
            agreed = self._agrees(thing, condition)
            if agreed is None or condition.property not in properties():
                continue
            features.append((condition.property, agreed))
            if condition.property == _TELLING:
                score = max(score, self._worth(thing, condition)) if agreed else min(score, _DOUBT)
        return Found(thing, score, tuple(dict(features).items()))

    def _by_values(self, question: Question) -> Iterator[Found]:
        """Yield what is found by values alone: a register's number, a website, an identifier."""
        for condition in question.conditions:
            index = self._by_value.get(condition.property)
            if index is None or condition.quantifier == "none":
                continue
            of = properties()[condition.property]
            numbers = {n for value in condition.values for n in index.get(normal(of, value), ())[: MOST * MOST]}
            things = [thing for n in sorted(numbers) if self._is_wanted(question, thing := self._all[n])]
            for thing in things:
                score = self._worth(thing, condition)
                agreed = [(c.property, self._agrees(thing, c)) for c in question.conditions]
                known = tuple((name, value) for name, value in agreed if value is not None)
                yield Found(thing, min(score, _DOUBT) if False in dict(known).values() else score, known)

    @staticmethod
    def _worth(thing: Thing, condition: Condition) -> float:
        """Return how sure a thing is that has a value which few share."""
        certain = any(is_certain(thing, condition.property, value) for value in condition.values)
        return _CERTAIN if certain and condition.quantifier != "none" else _LIKELY

    def _is_wanted(self, question: Question, thing: Thing) -> bool:
        if question.kinds:
            fitting = [kind in thing.kinds for kind in question.kinds]
            if not (all(fitting) if question.all_kinds else any(fitting)):
                return False
        elif ENTRY in thing.kinds:
            return False
        return all(self._agrees(thing, c) for c in question.conditions if c.required)

    def _agrees(self, thing: Thing, condition: Condition) -> bool | None:
        """Return whether a thing has what a condition says; None if nothing is known."""
        found: Iterable[bool | None] = (agrees(thing, condition.property, v, self._things) for v in condition.values)
        known = [one for one in found if one is not None]
        if condition.quantifier == "none":
            return not any(known)
        if not known:
            return None
        return all(known) if condition.quantifier == "all" else any(known)

    def told(self, question: Question, language: str) -> list[dict[str, Any]]:
        """Return the candidates for a question as clients are told of them, in both versions of the API."""
        return [
            {
                "id": found.thing.id,
                "name": found.thing.name(language),
                "description": describe(found.thing, self._things, language),
                "type": [named(kinds()[kind], language) for kind in found.thing.kinds],
                "score": round(100 * found.score, 1),
                "match": is_match,
                "features": [
                    {"id": code, "name": _feature(code, language), "value": value} for code, value in found.features
                ],
            }
            for found, is_match in self.candidates(question)
        ]


def describe(thing: Thing, things: Things, language: str) -> str:
    """Return what tells a thing from its namesakes: what it is, and where."""
    if ENTRY in thing.kinds:
        return ", ".join([kinds()[ENTRY].name[language], *thing.values["register-number"], *texts_of(thing, "place")])
    where = (things.get(iri) for iri in (*texts_of(thing, "place"), *texts_of(thing, "within")))
    return ", ".join([kinds()[thing.kinds[0]].name[language], *(place.name(language) for place in where if place)])


def _rank(found: Found) -> tuple[float, int, str]:
    """Return the place of a candidate among others: of equal scores first what agrees, last what does not."""
    agreed = sum(1 if value else -1 for name, value in found.features if name in properties())
    return -found.score, -agreed, found.thing.iri


def _feature(code: str, language: str) -> str:
    texts = part("feature").get(code) or REASONS.get(code) or properties()[code].name
    name: str = texts[language]
    return name
