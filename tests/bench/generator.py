"""Synthetic data in the project's own model, of any size, the same bytes each time: for benchmarks and for planted defects.

About twenty-five statements an organisation: a registry entry, facts and an attestation in a source's graph, the coding of its
role. Twenty organisations share a source, two hundred an alliance; every eighth may be listed by up to five other alliances.
The vocabulary and the places are the project's own.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.settings import Project

PER_SOURCE, PER_ALLIANCE = 20, 200
_SHARED, _OTHERS = 8, 5
"""One organisation of so many is in other alliances, too, and in how many at most."""
_DAY = "2026-11-22"
_SYLLABLES = [c + v for c in "bdfgklmnprstvw" for v in "aeiou"]
_KINDS = ("Verein", "Initiative", "Netzwerk", "Beratungsstelle", "Jugendring", "Zentrum", "Bildungswerk", "Forum")
_FORMS = ("ev", "ggmbh", "foundation")
_ROLES = (("member", "Mitglied"), ("founding-member", "Gründungsmitglied"), ("carrier", "Träger"))


class Statement(NamedTuple):
    """A quad, its terms in N-Quads syntax. The default graph is never used."""

    subject: str
    predicate: str
    object: str
    graph: str


class Block(NamedTuple):
    """What belongs together: an organisation with its facts, attestation and coding, a source, an alliance, or what else lists others.

    Attributes:
        nodes: what it is about, by a word each, so that a defect can be planted: ``body``, ``attestation``, ``role`` …
        others: what it speaks of.
        statements: what it says.
    """

    nodes: dict[str, str]
    others: dict[str, str]
    statements: list[Statement]


def iri(name: str) -> str:
    """Return a prefixed name as an IRI in N-Quads syntax."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def text(value: str, language: str = "") -> str:
    """Return a literal without characters to escape."""
    return f'"{value}"@{language}' if language else f'"{value}"'


def typed(value: str | int, datatype: str) -> str:
    """Return a literal with one of XML Schema's datatypes."""
    return f'"{value}"^^<{PREFIXES["xsd"]}{datatype}>'


def word(number: int) -> str:
    """Return an invented word; two numbers never give the same one."""
    syllables: list[str] = []
    while number or len(syllables) < 2:
        number, digit = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[digit])
    return "".join(reversed(syllables)).capitalize()


