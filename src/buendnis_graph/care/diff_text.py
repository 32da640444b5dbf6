"""A difference as Markdown that a reviewer can read, and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from buendnis_graph.care.diff import Change, Difference
from buendnis_graph.care.diff_words import FIELDS, PROPERTIES, SECTIONS, WORDS
from buendnis_graph.care.snapshot import Fields
from buendnis_graph.namespaces import BASE, shorten
from buendnis_graph.report import count_names
from buendnis_graph.wording import number

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~&])")
_LONGEST_TEXT = 300
_MOST_SOURCES = 3


def as_json(difference: Difference, before: str, after: str) -> dict[str, Any]:
    """Return a difference as a JSON object; every thing with its IRI and its labels."""
    return {
        "from": before,
        "to": after,
        "empty": difference.is_empty,
        "withheld": difference.withheld,
        "counts": {name: {"before": a, "after": b} for name, (a, b) in difference.counts.items()},
        "statements": {"added": difference.added, "removed": difference.removed},
        "changes": [
            {
                "kind": change.kind,
                "about": list(change.about),
                "before": [{"field": name, "value": value} for name, value in change.before],
                "after": [{"field": name, "value": value} for name, value in change.after],
                "sources": list(change.sources),
                "said_by": [{"field": f, "value": value, "source": source} for f, value, source in change.said_by],
            }
            for change in difference.changes
        ],
        "labels": {iri: dict(labels) for iri, labels in difference.labels.items()},
    }


def as_markdown(difference: Difference, before: str, after: str, language: str) -> str:
    """Return a difference as Markdown.

    Args:
        difference: what has changed.
        before: name of the earlier side.
        after: name of the later side.
        language: ``de`` or ``en``.
    """
    words = WORDS[language]
    lines = [f"# {words['title']}", "", words["between"].format(f"`{_code(before)}`", f"`{_code(after)}`"), ""]
    if difference.withheld:
        lines += [words["withheld"], ""]
    if not (difference.changes or difference.added or difference.removed):
        return "\n".join([*lines, words["otherwise-empty" if difference.withheld else "empty"], ""])
    added, removed = (number(count, language) for count in (difference.added, difference.removed))
    lines += [words["statements"].format(added=added, removed=removed), ""]
    if not difference.changes:
        lines += [words["unlisted-only"], ""]
    lines += [*_counts(difference, language), "", *sections(difference, language)]
    return "\n".join(lines)


def sections(difference: Difference, language: str) -> Iterator[str]:
    """Yield the lines of the changes, section by section, in ``de`` or ``en``."""
    writer = _Writer(difference, language)
    for section in SECTIONS:
        changes = [change for change in difference.changes if change.kind in section.kinds]
        if changes:
            yield from (f"## {section.title[language]} ({len(changes)})", "")
            yield from (f"* {writer.line(change)}" for change in changes)
            yield ""


def name_in(difference: Difference, iri: str, language: str) -> str:
    """Return how a thing of a difference is called in ``de`` or ``en``, escaped for Markdown."""
    return _Writer(difference, language).name(iri)


def _counts(difference: Difference, language: str) -> Iterator[str]:
    words = WORDS[language]
    yield f"| {words['counts']} | {words['before']} | {words['after']} | |"
    yield "|---|--:|--:|--:|"
    names = count_names(language)
    for name, (before, after) in difference.counts.items():
        change = number(after - before, language, "+,") if after != before else ""
        yield f"| {names[name]} | {number(before, language)} | {number(after, language)} | {change} |"


class _Writer:
    """Writes changes in one language, labels instead of IRIs."""

    def __init__(self, difference: Difference, language: str) -> None:
        self._labels, self._language = difference.labels, language
        self._words, self._fields = WORDS[language], FIELDS[language]

    def line(self, change: Change) -> str:
        """Return one change as a line."""
        about = [self.name(iri) for iri in change.about]
        head = self._words[change.kind].format(*(about if "{1}" in self._words[change.kind] else [", ".join(about)]))
        before, after = (self._text(fields, change) for fields in (change.before, change.after))
        if change.before and change.after and change.kind not in ("names", "sources"):
            detail = f"{before} → {after}"
        else:
            gone = f"{self._words['no-longer']}: {before}" if before and change.kind in ("names", "sources") else before
            new = f"{self._words['new']}: {after}" if after and change.kind in ("names", "sources") else after
            detail = "; ".join(part for part in (gone, new) if part)
        return head + (f": {detail}" if detail else "") + self._sources(change)

    def name(self, iri: str) -> str:
        """Return how a thing is called; of a source its address."""
        labels = self._labels.get(iri, {})
        if "url" in labels:
            return f"<{labels['url']}>"
        label = labels.get(self._language) or labels.get("de") or labels.get("en") or labels.get("")
        label = label or PROPERTIES[self._language].get(iri)
        return _escaped(label) if label else _address(iri)

    def _text(self, fields: Fields, change: Change) -> str:
        parts: dict[str, list[str]] = {}
        for field, value in fields:
            name, _, language = field.partition("@")
            if language not in ("", self._language):
                continue
            is_thing = value in self._labels or value.startswith((BASE, "http://", "https://"))
            told = self.name(value) if is_thing else _escaped(value)
            by = [source for *said, source in change.said_by if said == [field, value]]
            parts.setdefault(name, []).append(told + (f" ({self._several(by)})" if by else ""))
        return ", ".join(f"{self._fields[name]} {', '.join(values)}".strip() for name, values in parts.items())

    def _sources(self, change: Change) -> str:
        if not change.sources or change.about == change.sources or change.said_by:
            return ""
        return f" ({self._words['source-list']}: {self._several(change.sources)})"

    def _several(self, sources: Sequence[str]) -> str:
        shown = [self.name(iri) for iri in sources[:_MOST_SOURCES]]
        more = f" +{len(sources) - _MOST_SOURCES}" if len(sources) > _MOST_SOURCES else ""
        return f"{', '.join(shown)}{more}"


def _address(iri: str) -> str:
    short = shorten(iri)
    return f"`{_code(short)}`" if short != iri else f"<{iri}>" if re.fullmatch(r"[^\s<>]+", iri) else _escaped(iri)


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it is: no markup, no line breaks, nothing invisible."""
    visible = "".join(c if c.isprintable() else " " for c in text)
    cut = visible if len(visible) <= _LONGEST_TEXT else visible[:_LONGEST_TEXT] + "…"
    return _MARKUP.sub(r"\\\1", cut)


def _code(text: str) -> str:
    return "".join(c if c.isprintable() and c != "`" else " " for c in text)
