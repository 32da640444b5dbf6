"""Write down what was decided: the source, registry entries, codings of roles, as texts of files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence import add_to_text
from buendnis_graph.importing.dates import literal
from buendnis_graph.importing.decide import Kind, NewBody, Outcome
from buendnis_graph.importing.existing import Existing
from buendnis_graph.importing.given import LANGUAGES, SourceData
from buendnis_graph.importing.known import ID, Known
from buendnis_graph.importing.model import Remark
from buendnis_graph.importing.names import FORMAL, take_apart
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.settings import Project

_CC0 = ox.NamedNode("https://creativecommons.org/publicdomain/zero/1.0/")
_EU_LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
_GERMAN, _ENGLISH = "de", "en"
_UNKNOWN_WORD = "The role word of the list is not known to the import; classed as member."
Term = ox.NamedNode | ox.Literal


def _node(slug: str) -> ox.NamedNode:
    return ox.NamedNode(f"{ID}{slug}")


def _quads(
    subject: ox.NamedNode, facts: Iterable[tuple[str, Term]], graph: ox.NamedNode | None = None
) -> list[ox.Quad]:
    return [ox.Quad(subject, expand(name), value, graph or ox.DefaultGraph()) for name, value in facts]


def describe(source: SourceData) -> list[ox.Quad]:
    """Return the description of a source."""
    facts: list[tuple[str, Term]] = [
        ("rdf:type", expand("bg:Source")),
        ("schema:url", ox.NamedNode(source.address)),
        ("dcterms:isVersionOf", ox.NamedNode(source.iri.rpartition("/")[0])),
        ("bg:seenOn", literal(source.seen)),
        ("dcterms:type", expand(f"source-kind:{source.kind}")),
        ("bg:legalBasis", expand("legal-basis:facts-only")),
        ("dcterms:license", _CC0),
    ]
    if source.publisher:
        facts.append(("dcterms:publisher", _node(source.publisher)))
    if source.issued:
        facts.append(("dcterms:issued", literal(source.issued)))
    if source.title:
        facts.append(("dcterms:title", ox.Literal(source.title)))
    if source.language:
        facts.append(("dcterms:language", ox.NamedNode(f"{_EU_LANGUAGE}{LANGUAGES[source.language]}")))
    if source.sha256:
        facts.append(("bg:sha256", ox.Literal(source.sha256)))
    return _quads(ox.NamedNode(source.iri), facts)


def attestation(source: SourceData, outcome: Outcome) -> list[ox.Quad]:
    """Return what the source says of one membership."""
    row, graph = outcome.row, ox.NamedNode(source.iri)
    facts: list[tuple[str, Term]] = [
        ("rdf:type", expand("bg:Attestation")),
        ("org:member", _node(outcome.slug)),
        ("org:organization", _node(source.alliance)),
        ("bg:listedName", ox.Literal(row.name)),
        ("dcterms:source", graph),
    ]
    if row.role:
        facts.append(("bg:listedRole", ox.Literal(row.role)))
    for name, date in (("bg:since", row.since), ("bg:until", row.until), ("bg:attestedOn", source.issued)):
        if date:
            facts.append((name, literal(date)))
    if outcome.role.ended and not row.until:
        facts.append(("bg:ended", ox.Literal(True)))
    return _quads(ox.NamedNode(f"{source.iri}#{outcome.fragment}"), facts, graph)


class Facts:
    """Plain facts that a list states of its members, gathered over all rows before they are written.

    A body that one list gives two legal forms has neither of them from it.
    """

    def __init__(self, source: SourceData, known: Known, existing: Existing) -> None:
        self._graph, self._known, self._existing = ox.NamedNode(source.iri), known, existing
        self._forms: dict[str, dict[str, int]] = {}
        self._others: list[ox.Quad] = []
        self._attested = {item.name for item in existing.attested}
        self.remarks: list[Remark] = []

    def learn(self, outcome: Outcome) -> None:
        """Take what a row says beside name, role and dates."""
        row, body = outcome.row, _node(outcome.slug)
        form = row.legal_form or take_apart(row.name).legal_form
        if form:
            self._forms.setdefault(outcome.slug, {}).setdefault(form, row.line)
        if row.website:
            self._add(body, "schema:url", ox.NamedNode(row.website))
        if row.place:
            place = self._known.place(row.place)
            if place:
                self._add(body, "schema:location", _node(place))
            else:
                self.remarks.append(Remark("unknown-place", row.line, row.place))
        if outcome.kind == Kind.DUPLICATE and row.name not in self._attested:
            self._add(body, "bg:statedName", ox.Literal(row.name, language=_GERMAN))

    def note_name(self, name: str) -> None:
        """Know that a name stands in an attestation and need not be stated again."""
        self._attested.add(name)

    def _add(self, body: ox.NamedNode, name: str, value: Term) -> None:
        self._others.append(ox.Quad(body, expand(name), value, self._graph))

    def quads(self) -> list[ox.Quad]:
        """Return all of them."""
        found = list(self._others)
        stated = {t.subject: t.object for t in self._existing.quads if t.predicate == expand("bg:legalForm")}
        for slug, forms in sorted(self._forms.items()):
            body = _node(slug)
            values = {expand(f"legal-form:{form}") for form in forms}
            if len(values) > 1 or (body in stated and stated[body] not in values):
                self.remarks.append(Remark("legal-forms-differ", max(forms.values()), slug))
            elif body not in stated:
                found += [ox.Quad(body, expand("bg:legalForm"), value, self._graph) for value in values]
        return found


def source_text(
    project: Project, source: SourceData, existing: Existing, outcomes: list[Outcome], facts: Facts
) -> tuple[str, list[Remark]]:
    """Return the text of the source's file and remarks on what it says otherwise already.

    What stands in the file stays: somebody may have added to it by hand.
    """
    remarks: list[Remark] = []
    quads = [] if existing.is_there else describe(source)
    for outcome in outcomes:
        if not outcome.fragment or outcome.kind == Kind.DUPLICATE:
            continue
        wanted = attestation(source, outcome)
        if not outcome.is_there:
            quads += wanted
        elif any(quad.triple not in existing.quads for quad in wanted):
            remarks.append(Remark("differs", outcome.row.line, outcome.fragment))
    quads += facts.quads()
    path = source.path(project)
    text = path.read_text(encoding="utf-8") if existing.is_there else ""
    return add_to_text(text, quads, ox.RdfFormat.TRIG, project.relative(path)), remarks


def registry_files(project: Project, source: SourceData, bodies: Iterable[NewBody]) -> dict[Path, str | None]:
    """Return the files of new registry entries."""
    files: dict[Path, str | None] = {}
    for body in bodies:
        facts: list[tuple[str, Term]] = [
            ("rdf:type", expand("org:Organization")),
            ("skos:prefLabel", ox.Literal(body.label, language=_GERMAN)),
        ]
        if body.legal_form in FORMAL:
            facts.append(("rdf:type", expand("org:FormalOrganization")))
        if body.acronym and body.acronym != body.label:
            facts.append(("skos:altLabel", ox.Literal(body.acronym, language=_GERMAN)))
        files |= _registry_file(project, body.slug, facts)
    if source.new_alliance:
        label = ox.Literal(source.new_alliance, language=_GERMAN)
        types: list[tuple[str, Term]] = [
            ("rdf:type", expand("org:Organization")),
            ("rdf:type", expand("bg:Alliance")),
            ("skos:prefLabel", label),
        ]
        files |= _registry_file(project, source.alliance, types)
    return files


def _registry_file(project: Project, slug: str, facts: list[tuple[str, Term]]) -> dict[Path, str | None]:
    path = project.data / "registry" / f"{slug}.ttl"
    return {path: add_to_text("", _quads(_node(slug), facts), ox.RdfFormat.TURTLE, project.relative(path))}


def coding_files(
    project: Project, source: SourceData, existing: Existing, outcomes: list[Outcome]
) -> dict[Path, str | None]:
    """Return the file of role codings of the source's site, with a coding for each attestation that has none."""
    quads: list[ox.Quad] = []
    for outcome in outcomes:
        subject = f"{source.iri}#{outcome.fragment}"
        if outcome.fragment and outcome.kind != Kind.DUPLICATE and subject not in existing.coded:
            quads += _coding(source, existing, outcome, subject)
    if not quads:
        return {}
    path = project.data / "codings" / "roles" / f"{source.site}.ttl"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return {path: add_to_text(text, quads, ox.RdfFormat.TURTLE, project.relative(path))}


def _coding(source: SourceData, existing: Existing, outcome: Outcome, subject: str) -> list[ox.Quad]:
    key = f"{BASE}coding/role/{source.site}/{source.slug}/{outcome.fragment.removeprefix('m--')}"
    if key in existing.coding_subjects:
        key = f"{key}/{source.seen}"  # the page was read on another day before
    unknown = bool(outcome.row.role) and not outcome.role.known
    facts: list[tuple[str, Term]] = [
        ("rdf:type", expand("bg:Coding")),
        ("rdf:subject", ox.NamedNode(subject)),
        ("rdf:predicate", expand("org:role")),
        ("rdf:object", expand(f"role:{outcome.role.slug}")),
        ("bg:basis", expand("basis:listed-word" if outcome.row.role else "basis:context")),
        ("bg:confidence", expand("confidence:medium" if unknown else "confidence:high")),
        ("dcterms:source", ox.NamedNode(source.iri)),
    ]
    if unknown:
        facts.append(("rdfs:comment", ox.Literal(_UNKNOWN_WORD, language=_ENGLISH)))
    return _quads(ox.NamedNode(key), facts)