class _Writer:
    """Collects the statements of a block."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def __call__(self, subject: str, graph: str, **values: str) -> None:
        for name, value in values.items():
            predicate = iri(name.replace("__", "-").replace("_", ":", 1)) if name != "a" else iri("rdf:type")
            self.statements.append(Statement(subject, predicate, value, graph))


class Generator:
    """Makes the blocks of a data set.

    Args:
        project: whose places are used.
        organisations: how many.
        seed: another one gives other dates, forms and roles.
    """

    def __init__(self, project: Project, organisations: int, seed: int = 1) -> None:
        self.project, self.organisations, self._seed = project, organisations, seed
        names = (file.stem for file in (project.data / "registry").glob("ags-?????.ttl"))
        self._places = [iri(f"id:{name}") for name in sorted(names)]

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks: each alliance, who of others it lists, then its sources, each followed by its organisations."""
        chance = random.Random(self._seed).random  # noqa: S311 - a fixed sequence, no secret
        shared = self._shared()
        for number in range(self.organisations):
            if number % PER_ALLIANCE == 0:
                yield self._alliance(number // PER_ALLIANCE, chance)
                if number // PER_ALLIANCE in shared:
                    yield self._further(number // PER_ALLIANCE, shared[number // PER_ALLIANCE], chance)
            if number % PER_SOURCE == 0:
                yield self._source(number // PER_SOURCE, chance)
            yield self._organisation(number, chance)

    def _shared(self) -> dict[int, list[int]]:
        """Return by the numbers of alliances those of the organisations of others that they list: few are in many."""
        alliances = range(-(-self.organisations // PER_ALLIANCE))
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(0, self.organisations, _SHARED):
            chance = random.Random(number)  # noqa: S311 - likewise
            count = min(int(chance.paretovariate(1.2)), _OTHERS, len(alliances))
            for alliance in chance.sample(alliances, count):
                if alliance != number // PER_ALLIANCE:
                    found[alliance].append(number)
        return found

    def background(self) -> Iterator[Statement]:
        """Yield the project's own vocabulary, places and data set, in their graphs."""
        *places, dataset = self.background_files()
        parts = {"ontology": sorted(self.project.ontology.glob("*.ttl")), "registry": places, "dataset": [dataset]}
        for graph, files in parts.items():
            for file in files:
                for s, p, o, _ in ox.parse(path=file):
                    yield Statement(str(s), str(p), str(o), iri(f"graph:{graph}"))

    def background_files(self) -> list[Path]:
        """Return the files of the project's own places, and of its data set as the last."""
        places = [self.project.data / "registry" / f"{name}.ttl" for name in self._background_names()]
        return [*places, self.project.data / "dataset.ttl"]

    def _background_names(self) -> list[str]:
        return [*sorted(file.stem for file in (self.project.data / "registry").glob("ags-*.ttl")), "de"]

    def _alliance(self, number: int, chance: Callable[[], float]) -> Block:
        """Return an alliance: its registry entry and the coding of a topic at its first source."""
        name = f"Bündnis {word(number)}"
        slug = f"buendnis-{word(number).lower()}"
        body, coding = iri(f"id:{slug}"), iri(f"coding:topic/{slug}/racism")
        add = _Writer()
        registry, codings = iri("graph:registry"), iri("graph:codings")
        add(body, registry, a=iri("org:Organization"))
        add(body, registry, a=iri("bg:Alliance"), skos_prefLabel=text(name, "de"))
        add(
            coding,
            codings,
            a=iri("bg:Coding"),
            dcterms_source=source_iri(number * (PER_ALLIANCE // PER_SOURCE)),
            rdf_object=iri("topic:racism"),
            rdf_predicate=iri("bg:topic"),
            rdf_subject=body,
            bg_basis=iri("basis:reader"),
            bg_confidence=iri(f"confidence:{'high' if chance() < 0.9 else 'medium'}"),
        )
        return Block({"alliance": body, "topic": coding}, {}, add.statements)

    def _source(self, number: int, chance: Callable[[], float]) -> Block:
        """Return a source as read: its description, the number of members it states, and how complete its list is."""
        source = source_iri(number)
        alliance = alliance_iri(number // (PER_ALLIANCE // PER_SOURCE))
        count = f"{source[:-1]}#count--{number}>"
        listed = iri(f"coding:completeness/{number}/member")
        issued = _date(chance)
        add = _Writer()
        _describe(add, source, alliance, issued)
        add(
            count,
            source,
            a=iri("bg:MemberCount"),
            dcterms_source=source,
            bg_asOf=issued,
            bg_bound=iri("bound:more-than"),
            bg_count=typed(10 + int(chance() * 200), "integer"),
            bg_countKind=iri("count-kind:members"),
            bg_countOf=alliance,
        )
        add(
            listed,
            iri("graph:codings"),
            a=iri("bg:ListCompleteness"),
            dcterms_source=source,
            bg_basis=iri("basis:reader"),
            bg_completeness=iri("completeness:partial"),
            bg_listOf=alliance,
            bg_listRole=iri("role:member"),
        )
        nodes = {"source": source, "count": count, "list": listed}
        return Block(nodes, {"alliance": alliance}, add.statements)

    def _organisation(self, number: int, chance: Callable[[], float]) -> Block:
        """Return an organisation: registry entry, what its source says of it, and the coding of its role."""
        name = _name(number)
        source, alliance = source_iri(number // PER_SOURCE), alliance_iri(number // PER_ALLIANCE)
        body = body_iri(number)
        place = self._places[int(chance() * len(self._places))]
        registry = iri("graph:registry")
        add = _Writer()
        add(body, registry, a=iri("org:Organization"))
        add(body, registry, a=iri("org:FormalOrganization"), skos_prefLabel=text(name, "de"))
        if chance() < 0.5:
            add(body, registry, skos_altLabel=text(f"{name} im Land", "de"))
        add(body, source, schema_foundingDate=_date(chance), bg_seat=place)
        add(body, source, bg_legalForm=iri(f"legal-form:{_FORMS[int(chance() * len(_FORMS))]}"))
        attestation, coding = _attest(add, number, source, alliance, chance)
        nodes = {"body": body, "attestation": attestation, "role": coding}
        return Block(nodes, {"source": source, "alliance": alliance}, add.statements)

    def _further(self, alliance: int, numbers: list[int], chance: Callable[[], float]) -> Block:
        """Return another source of an alliance, which lists organisations that are in other alliances, too."""
        source, body = iri(f"source:{word(alliance).lower()}.bund.example/weitere/{_DAY}"), alliance_iri(alliance)
        add = _Writer()
        _describe(add, source, body, _date(chance))
        for number in numbers:
            _attest(add, number, source, body, chance)
        return Block({"further": source}, {"alliance": body}, add.statements)


def _describe(add: _Writer, source: str, alliance: str, issued: str) -> None:
    """Describe a source that an alliance has published."""
    page = source.removesuffix(f"/{_DAY}>") + ">"
    add(
        source,
        iri("graph:sources"),
        a=iri("bg:Source"),
        dcterms_isVersionOf=page,
        dcterms_issued=issued,
        dcterms_language="<http://publications.europa.eu/resource/authority/language/DEU>",
        dcterms_license="<https://creativecommons.org/publicdomain/zero/1.0/>",
        dcterms_publisher=alliance,
        dcterms_type=iri("source-kind:alliance-website"),
        schema_url=f"<https://{page[1:-1].removeprefix(PREFIXES['source'])}>",
        bg_legalBasis=iri("legal-basis:facts-only"),
        bg_seenOn=typed(_DAY, "date"),
    )


def _attest(add: _Writer, number: int, source: str, alliance: str, chance: Callable[[], float]) -> tuple[str, str]:
    """Let a source list an organisation in an alliance, and code its role; return attestation and coding."""
    body = body_iri(number)
    key = "--".join(node.rpartition("/")[2][:-1] for node in (alliance, body))
    site = source.removeprefix(f"<{PREFIXES['source']}").partition("/")[0]
    attestation, coding = f"{source[:-1]}#m--{key}>", iri(f"coding:role/{site}/{key}")
    role, role_word = _ROLES[int(chance() * len(_ROLES))]
    add(
        attestation,
        source,
        a=iri("bg:Attestation"),
        dcterms_source=source,
        org_member=body,
        org_organization=alliance,
        bg_listedName=text(f"{_name(number)} e.V."),
        bg_listedRole=text(role_word),
        bg_since=_date(chance),
    )
    add(
        coding,
        iri("graph:codings"),
        a=iri("bg:Coding"),
        dcterms_source=source,
        rdf_object=iri(f"role:{role}"),
        rdf_predicate=iri("org:role"),
        rdf_subject=attestation,
        bg_basis=iri("basis:listed-word"),
        bg_confidence=iri("confidence:high"),
    )
    return attestation, coding


def _name(number: int) -> str:
    return f"{_KINDS[number % len(_KINDS)]} {word(number)}"


def body_iri(number: int) -> str:
    """Return the organisation of a number."""
    return iri(f"id:{_name(number).lower().replace(' ', '-')}")


def _site(number: int) -> str:
    return f"{word(number).lower()}.example"


def source_iri(number: int) -> str:
    """Return the source of a number."""
    return iri(f"source:{_site(number)}/mitglieder/{_DAY}")


def alliance_iri(number: int) -> str:
    """Return the alliance of a number."""
    return iri(f"id:buendnis-{word(number).lower()}")


def _date(chance: Callable[[], float]) -> str:
    """Return a day, a month or a year."""
    year, month, day = 1990 + int(chance() * 35), 1 + int(chance() * 12), 1 + int(chance() * 28)
    precision = int(chance() * 3)
    if precision == 0:
        return typed(year, "gYear")
    return typed(f"{year}-{month:02}", "gYearMonth") if precision == 1 else typed(f"{year}-{month:02}-{day:02}", "date")
