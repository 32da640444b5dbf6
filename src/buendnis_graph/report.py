"""What is in a graph, in numbers and words: the report of a build."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.table import plain
from buendnis_graph.terminal import printable
from buendnis_graph.wording import number

_HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

_COUNTS = {
    "alliances": "?x a bg:Alliance",
    "organisations": "?x a org:Organization . FILTER NOT EXISTS { ?x dcterms:isReplacedBy ?y }",
    "memberships": "?x a org:Membership ; bg:countsAsMember true",
    "other-roles": "?x a org:Membership ; bg:countsAsMember false",
    "attestations": "?x a bg:Attestation",
    "sources": "?x a bg:Source",
    "statements": "?x a rdf:Statement ; dcterms:source ?s . FILTER NOT EXISTS { ?x a bg:Coding }",
    "claims": "?x a schema:Claim",
    "topics": "?x skos:inScheme <https://w3id.org/buendnis-graph/topic>",
    "conflicts": "?x a bg:Conflict",
}

_COVERAGE = """
SELECT ?alliance ?known ?bound ?number ?asOf WHERE {
  ?coverage a bg:Coverage ; bg:coverageOf/skos:prefLabel ?alliance ; bg:knownMembers ?known ;
    bg:countKind count-kind:members ; bg:statedCount ?count .
  FILTER(LANG(?alliance) = "de")
  ?count bg:count ?number ; bg:bound ?boundOf .
  BIND(STRAFTER(STR(?boundOf), "/bound/") AS ?bound)
  OPTIONAL { ?count bg:asOf ?asOf }
}
"""

_WORDS: dict[str, dict[str, str]] = {
    "de": {
        "alliances": "Bündnisse",
        "organisations": "Organisationen (Bündnisse mitgezählt)",
        "memberships": "Mitgliedschaften",
        "other-roles": "andere Rollen (Träger, Koordination …)",
        "attestations": "Belege für beides",
        "sources": "Quellen",
        "statements": "genannte Werte",
        "claims": "zugeschriebene Aussagen",
        "topics": "Themen",
        "conflicts": "Widersprüche",
        "register-entries": "Einträge des Vereinsregisters",
        "coverage": "Bekannte Mitglieder (gleich welcher Zeit; es können mehr sein) neben der zuletzt genannten Zahl:",
        "of": "bekannt von",
        "stated": "genannt",
        "undated": "undatiert",
        "rest": "… und {n} Bündnisse ohne genannte Zahl. Alle: buendnis query coverage-of-alliances",
        "more-than": "mehr als ",
        "about": "etwa ",
        "almost": "knapp ",
        "exact": "",
    },
    "en": {
        "alliances": "alliances",
        "organisations": "organisations (alliances included)",
        "memberships": "memberships",
        "other-roles": "other roles (carrier, coordination …)",
        "attestations": "attestations of both",
        "sources": "sources",
        "statements": "stated values",
        "claims": "attributed claims",
        "topics": "topics",
        "conflicts": "conflicts",
        "register-entries": "entries of the register of associations",
        "coverage": "Members known, of whatever time, beside the number stated last (more can be known than stated):",
        "of": "known of",
        "stated": "stated",
        "undated": "undated",
        "rest": "… and {n} alliances without a stated number. All: buendnis query coverage-of-alliances",
        "more-than": "more than ",
        "about": "about ",
        "almost": "almost ",
        "exact": "",
    },
}


def ask_rows(store: ox.Store, sparql: str) -> list[dict[str, str]]:
    """Return the rows of a SELECT as texts; all prefixes of the project are known to it."""
    result = store.query(_HEAD + sparql)
    assert isinstance(result, ox.QuerySolutions)  # noqa: S101 - all queries here are SELECTs
    names = [variable.value for variable in result.variables]
    return [{name: plain(solution[name]) for name in names} for solution in result]


def summarise(store: ox.Store, entries: int = 0) -> dict[str, Any]:
    """Return the numbers of a graph: what there is, and how much of each alliance is known.

    Args:
        store: the graph, without bulk sources.
        entries: how many entries of a register bulk sources hold; if there are none, none are spoken of.
    """
    counts = {
        name: int(ask_rows(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0]["n"])
        for name, pattern in _COUNTS.items()
    }
    if entries:
        counts["register-entries"] = entries
    return {"counts": counts, "coverage": sorted(ask_rows(store, _COVERAGE), key=coverage_order)}


def coverage_order(row: dict[str, str]) -> tuple[str, ...]:
    """Return what the coverage of alliances is sorted by: the name, then all else."""
    return (row["alliance"], *row.values())


def count_names(language: str) -> dict[str, str]:
    """Return what the numbers of a report are called in ``de`` or ``en``."""
    return {name: _WORDS[language][name] for name in _COUNTS}


def in_words(report: dict[str, Any], language: str) -> str:
    """Return a report as text.

    Args:
        report: what :func:`summarise` returned.
        language: ``de`` or ``en``.
    """
    words = _WORDS[language]
    lines = [f"{number(count, language):>7}  {words[name]}" for name, count in report["counts"].items()]
    lines += ["", words["coverage"]]
    for row in report["coverage"]:
        when = f"{words['stated']} {row['asOf']}" if row["asOf"] else words["undated"]
        known, stated = (number(int(row[name]), language) for name in ("known", "number"))
        stated = words[row["bound"]] + stated
        lines.append(f"  {printable(row['alliance'])}: {known} {words['of']} {stated}, {when}")
    rest = report["counts"]["alliances"] - len(report["coverage"])
    return "\n".join([*lines, "  " + words["rest"].format(n=rest)])
