"""The register of associations: propose which entry a registered association of ours is, and accept what is certain."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.linking.records import NO_FILE, opened
from buendnis_graph.namespaces import BASE
from buendnis_graph.resolving import Candidate, Entry, Listed, Outcome, Resolver, parse
from buendnis_graph.resolving.registry import registered_entry

ATTRIBUTION = "OffeneRegister.de, Open Knowledge Foundation Deutschland e. V., 2019"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = ("company_number", "name", "registered_office", "status", "native_company_number")

_NATIVE_NUMBER = re.compile(r"(?P<court>.+?) (?P<number>VR \S+(?: \S+)?)$")
_ASCII = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE"})
_TELLING = 3
"""A name of so many words that stands once in the whole register is certain without a place."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A registered association as the data set gives it."""

    number: str
    name: str
    office: str
    is_current: bool
    court: str
    court_number: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """That a body of ours is an entry of the register; certain ones are accepted without asking."""

    body: Entry
    registered: Registered
    is_certain: bool
    score: float
    reasons: tuple[str, ...]


def read_register(path: Path) -> Iterator[Registered]:
    """Yield the entries of the register's CSV (plain or gzipped).

    Raises:
        ReadError: if a column is missing or the file is no CSV in UTF-8.
    """
    try:
        with opened(path) as file:
            rows = csv.DictReader(file)
            missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
            if missing:
                raise ReadError(f"lacks the columns {', '.join(missing)}.", path=path, line=1)
            for row in rows:
                native = _NATIVE_NUMBER.match(row["native_company_number"])
                yield Registered(
                    number=row["company_number"],
                    name=row["name"],
                    office=row["registered_office"],
                    is_current=row["status"] == "currently registered",
                    court=native["court"] if native else "",
                    court_number=native["number"] if native else row["native_company_number"],
                )
    except (*NO_FILE, csv.Error) as error:
        raise ReadError(f"is not a register in CSV: {error}.", path=path) from error


def slug_of(number: str) -> str:
    """Return the part of an entry's IRI behind the base, in ASCII; by it a withheld one is recognised, too."""
    return f"register/{quote(number.translate(_ASCII), safe='')}"


def entry_iri(number: str) -> ox.NamedNode:
    """Return the IRI of an entry, by its number in the data set."""
    return ox.NamedNode(BASE + slug_of(number))


def as_entry(registered: Registered) -> Entry:
    """Return an entry of the register as the resolver compares it."""
    return registered_entry(registered.number, registered.name, registered.office)


def propose(bodies: Iterable[Entry], register: Iterable[Registered]) -> list[Proposal]:
    """Return a proposal for each registered association among the bodies that the register may hold.

    Args:
        bodies: registry entries; only those with the legal form e. V. stated are looked up.
        register: the register's entries.

    Returns:
        Proposals sorted by body. Certain are those with exactly one entry that bears the name, is registered now, and
        sits where the body does; or, where the seat is unknown, whose name has at least three words and stands once.
    """
    by_number = {registered.number: registered for registered in register}
    resolver = Resolver(as_entry(registered) for registered in by_number.values())
    found = (_propose(body, resolver, by_number) for body in bodies if "ev" in body.legal_forms)
    return sorted((p for p in found if p is not None), key=lambda p: (p.body.key, p.registered.number))


def _propose(body: Entry, resolver: Resolver, by_number: dict[str, Registered]) -> Proposal | None:
    best: dict[str, Candidate] = {}
    for name in body.names:
        for place in sorted(body.places) or [""]:
            for candidate in resolver(Listed(name, place, legal_form="ev")).candidates:
                known = best.get(candidate.entry.key)
                if known is None or candidate.score > known.score:
                    best[candidate.entry.key] = candidate
    ranked = sorted(best.values(), key=lambda c: (-c.score, not by_number[c.entry.key].is_current, c.entry.key))
    if not ranked or ranked[0].score < 0.9:
        return None
    first = ranked[0]
    rivals = [c for c in ranked[1:] if c.score >= 0.85]
    registered = by_number[first.entry.key]
    return Proposal(body, registered, not rivals and _is_certain(body, first, registered), first.score, first.reasons)


def _is_certain(body: Entry, candidate: Candidate, registered: Registered) -> bool:
    if not registered.is_current or candidate.score < 0.97:
        return False
    if body.places:
        return "same-place" in candidate.reasons
    return max(len(parse(name).stems) for name in body.names) >= _TELLING


def outcome(proposal: Proposal) -> Outcome:
    """Return what a proposal amounts to: the same, or a case for a person."""
    return Outcome.SAME if proposal.is_certain else Outcome.UNSURE
