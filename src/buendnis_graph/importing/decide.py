"""Decide for each row which body it is, and under which fragment it goes into the source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from buendnis_graph.importing.existing import Existing
from buendnis_graph.importing.given import SourceData
from buendnis_graph.importing.judgements import Judgements
from buendnis_graph.importing.known import Known
from buendnis_graph.importing.model import Remark, Taken
from buendnis_graph.importing.names import NameParts, sameness_key, slug_of, take_apart
from buendnis_graph.importing.reviewfile import Choice, ReviewRow
from buendnis_graph.importing.roles import Role, role_of
from buendnis_graph.namespaces import BASE
from buendnis_graph.resolving import Decision, Listed
from buendnis_graph.resolving import Outcome as Resolved

Resolver = Callable[[Listed], Decision]


class Kind(StrEnum):
    """What comes of a row."""

    SAME = "same"
    NEW = "new"
    UNSURE = "unsure"
    OUT = "out"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row and what comes of it.

    Args:
        row: the row.
        kind: what comes of it.
        slug: of the body, if it is known.
        role: what its role is classed as.
        fragment: of its attestation, if it has one.
        candidates: if it is unsure.
        is_there: whether the source, or its review file, says so already.
        detail: of a duplicate: of what.
    """

    row: Taken
    kind: Kind
    slug: str = ""
    role: Role = field(default_factory=lambda: Role("member", known=True))
    fragment: str = ""
    candidates: tuple[Choice, ...] = ()
    is_there: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class NewBody:
    """A registry entry to be written."""

    slug: str
    label: str
    acronym: str
    legal_form: str


