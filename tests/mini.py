"""A small project for tests: the real ontology (without the topics) and rules, a handful of bodies, and sources written on the spot.

And copies of the real one.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.derive import derive, read_rules
from buendnis_graph.evidence import Corpus, read_corpus
from buendnis_graph.namespaces import BASE, PREFIXES
from buendnis_graph.queries import Table, answer
from buendnis_graph.settings import Project

REAL = Project(Path(__file__).parent.parent)
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
SPARQL_HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


TOPIC = """<https://w3id.org/buendnis-graph/topic> a skos:ConceptScheme ; skos:prefLabel "Themen"@de , "Topics"@en ;
  dcterms:description "Ein Thema."@de , "One topic."@en ; skos:hasTopConcept topic:racism ;
  dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> .
topic:racism a skos:Concept ; skos:inScheme <https://w3id.org/buendnis-graph/topic> ;
  skos:topConceptOf <https://w3id.org/buendnis-graph/topic> ; skos:prefLabel "Rassismus"@de , "racism"@en ;
  skos:definition "Abwertung."@de , "Degradation."@en .
"""


class MiniProject(Project):
    """A project in a temporary folder with the bodies ``a``, ``b``, ``c`` and the alliances ``x`` and ``y``."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        shutil.copytree(REAL.ontology, root / "ontology", ignore=shutil.ignore_patterns("topics.ttl"))
        self.write("ontology/topics.ttl", TOPIC)
        for slug in "abc":
            self.body(slug, "org:Organization")
        for slug in "xy":
            self.body(slug, "org:Organization , bg:Alliance")

    def write(self, path: str, text: str) -> Path:
        """Write a file below the root, with all prefixes known."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(HEAD + text, encoding="utf-8")
        return file

    def body(self, slug: str, kinds: str) -> Path:
        """Write a registry entry."""
        return self.write(f"data/registry/{slug}.ttl", f'id:{slug} a {kinds} ; skos:prefLabel "{slug.upper()}"@de .\n')

    def source(self, slug: str, facts: str, *, publisher: str = "", issued: str = "") -> str:
        """Write a source; return its IRI. In ``facts`` the prefix ``:`` stands for its fragments, ``SRC`` for itself."""
        iri = f"{BASE}source/example.org/{slug}/2026-11-22"
        more = (f" ; dcterms:publisher id:{publisher}" if publisher else "") + (
            f" ; dcterms:issued {date(issued)}" if issued else ""
        )
        text = f"""@prefix : <{iri}#> .
<{iri}> a bg:Source ; schema:url <https://example.org/{slug}> ; dcterms:isVersionOf <{BASE}source/example.org/{slug}> ;
  bg:seenOn "2026-11-22"^^xsd:date ; dcterms:type source-kind:third-party ; bg:legalBasis legal-basis:facts-only ;
  dcterms:language <http://publications.europa.eu/resource/authority/language/DEU> ;
  dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/>{more} .
<{iri}> {{ {facts.replace("SRC", f"<{iri}>")} }}
"""
        self.write(f"data/sources/example.org/{slug}/2026-11-22.trig", text)
        return iri

    def attest(
        self, slug: str, member: str, alliance: str, role: str = "member", *, more: str = "", **page: str
    ) -> str:
        """Write a source that attests one membership, and the coding of its role; return the attestation's IRI."""
        node = f":m--{alliance}--{member}"
        facts = (
            f'{node} a bg:Attestation ; org:member id:{member} ; org:organization id:{alliance} ; bg:listedName "{member}" ; '
            f"dcterms:source SRC {more} ."
        )
        iri = self.source(slug, facts, **page)
        self.code_role(slug, iri, f"m--{alliance}--{member}", role)
        return f"{iri}#m--{alliance}--{member}"

    def code_role(self, key: str, source: str, fragment: str, role: str) -> None:
        """Write the coding of an attestation's role."""
        self.write(
            f"data/codings/{key}-{fragment}.ttl",
            f"<{BASE}coding/role/{key}/{fragment}> a bg:Coding ; rdf:subject <{source}#{fragment}> ; "
            f"rdf:predicate org:role ; rdf:object role:{role} ; bg:basis basis:context ; "
            f"bg:confidence confidence:high ; dcterms:source <{source}> .\n",
        )

    def corpus(self, *, checked: bool = True) -> Corpus:
        """Read the project."""
        return read_corpus(self, checked=checked)

    def derived(self) -> ox.Store:
        """Read the project and derive."""
        return derive(self.corpus(), read_rules(self.ontology / "rules"))


def copy_of(project: Project, root: Path) -> Project:
    """Return a copy of a project's files, and of its builds if it has any: what is built need not be built again."""
    for folder in ("ontology", "data", "queries", "build"):
        if (project.root / folder).is_dir():
            shutil.copytree(project.root / folder, root / folder)
    for file in ("CITATION.cff", "pyproject.toml"):
        shutil.copy(project.root / file, root / file)
    return Project(root)


def date(lexical: str) -> str:
    """Return a date of a source as a typed literal in Turtle."""
    return f'"{lexical}"^^xsd:{ {4: "gYear", 7: "gYearMonth", 10: "date"}[len(lexical)] }'


def rows(store: ox.Store, sparql: str) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT as texts, with all prefixes known."""
    table = answer(store, SPARQL_HEAD + sparql)
    assert isinstance(table, Table)
    return [tuple("" if term is None else term.value for term in row) for row in table.rows]


def ask(store: ox.Store, pattern: str) -> bool:
    """Return whether the consolidated view holds a pattern."""
    result = answer(store, f"{SPARQL_HEAD} ASK {{ {pattern} }}")
    assert isinstance(result, bool)
    return result
