"""One answered question in words, so that a newcomer sees at once what the graph can say."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from buendnis_graph.report import ask_rows

ALLIANCE = "buendnis-gegen-antimuslimischen-rassismus-in-sachsen"

_WHO = f"""
SELECT ?role ?name (COUNT(DISTINCT ?page) AS ?sources) WHERE {{
  VALUES ?role {{ role:founding-member role:carrier }}
  ?attestation a bg:Attestation ; org:organization id:{ALLIANCE} ; org:member/skos:prefLabel ?name ; org:role ?role ;
    dcterms:source/dcterms:isVersionOf ?page .
  FILTER(LANG(?name) = "de")
}}
GROUP BY ?role ?name ORDER BY ?role ?name
"""

_WHEN = f"""
SELECT ?value ?preferred ?site WHERE {{
  ?conflict a bg:Conflict ; rdf:subject id:{ALLIANCE} ; rdf:predicate schema:foundingDate ; bg:statement ?statement .
  ?statement rdf:object ?value ; bg:preferred ?preferred ; dcterms:source ?source .
  BIND(STRBEFORE(STRAFTER(STR(?source), "/source/"), "/") AS ?site)
}}
ORDER BY DESC(?preferred) STR(?value) ?site
"""

_WORDS = {
    "de": {
        "question": "Gefragt: Wer hat das Bündnis gegen antimuslimischen Rassismus in Sachsen gegründet, und wann?",
        "founders": "{n} Gründungsmitglieder: {names}.",
        "carriers": "Träger: {names}.",
        "sources": "{name} ({n} Seiten)",
        "source": "{name} (1 Seite)",
        "date": "{value} laut {site}",
        "dates": "Gegründet {first}; {others}. Die Quellen widersprechen sich, beide Angaben bleiben.",
        "more": "Selbst fragen: buendnis query founders-and-carriers (alle Fragen: buendnis query --list)",
    },
    "en": {
        "question": "Asked: who founded the Saxon alliance against anti-Muslim racism, and when?",
        "founders": "{n} founding members: {names}.",
        "carriers": "Carried by: {names}.",
        "sources": "{name} ({n} pages)",
        "source": "{name} (1 page)",
        "date": "{value} according to {site}",
        "dates": "Founded {first}; {others}. The sources contradict each other; both values are kept.",
        "more": "Ask yourself: buendnis query founders-and-carriers (all questions: buendnis query --list)",
    },
}


def look_up(store: ox.Store) -> dict[str, Any]:
    """Return the rows that answer the question."""
    return {"who": ask_rows(store, _WHO), "when": ask_rows(store, _WHEN)}


def in_words(rows: dict[str, Any], language: str) -> str:
    """Return the question and its answer in sentences; nothing if the graph does not hold the alliance.

    Args:
        rows: what :func:`look_up` returned.
        language: ``de`` or ``en``.
    """
    if not rows["who"]:
        return ""
    words = _WORDS[language]

    def names(role: str) -> list[str]:
        found = [row for row in rows["who"] if row["role"].endswith(role)]
        return [
            words["source" if row["sources"] == "1" else "sources"].format(name=row["name"], n=row["sources"])
            for row in found
        ]

    founders = names("founding-member")
    lines = [words["question"], "  " + words["founders"].format(n=len(founders), names=", ".join(founders))]
    lines.append("  " + words["carriers"].format(names=", ".join(names("carrier"))))
    dates = [words["date"].format(value=row["value"], site=row["site"]) for row in rows["when"]]
    if len(dates) > 1:
        lines.append("  " + words["dates"].format(first=dates[0], others="; ".join(dates[1:])))
    return "\n".join([*lines, "", words["more"]])
