"""What can be reconciled: the things of a build with their names and values, read from its files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from buendnis_graph.evidence.bulk import RegisterEntry, register_entries
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.resolving import Entry, Judgements
from buendnis_graph.resolving.registry import USED, end_of, entries_of, judgements_of, registered_entry
from buendnis_graph.serve.reconcile.offer import Texts, kinds, properties
from buendnis_graph.store import CONSOLIDATED, QUADS, read_dump
from buendnis_graph.store.bulk import shards_of

HOME = f"{BASE}id/"
"""The space of identifiers: what stands behind it in an IRI is the identifier."""
ENTRY = "register-entry"
"""The type of entries of a register: they are candidates only for who asks for it."""

_PREFERRED = expand("skos:prefLabel").value
_OTHERS = frozenset(expand(p).value for p in ("skos:altLabel", "bg:statedName", "bg:shortName", "bg:formerName"))
_REPLACED = expand("dcterms:isReplacedBy").value
_COURT, _NUMBER = expand("bg:registerCourt").value, expand("bg:registerNumber").value
_REGISTER = f"{BASE}register/"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of ours: a body, programme, place or topic.

    Attributes:
        iri: its IRI.
        kinds: identifiers of its types, the most exact first.
        labels: its preferred name by language.
        names: all its names, the preferred first.
        values: IRIs and texts by property, sorted.
    """

    iri: str
    kinds: tuple[str, ...]
    labels: Texts
    names: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]

    @property
    def id(self) -> str:
        """Its identifier: what follows :data:`HOME`, or the project's base where that does not fit."""
        return self.iri.removeprefix(HOME).removeprefix(BASE)

    def name(self, language: str) -> str:
        """Return its name, in a language if it has one in it."""
        return self.labels.get(language) or self.names[0]


@dataclass(frozen=True, slots=True)
class Things:
    """All that can be reconciled.

    Attributes:
        by_iri: the things, sorted by IRI.
        merged: IRI of what was merged → IRI of what it was merged into.
        labels: preferred names of all else that has one, by IRI: legal forms.
        entries: the bodies as the resolver compares them.
        judgements: what persons have decided on names.
        registered: the entries of a register that was taken in, likewise; none if they are left out.
    """

    by_iri: Mapping[str, Thing]
    merged: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Texts] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    judgements: Judgements = field(default_factory=Judgements)
    registered: tuple[Entry, ...] = ()

    def get(self, asked: str) -> Thing | None:
        """Return the thing of an identifier or IRI; of one that was merged, the one that it was merged into."""
        for iri in (asked, HOME + asked, BASE + asked):
            thing = self.by_iri.get(end_of(iri, self.merged))
            if thing is not None:
                return thing
        return None


def read(folder: Path, *, register: bool = False) -> Things:
    """Return the things of a build.

    Args:
        folder: of the build.
        register: whether the entries of a register that was taken in are things, too.
    """
    said = [quad for quad in read_dump(folder, QUADS) if quad.predicate in USED]
    entries, judgements = tuple(entries_of(said)), judgements_of(said)
    del said
    view = _View()
    for triple in read_dump(folder, CONSOLIDATED):
        view.note(triple.subject.value, triple.predicate.value, triple.object)  # type: ignore[union-attr]
    known = {entry.key: entry.names for entry in entries}
    by_iri = {iri: thing for iri in sorted(view.kinds) if (thing := view.thing(iri, known.get(iri, ()))) is not None}
    others = {iri: labels for iri, labels in view.labels.items() if iri not in by_iri}
    entries = tuple(e for e in entries if e.key in by_iri and e.names)
    registered = [one for shards in shards_of(folder).values() for one in register_entries(shards)] if register else []
    by_iri |= {one.iri: _registered(one) for one in registered}
    own = tuple(registered_entry(one.iri, one.name, one.seat) for one in registered)
    return Things(by_iri, view.merged, others, entries, judgements, own)


def _registered(one: RegisterEntry) -> Thing:
    """Return an entry of the register: its place is a text, the seat as the register spells it."""
    values = {"register-number": (f"{one.court} {one.number}",)} | ({"place": (one.seat,)} if one.seat else {})
    return Thing(one.iri, (ENTRY,), {"de": one.name}, (one.name,), values)


class _View:
    """What the consolidated view says, by subject."""

    def __init__(self) -> None:
        self.kinds: dict[str, set[str]] = {}
        self.labels: dict[str, dict[str, str]] = {}
        self.merged: dict[str, str] = {}
        self._others: dict[str, set[str]] = {}
        self._values: dict[str, dict[str, set[str]]] = {}
        self._registers: dict[str, dict[str, str]] = {}
        self._kind_of = {kind.marks: kind for kind in kinds().values()}
        self._marks = frozenset(predicate for predicate, _ in self._kind_of)
        self._property_of = {iri: p.id for p in properties().values() for iri in p.predicates}

    def note(self, subject: str, predicate: str, value: object) -> None:
        """Note a triple."""
        text = sys.intern(getattr(value, "value", ""))
        if predicate in self._marks:
            kind = self._kind_of.get((predicate, text))
            if kind is not None:
                self.kinds.setdefault(subject, set()).update({kind.id, kind.broader} - {""})
        elif predicate == _PREFERRED:
            self.labels.setdefault(subject, {})[getattr(value, "language", "") or ""] = text
        elif predicate in _OTHERS:
            self._others.setdefault(subject, set()).add(text)
        elif predicate == _REPLACED:
            self.merged[subject] = text
        elif predicate in (_COURT, _NUMBER):
            self._registers.setdefault(subject, {})[predicate] = text
        elif predicate in self._property_of:
            self._values.setdefault(subject, {}).setdefault(self._property_of[predicate], set()).add(text)

    def thing(self, iri: str, listed: tuple[str, ...]) -> Thing | None:
        """Return a thing; None if it was merged or has no name.

        Args:
            iri: of the thing.
            listed: names that the resolver knows it by.
        """
        labels = self.labels.get(iri, {})
        preferred = [labels[language] for language in sorted(labels)]
        names = tuple(dict.fromkeys([*preferred, *listed, *sorted(self._others.get(iri, ()))]))
        if iri in self.merged or not names:
            return None
        values = {name: tuple(sorted(texts)) for name, texts in self._values.get(iri, {}).items()}
        numbers = tuple(sorted(self._number(same) for same in values.get("identifier", ()) if same in self._registers))
        if numbers:
            values["register-number"] = numbers
        if "identifier" in values:
            values["identifier"] = tuple(same for same in values["identifier"] if not same.startswith(_REGISTER))
        own = self.kinds[iri]
        return Thing(iri, tuple(kind for kind in kinds() if kind in own), labels, names, values)

    def _number(self, register: str) -> str:
        said = self._registers[register]
        return f"{said.get(_COURT, '')} {said.get(_NUMBER, '')}".strip()
