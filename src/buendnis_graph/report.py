"""What is in a graph, in numbers and words: the report of a build."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.queries.table import plain

_HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())

_COUNTS = {
    "alliances": "?x a bg:Alliance",
    "organisations": "?x a org:Organization . FILTER NOT EXISTS { ?x dcterms:isReplacedBy ?y }",
    "memberships": "?x a org:Membership ; bg:countsAsMember true",
    "attestations": "?x a bg:Attestation",
    "sources": "?x a bg:Source",
    "statements": "?x a rdf:Statement ; dcterms:source ?s . FILTER NOT EXISTS { ?x a bg:Coding }",
    "claims": "?x a schema:Claim",
    "topics": "?x skos:inScheme <https://w3id.org/buendnis-graph/topic>",
    "conflicts": "?x a bg:Conflict",
}

_COVERAGE = """
SELECT ?alliance ?kind ?known ?bound ?number ?asOf ?dated WHERE {
  ?coverage a bg:Coverage ; org:organization/skos:prefLabel ?alliance ; bg:knownMembers ?known ;
    bg:countKind ?kindOf ; bg:statedCount ?count .
  FILTER(LANG(?alliance) = "de")
  BIND(STRAFTER(STR(?kindOf), "/count-kind/") AS ?kind)
  ?count bg:count ?number ; bg:bound ?boundOf .
  BIND(STRAFTER(STR(?boundOf), "/bound/") AS ?bound)
  OPTIONAL { ?count bg:asOf ?asOf }
}
ORDER BY ?kind ?alliance
"""

_UNSTATED = """
SELECT ?alliance ?known WHERE {
  ?coverage a bg:Coverage ; org:organization/skos:prefLabel ?alliance ; bg:knownMembers ?known ;
    bg:countKind count-kind:members .
  FILTER(LANG(?alliance) = "de")
  FILTER NOT EXISTS { ?coverage bg:statedCount ?count }
}
ORDER BY ?alliance
"""

_WORDS: dict[str, dict[str, str]] = {
    "de": {
        "alliances": "Bündnisse",
        "organisations": "Organisationen",
        "memberships": "Mitgliedschaften",
        "attestations": "Belege dafür",
        "sources": "Quellen",
        "statements": "genannte Werte",
        "claims": "zugeschriebene Aussagen",
        "topics": "Themen",
        "conflicts": "Widersprüche",
        "coverage": "Abdeckung:",
        "of": "bekannt von",
        "founding-members": "Gründungsmitglieder",
        "stated": "genannt",
        "undated": "undatiert",
        "no-number": "bekannt, keine Gesamtzahl genannt",
        "more-than": "mehr als ",
        "about": "etwa ",
        "almost": "knapp ",
        "exact": "",
    },
    "en": {
        "alliances": "alliances",
        "organisations": "organisations",
        "memberships": "memberships",
        "attestations": "attestations of them",
        "sources": "sources",
        "statements": "stated values",
        "claims": "attributed claims",
        "topics": "topics",
        "conflicts": "conflicts",
        "coverage": "Coverage:",
        "of": "known of",
        "founding-members": "founding members",
        "stated": "stated",
        "undated": "undated",
        "no-number": "known, no total stated",
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


def summarise(store: ox.Store) -> dict[str, Any]:
    """Return the numbers of a graph: what there is, and how much of each alliance is known."""
    counts = {
        name: int(ask_rows(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")[0]["n"])
        for name, pattern in _COUNTS.items()
    }
    return {"counts": counts, "coverage": ask_rows(store, _COVERAGE), "unstated": ask_rows(store, _UNSTATED)}


def in_words(report: dict[str, Any], language: str) -> str:
    """Return a report as text.

    Args:
        report: what :func:`summarise` returned.
        language: ``de`` or ``en``.
    """
    words = _WORDS[language]
    lines = [f"{number:>7,}  {words[name]}" for name, number in report["counts"].items()]
    lines += ["", words["coverage"]]
    for row in report["coverage"]:
        kind = f" {words[row['kind']]}" if row["kind"] in words else ""
        when = f"{words['stated']} {row['asOf']}" if row["asOf"] else words["undated"]
        lines.append(
            f"  {row['alliance']}: {row['known']} {words['of']} {words[row['bound']]}{row['number']}{kind}, {when}"
        )
    lines += [f"  {row['alliance']}: {row['known']} {words['no-number']}" for row in report["unstated"]]
    return "\n".join(lines)
