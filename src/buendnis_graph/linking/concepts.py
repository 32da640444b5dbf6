"""Concepts of another vocabulary in a local file, and which of them may match our topics: candidates, no judgements."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import ReadError
from buendnis_graph.linking.records import NO_FILE, opened, records
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.resolving.normalise import fold, stem

MOST = 10
"""Candidates of one topic that are shown: the shortest labels come first."""
IDS, LABELS = ("id", "iri", "uri"), ("subject", "label", "prefLabel", "altLabel")
"""Keys of a CSV or of JSON objects that hold the IRI and the labels of a concept."""
_SKOS = frozenset(ox.NamedNode(f"{PREFIXES['skos']}{name}") for name in ("prefLabel", "altLabel", "hiddenLabel"))
_RDF = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
_SCHEME, _WORD = re.compile(r"^https?:"), re.compile(r"\w+")


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A concept that may match a topic of ours.

    Attributes:
        topic: IRI of ours.
        is_same: whether the labels are equal; if not, theirs holds all words of ours.
        label: what it is called there.
        iri: of theirs.
        ours: the label of ours that it was found by.
    """

    topic: str
    is_same: bool
    label: str
    iri: str
    ours: str


def read_concepts(path: Path, namespace: str) -> dict[str, set[str]]:
    """Return the labels of a vocabulary's concepts by IRI.

    Args:
        path: SKOS (``.ttl``, ``.nt``, ``.rdf``), a table (``.csv``) or objects (``.json``, one a line in
            ``.jsonl``), with the keys :data:`IDS` and :data:`LABELS`.
        namespace: where the IRIs of the vocabulary begin; ``http`` and ``https`` are taken for one, others are
            left out.

    Raises:
        ReadError: if the file can't be read, or holds no concept of the vocabulary.
    """
    read = _skos if path.suffix in _RDF else {".csv": _table, ".json": _objects, ".jsonl": _objects}.get(path.suffix)
    if read is None:
        known = ", ".join(sorted({*_RDF, ".csv", ".json", ".jsonl"}))
        raise ReadError("is no snapshot of concepts by its ending.", path=path, hint=f"Known are {known}.")
    begins, found = _SCHEME.sub("", namespace), dict[str, set[str]]()
    try:
        for iri, label in read(path):
            if (bare := _SCHEME.sub("", iri)).startswith(begins) and bare != begins and label:
                found.setdefault(namespace + bare[len(begins) :], set()).add(label)
    except (*NO_FILE, SyntaxError, csv.Error) as error:
        raise ReadError(f"can't be read as concepts: {error}.", path=path) from error
    if not found:
        raise ReadError(f"holds no concept of {namespace}.", path=path)
    return found


def candidates(ours: Mapping[str, Iterable[str]], theirs: Mapping[str, Iterable[str]]) -> list[Candidate]:
    """Return the concepts that share a label with a topic, or hold all words of one, the equal and short ones first.

    Args:
        ours: labels of topics by IRI.
        theirs: labels of concepts by IRI.
    """
    holding: dict[str, list[tuple[frozenset[str], str, str]]] = {}
    for iri, labels in theirs.items():
        for label in labels:
            words = frozenset(_words(label))
            for word in words:
                holding.setdefault(word, []).append((words, label, iri))
    return [one for topic in sorted(ours) for one in _of_topic(topic, ours[topic], holding)]


def _of_topic(
    topic: str, labels: Iterable[str], holding: Mapping[str, list[tuple[frozenset[str], str, str]]]
) -> list[Candidate]:
    found: dict[str, Candidate] = {}
    for ours in sorted(labels):
        wanted = frozenset(_words(ours))
        rarest = min((holding.get(word, []) for word in wanted), key=len, default=[])
        for words, label, iri in rarest:
            if wanted <= words:
                one = Candidate(topic, words == wanted, label, iri, ours)
                if iri not in found or _rank(one) < _rank(found[iri]):
                    found[iri] = one
    return sorted(found.values(), key=_rank)[:MOST]


def _rank(one: Candidate) -> tuple[bool, int, str, str]:
    return not one.is_same, len(one.label), one.label, one.iri


def _words(label: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(fold(unicodedata.normalize("NFC", label)))]


def _skos(path: Path) -> Iterator[tuple[str, str]]:
    with path.open("rb") as file:
        for quad in ox.parse(file, _RDF[path.suffix]):
            if quad.predicate in _SKOS and isinstance(quad.object, ox.Literal):
                yield str(getattr(quad.subject, "value", "")), quad.object.value


def _table(path: Path) -> Iterator[tuple[str, str]]:
    with opened(path) as file:
        for row in csv.DictReader(file):
            yield from _labels(row)


def _objects(path: Path) -> Iterator[tuple[str, str]]:
    with opened(path) as file:
        for _, one in records(file, path):
            if isinstance(one, dict):
                yield from _labels(one)


def _labels(told: Mapping[str, str | list[str] | None]) -> Iterator[tuple[str, str]]:
    for iri, value in ((told.get(key), told.get(name)) for key in IDS for name in LABELS):
        if iri and value:
            yield from ((str(iri), label) for label in ([value] if isinstance(value, str) else value))
