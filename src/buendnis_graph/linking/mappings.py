"""Judgements about identity as the files of ``data/links/`` hold them: SSSOM in RDF, read and written in one way.

A mapping is an ``owl:Axiom`` of type ``sssom:Mapping``, as SSSOM's own OWL form has it; the verdict is
``bg:judgement``, so that *not the same*, *unsure* and *none found* stand beside *the same* without a triple that
claims it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence.formatter import format_text, reduce_text
from buendnis_graph.evidence.reader import Located, format_of, read_file
from buendnis_graph.evidence.turtle import write
from buendnis_graph.namespaces import BASE, PREFIXES, RDF_TYPE, expand
from buendnis_graph.settings import Project

JUDGEMENTS = ("same", "not-same", "unsure", "none-found")
REVIEWERS = ("editor", "body", "rule")
MAPPING = expand("sssom:Mapping")
_TYPES = (expand("owl:Axiom"), MAPPING)
_REMARK = expand("rdfs:comment")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A judgement on whether a thing of ours and one of another data set are the same.

    Attributes:
        slug: the local part of its IRI, ``link/<slug>``; by custom ``<our slug>--<authority>-<their id>``.
        subject: IRI of ours: a body, programme, place or concept.
        predicate: IRI; ``schema:sameAs`` for bodies and places, one of SKOS's mapping properties for concepts.
        object: IRI of theirs; of *none found* that of the data set searched, where its IRIs begin.
        judgement: one of :data:`JUDGEMENTS`.
        justification: a name of SEMAPV, such as ``ManualMappingCuration`` or ``LexicalMatching``.
        date: the day of the judgement, ISO 8601.
        seen_in: data set and version in which id and label of theirs were seen together.
        label: what theirs is called there.
        confidence: probability that the judgement is right, 0 to 1, if it was reckoned.
        reviewer: who decided, by kind: one of :data:`REVIEWERS`, or empty.
        evidence: what speaks for or against, one feature each, such as ``same-place``.
        remarks: (language, text) pairs, ``de`` or ``en``.
    """

    slug: str
    subject: str
    predicate: str
    object: str
    judgement: str
    justification: str
    date: str
    seen_in: str
    label: str
    confidence: float | None = None
    reviewer: str = ""
    evidence: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def iri(self) -> str:
        """The IRI of the judgement itself."""
        return f"{PREFIXES['link']}{self.slug}"


def mapping_quads(mapping: Mapping) -> Iterator[ox.Quad]:
    """Yield what a file of ``data/links/`` says of a mapping."""
    node = ox.NamedNode(mapping.iri)
    facts: list[tuple[str, ox.NamedNode | ox.Literal]] = [
        ("owl:annotatedSource", ox.NamedNode(mapping.subject)),
        ("owl:annotatedProperty", ox.NamedNode(mapping.predicate)),
        ("owl:annotatedTarget", ox.NamedNode(mapping.object)),
        ("sssom:mapping_justification", expand(f"semapv:{mapping.justification}")),
        ("sssom:mapping_date", ox.Literal(mapping.date, datatype=expand("xsd:date"))),
        ("sssom:object_label", ox.Literal(mapping.label)),
        ("bg:judgement", expand(f"judgement:{mapping.judgement}")),
        ("bg:seenIn", ox.Literal(mapping.seen_in)),
        *(("bg:evidence", ox.Literal(feature)) for feature in mapping.evidence),
        *(("rdfs:comment", ox.Literal(text, language=language)) for language, text in mapping.remarks),
    ]
    if mapping.confidence is not None:
        facts.append(("sssom:confidence", ox.Literal(f"{mapping.confidence:g}", datatype=expand("xsd:double"))))
    if mapping.reviewer:
        facts.append(("bg:reviewer", expand(f"reviewer:{mapping.reviewer}")))
    yield from (ox.Quad(node, RDF_TYPE, kind) for kind in _TYPES)
    yield from (ox.Quad(node, expand(name), value) for name, value in facts)


def mappings_of(quads: Iterable[ox.Quad]) -> list[Mapping]:
    """Return the mappings that quads hold, sorted by their IRI; what is no mapping is passed over.

    Args:
        quads: as read from files that the shapes of links accept; what a mapping lacks is empty.
    """
    said: dict[str, dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]] = {}
    mapped: set[str] = set()
    for quad in quads:
        node = str(getattr(quad.subject, "value", quad.subject))
        said.setdefault(node, {}).setdefault(quad.predicate, []).append(quad.object)  # type: ignore[arg-type]
        if quad.predicate == RDF_TYPE and quad.object == MAPPING:
            mapped.add(node)
    return [_mapping(node, said[node]) for node in sorted(mapped)]


def _mapping(node: str, facts: dict[ox.NamedNode, list[ox.NamedNode | ox.Literal]]) -> Mapping:
    def all_of(name: str) -> list[str]:
        return sorted(term.value for term in facts.get(expand(name), ()))

    def one(name: str) -> str:
        return next(iter(all_of(name)), "")

    confidence = one("sssom:confidence")
    remarks = (term for term in facts.get(_REMARK, ()) if isinstance(term, ox.Literal))
    return Mapping(
        slug=node.removeprefix(PREFIXES["link"]),
        subject=one("owl:annotatedSource"),
        predicate=one("owl:annotatedProperty"),
        object=one("owl:annotatedTarget"),
        judgement=one("bg:judgement").removeprefix(f"{BASE}judgement/"),
        justification=one("sssom:mapping_justification").removeprefix(PREFIXES["semapv"]),
        date=one("sssom:mapping_date"),
        seen_in=one("bg:seenIn"),
        label=one("sssom:object_label"),
        confidence=float(confidence) if confidence else None,
        reviewer=one("bg:reviewer").removeprefix(f"{BASE}reviewer/"),
        evidence=tuple(all_of("bg:evidence")),
        remarks=tuple(sorted((term.language or "", term.value) for term in remarks)),
    )


def link_files(project: Project) -> list[Path]:
    """Return the files of ``data/links/``, sorted."""
    return sorted((project.data / "links").rglob("*.ttl"))


def read_mappings(project: Project) -> list[Mapping]:
    """Return all judgements of a project on identity, sorted by IRI.

    Raises:
        ReadError: if a file can't be read, with its line.
    """
    return mappings_of(item.quad for path in link_files(project) for item in read_file(path))


def mappings_text(mappings: Iterable[Mapping], present: str, path: Path) -> str:
    """Return the canonical text of a file of links that holds these mappings and no other.

    Args:
        mappings: all that the file is to hold, in any order.
        present: what the file says now, or an empty text; its opening comments, and what it says beside mappings
            (such as entries of a register), stay.
        path: the file, for messages.

    Raises:
        ReadError: if the present text can't be parsed.
    """
    rdf_format, stated = format_of(path), write({quad for mapping in mappings for quad in mapping_quads(mapping)})
    if not present:
        return stated
    rest = reduce_text(present, rdf_format, path, _others)
    head = "\n".join(line for line in _opening(present) if not rest)
    return format_text("".join(f"{part}\n" for part in (head, rest, stated) if part), rdf_format, path)


def _others(located: list[Located]) -> list[bool]:
    mapped = {item.quad.subject for item in located if item.quad.object == MAPPING}
    return [item.quad.subject not in mapped for item in located]


def _opening(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        yield line
