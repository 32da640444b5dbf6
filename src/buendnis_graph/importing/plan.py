"""From a list to the files it will be written to: everything is decided before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from buendnis_graph.care.withheld import Withheld, open_guard
from buendnis_graph.errors import LimitError, ListError, UsageError
from buendnis_graph.evidence import Corpus
from buendnis_graph.importing.columns import map_columns, name_columns
from buendnis_graph.importing.compose import Facts, coding_files, registry_files, source_text
from buendnis_graph.importing.dates import is_before
from buendnis_graph.importing.decide import Decider, Kind, Outcome, Resolver
from buendnis_graph.importing.existing import Existing
from buendnis_graph.importing.given import SourceData, source_data
from buendnis_graph.importing.judgements import Judgements
from buendnis_graph.importing.known import Known
from buendnis_graph.importing.model import Limits, Listing, Remark, Selection, Table, Taken
from buendnis_graph.importing.names import slug_of, take_apart
from buendnis_graph.importing.reviewfile import ReviewRow, read_review, review_path, write_review
from buendnis_graph.importing.take import take_rows
from buendnis_graph.namespaces import expand
from buendnis_graph.settings import MAX_FILE_BYTES, Project


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import understood and would write.

    Args:
        source: the source.
        columns: name of the list's column by field.
        outcomes: what comes of each row taken.
        remarks: what was guessed, and what was not taken and why.
        files: text by absolute path; None removes the file.
        sample: the first rows taken.
        rows: number of rows of the list.
    """

    source: SourceData
    columns: dict[str, str]
    outcomes: list[Outcome]
    remarks: list[Remark]
    files: dict[Path, str | None]
    sample: list[Taken] = field(default_factory=list)
    rows: int = 0

    def counts(self) -> dict[str, int]:
        """Return how many rows came to what; ``there`` counts those that the source says already."""
        found = Counter(str(outcome.kind) for outcome in self.outcomes if outcome.kind != Kind.REFUSED)
        counts = {str(kind): found[str(kind)] for kind in Kind if kind not in (Kind.REFUSED, Kind.OUT)}
        counts["left-out"] = found[str(Kind.OUT)]
        counts["there"] = sum(outcome.is_there for outcome in self.outcomes)
        counts["refused"] = self.rows - sum(found.values())
        return counts


class Desk:
    """What an import works with: the project as it stands and who knows names."""

    def __init__(self, project: Project, corpus: Corpus, resolver: Resolver | None) -> None:
        self.project, self.corpus, self.resolver = project, corpus, resolver
        self.known, self.judgements = Known(corpus), Judgements(corpus)

    def existing(self, source: SourceData) -> Existing:
        """Return what is there of a source.

        Raises:
            UsageError: if another page has its place.
        """
        existing = Existing(self.corpus, source)
        if existing.address and _page(existing.address) != _page(source.address):
            raise UsageError(
                f"the place of this source is taken by {existing.address}.",
                path=self.project.relative(source.path(self.project)),
                hint="Give this page another: --slug NAME",
            )
        return existing


def _page(address: str) -> str:
    """Return an address without what makes no other page of it: scheme, www., a slash at the end."""
    return address.partition("://")[2].removeprefix("www.").rstrip("/")


def make_plan(desk: Desk, table: Table, selection: Selection, given: dict[str, Any], limits: Limits) -> Plan:
    """Return what would be written for a list.

    Args:
        desk: the project.
        table: the list as read.
        selection: how to read it.
        given: data of the source, by key.
        limits: of size.

    Raises:
        UsageError: if the user's word is missing or does not fit the list.
    """
    listing = name_columns(table, selection)
    if not _count(listing):
        raise ListError("has no rows.", hint="Is it the right file, sheet or element? Nothing was written.")
    source = source_data(given, desk.known, title=table.title, sha256=table.sha256)
    mapping, remarks = map_columns(listing, selection.columns)
    taken, refused = take_rows(listing, mapping, limits, desk.known.place_names)
    taken, withheld = _without_withheld(desk.project, taken)
    taken, future = _without_future(taken, source.seen)
    remarks = [*listing.remarks, *remarks, *refused, *withheld, *future]
    columns = {name: listing.columns[index] for name, index in mapping.items()}
    existing = desk.existing(source)
    path = review_path(desk.project, source.key)
    in_review = {item.key: item for item in read_review(path, shown=desk.project.relative(path))}
    decider = Decider(source, desk.known, desk.judgements, existing, desk.resolver)
    outcomes = [decider.take(row, in_review.get((source.key, source.alliance, row.name, row.role))) for row in taken]
    files, more = compose(desk, source, existing, decider, outcomes, in_review)
    if not outcomes:
        files = {}  # a list of which nothing can be taken is no evidence; the remarks say why
    _check_sizes(desk, files)
    return Plan(source, columns, outcomes, [*remarks, *more], files, taken[:5], _count(listing))


