"""What speaks for and against two bodies being one: named features, each with a level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from buendnis_graph.linking.body import Body
from buendnis_graph.linking.kinds import kinds_of
from buendnis_graph.resolving import POSSIBLE, SURE, Likeness, compare
from buendnis_graph.resolving.lexicon import LEVELS, REGIONS
from buendnis_graph.resolving.normalise import Name, fold, key
from buendnis_graph.resolving.translated import german_for


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that was compared.

    Args:
        name: ``name``, ``words``, ``acronym``, ``website``, ``place``, ``founded``, ``form``, ``parent``, ``pages``.
        level: how it came out, such as ``same`` or ``other``.
        amount: how much of it, 0 to 1; 1 for what is so or not.
    """

    name: str
    level: str
    amount: float = 1.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two bodies compared.

    Args:
        features: what was compared; what one side does not say is left out.
        reasons: why the names are alike or not: codes of :mod:`buendnis_graph.resolving.reasons`.
        conflict: code of what excludes that they are one; empty if nothing does.
    """

    features: tuple[Feature, ...]
    reasons: tuple[str, ...]
    conflict: str = ""


def compare_bodies(ours: Body, theirs: Body, words: float, hosts: Mapping[str, int]) -> Comparison:
    """Return what speaks for and against two bodies being one.

    Args:
        ours: a body.
        theirs: one that it may be.
        words: share of telling words in common: see :meth:`.candidates.Candidates.likest`.
        hosts: how many bodies of the other data set share a host.
    """
    likeness, one, two = _likest_names(ours, theirs)
    findings = [
        ("name", _name_level(likeness, one, two)),
        ("main", "same" if _have_one_main_name(ours, theirs) else ""),
        ("acronym", "" if _is_acronym(one) or _is_acronym(two) else _agreement(ours.acronyms, theirs.acronyms)),
        ("website", _website(ours, theirs, hosts)),
        ("place", _place(ours, theirs)),
        ("founded", _founded(ours, theirs)),
        ("form", _agreement(ours.entry.legal_forms, theirs.entry.legal_forms)),
        ("parent", _agreement(ours.entry.parents, frozenset(map(key, theirs.entry.parents)))),
        ("pages", "some" if theirs.pages else ""),
    ]
    features = [Feature("words", "shared", round(words, 3)), *(Feature(n, level) for n, level in findings if level)]
    return Comparison(tuple(features), likeness.reasons, _conflict(ours, theirs, likeness))


def _have_one_main_name(ours: Body, theirs: Body) -> bool:
    return bool(ours.names and theirs.names) and compare(ours.names[0], theirs.names[0]).score >= SURE


def _is_acronym(name: Name | None) -> bool:
    return name is not None and name.is_acronym


def _likest_names(ours: Body, theirs: Body) -> tuple[Likeness, Name | None, Name | None]:
    """Return the likeness of the two names that are likest; of equals that of the longest."""
    pairs = ((compare(one, two), one, two) for one in ours.names for two in theirs.names)
    return max(
        pairs,
        key=lambda pair: (pair[0].score, min(len(pair[1].words), len(pair[2].words))),
        default=(Likeness(0.0, ()), None, None),
    )


def _name_level(likeness: Likeness, one: Name | None, two: Name | None) -> str:
    if one is None or two is None or likeness.score < POSSIBLE:
        return "apart"
    if likeness.score < SURE:
        return "alike"
    if likeness.reasons[0] == "same-translated":
        return "translated"
    return "same" if min(len(one.strong), len(two.strong)) > 1 else "same-one-word"


def _agreement(ours: frozenset[str], theirs: frozenset[str]) -> str:
    return "" if not ours or not theirs else "same" if ours & theirs else "other"


def _website(ours: Body, theirs: Body, hosts: Mapping[str, int]) -> str:
    """A host that several bodies share, such as a city's, tells less; hosts under one domain tell little."""
    common = ours.entry.websites & theirs.entry.websites
    if common:
        return "same" if min(hosts.get(host, 1) for host in common) <= 1 else "shared"
    domains = _agreement(_domains(ours), _domains(theirs))
    return "shared" if domains == "same" else domains


def _domains(body: Body) -> frozenset[str]:
    return frozenset(".".join(host.split(".")[-2:]) for host in body.entry.websites)


def _place(ours: Body, theirs: Body) -> str:
    """A seat is the same or another; what a body lies in where none is stated (a district, a Land) can only agree."""
    towns = _in_german(ours.entry.places)
    seats = _agreement(towns, _in_german(theirs.entry.places))
    return seats or ("same" if towns & _in_german(theirs.within) else "")


def _in_german(places: frozenset[str]) -> frozenset[str]:
    """Return names of towns, folded, in German: Munich is München."""
    folded = frozenset(map(fold, places)) - REGIONS
    return folded.union(*map(german_for, folded))


def _founded(ours: Body, theirs: Body) -> str:
    """Sources count from a founding meeting or from a registration: a year apart is the same."""
    apart = [abs(int(one) - int(two)) for one in ours.founded for two in theirs.founded]
    return "" if not apart else "same" if min(apart) <= 1 else "other"


def _conflict(ours: Body, theirs: Body, likeness: Likeness) -> str:
    """Return what excludes that two bodies are one: they are of different kinds, or of different levels."""
    if _lacks_class(ours, theirs) or _lacks_class(theirs, ours):
        return "other-class"
    if "other-level" in likeness.reasons:
        return "other-level"
    missing = _missing_kinds(ours, theirs) | _missing_kinds(theirs, ours)
    return "" if not missing else "other-level" if missing <= set(LEVELS.values()) else "other-kind"


def _lacks_class(one: Body, two: Body) -> bool:
    """Return whether a body is said to be what nothing says of the other: a library, a programme, a person."""
    return bool(one.stated_kinds) and not one.stated_kinds & (two.stated_kinds | two.kinds)


def _missing_kinds(one: Body, two: Body) -> frozenset[str]:
    """Return the parts and levels that the main name of a body speaks of, and no name of the other."""
    if not one.names or not two.names or one.names[0].is_acronym:
        return frozenset()
    missing = kinds_of(one.names[0]) - two.kinds
    if not missing or any(compare(one.names[0], name).score >= SURE for name in two.names):
        return frozenset()
    return missing
