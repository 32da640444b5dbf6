"""What has changed between two stores, for a reviewer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from buendnis_graph.care.sides import Side, hide_withheld
from buendnis_graph.care.snapshot import Fields, Membership, Record, Snapshot
from buendnis_graph.report import summarise
from buendnis_graph.settings import Project

KINDS = (
    *("joined", "listed", "left", "reopened", "unlisted", "missing", "redated", "roles", "sources"),
    *("other-new", "other-gone"),
    *("renamed", "names", "merged", "entry-new", "entry-gone", "event-new", "event-gone", "event-changed"),
    *("fact-new", "fact-gone", "fact-changed", "conflict-new", "conflict-gone", "conflict-changed"),
    *("number-new", "number-gone", "number-changed", "grant-new", "grant-gone", "grant-changed"),
    *("topic-new", "topic-gone", "claim-new", "claim-gone", "claim-changed"),
    *("source-new", "source-gone", "source-changed", "link-new", "link-gone", "link-changed"),
)
"""Kinds of change, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Args:
        kind: one of :data:`KINDS`.
        about: IRIs of what it is about; of a membership, alliance and member.
        before: what it was.
        after: what it is.
        sources: IRIs of the sources that say so.
        said_by: field, value and source, where each source says something of its own.
    """

    kind: str
    about: tuple[str, ...]
    before: Fields = ()
    after: Fields = ()
    sources: tuple[str, ...] = ()
    said_by: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, in the order of telling.

    Args:
        changes: the changes.
        counts: name of a number: before and after.
        added: statements of the files that are new, listed as a change or not.
        removed: statements of the files that are gone.
        labels: labels by language of every IRI in the changes; of a source its address under ``url``.
        withheld: whether something is hidden because it was withheld.
    """

    changes: tuple[Change, ...]
    counts: Mapping[str, tuple[int, int]]
    added: int
    removed: int
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    withheld: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether the files of both say the same."""
        return not (self.changes or self.added or self.removed or self.withheld)


def diff(store_a: ox.Store, store_b: ox.Store) -> Difference:
    """Return what has changed from one derived store to another."""
    one, two = Snapshot(store_a), Snapshot(store_b)
    before = _after_merges(one.memberships, two.entries)
    changes = [*_memberships(before, two.memberships), *_entries(one.entries, two.entries)]
    changes += _records("event", one.events, two.events)
    changes += _records("fact", one.facts, two.facts)
    changes += _records("conflict", one.conflicts, two.conflicts)
    changes += _records("number", one.numbers, two.numbers)
    changes += _records("grant", one.grants, two.grants)
    changes += _records("topic", one.topics, two.topics)
    changes += _records("claim", one.claims, two.claims)
    changes += _records("source", one.sources, two.sources)
    changes += _records("link", one.links, two.links)
    labels = _labels(changes, one, two)

    def order(change: Change) -> tuple[object, ...]:
        names = tuple(labels.get(iri, {}).get("de", iri).casefold() for iri in change.about)
        return (KINDS.index(change.kind), names, change.about, change.before, change.after, change.sources)

    counts_a, counts_b = summarise(store_a)["counts"], summarise(store_b)["counts"]
    return Difference(
        tuple(sorted(changes, key=order)),
        {name: (counts_a[name], counts_b[name]) for name in counts_a},
        len(two.statements - one.statements),
        len(one.statements - two.statements),
        labels,
    )


def compare(project: Project, one: Side, two: Side, step: Callable[[str], None] = lambda _text: None) -> Difference:
    """Return what has changed between two sides, without anything that is withheld.

    Args:
        project: whose list of what is withheld holds.
        one: the earlier side.
        two: the later side.
        step: told what is being done.
    """
    one, two, withheld = hide_withheld(project, one, two)
    step(f"deriving {one.name}")
    before = one.derived()
    step(f"deriving {two.name}")
    after = two.derived()
    step("comparing")
    return replace(diff(before, after), withheld=withheld)


def _after_merges(memberships: Mapping[str, Membership], entries: Mapping[str, Record]) -> dict[str, Membership]:
    """Return memberships under the IRIs that they have once entries are merged: a merge is no leaving and joining."""
    merged = {
        iri.rpartition("/")[2]: dict(entry.fields).get("merged", "").rpartition("/")[2]
        for iri, entry in entries.items()
    }
    found: dict[str, Membership] = {}
    for iri, membership in memberships.items():
        head, slash, path = iri.partition("/membership/")
        renamed = head + slash + "/".join(merged.get(part) or part for part in path.split("/"))
        found[iri if renamed in memberships else renamed] = membership
    return found


def _memberships(one: Mapping[str, Membership], two: Mapping[str, Membership]) -> Iterator[Change]:
    for iri in sorted({*one, *two}):
        before, after = one.get(iri), two.get(iri)
        if before is None and after is not None:
            kind = "left" if after.ended else "joined" if after.since else "listed"
            yield _membership(kind if after.counts else "other-new", after, after=_told(after))
        elif after is None and before is not None:
            yield _membership("unlisted" if before.counts else "other-gone", before, before=_told(before))
        elif before is not None and after is not None and before != after:
            yield from _changed_membership(before, after)


def _changed_membership(before: Membership, after: Membership) -> Iterator[Change]:
    if after.ended != before.ended:
        yield _membership("left" if after.ended else "reopened", after, after=_dates(after))
    elif _dates(before) != _dates(after):
        redated = _membership("redated", after, _dates(before), _dates(after))
        yield replace(redated, said_by=tuple(sorted(before.dated_by | after.dated_by)))
    if after.roles != before.roles:
        yield _membership("roles", after, _fields(role=before.roles), _fields(role=after.roles))
    if after.missing_in - before.missing_in:
        yield _membership("missing", after, after=_fields(list=after.missing_in - before.missing_in))
    if after.sources != before.sources:
        gone, new = before.sources - after.sources, after.sources - before.sources
        yield _membership("sources", after, _fields(source=gone), _fields(source=new), with_sources=False)


def _membership(
    kind: str, one: Membership, before: Fields = (), after: Fields = (), *, with_sources: bool = True
) -> Change:
    return Change(kind, (one.alliance, one.member), before, after, tuple(sorted(one.sources)) if with_sources else ())


def _fields(**values: Iterable[str]) -> Fields:
    return tuple((name, value) for name, found in values.items() for value in sorted(found))


def _dates(one: Membership) -> Fields:
    return _fields(since=one.since, until=one.until, attested=one.attested)


def _told(one: Membership) -> Fields:
    return _fields(role=one.roles) + _dates(one)


def _entries(one: Mapping[str, Record], two: Mapping[str, Record]) -> Iterator[Change]:
    for change in _records("entry", one, two):
        if change.kind != "entry-changed":
            yield change
            continue
        for kind, name in (("renamed", "name"), ("names", "other"), ("merged", "merged")):
            before = tuple(pair for pair in change.before if pair[0] == name)
            after = tuple(pair for pair in change.after if pair[0] == name)
            if before != after:
                yield Change(kind, change.about, before, after)


def _records(kind: str, one: Mapping[str, Record], two: Mapping[str, Record]) -> Iterator[Change]:
    for key in sorted({*one, *two}):
        before, after = one.get(key), two.get(key)
        if before is None and after is not None:
            yield Change(f"{kind}-new", after.about, (), after.fields, after.sources)
        elif after is None and before is not None:
            yield Change(f"{kind}-gone", before.about, before.fields, (), before.sources)
        elif before is not None and after is not None and before != after:
            if (before.about, before.fields) == (after.about, after.fields):
                continue  # only other sources for the same: told with the sources
            yield Change(f"{kind}-changed", after.about, before.fields, after.fields, after.sources)


def _labels(changes: Iterable[Change], one: Snapshot, two: Snapshot) -> dict[str, dict[str, str]]:
    iris = {iri for change in changes for iri in (*change.about, *change.sources)}
    iris |= {source for change in changes for _name, _value, source in change.said_by}
    iris |= {value for change in changes for _name, value in (*change.before, *change.after)}
    found: dict[str, dict[str, str]] = {}
    for iri in sorted(iris):
        label = two.label(iri) or one.label(iri)
        address = two.address(iri) or one.address(iri) if "/source/" in iri else ""
        if label or address:
            found[iri] = label | ({"url": address} if address else {})
    return found
