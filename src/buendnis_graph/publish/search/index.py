"""The index as a script: one variable, assigned from a text, so that it loads from a server and from a folder alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.search.entries import QUERY, TERM, Entry, entries
from buendnis_graph.publish.search.facets import FACETS, Labels, read
from buendnis_graph.publish.search.words import words
from buendnis_graph.queries.catalogue import Question
from buendnis_graph.wording import LANGUAGES

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

_UNSEEN = re.compile(r"[<\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What could be taken for markup, ends a line of a script, or turns the direction of what is read."""


def script(store: ox.Store, documents: Iterable[Document], questions: Iterable[Question] = ()) -> str:
    """Return the script over all that is published.

    Args:
        store: its default graph is the consolidated view.
        documents: of the same store.
        questions: of the catalogue, whose pages are ``query/<name>``.
    """
    facets = read(store)
    return index(entries(facets, documents, questions), facets.labels)


def index(found: Iterable[Entry], labels: Mapping[str, Labels]) -> str:
    """Return the script.

    The value is an object: ``kinds`` and each of ``facets`` as rows of [key, German, English]; ``docs`` as rows of
    [path, number of its kind, German title, English title or 0 if it is the same, further names as [what, name, what,
    name …] with what they are as in :class:`~buendnis_graph.publish.search.entries.Name`, numbers of the values by
    facet in the order of ``facets``, year or 0].

    Args:
        found: what can be found, sorted.
        labels: names of the values of facets, as :func:`buendnis_graph.publish.search.facets.read` gives them.
    """
    numbers = {facet: {value: i for i, value in enumerate(labels[facet])} for facet in FACETS}
    kinds = {str(kind): i for i, kind in enumerate(KINDS)}
    data = {
        "kinds": [[kind, *(words(language)[f"kind-{kind}"] for language in LANGUAGES)] for kind in kinds],
        "facets": [[facet, [[value, *names] for value, names in labels[facet].items()]] for facet in FACETS],
        "docs": [_row(entry, kinds, numbers) for entry in found],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return f"var buendnisIndex={text};\n"


def _row(entry: Entry, kinds: Mapping[str, int], numbers: Mapping[str, Mapping[str, int]]) -> list[object]:
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
