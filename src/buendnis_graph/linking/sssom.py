"""Judgements as SSSOM's table: TSV with a YAML header (https://mapping-commons.github.io/sssom/spec/, "SSSOM/TSV").

What is not decided is no mapping to anybody else, so *unsure* goes into a table of its own; *not the same* carries
``predicate_modifier: Not``, *none found* the object ``sssom:NoTermFound``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from buendnis_graph.linking.authorities import AUTHORITIES, authority_of
from buendnis_graph.linking.mappings import Mapping as Link
from buendnis_graph.namespaces import BASE, PREFIXES

COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "reviewer_label",
    "mapping_date",
    "confidence",
    "object_source",
    "object_source_version",
    "comment",
)
_OURS = ("id", "topic", "legal-form", "role", "link", "semapv", "skos", "schema", "sssom")
_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " "})


@dataclass(frozen=True, slots=True)
class MappingSet:
    """What stands above a table.

    Attributes:
        name: the local part of its IRI, ``graph/<name>``.
        title: what it holds.
        licence: IRI.
        source: whom to name, if the licence asks for it.
    """

    name: str
    title: str
    licence: str
    source: str = ""


def sssom_tsv(links: Iterable[Link], labels: Mapping[str, str], about: MappingSet) -> str:
    """Return a table of judgements, sorted by their IRIs.

    Args:
        links: the judgements.
        labels: what our things are called, by IRI.
        about: the set they make.
    """
    rows = [_row(link, labels) for link in sorted(links, key=lambda link: link.slug)]
    prefixes = {name: PREFIXES[name] for name in _OURS} | AUTHORITIES
    used = {cell.partition(":")[0] for row in rows for cell in row} & prefixes.keys()
    head = [
        f"mapping_set_id: {BASE}graph/{about.name}",
        f"mapping_set_title: {_quoted(about.title)}",
        f"license: {about.licence}",
        *([f"other: {_quoted('source: ' + about.source)}"] if about.source else []),
        "curie_map:",
        *(f"  {name}: {prefixes[name]}" for name in sorted(used | {"semapv", "skos"})),
    ]
    lines = [f"#{line}" for line in head] + ["\t".join(COLUMNS)] + ["\t".join(row) for row in rows]
    return "\n".join(lines) + "\n"


def _row(link: Link, labels: Mapping[str, str]) -> list[str]:
    authority = authority_of(link.object)
    found = link.judgement != "none-found"
    cells = {
        "subject_id": _curie(link.subject),
        "subject_label": labels.get(link.subject, ""),
        "predicate_modifier": "Not" if link.judgement == "not-same" else "",
        "predicate_id": _curie(link.predicate),
        "object_id": _curie(link.object) if found else "sssom:NoTermFound",
        "object_label": link.label if found else "",
        "mapping_justification": f"semapv:{link.justification}",
        "reviewer_label": link.reviewer,
        "mapping_date": link.date,
        "confidence": "" if link.confidence is None else f"{link.confidence:g}",
        "object_source": f"{authority}:" if authority else "",
        "object_source_version": link.seen_in,
        "comment": " ".join(_remarks(link)),
    }
    return [_cell(cells[column]) for column in COLUMNS]


def _cell(text: str) -> str:
    """Return a value that is one cell: one with quotation marks stands in such, and they are doubled (RFC 4180)."""
    text = text.translate(_BREAKS)
    return '"{}"'.format(text.replace('"', '""')) if '"' in text else text


def _remarks(link: Link) -> Iterator[str]:
    if link.evidence:
        yield f"Evidence: {', '.join(link.evidence)}."
    yield from (text for language, text in link.remarks if language == "en")


def _curie(iri: str) -> str:
    for name, namespace in (*((name, PREFIXES[name]) for name in _OURS), *AUTHORITIES.items()):
        if iri.startswith(namespace):
            return f"{name}:{iri.removeprefix(namespace)}"
    return iri


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
