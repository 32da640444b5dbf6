"""The simplest way to know a name: by the spellings in the registry. Stands in where no better resolver is at hand."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from buendnis_graph.evidence import Corpus
from buendnis_graph.importing.known import ID, Known
from buendnis_graph.importing.names import sameness_key
from buendnis_graph.resolving import Candidate, Decision, Entry, Listed, Outcome


def resolver_of(corpus: Corpus) -> Callable[[Listed], Decision]:
    """Return the project's resolver, or this one if it has none."""
    make = getattr(import_module("buendnis_graph.resolving"), "resolver_for", exact_resolver)
    resolver: Callable[[Listed], Decision] = make(corpus)
    return resolver


def exact_resolver(corpus: Corpus) -> Callable[[Listed], Decision]:
    """Return a resolver for which a spelling of the registry is the same, one like it unsure, any other new."""
    known = Known(corpus)
    exact: dict[str, set[str]] = {}
    alike: dict[str, set[str]] = {}
    for name, slugs in known.names.items():
        bodies = {known.current(slug) for slug in slugs if known.is_body(slug)}
        exact.setdefault(name, set()).update(bodies)
        alike.setdefault(sameness_key(name), set()).update(bodies)

    def resolve(listed: Listed) -> Decision:
        found = exact.get(listed.name.casefold(), set())
        if len(found) == 1:
            return Decision(listed, Outcome.SAME, _entry(known, next(iter(found))), reason="the same spelling")
        near = sorted(found | alike.get(sameness_key(listed.name), set()))
        if not near:
            return Decision(listed, Outcome.NEW)
        candidates = tuple(Candidate(_entry(known, slug), 0.9, ("differs by legal form only",)) for slug in near)
        return Decision(listed, Outcome.UNSURE, candidates=candidates)

    return resolve


def _entry(known: Known, slug: str) -> Entry:
    return Entry(f"{ID}{slug}", (known.labels.get(slug, slug),))
