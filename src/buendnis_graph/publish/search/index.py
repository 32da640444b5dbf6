"""The index as a script: one variable, assigned from a text, so that it loads from a server and from a folder alike."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from buendnis_graph.publish.documents import Kind
from buendnis_graph.publish.lines import changed
from buendnis_graph.publish.search.entries import QUERY, TERM, Entry, Found, entries
from buendnis_graph.publish.search.facets import FACETS, Facets, Labels, read
from buendnis_graph.publish.search.words import words
from buendnis_graph.queries.catalogue import Question
from buendnis_graph.wording import LANGUAGES

if TYPE_CHECKING:
    import polars as pl

FILE = "search-index.js"
"""What the script is called among the assets of a site."""

KINDS = (
    Kind.ALLIANCE,
    Kind.ORGANISATION,
    Kind.PROGRAMME,
    Kind.TOPIC,
    Kind.PLACE,
    QUERY,
    Kind.SOURCE,
    TERM,
    Kind.CODE,
    Kind.ONTOLOGY,
    Kind.DATASET,
)
"""Kinds in the order in which results that match equally well are given."""

_HEAD, _DOCS, _BETWEEN = "var buendnisIndex=", ',"docs":[\n', ",\n"
_TAIL = ";\n"
_END = f"\n]}}{_TAIL}"
_FACETS = 5
"""Place in a row of the numbers of the values by facet."""
_UNSEEN = re.compile(r"[<\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What could be taken for markup, ends a line of a script, or turns the direction of what is read."""


Rows = list[list[Any]]


def script(
    store: ox.Store,
    documents: Iterable[Found],
    questions: Iterable[Question] = (),
    tables: Path | Mapping[str, pl.DataFrame] | None = None,
) -> str:
    """Return the script over all that is published.

    Args:
        store: its default graph is the consolidated view.
        documents: what those of the same store give to be found.
        questions: of the catalogue, whose pages are ``query/<name>``.
        tables: of the same graph, as :func:`buendnis_graph.tables.load` takes them; None makes them.
    """
    facets = read(store, tables)
    return index(entries(facets, documents, questions), facets.labels)


def index(found: Iterable[Entry], labels: Mapping[str, Labels]) -> str:
    """Return the script.

    The value is an object: ``kinds`` and each of ``facets`` as rows of [key, German, English]; ``docs`` as rows of
    [path, number of its kind, German title, English title or 0 if it is the same, further names as [what, name, what,
    name …] with what they are as in :class:`~buendnis_graph.publish.search.entries.Name`, numbers of the values by
    facet in the order of ``facets``, year or 0]. Each of these stands on a line of its own, sorted by path.

    Args:
        found: what can be found, sorted.
        labels: names of the values of facets, as :func:`buendnis_graph.publish.search.facets.read` gives them.
    """
    return _script(_rows(found, labels), labels)


def renewed(
    text: str,
    facets: Facets,
    paths: Collection[str],
    documents: Iterable[Found],
    names: Mapping[str, Iterable[str]],
) -> str:
    """Return the script of a graph from the one of an earlier graph.

    Args:
        text: the earlier script.
        facets: of the graph.
        paths: of the documents that may have changed, those that are gone with them.
        documents: what those that there are give to be found.
        names: under which they are listed in sources, by IRI.

    Raises:
        ValueError: if the text is no script of ours, or something else has changed.
    """
    rows = {row[0]: row for row in _rows(entries(facets, documents, names=names), facets.labels)}
    head, mark, docs = text.partition(_DOCS)
    if not mark or not docs.endswith(_END):
        raise ValueError
    lines = docs.removesuffix(_END).split(_BETWEEN)
    if f"{head}{_DOCS}" != _head(facets.labels):
        return _renumbered(text, lines, paths, rows.values(), facets.labels)
    put = {path: _line(row) for path, row in rows.items()}
    lines = changed(lines, put, (path for path in paths if path not in put), lambda line: json.loads(line)[0])
    return f"{head}{_DOCS}{_BETWEEN.join(lines)}{_END}"


def _renumbered(
    text: str, lines: Iterable[str], paths: Collection[str], rows: Iterable[list[Any]], labels: Mapping[str, Labels]
) -> str:
    """Return the script where facets have other values than before, so that the old ones have other numbers."""
    facets = json.loads(text.removeprefix(_HEAD).removesuffix(_TAIL))["facets"]
    kept: Rows = [row for row in map(json.loads, lines) if row[0] not in paths]
    numbers = [[_number(labels[facet], value) for value, *_ in values] for facet, values in facets]
    for row in kept:
        row[_FACETS] = [[now[n] for n in several] for now, several in zip(numbers, row[_FACETS], strict=True)]
    if any(None in several for row in kept for several in row[_FACETS]):
        raise ValueError
    return _script([*kept, *rows], labels)


def _number(labels: Labels, value: str) -> int | None:
    return list(labels).index(value) if value in labels else None


def _rows(found: Iterable[Entry], labels: Mapping[str, Labels]) -> Rows:
    numbers = {facet: {value: i for i, value in enumerate(labels[facet])} for facet in FACETS}
    kinds = {str(kind): i for i, kind in enumerate(KINDS)}
    return [_row(entry, kinds, numbers) for entry in found]


def _script(rows: Rows, labels: Mapping[str, Labels]) -> str:
    return f"{_head(labels)}{_BETWEEN.join(map(_line, sorted(rows, key=itemgetter(0))))}{_END}"


def _head(labels: Mapping[str, Labels]) -> str:
    """Return all that stands before the first row."""
    kinds = [[kind, *(words(language)[f"kind-{kind}"] for language in LANGUAGES)] for kind in map(str, KINDS)]
    facets = [[facet, [[value, *names] for value, names in labels[facet].items()]] for facet in FACETS]
    return f'{_HEAD}{{"kinds":{_line(kinds)},"facets":{_line(facets)}{_DOCS}'


def _line(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _row(entry: Entry, kinds: Mapping[str, int], numbers: Mapping[str, Mapping[str, int]]) -> list[Any]:
    german, english = (entry.title[language] for language in LANGUAGES)
    return [
        entry.path,
        kinds[entry.kind],
        german,
        0 if english == german else english,
        [part for what, name in entry.names for part in (int(what), name)],
        [[numbers[facet][value] for value in entry.facets.get(facet, ())] for facet in FACETS],
        entry.year or 0,
    ]
