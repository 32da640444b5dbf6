"""What is stated of a thing, value by value, each with its sources; and what contradicts what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from buendnis_graph.publish.site.plan import plan
from buendnis_graph.publish.site.view import Term, View, short_name


@dataclass(frozen=True, slots=True)
class Stated:
    """A value with what it rests on.

    Attributes:
        value: as stated.
        sources: IRIs of the sources, sorted.
        node: IRI of the statement or coding.
        preferred: whether the consolidated view shows it, where it shows one of several.
        basis: for a coding of ours: what it is based on; else empty.
        confidence: for a coding of ours: how sure we are; else empty.
        of: prefixed name of the property.
        conflicts: IRIs of the conflicts it is part of.
    """

    value: Term
    sources: tuple[str, ...]
    node: str
    preferred: bool = True
    basis: str = ""
    confidence: str = ""
    of: str = ""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of a thing with all its stated values, the preferred one first.

    Attributes:
        iri: of the property.
        name: its prefixed name.
        values: what is stated.
        conflict: IRI of the conflict node if values contradict each other; else empty.
        kind: IRI of the kind of that conflict.
        explained: changes that explain it.
    """

    iri: str
    name: str
    values: tuple[Stated, ...]
    conflict: str = ""
    kind: str = ""
    explained: tuple[str, ...] = ()

    @property
    def opposed(self) -> tuple[Stated, ...]:
        """The values that contradict each other: what agrees with one of them only less precisely is none."""
        return tuple(stated for stated in self.values if self.conflict in stated.conflicts)

    @property
    def coded(self) -> bool:
        """Whether the values are classifications of ours."""
        return any(stated.basis for stated in self.values)


@cache
def _rank(name: str) -> tuple[int, str]:
    order: list[str] = plan("facts")
    return (order.index(name) if name in order else len(order), name)


def facts(view: View, thing: str) -> list[Fact]:
    """Return all that is stated or coded of a thing, in the order of the plan."""
    found: dict[str, list[Stated]] = {}
    for node in view.subjects("rdf:subject", thing):
        if not view.is_a(node, "rdf:Statement", "bg:Coding"):
            continue
        value = view.value(node, "rdf:object")
        if value is not None:
            found.setdefault(view.text(node, "rdf:predicate"), []).append(_stated(view, node, value))
    return [_fact(view, prop, found[prop]) for prop in sorted(found, key=lambda prop: _rank(short_name(prop)))]


def _stated(view: View, node: str, value: Term) -> Stated:
    return Stated(
        value,
        tuple(view.things(node, "dcterms:source")),
        node,
        view.text(node, "bg:preferred") != "false",
        view.text(node, "bg:basis"),
        view.text(node, "bg:confidence"),
        short_name(view.text(node, "rdf:predicate")),
        view.subjects("bg:statement", node),
    )


def _fact(view: View, prop: str, values: list[Stated]) -> Fact:
    values.sort(key=lambda stated: (not stated.preferred, str(stated.value)))
    conflicts = sorted({conflict for stated in values for conflict in stated.conflicts})
    conflict = conflicts[0] if conflicts else ""
    return Fact(
        prop,
        short_name(prop),
        tuple(values),
        conflict,
        view.text(conflict, "bg:conflictKind"),
        tuple(view.things(conflict, "bg:explainedBy")),
    )


def codings(view: View, node: str) -> list[Stated]:
    """Return our classifications of a piece of evidence."""
    return [
        _stated(view, coding, value)
        for coding in view.subjects("rdf:subject", node)
        if view.is_a(coding, "bg:Coding") and (value := view.value(coding, "rdf:object")) is not None
    ]
