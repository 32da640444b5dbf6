"""Defects planted in synthetic data: what is changed, and which shapes must say so, of which node; nothing else may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.validate import Result
from tests.bench.generator import PER_SOURCE, Block, Generator, Statement, iri, text, typed
from tests.mini import HEAD

Finding = tuple[str, str]
"""A focus node in N-Quads syntax, and the shape or SPARQL constraint, without ``shape:``."""

_LABEL, _OTHER_LABEL = iri("skos:prefLabel"), iri("skos:altLabel")
OF_SOURCE = {"source", "count", "list"}


@dataclass(frozen=True, slots=True)
class Defect:
    """A change to one node.

    Attributes:
        node: which node of a block, such as ``attestation``.
        predicate: of the statement that is changed; a prefixed name.
        value: what it says now: a term in N-Quads syntax, or ``{body}`` for a node of the block; empty if it is removed.
        shapes: who must complain about the node.
        more: the statement is added; the old one stays.
    """

    node: str
    predicate: str
    value: str
    shapes: str
    more: bool = False

    def apply(self, block: Block) -> Block:
        """Return the block with the defect."""
        node, predicate = block.nodes[self.node], iri(self.predicate)
        value = (block.nodes | block.others)[self.value[1:-1]] if self.value.startswith("{") else self.value
        places = [n for n, s in enumerate(block.statements) if s.subject == node and s.predicate == predicate]
        changed = list(block.statements)
        if self.more or not places:
            label = predicate in (_LABEL, _OTHER_LABEL)
            home = iri("graph:registry") if label else [s for s in changed if s.subject == node][-1].graph
            changed.append(Statement(node, predicate, value, home))
        elif value:
            changed[places[0]] = changed[places[0]]._replace(object=value)
        else:
            changed = [s for n, s in enumerate(changed) if n not in places]
        return block._replace(statements=changed)

    def findings(self, block: Block) -> Iterator[Finding]:
        """Yield what must be found."""
        return ((block.nodes[self.node], shape) for shape in self.shapes.split())


NOBODY, CONCEPT, PLACE = iri("id:nobody"), iri("role:member"), iri("id:de")
DEFECTS = (
    # an attestation
    Defect("attestation", "org:member", "", "attestation-member"),
    Defect("attestation", "org:member", NOBODY, "attestation-member"),
    Defect("attestation", "org:member", PLACE, "attestation-member"),
    Defect("attestation", "org:member", "{alliance}", "attestation-not-itself"),
    Defect("attestation", "org:member", "{alliance}", "attestation-member attestation-not-itself", more=True),
    Defect("attestation", "org:organization", "", "attestation-alliance"),
    Defect("attestation", "bg:listedName", "", "attestation-name"),
    Defect("attestation", "bg:listedName", text(""), "attestation-name clean-text"),
    Defect("attestation", "bg:listedName", text("Verein", "de"), "attestation-name"),
    Defect("attestation", "bg:listedRole", text("Gast"), "attestation-role-word", more=True),
    Defect("attestation", "bg:since", typed("2023-02-30", "date"), "attestation-since"),
    Defect("attestation", "bg:since", typed("2023-13", "gYearMonth"), "attestation-since"),
    Defect("attestation", "bg:since", typed("2023Z", "gYear"), "attestation-since"),
    Defect("attestation", "bg:since", text("seit langem"), "attestation-since"),
    Defect("attestation", "bg:until", typed("2023-03-27+01:00", "date"), "attestation-until"),
    Defect("attestation", "bg:attestedOn", typed("23", "gYear"), "attestation-date"),
    Defect("attestation", "bg:spell", typed(1, "integer"), "attestation-spell"),
    # a coding
    Defect("role", "rdf:subject", "", "coding-subject"),
    Defect("role", "rdf:predicate", iri("org:memberOf"), "coding-property"),
    Defect("role", "rdf:object", "", "coding-value"),
    Defect("role", "bg:basis", "", "coding-basis"),
    Defect("role", "bg:basis", iri("basis:hearsay"), "coding-basis"),
    Defect("role", "bg:basis", iri("confidence:high"), "coding-basis"),
    Defect("role", "bg:confidence", iri("basis:reader"), "coding-confidence"),
    Defect("role", "dcterms:source", "", "coding-source"),
    # a body
    Defect("body", "skos:prefLabel", "", "name-german"),
    Defect("body", "skos:prefLabel", text("Association", "en"), "name-german"),
    Defect("body", "skos:prefLabel", text("Organisme", "fr"), "name name-german clean-text"),
    Defect("body", "skos:prefLabel", text("Société", "fr"), "name clean-text", more=True),
    # what a source says of it
    Defect("body", "schema:foundingDate", typed("2023-00-10", "date"), "stated-founding-date"),
    Defect("body", "schema:foundingDate", text("1999"), "stated-founding-date"),
    Defect("body", "bg:legalForm", iri("legal-form:club"), "stated-legal-form"),
    Defect("body", "bg:legalForm", CONCEPT, "stated-legal-form"),
    Defect("body", "bg:seat", NOBODY, "stated-seat"),
    Defect("body", "bg:seat", "{alliance}", "stated-seat"),
    Defect("body", "org:subOrganizationOf", PLACE, "stated-parent"),
    # what no node may say
    Defect("body", "bg:noSuchProperty", PLACE, "declared-property", more=True),
    Defect("body", "rdf:type", iri("bg:NoSuchClass"), "declared-class", more=True),
    Defect(
        "body",
        "schema:email",
        text("verein@example.org"),
        "declared-property no-personal-property no-personal-data-in-text",
        more=True,
    ),
    Defect("attestation", "bg:listedName", text("Verein, verein@example.org"), "no-personal-data-in-text"),
    Defect("attestation", "bg:listedName", text("Verein, Tel. 0341 1234567"), "no-personal-data-in-text"),
    Defect("attestation", "bg:listedName", text("Verein, Hauptstraße 8"), "no-personal-data-in-text"),
    Defect("attestation", "bg:listedName", text("Verein, 51.3397, 12.3731"), "no-personal-data-in-text"),
    Defect("attestation", "bg:listedName", text("Ver\\u202Eein"), "clean-text"),
    # a source
    Defect("source", "schema:url", "", "source-address"),
    Defect("source", "schema:url", "<https://other.example/>", "source-address", more=True),
    Defect("source", "bg:seenOn", typed("2026-11-32", "date"), "source-seen source-iri-day"),
    Defect("source", "dcterms:type", iri("source-kind:hearsay"), "source-kind"),
    Defect("source", "bg:legalBasis", "", "source-legal-basis"),
    Defect("source", "dcterms:license", text("CC0"), "source-licence"),
    Defect("source", "dcterms:isVersionOf", "", "source-page"),
    Defect("source", "dcterms:issued", typed("2023-2", "gYearMonth"), "source-issued"),
    Defect("source", "dcterms:publisher", NOBODY, "source-publisher"),
    # a number
    Defect("count", "bg:count", typed(-1, "integer"), "number-value"),
    Defect("count", "bg:count", text("viele"), "number-value"),
    Defect("count", "bg:countKind", iri("bound:exact"), "number-kind"),
    Defect("count", "bg:bound", "", "number-bound"),
    Defect("count", "bg:asOf", typed("24:00", "date"), "number-as-of"),
    Defect("count", "bg:countOf", text("alle"), "number-of"),
    # how complete a list is
    Defect("list", "bg:listOf", "{source}", "list-alliance"),
    Defect("list", "bg:listRole", iri("topic:racism"), "list-role"),
    Defect("list", "bg:completeness", "", "list-degree"),
    Defect("list", "dcterms:source", NOBODY, "list-source"),
)

SPECIAL = """
GRAPH graph:registry {
  id:twin-one a org:Organization ; skos:prefLabel "Zwillingsverein"@de .
  id:twin-two a org:Organization ; skos:prefLabel "Zwillingsverein"@de .
  id:former a org:Organization ; skos:prefLabel "Altverein"@de ; dcterms:isReplacedBy id:twin-one .
  id:Not_Canonical a org:Organization ; skos:prefLabel "Kein Slug"@de .
}
GRAPH graph:sources {
  PLANTED a bg:Source ; schema:url <https://planted.example/> ; bg:seenOn "2026-11-22"^^xsd:date ;
    dcterms:isVersionOf <https://w3id.org/buendnis-graph/source/planted.example/list> ;
    dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ; dcterms:type source-kind:third-party ;
    dcterms:language <http://publications.europa.eu/resource/authority/language/DEU> ;
    bg:legalBasis legal-basis:facts-only .
}
GRAPH PLANTED {
  <https://w3id.org/buendnis-graph/source/planted.example/list/2026-11-22#m--buendnis-baba--former> a bg:Attestation ;
    org:member id:former ; org:organization id:buendnis-baba ; bg:listedName "Altverein" ; dcterms:source PLANTED .
}
GRAPH graph:ontology { topic:racism skos:broader topic:anti-asian-racism . topic:anti-asian-racism skos:narrower topic:racism . }
"""
"""Defects that take more than one statement, in TriG."""

SPECIAL_FINDINGS = {
    "id:twin-one": "body-name-once",
    "id:twin-two": "body-name-once",
    "id:Not_Canonical": "slug",
    "source:planted.example/list/2026-11-22#m--buendnis-baba--former": "evidence-not-merged",
    "topic:racism": "concept-no-cycle",
    "topic:anti-asian-racism": "concept-no-cycle",
}


class Planted:
    """A data set with defects: at least one of each kind, and about one for each thousand organisations.

    Args:
        generator: makes the data.
    """

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self.findings: set[Finding] = set()
        """What must be found; complete once :meth:`statements` has been read to its end."""

    def statements(self) -> Iterator[Statement]:
        """Yield the statements, the vocabulary's first."""
        self.findings.clear()
        yield from self._generator.background()
        plan = self._plan()
        seen: Counter[str] = Counter()
        for block in self._generator.blocks():
            planted = block
            for node in block.nodes:
                defect = plan.get((node, seen[node]))
                seen[node] += 1
                if defect is not None:
                    planted = defect.apply(planted)
                    self.findings |= set(defect.findings(block))
            yield from planted.statements
        yield from self._special()

    def _plan(self) -> dict[tuple[str, int], Defect]:
        """Return which defect is planted in which node: nodes of a kind are numbered as they come."""
        organisations = self._generator.organisations
        number = max(len(DEFECTS), organisations // 1000)
        chosen: dict[str, list[Defect]] = {}
        for place in range(number):
            again, kind = divmod(place, len(DEFECTS))
            defect = DEFECTS[kind]
            if again and iri(defect.predicate) == _LABEL and defect.value:  # a label twice would be one more defect
                defect = replace(defect, value=f'"{again} {defect.value[1:]}')
            chosen.setdefault(defect.node, []).append(defect)
        plan = {}
        for node, defects in chosen.items():
            nodes = -(-organisations // PER_SOURCE) if node in OF_SOURCE else organisations
            if len(defects) > nodes:
                raise ValueError(f"{organisations} organisations are too few for {len(defects)} defects of a {node}")
            plan.update({(node, n * nodes // len(defects)): defect for n, defect in enumerate(defects)})
        return plan

    def _special(self) -> Iterator[Statement]:
        planted = str(ox.NamedNode(f"{PREFIXES['source']}planted.example/list/2026-11-22"))
        trig = HEAD + SPECIAL.replace("PLANTED", planted)
        for quad in ox.parse(trig, format=ox.RdfFormat.TRIG):
            yield Statement(str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
        self.findings |= {(iri(node), shape) for node, shapes in SPECIAL_FINDINGS.items() for shape in shapes.split()}


def found_in(results: Iterable[Result]) -> set[Finding]:
    """Return the findings that results stand for."""
    return {(str(result.focus), result.rule.removeprefix(PREFIXES["shape"])) for result in results}
