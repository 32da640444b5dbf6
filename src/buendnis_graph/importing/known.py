"""What the project knows already, as an import needs it: bodies, alliances, places, websites, redirects."""

from __future__ import annotations

import difflib
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.evidence import Corpus
from buendnis_graph.namespaces import BASE, PREF_LABEL, RDF_TYPE, expand
from buendnis_graph.resolving.registry import end_of
from buendnis_graph.resolving.resolver import host_of

ID = f"{BASE}id/"
_ALT_LABEL, _REPLACED = expand("skos:altLabel"), expand("dcterms:isReplacedBy")
_ORGANIZATION, _ALLIANCE, _PLACE = expand("org:Organization"), expand("bg:Alliance"), expand("schema:Place")


def slug_in(term: object) -> str:
    """Return the slug of an IRI ``id/<slug>``, or nothing."""
    return term.value[len(ID) :] if isinstance(term, ox.NamedNode) and term.value.startswith(ID) else ""


class Known:
    """The registry, looked at by name."""

    def __init__(self, corpus: Corpus) -> None:
        self.labels: dict[str, str] = {}
        self.types: dict[str, set[object]] = {}
        self.names: dict[str, set[str]] = {}
        self.replaced: dict[str, str] = {}
        self._urls: list[tuple[str, str]] = []
        for item in corpus.quads:
            quad, slug = item.quad, slug_in(item.quad.subject)
            if slug:
                self._learn(slug, quad)

    def _learn(self, slug: str, quad: ox.Quad) -> None:
        if quad.predicate == RDF_TYPE:
            self.types.setdefault(slug, set()).add(quad.object)
        elif quad.predicate in (PREF_LABEL, _ALT_LABEL) and isinstance(quad.object, ox.Literal):
            self.names.setdefault(quad.object.value.casefold(), set()).add(slug)
            if quad.predicate == PREF_LABEL and (quad.object.language == "de" or slug not in self.labels):
                self.labels[slug] = quad.object.value
        elif quad.predicate == _REPLACED:
            self.replaced[slug] = slug_in(quad.object)
        elif quad.predicate == expand("schema:url") and isinstance(quad.object, ox.NamedNode):
            self._urls.append((host_of(quad.object.value), slug))

    def current(self, slug: str) -> str:
        """Return the slug that a redirect leads to, or the slug itself."""
        return end_of(slug, self.replaced)

    def is_body(self, slug: str) -> bool:
        """Return whether a slug is that of a body."""
        return _ORGANIZATION in self.types.get(slug, ())

    def is_alliance(self, slug: str) -> bool:
        """Return whether a slug is that of an alliance."""
        return _ALLIANCE in self.types.get(slug, ())

    @cached_property
    def place_names(self) -> frozenset[str]:
        """Names of places, lower case."""
        return frozenset(name for name, slugs in self.names.items() if any(self._is_place(slug) for slug in slugs))

    def place(self, name: str) -> str:
        """Return the slug of the one place that bears a name, or nothing; a municipality before its Land."""
        found = sorted(slug for slug in self.names.get(name.casefold(), ()) if self._is_place(slug))
        finest = [slug for slug in found if len(slug) == max(map(len, found))]
        return finest[0] if len(finest) == 1 else ""

    def _is_place(self, slug: str) -> bool:
        return _PLACE in self.types.get(slug, ())

    def owner(self, address: str) -> str:
        """Return the slug of the one body whose website an address belongs to, or nothing."""
        host = host_of(address)
        found = {self.current(slug) for known, slug in self._urls if known == host and self.is_body(slug)}
        return found.pop() if len(found) == 1 else ""

    def body(self, text: str, what: str, *, alliance: bool = False) -> str:
        """Return the slug of a body named by slug, IRI, prefixed name or one of its names.

        Args:
            text: what the user wrote.
            what: the option it was written for.
            alliance: whether it must be an alliance.

        Raises:
            UsageError: if there is none, or more than one.
        """
        slug = self.current(text.removeprefix(ID).removeprefix("id:"))
        fits = self.is_alliance if alliance else self.is_body
        if fits(slug):
            return slug
        found = {self.current(slug) for slug in self.names.get(text.strip().casefold(), ())}
        found = {slug for slug in found if fits(slug)}
        if len(found) == 1:
            return found.pop()
        kind = "alliance" if alliance else "body"
        if found:
            raise UsageError(f"{what}: '{text}' is the name of several: {', '.join(sorted(found))}.")
        every = [slug for slug in self.types if fits(slug)]
        names = [name for name, slugs in self.names.items() if any(fits(slug) for slug in slugs)]
        close = difflib.get_close_matches(text.casefold(), [*every, *names], n=3, cutoff=0.5)
        hint = f"Did you mean: {'; '.join(close)}?" if close else ""
        if alliance:
            hint += (" " if hint else "") + "A new alliance: --new-alliance."
        raise UsageError(f"{what}: no {kind} '{text}' in data/registry/.", hint=hint)
