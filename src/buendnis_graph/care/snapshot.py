"""A store as a reviewer sees it: records that can be compared, in plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREF_LABEL, RDF_TYPE, derived_graph, expand

Fields = tuple[tuple[str, str], ...]
"""Pairs of a field's name and a value: an IRI, or a literal's text."""

_ID = f"{BASE}id/"
_ENDED = {f"{BASE}state/ended-dated", f"{BASE}state/ended-undated"}
_LABELS = (expand("dcterms:title"), expand("rdfs:label"), PREF_LABEL)


@dataclass(frozen=True, slots=True)
class Membership:
    """A derived membership with what its attestations say."""

    alliance: str
    member: str
    counts: bool
    ended: bool
    roles: frozenset[str]
    since: frozenset[str]
    until: frozenset[str]
    attested: frozenset[str]
    sources: frozenset[str]
    missing_in: frozenset[str]
    dated_by: frozenset[tuple[str, str, str]] = frozenset()
    """Field, date and source: which source says which date."""


@dataclass(frozen=True, slots=True)
class Record:
    """Anything else: what it is about, and its fields."""

    about: tuple[str, ...]
    fields: Fields
    sources: tuple[str, ...] = ()


class Snapshot:
    """The records of a store."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._said: dict[str, dict[str, list[object]]] = {}
        self._by_type: dict[str, list[str]] = {}
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            subject, predicate = _value(quad.subject), _value(quad.predicate)
            self._said.setdefault(subject, {}).setdefault(predicate, []).append(quad.object)
            if quad.predicate == RDF_TYPE:
                self._by_type.setdefault(_value(quad.object), []).append(subject)

    def _of_type(self, curie: str) -> list[str]:
        return sorted(self._by_type.get(expand(curie).value, []))

    def _all(self, subject: str, *curies: str) -> list[str]:
        said = self._said.get(subject, {})
        return sorted({_value(term) for curie in curies for term in said.get(expand(curie).value, [])})

    def _one(self, subject: str, curie: str) -> str:
        return next(iter(self._all(subject, curie)), "")

    def _fields(self, subject: str, **curies: str) -> Fields:
        return tuple((name, value) for name, curie in curies.items() for value in self._all(subject, curie))

    def label(self, iri: str) -> dict[str, str]:
        """Return the labels of a thing by language; a membership bears the names of member and alliance."""
        member, alliance = self._one(iri, "org:member"), self._one(iri, "org:organization")
        if member and alliance:
            of, to = self.label(member), self.label(alliance)
            return {
                language: f"{of.get(language) or of.get('de', member)} – {to.get(language) or to.get('de', alliance)}"
                for language in sorted({"de", *of, *to})
            }
        found: dict[str, str] = {}
        for predicate in _LABELS:
            for term in self._said.get(iri, {}).get(predicate.value, []):
                if isinstance(term, ox.Literal):
                    found[term.language or ""] = term.value
        return found

    def address(self, source: str) -> str:
        """Return the address of a source's page."""
        return self._one(source, "schema:url")

    @cached_property
    def statements(self) -> set[ox.Quad]:
        """What the files say: all quads but the derived ones."""
        derived = f"{BASE}graph/derived/"
        return {q for q in self._store if not _value(q.graph_name, derived).startswith(derived)}

    @cached_property
    def memberships(self) -> dict[str, Membership]:
        """The memberships by IRI."""
        found = {}
        for iri in self._of_type("org:Membership"):
            rests_on = self._all(iri, "bg:attestation")

            def stated(curie: str, rests_on: list[str] = rests_on) -> frozenset[str]:
                return frozenset(value for one in rests_on for value in self._all(one, curie))

            found[iri] = Membership(
                self._one(iri, "org:organization"),
                self._one(iri, "org:member"),
                self._one(iri, "bg:countsAsMember") == "true",
                self._one(iri, "bg:state") in _ENDED,
                stated("org:role"),
                stated("bg:since"),
                stated("bg:until"),
                stated("bg:attestedOn"),
                stated("dcterms:source"),
                frozenset(self._all(iri, "bg:noLongerListedIn")),
                frozenset(
                    (name, date, source)
                    for one in rests_on
                    for source in self._all(one, "dcterms:source")
                    for name, date in self._fields(one, since="bg:since", until="bg:until", attested="bg:attestedOn")
                ),
            )
        return found

    @cached_property
    def entries(self) -> dict[str, Record]:
        """The registry: names, other names, and where an entry was merged into."""
        graph = ox.NamedNode(f"{BASE}graph/registry")
        subjects = sorted({_value(q.subject) for q in self._store.quads_for_pattern(None, None, None, graph)})
        return {
            iri: Record(
                (iri,),
                self._fields(iri, name="skos:prefLabel", other="skos:altLabel", merged="dcterms:isReplacedBy"),
            )
            for iri in subjects
            if iri.startswith(_ID)
        }

    @cached_property
    def facts(self) -> dict[str, Record]:
        """The facts of the consolidated view, by body and property."""
        found: dict[tuple[str, str], list[str]] = {}
        for quad in self._store.quads_for_pattern(None, None, None, derived_graph("facts")):
            found.setdefault((_value(quad.subject), _value(quad.predicate)), []).append(_value(quad.object))
        return {
            " ".join(about): Record(about, tuple(("value", value) for value in sorted(values)))
            for about, values in sorted(found.items())
        }

    @cached_property
    def conflicts(self) -> dict[str, Record]:
        """The conflicts of facts and memberships."""
        found = {}
        for iri in self._of_type("bg:Conflict"):
            sides = self._all(iri, "bg:statement", "bg:attestation")
            values = sorted({v for side in sides for v in self._all(side, "rdf:object", "bg:since", "bg:until")})
            about = tuple(self._all(iri, "rdf:subject") + self._all(iri, "rdf:predicate"))
            found[iri] = Record(about or (iri,), tuple(("value", value) for value in values))
        return found

    @cached_property
    def topics(self) -> dict[str, Record]:
        """Topics and sectors, one record each."""
        return {
            f"{subject} {value}": Record((subject, value), ())
            for subject in sorted(self._said)
            if subject.startswith(_ID)
            for value in self._all(subject, "bg:topic", "bg:sector", "bg:memberSector")
        }

    @cached_property
    def sources(self) -> dict[str, Record]:
        """The sources as described."""
        names = {
            "issued": "dcterms:issued",
            "title": "dcterms:title",
            "publisher": "dcterms:publisher",
            "kind": "dcterms:type",
        }
        return {iri: Record((iri,), self._fields(iri, **names), (iri,)) for iri in self._of_type("bg:Source")}

    @cached_property
    def links(self) -> dict[str, Record]:
        """Judgements on identity with things elsewhere."""
        return {
            iri: Record(
                (self._one(iri, "owl:annotatedSource"), self._one(iri, "owl:annotatedTarget")),
                self._fields(iri, property="owl:annotatedProperty", judgement="bg:judgement"),
            )
            for iri in self._of_type("sssom:Mapping")
        }

    def _fragments(self, of_type: str, /, about: Iterable[str], **fields: str) -> dict[str, Record]:
        return {
            iri: Record(
                tuple(self._all(iri, *about)) or (iri,),
                self._fields(iri, **fields),
                tuple(self._all(iri, "dcterms:source")),
            )
            for iri in self._of_type(of_type)
        }

    @cached_property
    def numbers(self) -> dict[str, Record]:
        """Stated numbers of members."""
        return self._fragments(
            "bg:MemberCount",
            ["bg:countOf"],
            counted="bg:countKind",
            bound="bg:bound",
            number="bg:count",
            as_of="bg:asOf",
        )

    @cached_property
    def grants(self) -> dict[str, Record]:
        """Grants."""
        fields = {"funder": "schema:funder", "programme": "bg:programme", "recipient": "bg:recipient"}
        dates = {"amount": "bg:amount", "since": "bg:since", "until": "bg:until"}
        return self._fragments("bg:Grant", ["schema:fundedItem"], **fields, **dates)

    @cached_property
    def events(self) -> dict[str, Record]:
        """Changes that sources report: of name, of legal form, successions."""
        fields = {"result": "org:resultingOrganization", "from": "bg:fromLegalForm", "to": "bg:toLegalForm"}
        return self._fragments("org:ChangeEvent", ["org:originalOrganization"], **fields, date="schema:startDate")

    @cached_property
    def claims(self) -> dict[str, Record]:
        """Attributed claims, each text under its language."""
        found = self._fragments("schema:Claim", ["schema:about"], author="schema:author", kind="bg:claimKind")
        text = expand("schema:text").value
        return {
            iri: replace(record, fields=record.fields + tuple(sorted(_by_language(self._said[iri].get(text, [])))))
            for iri, record in found.items()
        }


def _by_language(texts: Iterable[object]) -> Iterator[tuple[str, str]]:
    return ((f"text@{text.language}", text.value) for text in texts if isinstance(text, ox.Literal))


def _value(term: object, otherwise: str = "") -> str:
    return str(getattr(term, "value", otherwise))
