"""The data set in schema.org, as search engines for data read it."""

from __future__ import annotations

from typing import Any

from buendnis_graph.publish.catalogue.about import About, Agent
from buendnis_graph.publish.catalogue.dcat import CATALOGUE
from buendnis_graph.publish.catalogue.distributions import title_of
from buendnis_graph.publish.catalogue.facts import Facts
from buendnis_graph.publish.catalogue.triples import DATASET
from buendnis_graph.publish.dumps import Dump, Manifest, kinds


def schema_org(about: About, facts: Facts, manifest: Manifest) -> dict[str, Any]:
    """Return the data set as a JSON-LD object: ``Dataset`` in its ``DataCatalog`` with a ``DataDownload`` a dump."""
    told: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@id": DATASET,
        "@type": "Dataset",
        "name": _texts(about.titles),
        "description": _texts(about.descriptions),
        "url": about.page,
        "identifier": [address for address in (about.doi, DATASET) if address],
        "version": about.version,
        "datePublished": about.issued,
        "dateModified": about.modified,
        "inLanguage": ["de", "en"],
        "keywords": [_text(code, word) for code, words in sorted(about.keywords.items()) for word in words],
        "license": list(facts.licences),
        "isAccessibleForFree": True,
        "creator": _agent(about.creator),
        "publisher": _agent(about.publisher),
        "spatialCoverage": {"@type": "Country", "name": _texts({"de": "Deutschland", "en": "Germany"})},
        "includedInDataCatalog": {"@id": CATALOGUE, "@type": "DataCatalog", "url": about.page},
        "distribution": [_download(about, dump) for dump in manifest.dumps],
    }
    if facts.first and facts.last:
        told["temporalCoverage"] = f"{facts.first}/{facts.last}"
    return told


def _texts(texts: dict[str, str]) -> list[dict[str, str]]:
    return [_text(language, text) for language, text in sorted(texts.items())]


def _text(language: str, text: str) -> dict[str, str]:
    return {"@language": language, "@value": text}


def _agent(agent: Agent) -> dict[str, str]:
    return {"@id": agent.iri, "@type": "Organization", "name": agent.name}


def _download(about: About, dump: Dump) -> dict[str, Any]:
    return {
        "@id": f"{DATASET}#{dump.path}",
        "@type": "DataDownload",
        "name": _texts(title_of(dump)),
        "contentUrl": about.release.site + dump.path,
        "encodingFormat": kinds()[dump.kind].media_type,
        "contentSize": f"{dump.bytes} B",
        "sha256": dump.sha256,
        "license": dump.licence,
    }
