"""The notes of a release, German and English, written from its difference to the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.care.diff import Change, Difference
from buendnis_graph.care.diff_text import name_in, sections
from buendnis_graph.care.diff_words import WORDS
from buendnis_graph.namespaces import RDF_TYPE, expand
from buendnis_graph.publish.releases.version import Level
from buendnis_graph.publish.releases.words import keys, say
from buendnis_graph.report import count_names
from buendnis_graph.wording import LANGUAGES, number

_MOST_NAMES = 20
_KINDS_OF_ENTRIES = {"alliances": expand("bg:Alliance"), "organisations": expand("org:Organization")}


@dataclass(frozen=True, slots=True)
class Told:
    """What the notes of a release are written from.

    Args:
        version: of the release.
        issued: its day.
        counts: what there is, by kind.
        earlier: version and day of the release before; None for the first.
        difference: what has changed since, without anything withheld; None for the first.
        level: what the difference asks of the version.
        entries: IRIs of new entries, by key of the summary: ``alliances``, ``organisations``, ``entries``.
    """

    version: str
    issued: str
    counts: Mapping[str, int]
    earlier: tuple[str, str] | None = None
    difference: Difference | None = None
    level: Level = Level.PATCH
    entries: Mapping[str, Sequence[str]] | None = None


def kinds_of_entries(difference: Difference, store: ox.Store) -> dict[str, list[str]]:
    """Return the IRIs of new entries by kind: an alliance is no mere organisation, all else is told together."""
    found: dict[str, list[str]] = {"alliances": [], "organisations": [], "entries": []}
    for change in difference.changes:
        if change.kind != "entry-new":
            continue
        types = {q.object for q in store.quads_for_pattern(ox.NamedNode(change.about[0]), RDF_TYPE, None)}
        kind = next((kind for kind, of in _KINDS_OF_ENTRIES.items() if of in types), "entries")
        found[kind].append(change.about[0])
    return found


def notes(told: Told, language: str) -> str:
    """Return the notes as Markdown, in ``de`` or ``en``."""
    lines = [f"# {say('notes', 'title', language, version=told.version)}", ""]
    if told.earlier is None or told.difference is None:
        return "\n".join(
            [*lines, say("notes", "first", language, issued=told.issued), "", *_counts(told, language), ""]
        )
    version, day = told.earlier
    level = say("level", told.level.name.lower(), language)
    lines += [say("notes", "after", language, issued=told.issued, version=version, earlier=day) + f" {level}", ""]
    difference, words = told.difference, WORDS[language]
    if difference.withheld:
        lines += [words["withheld"], ""]
    if not (difference.changes or difference.added or difference.removed):
        lines += [words["otherwise-empty" if difference.withheld else "empty"], ""]
        return "\n".join([*lines, *_counts(told, language), ""])
    short = list(_short(difference, told.entries or {}, language))
    lines += [f"## {say('notes', 'short', language)}", "", *short, ""] if short else []
    added, removed = (number(n, language) for n in (difference.added, difference.removed))
    lines += [words["statements"].format(added=added, removed=removed), "", *_counts(told, language), ""]
    return "\n".join([*lines, *sections(difference, language)])


def _short(difference: Difference, entries: Mapping[str, Sequence[str]], language: str) -> Iterator[str]:
    """Yield how often each kind of change occurs, with names where they can be read at a glance."""
    by_kind: dict[str, list[Change]] = {}
    for change in difference.changes:
        by_kind.setdefault(change.kind, []).append(change)
    for key in keys("summary"):
        iris = list(entries.get(key, ())) or [change.about[0] for change in by_kind.get(key, ())]
        if not iris:
            continue
        head = f"* {say('summary', key, language)}: {number(len(iris), language)}"
        if key in ("alliances", "organisations", "merged", "renamed"):
            names = [name_in(difference, iri, language) for iri in iris[:_MOST_NAMES]]
            more = [say("reason", "more", language, n=len(iris) - _MOST_NAMES)] if len(iris) > _MOST_NAMES else []
            head += f" ({', '.join([*names, *more])})"
        yield head


def count_name(kind: str, language: str) -> str:
    """Return what a count is called."""
    return count_names(language).get(kind) or say("counts", kind, language)


def _counts(told: Told, language: str) -> Iterator[str]:
    before = {} if told.difference is None else told.difference.counts
    titles = [say("notes", "counts", language)] + ([say("notes", "before", language)] if before else [])
    yield f"| {' | '.join([*titles, say('notes', 'now', language)])} |"
    yield "|---" + "|--:" * (2 if before else 1) + "|"
    for kind, count in told.counts.items():
        cells = [count_name(kind, language)] + ([number(before[kind][0], language)] if before else [])
        yield f"| {' | '.join([*cells, number(count, language)])} |"


def both(told: Told) -> dict[str, str]:
    """Return the notes in both languages, by file name."""
    return {f"notes.{language}.md": notes(told, language) for language in LANGUAGES}
