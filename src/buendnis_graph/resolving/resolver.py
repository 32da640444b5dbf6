"""Decide what a listed name stands for: an entry of the registry, a new body, or a case for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from buendnis_graph.resolving.compare import POSSIBLE, SURE, Likeness, compare
from buendnis_graph.resolving.index import Index, names_of
from buendnis_graph.resolving.lexicon import REGIONS
from buendnis_graph.resolving.model import Candidate, Decision, Entry, Listed, Outcome
from buendnis_graph.resolving.normalise import Name, fold, key, parse

_SHOWN = 5
"""So many candidates are shown to a person."""


@dataclass(frozen=True, slots=True)
class Judgements:
    """What persons have decided on names: it goes before everything the machine finds.

    Args:
        same: listed name → key of the entry it is.
        not_same: listed name → keys of entries it is not.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    not_same: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Resolver:
    """Resolves listed names against entries.

    Args:
        entries: who there is.
        judgements: what persons have decided.
    """

    def __init__(self, entries: Iterable[Entry], judgements: Judgements | None = None) -> None:
        self.index = Index(entries)
        self.judgements = judgements or Judgements()
        self._by_key = {entry.key: entry for entry in self.index.entries}

    def __call__(
        self, listed: Listed, shown: int = _SHOWN, wanted: Callable[[Entry], bool] = lambda _: True
    ) -> Decision:
        """Return what a listed name is taken for.

        Args:
            listed: the name.
            shown: how many candidates may be told.
            wanted: which entries it may be.

        It is the same as an entry only if exactly one entry is beyond reasonable doubt; whatever resembles an entry
        without being sure goes to a person; only what resembles nothing is new.
        """
        judged = self.judgements.same.get(listed.name)
        if judged is not None and judged in self._by_key and wanted(self._by_key[judged]):
            entry = self._by_key[judged]
            return Decision(listed, Outcome.SAME, entry, (Candidate(entry, 1.0, ("judged",)),), "judged")
        candidates = self._candidates(listed, wanted)[:shown]
        sure = [candidate for candidate in candidates if candidate.score >= SURE]
        if len(sure) == 1:
            return Decision(listed, Outcome.SAME, sure[0].entry, candidates, sure[0].reasons[0])
        if sure:
            return Decision(listed, Outcome.UNSURE, None, candidates, "several-alike")
        if candidates:
            return Decision(listed, Outcome.UNSURE, None, candidates, candidates[0].reasons[0])
        return Decision(listed, Outcome.NEW, None, (), "nothing-alike")

    def _candidates(self, listed: Listed, wanted: Callable[[Entry], bool]) -> tuple[Candidate, ...]:
        name = parse(listed.name)
        excluded = self.judgements.not_same.get(listed.name, frozenset())
        found = []
        for entry in self.index.candidates(name):
            if entry.key in excluded or not wanted(entry):
                continue
            candidate = _weigh(listed, entry, likeness(name, entry))
            if candidate.score >= POSSIBLE:
                found.append(candidate)
        found.sort(key=lambda candidate: (-candidate.score, candidate.entry.key))
        return tuple(_settle(listed, found))


def likeness(name: Name, entry: Entry) -> Likeness:
    """Return how alike a name and that of an entry are which is likest to it."""
    return max((compare(name, other) for other in names_of(entry)), key=lambda found: found.score)


def _weigh(listed: Listed, entry: Entry, found: Likeness) -> Candidate:
    """Add what stands beside the name: place, parent, website, legal form. They can raise a doubt or settle one."""
    score, reasons = found.score, list(found.reasons)
    if score < POSSIBLE:
        return Candidate(entry, score, tuple(reasons))
    forms = parse(listed.name).legal_forms | ({listed.legal_form} if listed.legal_form else set())
    if forms and entry.legal_forms and not forms & entry.legal_forms and "other-legal-form" not in reasons:
        reasons.append("other-legal-form")
        score = min(score, 0.7)
    place = _place(listed.place)
    if place and place not in REGIONS and entry.places:
        agrees = place in {_place(p) for p in entry.places}
        reasons.append("same-place" if agrees else "other-place")
        score = score if agrees else min(score, 0.75)
    if listed.parent and entry.parents:
        agrees = key(listed.parent) in entry.parents
        reasons.append("same-parent" if agrees else "other-parent")
        score = score if agrees else min(score, 0.75)
    host = host_of(listed.website)
    if host and entry.websites:
        agrees = host in entry.websites
        reasons.append("same-website" if agrees else "other-website")
        if agrees and "other-level" not in reasons:
            score = max(score, 0.95) if score >= 0.65 else score
    return Candidate(entry, round(score, 3), tuple(reasons))


def _settle(listed: Listed, found: list[Candidate]) -> list[Candidate]:
    """Put first, of several sure entries, the one with the name to the letter, at the place, or of the parent."""
    sure = [candidate for candidate in found if candidate.score >= SURE]
    if len(sure) < 2:
        return found
    for settles, reason in (
        ({c.entry.key for c in sure if listed.name in c.entry.names}, "exact-name"),
        ({c.entry.key for c in sure if "same-place" in c.reasons}, "same-place"),
        ({c.entry.key for c in sure if "same-parent" in c.reasons}, "same-parent"),
    ):
        best = [candidate for candidate in sure if candidate.entry.key in settles]
        if len(best) == 1:
            rest = [Candidate(c.entry, min(c.score, 0.85), c.reasons) for c in found if c is not best[0]]
            codes = best[0].reasons if reason in best[0].reasons else (*best[0].reasons, reason)
            return [Candidate(best[0].entry, best[0].score, codes), *rest]
    return found


def _place(text: str) -> str:
    return fold(text).strip()


def host_of(address: str) -> str:
    """Return the host of a web address without ``www.``, lower case; empty if there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:  # https://[example
        return ""
    return host.removeprefix("www.")