class Decider:
    """Decides row after row; what an earlier row of the list was taken for binds the later ones."""

    def __init__(
        self, source: SourceData, known: Known, judgements: Judgements, existing: Existing, resolver: Resolver | None
    ) -> None:
        self._source, self._known, self._judgements, self._resolver = source, known, judgements, resolver
        self.new: dict[str, NewBody] = {}
        self.remarks: list[Remark] = []
        self._lines: dict[tuple[str, str], int] = {}
        self._there = {(item.name, item.role_word): item for item in existing.attested}
        self._names = {**existing.stated, **{item.name: item.member for item in existing.attested}}
        self._fragments: dict[str, dict[str, str]] = {}
        for item in existing.attested:
            self._fragments.setdefault(item.member, {})[item.role] = item.fragment
        self._by_key: dict[str, tuple[Taken, Kind, str, tuple[Choice, ...]]] = {}

    def role(self, row: Taken) -> Role:
        """Return what a row's role is classed as: its own word, else the role given for all."""
        return role_of(row.role) if row.role else Role(self._source.role or "member", known=True)

    def take(self, row: Taken, in_review: ReviewRow | None = None) -> Outcome:
        """Return what comes of a row.

        Args:
            row: the row.
            in_review: the row as it stands in the review file already; it is a person's to decide.
        """
        key = (row.name, row.role)
        if key in self._lines:
            return Outcome(row, Kind.DUPLICATE, detail=str(self._lines[key]))
        self._lines[key] = row.line
        there = self._there.get(key)
        if there is not None:
            self._remember(row, Kind.SAME, there.member, ())
            return Outcome(row, Kind.SAME, there.member, self.role(row), there.fragment, is_there=True)
        if in_review is not None:
            self._remember(row, Kind.UNSURE, "", in_review.candidates)
            kind = Kind.OUT if in_review.is_out else Kind.UNSURE
            return Outcome(row, kind, role=self.role(row), candidates=in_review.candidates, is_there=True)
        kind, slug, candidates = self._who(row)
        self._remember(row, kind, slug, candidates)
        if kind == Kind.UNSURE:
            return Outcome(row, kind, role=self.role(row), candidates=candidates)
        return self.attest(row, kind, slug)

    def attest(self, row: Taken, kind: Kind, slug: str) -> Outcome:
        """Return a row with the fragment under which it goes into the source, or as a duplicate."""
        role = self.role(row)
        if slug == self._source.alliance:
            self.new.pop(slug, None)
            self.remarks.append(Remark("is-alliance", row.line))
            return Outcome(row, Kind.REFUSED, slug)
        used = self._fragments.setdefault(slug, {})
        if role.slug in used:
            return Outcome(row, Kind.DUPLICATE, slug, role, used[role.slug], detail=slug)
        fragment = f"m--{self._source.alliance}--{slug}" + (f"--{role.slug}" if used else "")
        used[role.slug] = fragment
        self._names.setdefault(row.name, slug)
        return Outcome(row, kind, slug, role, fragment)

    def _remember(self, row: Taken, kind: Kind, slug: str, candidates: tuple[Choice, ...]) -> None:
        self._by_key.setdefault(sameness_key(row.name), (row, kind, slug, candidates))

    def _who(self, row: Taken) -> tuple[Kind, str, tuple[Choice, ...]]:
        judged = self._judgements.same.get(row.name)
        if judged is not None:
            return Kind.SAME, self._known.current(judged), ()
        if row.name in self._names:
            return Kind.SAME, self._names[row.name], ()
        decision = self._resolve(row)
        if decision.outcome == Resolved.SAME and decision.entry is not None:
            return Kind.SAME, self._slug(decision.entry.key), ()
        earlier = self._by_key.get(sameness_key(row.name))
        if earlier is not None:
            return self._like(row, *earlier)
        if decision.outcome == Resolved.UNSURE:
            return Kind.UNSURE, "", self._choices(decision)
        return self.enter(row)

    def _resolve(self, row: Taken) -> Decision:
        """Ask the resolver, and hold what persons have judged against its answer."""
        form = row.legal_form or take_apart(row.name).legal_form
        listed = Listed(row.name, row.place, row.website, form, row.parent)
        decision = self._resolver(listed) if self._resolver is not None else Decision(listed, Resolved.NEW)
        rejected = self._judgements.rejected.get(row.name, set())
        if not rejected:
            return decision
        left = tuple(c for c in decision.candidates if self._slug(c.entry.key) not in rejected)
        if decision.outcome == Resolved.SAME and decision.entry and self._slug(decision.entry.key) not in rejected:
            return decision
        return replace(decision, outcome=Resolved.UNSURE if left else Resolved.NEW, entry=None, candidates=left)

    def _like(
        self, row: Taken, other: Taken, kind: Kind, slug: str, candidates: tuple[Choice, ...]
    ) -> tuple[Kind, str, tuple[Choice, ...]]:
        """Decide a row whose name differs from an earlier one's by legal form, acronym or spacing only."""
        one, two = take_apart(row.name), take_apart(other.name)
        differ = one.legal_form and two.legal_form and one.legal_form != two.legal_form
        elsewhere = row.place and other.place and row.place.casefold() != other.place.casefold()
        if kind == Kind.UNSURE or not slug:
            return Kind.UNSURE, "", candidates
        if differ or elsewhere:
            why = "same name, other legal form" if differ else "same name, other place"
            return Kind.UNSURE, "", (Choice(slug, "0.50", f"{why} in this list (line {other.line})"),)
        return Kind.SAME, slug, ()

    def enter(self, row: Taken, wanted: str = "") -> tuple[Kind, str, tuple[Choice, ...]]:
        """Plan a registry entry for a row; unsure if no slug of its own can be made.

        Args:
            row: the row.
            wanted: the slug that a person chose, else made of the name.
        """
        parts = take_apart(row.name)
        label, slug = parts.label, wanted or slug_of(parts.label)
        if not wanted and slug and self._is_taken(slug) and parts.form_words:
            label, slug = parts.full_label, slug_of(parts.full_label)
        if not slug:
            return Kind.UNSURE, "", ()
        if self._is_taken(slug):
            return Kind.UNSURE, "", (Choice(slug, "0.50", "an entry of this slug is in the registry"),)
        self.new[slug] = self._body(slug, label, parts, row)
        return Kind.NEW, slug, ()

    def _is_taken(self, slug: str) -> bool:
        return slug in self._known.types or slug in self.new or slug == self._source.alliance

    def _body(self, slug: str, label: str, parts: NameParts, row: Taken) -> NewBody:
        return NewBody(slug, label, parts.acronym, row.legal_form or parts.legal_form)

    def _slug(self, key: str) -> str:
        return self._known.current(key.removeprefix(f"{BASE}id/"))

    def _choices(self, decision: Decision) -> tuple[Choice, ...]:
        return tuple(
            Choice(self._slug(c.entry.key), f"{c.score:.2f}", _plain("; ".join(c.reasons))) for c in decision.candidates
        )


def _plain(reasons: str) -> str:
    """Return reasons so that they can stand in a cell beside others."""
    return " ".join(reasons.replace("|", "/").split())
