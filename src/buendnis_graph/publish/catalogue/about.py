"""What is to be said of the data set: read from a build, whose words are those of ``data/dataset.ttl``."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import partial

import pyoxigraph as ox

from buendnis_graph.errors import UsageError
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.catalogue.citation import authors
from buendnis_graph.publish.catalogue.triples import DATASET, iri
from buendnis_graph.publish.dumps.licences import CC0
from buendnis_graph.settings import Project

CONTRIBUTORS = DATASET + "#contributors"
"""The agent that CITATION.cff names as the author."""

_NAMES = ("skos:prefLabel", "foaf:name", "rdfs:label", "vcard:fn")


@dataclass(frozen=True, slots=True)
class Release:
    """What a catalogue can't know of itself.

    Attributes:
        commit: of the sources that were built; None if it is not known or they were changed since.
        previous: the version before, if there is one.
        site: address of the site that the files are on, with a slash at its end.
    """

    commit: str | None = None
    previous: str | None = None
    site: str = BASE

    @classmethod
    def of(cls, project: Project, previous: str | None = None, site: str = BASE) -> Release:
        """Return a release of a checkout, with its commit.

        The commit is known only if git says that no file was changed or added since (but for those it is to ignore).
        That the build is of just these files, the export sees to.
        """
        return cls(_commit(project), previous, site)


@dataclass(frozen=True, slots=True)
class Agent:
    """Who is responsible: an organisation, never a person."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The office to turn to; ``reach`` are addresses by property (``vcard:hasEmail``, ``vcard:hasURL``)."""

    iri: str
    name: str
    reach: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class About:
    """The data set in its own words.

    Attributes:
        licence: of what is ours, so of the catalogue itself.
        publisher: as ``data/dataset.ttl`` names it; as long as it names none, the contributors stand in.
        has_publisher: whether it names one.
        creator: the author that CITATION.cff names.
    """

    version: str
    titles: dict[str, str]
    descriptions: dict[str, str]
    keywords: dict[str, list[str]]
    issued: str
    modified: str
    licence: str
    languages: list[str]
    themes: list[str]
    page: str
    publisher: Agent
    has_publisher: bool
    creator: Agent
    contact: Contact | None
    contributor_id: str | None
    doi: str | None
    registration: str | None
    release: Release


def read_about(store: ox.Store, project: Project, release: Release) -> About:
    """Return what a build says of the data set.

    Raises:
        UsageError: if its publisher has no name, or a needed statement is missing.
    """
    one, several, texts = partial(_one, store), partial(_several, store), partial(_texts, store)
    creator = Agent(CONTRIBUTORS, authors(project)[0])
    named = one("dcterms:publisher")
    issued = _needed("dcterms:issued", one("dcterms:issued"))
    keywords = sorted(_objects(store, DATASET, "dcat:keyword"), key=str)
    return About(
        version=_needed("dcat:version", one("dcat:version")),
        titles=texts("dcterms:title"),
        descriptions=texts("dcterms:description"),
        keywords={
            language: [k.value for k in keywords if isinstance(k, ox.Literal) and k.language == language]
            for language in ("de", "en")
        },
        issued=issued,
        modified=one("dcterms:modified") or issued,
        licence=CC0,
        languages=several("dcterms:language"),
        themes=several("dcat:theme"),
        page=_needed("dcat:landingPage", one("dcat:landingPage")),
        publisher=Agent(named, _name(store, named)) if named else creator,
        has_publisher=named is not None,
        creator=creator,
        contact=_contact(store, one("dcat:contactPoint")),
        contributor_id=one("dcatde:contributorID"),
        doi=next((value for value in several("dcterms:identifier") if value.startswith("https://doi.org/")), None),
        registration=one("dcterms:isReferencedBy"),
        release=release,
    )


_MADE_FROM = ("data", "ontology", "queries", "src", "CITATION.cff", "pyproject.toml")
"""What a release is made from: what else lies in the checkout, such as the release itself, makes no difference."""


def _commit(project: Project) -> str | None:
    commit = _git(project, "rev-parse", "--verify", "HEAD")
    if not commit or _git(project, "status", "--porcelain", "--", *_MADE_FROM) != "":
        return None
    return commit


def _git(project: Project, *arguments: str) -> str | None:
    """Return what git answers; None if it can't."""
    command = ["git", "-C", str(project.root), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - nothing of others
    except OSError:  # no git
        return None
    return None if done.returncode else done.stdout.strip()


def _objects(store: ox.Store, subject: str, predicate: str) -> list[ox.NamedNode | ox.Literal]:
    found = store.quads_for_pattern(ox.NamedNode(subject), iri(predicate), None, ox.DefaultGraph())
    return [quad.object for quad in found if isinstance(quad.object, ox.NamedNode | ox.Literal)]


def _several(store: ox.Store, predicate: str, subject: str = DATASET) -> list[str]:
    return sorted(value.value for value in _objects(store, subject, predicate))


def _one(store: ox.Store, predicate: str, subject: str = DATASET) -> str | None:
    return min(_several(store, predicate, subject), default=None)


def _texts(store: ox.Store, predicate: str) -> dict[str, str]:
    found = (value for value in _objects(store, DATASET, predicate) if isinstance(value, ox.Literal))
    return {value.language: value.value for value in sorted(found, key=str) if value.language}


def _needed(predicate: str, value: str | None) -> str:
    if value is None:
        raise UsageError(f"data/dataset.ttl has no {predicate}.", hint="Add it and build anew: buendnis build")
    return value


def _name(store: ox.Store, agent: str) -> str:
    name = next((name for label in _NAMES if (name := _one(store, label, agent))), None)
    if name is None:
        raise UsageError(
            f"the publisher <{agent}> has no name.",
            hint="Give it an entry in data/registry/ (skos:prefLabel) and build anew: buendnis build",
        )
    return name


def _contact(store: ox.Store, office: str | None) -> Contact | None:
    if office is None:
        return None
    ways = [(way, _one(store, way, office)) for way in ("vcard:hasEmail", "vcard:hasURL")]
    return Contact(office, _name(store, office), tuple((way, value) for way, value in ways if value))
