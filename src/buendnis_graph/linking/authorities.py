"""The data sets that links lead to: what each is called, and where its IRIs begin."""

from __future__ import annotations

from buendnis_graph.namespaces import BASE

AUTHORITIES = {
    "crossref-funder": "https://doi.org/10.13039/",
    "eurovoc": "http://eurovoc.europa.eu/",
    "fast": "http://id.worldcat.org/fast/",
    "geonames": "https://sws.geonames.org/",
    "gnd": "https://d-nb.info/gnd/",
    "grid": "https://www.grid.ac/institutes/",
    "isil": "http://lobid.org/organisations/",
    "isni": "https://isni.org/isni/",
    "lcsh": "http://id.loc.gov/authorities/subjects/",
    "register": BASE + "register/",
    "ror": "https://ror.org/",
    "stw": "http://zbw.eu/stw/descriptor/",
    "unesco": "http://vocabularies.unesco.org/thesaurus/",
    "wikidata": "http://www.wikidata.org/entity/",
}
"""Namespace by short name; the short name is also the prefix in SSSOM's tables."""
WIKIDATA = AUTHORITIES["wikidata"]


def authority_of(iri: str) -> str:
    """Return the short name of the data set that an IRI is from, or an empty text if it is none of them."""
    return next((name for name, namespace in AUTHORITIES.items() if iri.startswith(namespace)), "")
