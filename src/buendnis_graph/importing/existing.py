"""What a source of this page and day, its codings and its review file say already: it stays, and is not repeated."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from buendnis_graph.evidence import Corpus
from buendnis_graph.importing.given import SourceData
from buendnis_graph.importing.known import slug_in
from buendnis_graph.namespaces import BASE, RDF_TYPE, expand

_ATTESTATION, _CODING = expand("bg:Attestation"), expand("bg:Coding")


@dataclass(frozen=True, slots=True)
class Attested:
    """An attestation that stands in the source."""

    fragment: str
    alliance: str
    member: str
    name: str
    role_word: str
    role: str


class Existing:
    """The source as it stands, if it does."""

    def __init__(self, corpus: Corpus, source: SourceData) -> None:
        graph = ox.NamedNode(source.iri)
        inside = [item.quad for item in corpus.quads if item.quad.graph_name == graph]
        self.quads = frozenset(quad.triple for quad in inside)
        self.is_there = any(item.quad.subject == graph for item in corpus.quads)
        self.address = ""
        self.coded: dict[str, str] = {}
        self.coding_subjects: dict[str, str] = {}
        for item in corpus.quads:
            quad = item.quad
            if quad.subject == graph and quad.predicate == expand("schema:url"):
                self.address = quad.object.value if isinstance(quad.object, ox.NamedNode) else ""
        self._read_codings(corpus)
        self.attested = self._attested(inside, source)
        self.stated = {
            quad.object.value: slug_in(quad.subject)
            for quad in inside
            if quad.predicate == expand("bg:statedName") and isinstance(quad.object, ox.Literal)
        }

    def _read_codings(self, corpus: Corpus) -> None:
        facts: dict[object, dict[str, object]] = {}
        prefix = f"{BASE}coding/role/"
        for item in corpus.quads:
            subject = item.quad.subject
            if isinstance(subject, ox.NamedNode) and subject.value.startswith(prefix):
                facts.setdefault(subject, {})[item.quad.predicate.value] = item.quad.object
        for node, found in facts.items():
            coded, role = found.get(expand("rdf:subject").value), found.get(expand("rdf:object").value)
            if isinstance(coded, ox.NamedNode) and isinstance(role, ox.NamedNode) and isinstance(node, ox.NamedNode):
                self.coded[coded.value] = role.value.rpartition("/")[2]
                self.coding_subjects[node.value] = coded.value

    def _attested(self, inside: list[ox.Quad], source: SourceData) -> list[Attested]:
        facts: dict[str, dict[str, object]] = {}
        nodes = {quad.subject for quad in inside if quad.predicate == RDF_TYPE and quad.object == _ATTESTATION}
        for quad in inside:
            if quad.subject in nodes and isinstance(quad.subject, ox.NamedNode):
                facts.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object
        found = []
        for node, values in sorted(facts.items()):
            name, word = values.get(expand("bg:listedName").value), values.get(expand("bg:listedRole").value)
            found.append(
                Attested(
                    fragment=node.partition("#")[2],
                    alliance=slug_in(values.get(expand("org:organization").value)),
                    member=slug_in(values.get(expand("org:member").value)),
                    name=name.value if isinstance(name, ox.Literal) else "",
                    role_word=word.value if isinstance(word, ox.Literal) else "",
                    role=self.coded.get(node, "member"),
                )
            )
        return [item for item in found if item.alliance == source.alliance]
