"""Metadata for a DOI: DataCite Metadata Schema 4.6, in the JSON that its REST API takes as ``attributes``."""

from __future__ import annotations

from typing import Any

from buendnis_graph.publish.catalogue.about import About
from buendnis_graph.publish.catalogue.triples import DATASET
from buendnis_graph.publish.catalogue.words import licence
from buendnis_graph.publish.dumps import Manifest, kinds

_SCHEMA = "http://datacite.org/schema/kernel-4"


def datacite(about: About, manifest: Manifest) -> dict[str, Any]:
    """Return what DataCite wants to know. Without a DOI there is none in it: it is not invented."""
    media_types = sorted({kinds()[dump.kind].media_type for dump in manifest.dumps})
    told: dict[str, Any] = {
        "schemaVersion": _SCHEMA,
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Knowledge graph"},
        "titles": [
            {"title": title, "lang": language, **({} if language == "de" else {"titleType": "TranslatedTitle"})}
            for language, title in sorted(about.titles.items())
        ],
        "creators": [{"name": about.creator.name, "nameType": "Organizational"}],
        "publisher": {"name": about.publisher.name},
        "publicationYear": int(about.issued[:4]),
        "dates": [
            {"date": about.issued, "dateType": "Issued"},
            {"date": about.modified, "dateType": "Updated"},
        ],
        "language": "de",
        "version": about.version,
        "subjects": [{"subject": k, "lang": code} for code, words in sorted(about.keywords.items()) for k in words],
        "descriptions": [
            {"description": text, "lang": language, "descriptionType": "Abstract"}
            for language, text in sorted(about.descriptions.items())
        ],
        "rightsList": [
            {
                "rights": licence(one, "name"),
                "rightsUri": one,
                "rightsIdentifier": licence(one, "spdx"),
                "rightsIdentifierScheme": "SPDX",
            }
            for one in sorted({about.licence} | {dump.licence for dump in manifest.dumps})
        ],
        "geoLocations": [{"geoLocationPlace": "Germany"}],
        "formats": media_types,
        "sizes": [f"{sum(dump.bytes for dump in manifest.dumps)} B"],
        "alternateIdentifiers": [{"alternateIdentifier": DATASET, "alternateIdentifierType": "URL"}],
        "url": about.page,
    }
    if about.doi:
        told["doi"] = about.doi.removeprefix("https://doi.org/")
    return told
