"""Findings: results with the place they stand at, the label of the thing, and a message in German and English."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pyoxigraph as ox

from buendnis_graph.evidence.whereabouts import Whereabouts
from buendnis_graph.namespaces import PREFIXES, expand, shorten
from buendnis_graph.validate.columns import Columns
from buendnis_graph.validate.engine import SEVERITIES, Result
from buendnis_graph.validate.paths import Path, Term
from buendnis_graph.validate.reading import file_name
from buendnis_graph.validate.report.advice import Meant, without_contradiction
from buendnis_graph.validate.report.derived import Derived
from buendnis_graph.validate.report.words import messages
from buendnis_graph.validate.shapes import ANONYMOUS, Shapes

LABELS = tuple(
    map(expand, ("skos:prefLabel", "rdfs:label", "schema:name", "dcterms:title", "sh:name", "bg:listedName"))
)
"""Properties that name a thing, the best first."""


class Places(Protocol):
    """Where data stands, and what its things are called."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes to shorten IRIs with."""
        ...

    def locate(self, result: Result) -> tuple[str, int] | None:
        """Return file and line of what a result is about (line 0 if unknown), None if it stands in no file."""
        ...

    def related(self, result: Result) -> tuple[tuple[str, int], ...]:
        """Return other files and lines that a result follows from."""
        ...

    def labels(self, things: Collection[object], language: str) -> dict[object, str]:
        """Return what some things are called, in a language if possible."""
        ...


@dataclass(frozen=True, slots=True)
class Finding:
    """A result with its place and in words.

    Attributes:
        result: what the engine found.
        path: the file it stands in; empty if unknown.
        line: the line there; 0 if unknown.
        label: what the focus node is called; empty if unknown.
        messages: what is wrong and what to do, by language: always ``de`` and ``en``.
        language: the one that :attr:`message` is in.
        prefixes: what IRIs are shortened with.
        related: other files and lines that it follows from.
    """

    result: Result
    path: str
    line: int
    label: str
    messages: Mapping[str, str] = field(compare=False, hash=False)
    language: str
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES, compare=False, hash=False)
    related: tuple[tuple[str, int], ...] = ()

    @property
    def severity(self) -> str:
        """SHACL's local name, or the IRI of a severity that is not SHACL's."""
        return self.result.severity

    @property
    def is_violation(self) -> bool:
        """Whether it blocks a build."""
        return self.result.severity == "Violation"

    @property
    def focus(self) -> str:
        """The focus node, shortened."""
        return self._text(self.result.focus)

    @property
    def predicate(self) -> str:
        """The path, shortened if it is one property."""
        return short_path(self.result.path, self.prefixes)

    @property
    def value(self) -> str:
        """The value, shortened if it is an IRI; empty if there is none."""
        return self._text(self.result.value)

    @property
    def message(self) -> str:
        """What is wrong and what to do."""
        return self.messages[self.language]

    @property
    def shape(self) -> str:
        """The SPARQL constraint if it is one, else the shape, shortened."""
        return shorten(self.result.rule, self.prefixes)

    @property
    def is_named(self) -> bool:
        """Whether the shape or constraint has a name of its own."""
        return not self.result.rule.startswith((ANONYMOUS, "_:"))

    @property
    def component(self) -> str:
        """The kind of constraint."""
        return self.result.component

    def _text(self, term: Term | None) -> str:
        if term is None:
            return ""
        if isinstance(term, ox.BlankNode):
            return str(term)
        if not isinstance(term, ox.NamedNode):
            return term.value
        return file_name(term.value) or shorten(term.value, self.prefixes)


def rank(severity: str) -> int:
    """Return how grave a severity is, 0 the most; one that is not SHACL's counts as a warning."""
    return SEVERITIES.index(severity if severity in SEVERITIES else "Warning")