def _without_withheld(project: Project, taken: list[Taken]) -> tuple[list[Taken], list[Remark]]:
    """Return the rows of which nothing is withheld, and remarks on the others: their line, never their name."""
    guard = open_guard(project)
    if not guard.can_check:
        return taken, [Remark("withheld-unchecked")]
    judged = [(row, guard.judge((row.name,), slug_of(take_apart(row.name).label)) is Withheld.YES) for row in taken]
    return [row for row, is_out in judged if not is_out], [
        Remark("withheld", row.line) for row, is_out in judged if is_out
    ]


def _without_future(taken: list[Taken], seen: str) -> tuple[list[Taken], list[Remark]]:
    """Return the rows without beginnings that lie after the day on which the list was read, and remarks on these."""
    remarks = [Remark("in-future", row.line, row.since) for row in taken if row.since and is_before(seen, row.since)]
    lines = {remark.line for remark in remarks}
    return [replace(row, since="") if row.line in lines else row for row in taken], remarks


def _check_sizes(desk: Desk, files: dict[Path, str | None]) -> None:
    """Check that what would be written could be read again.

    Raises:
        LimitError: if a file would be larger than any reader of ours takes.
    """
    for path, text in files.items():
        if text is not None and len(text.encode()) > MAX_FILE_BYTES:
            raise LimitError(
                f"would become larger than {MAX_FILE_BYTES // 1024 // 1024} MiB.",
                path=desk.project.relative(path),
                hint="Import the list in parts, each with a --slug of its own. Nothing was written.",
            )


def compose(
    desk: Desk,
    source: SourceData,
    existing: Existing,
    decider: Decider,
    outcomes: list[Outcome],
    in_review: dict[tuple[str, str, str, str], ReviewRow],
) -> tuple[dict[Path, str | None], list[Remark]]:
    """Return the files for what was decided, and remarks.

    Args:
        desk: the project.
        source: the source.
        existing: what is there of it.
        decider: that decided.
        outcomes: what it decided.
        in_review: rows of the review file that stay as they are, by key.
    """
    facts = Facts(source, desk.known, existing)
    for outcome in outcomes:
        if outcome.fragment and outcome.kind != Kind.DUPLICATE:
            facts.note_name(outcome.row.name)
    for outcome in outcomes:
        if outcome.slug and outcome.kind != Kind.REFUSED:
            facts.learn(outcome)
    text, remarks = source_text(desk.project, source, existing, outcomes, facts)
    rows = dict(in_review)
    for outcome in outcomes:
        if outcome.kind == Kind.UNSURE and not outcome.is_there:
            item = ReviewRow(source.key, outcome.row, source.alliance, source.role, outcome.candidates)
            rows[item.key] = item
    review = review_path(desk.project, source.key)
    files: dict[Path, str | None] = {source.path(desk.project): text}
    files |= registry_files(desk.project, source, decider.new.values())
    files |= coding_files(desk.project, source, existing, outcomes)
    # A file that somebody filled in with a spreadsheet is left as it is while its rows are the same.
    if {row.key: row for row in read_review(review, shown=desk.project.relative(review))} != rows:
        files[review] = write_review(list(rows.values()))
    remarks = [*decider.remarks, *facts.remarks, *remarks]
    remarks += [_on_duplicate(outcome) for outcome in outcomes if outcome.kind == Kind.DUPLICATE]
    return files, remarks


def _on_duplicate(outcome: Outcome) -> Remark:
    row = outcome.row
    values = [value for value in (row.since, row.until, row.place, row.website, row.legal_form) if value]
    code = "duplicate" if outcome.detail.isdigit() else "duplicate-body"
    return Remark(code, row.line, outcome.detail + (f" (– {', '.join(values)})" if values else ""))


def _count(listing: Listing) -> int:
    # Persons among embedded data are rows that no reader hands on.
    return len(listing.rows) + sum(r.code == "person" for r in listing.remarks)


def source_of(desk: Desk, key: str, alliance: str, role: str) -> SourceData:
    """Return the data of a source that is there, to add to it.

    Args:
        desk: the project.
        key: ``<site>/<slug>/<seen>``.
        alliance: whose list.
        role: given for all rows.

    Raises:
        UsageError: if there is none.
    """
    parts = key.split("/")
    if len(parts) != 3:
        raise UsageError(f"'{key}' names no source.", hint="It is <site>/<slug>/<day>.")
    site, slug, seen = parts
    source = SourceData("", site, slug, seen, "", alliance, role)
    node = ox.NamedNode(source.iri) if not any(c in key for c in ' <>"{}|\\^`') else None
    facts = {i.quad.predicate: i.quad.object for i in desk.corpus.quads if i.quad.subject == node} if node else {}
    address, issued = facts.get(expand("schema:url")), facts.get(expand("dcterms:issued"))
    if not isinstance(address, ox.NamedNode):
        raise UsageError(f"there is no source {key}.", hint="Was it renamed since? Import the list again.")
    dated = issued.value if isinstance(issued, ox.Literal) else ""
    return SourceData(address.value, site, slug, seen, "", alliance, role, issued=dated)