def findings(
    results: Iterable[Result],
    where: Whereabouts | Places,
    language: str,
    shapes: Shapes | None = None,
    *,
    alike: bool = False,
    view: Iterable[ox.Quad] | Columns = (),
) -> list[Finding]:
    """Return results as findings, sorted by severity, file and line.

    Args:
        results: what an engine found.
        where: the files or data it was found in.
        language: ``de`` or ``en``, of labels and of :attr:`Finding.message`.
        shapes: the shapes, to say what a shape without a message wants.
        alike: keep results that are alike, as W3C's report does (two classes asked for, none given); people need one.
        view: the consolidated view, to say what derived nodes follow from.
    """
    kept = list(results) if alike else list(dict.fromkeys(results))
    nodes = {result.focus for result in kept}
    places: Places
    meant = None
    if isinstance(where, Whereabouts):
        kept, meant = without_contradiction(kept), Meant(where)
        places = InCorpus(where, Derived(nodes, view, where))
    else:
        places = where
    labels = places.labels(nodes, language)

    def made(result: Result) -> Finding:
        path, line = result.place or places.locate(result) or ("", 0)
        said = messages(result, shapes)
        said = meant.add_to(result, said) if meant else said
        label, related = labels.get(result.focus, ""), places.related(result)
        return Finding(result, path, line, label, said, language, places.prefixes, related)

    return sorted(map(made, kept), key=_order)


def _order(finding: Finding) -> tuple[int, str, int, str, str, str, str, str]:
    said = finding.result
    return (
        rank(said.severity),
        finding.path,
        finding.line,
        str(said.focus),
        str(said.path or ""),
        str(said.value or ""),
        said.rule,
        said.component,
    )


class InCorpus:
    """The places of the project's own files.

    Args:
        corpus: what the files say.
        derived: what follows from them.
    """

    prefixes: Mapping[str, str] = PREFIXES

    def __init__(self, corpus: Whereabouts, derived: Derived) -> None:
        self._corpus, self._derived = corpus, derived

    def locate(self, result: Result) -> tuple[str, int] | None:
        """Return file and line of what a result is about: in the source that says it, if it is a source's.

        Of what is derived: the first of those that it follows from.
        """
        if result.focus in self._derived:
            return next(iter(self._derived.places(result.focus)), None)
        place = self._corpus.locate(result.focus, first_step(result.path), result.value, result.source)
        return (str(place.path), place.line) if place else None

    def labels(self, things: Collection[object], language: str) -> dict[object, str]:
        """Return what some things are called; what is derived, by the names of what it is about."""
        parts = {thing: list(self._derived.named_by(thing)) for thing in things if thing in self._derived}
        asked = {*things, *(part for of_thing in parts.values() for part in of_thing)}
        said = (item.quad.triple for thing in asked for item in self._corpus.about(thing))
        found = best_labels(said, asked, language)
        for thing, of_thing in parts.items():
            found[thing] = " – ".join(found.get(part) or shorten(getattr(part, "value", "")) for part in of_thing)
        return found

    def related(self, result: Result) -> tuple[tuple[str, int], ...]:
        """Return the other files and lines that something derived follows from."""
        return tuple(self._derived.places(result.focus)[1:]) if result.focus in self._derived else ()


def best_labels(triples: Iterable[ox.Triple], things: Collection[object], language: str) -> dict[object, str]:
    """Return the best label of each thing: by property, then in the language, then the first of the alphabet."""
    best: dict[object, tuple[int, bool, str]] = {}
    if not things:
        return {}
    for triple in triples:
        if triple.predicate in LABELS and triple.subject in things and isinstance(triple.object, ox.Literal):
            literal = triple.object
            offer = (LABELS.index(triple.predicate), literal.language != language, literal.value)
            best[triple.subject] = min(best.get(triple.subject, offer), offer)
    return {thing: label for thing, (_, _, label) in best.items()}


def first_step(path: Path | None) -> ox.NamedNode | None:
    """Return the property of the focus node that a path begins with, if it begins with one."""
    while path is not None and path.operator not in ("", "^", "|"):
        path = path.parts[0]
    return path.predicate if path is not None else None


def short_path(path: Path | None, prefixes: Mapping[str, str]) -> str:
    """Return a path in SPARQL syntax with shortened names; empty for none."""
    if path is None:
        return ""
    if path.predicate is not None:
        short = shorten(path.predicate.value, prefixes)
        return short if short != path.predicate.value else str(path)
    parts = [short_path(part, prefixes) for part in path.parts]
    if path.operator == "^":
        return f"^{parts[0]}"
    if path.operator in ("*", "+", "?"):
        return f"({parts[0]}){path.operator}"
    return f"({(' | ' if path.operator == '|' else '/').join(parts)})"
