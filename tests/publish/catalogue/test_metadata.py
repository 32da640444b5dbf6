"""schema.org, DataCite, CodeMeta and CITATION.cff: each has what its format demands, and all say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from buendnis_graph import __version__
from buendnis_graph.errors import ReadError
from buendnis_graph.publish.catalogue.citation import authors, read_citation
from buendnis_graph.publish.catalogue.codemeta import codemeta_text
from buendnis_graph.publish.catalogue.words import licence
from buendnis_graph.settings import Project
from tests.mini import REAL
from tests.publish.catalogue.conftest import Described

# Citation File Format 1.2.0, schema.json: what a file must and may have at its top.
CFF_MUST = {"authors", "cff-version", "message", "title"}
CFF_MAY = CFF_MUST | set(
    "abstract commit contact date-released doi identifiers keywords license license-url preferred-citation references "
    "repository repository-artifact repository-code type url version".split()
)
# codemeta.jsonld 3.0: the terms that we use must be among these.
CODEMETA = set(
    "type id name description version softwareVersion license author keywords programmingLanguage runtimePlatform "
    "softwareRequirements supportingData".split()
)


def _json(described: Described, name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((described.folder / name).read_text(encoding="utf-8"))
    return told


def test_the_citation_has_what_its_format_demands() -> None:
    told = read_citation(REAL)
    assert set(told) >= CFF_MUST
    assert set(told) <= CFF_MAY
    assert told["cff-version"] == "1.2.0"
    assert told["type"] in {"dataset", "software"}


def test_the_citation_is_in_step_with_data_and_code(described: Described) -> None:
    told = read_citation(REAL)
    assert told["version"] == described.about.version == __version__
    assert told["license"] == licence(described.about.licence, "spdx")
    assert authors(REAL) == [described.about.creator.name]
    assert (described.folder / "CITATION.cff").read_bytes() == (REAL.root / "CITATION.cff").read_bytes()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("authors:\n  - family-names: X\n", "is none of"),
        ("title: x\n", "names no authors"),
        ("authors: none\n", "names no authors"),
    ],
)
def test_a_citation_that_is_none_is_told(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=says):
        authors(Project(tmp_path))


def test_without_a_citation_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="can't be read"):
        authors(Project(tmp_path))


def test_codemeta_at_the_root_is_what_is_generated() -> None:
    """If this fails: copy codemeta.json from an export."""
    text = (REAL.root / "codemeta.json").read_text(encoding="utf-8")
    assert text == codemeta_text(REAL)
    told = json.loads(text)
    assert told.pop("@context") == "https://w3id.org/codemeta/3.0"
    assert set(told) <= CODEMETA
    assert told["type"] == "SoftwareSourceCode"
    assert told["version"] == __version__
    assert told["author"] == [{"type": "Organization", "name": name} for name in authors(REAL)]


def test_datacite_has_what_is_mandatory_and_no_doi(described: Described) -> None:
    told = _json(described, "datacite.json")
    assert "doi" not in told
    # DataCite Metadata Schema 4.6: the mandatory properties beside the identifier
    assert all(told[name] for name in ("creators", "titles", "publisher", "publicationYear"))
    assert told["types"]["resourceTypeGeneral"] == "Dataset"
    assert all(creator["nameType"] == "Organizational" for creator in told["creators"])
    assert told["version"] == described.about.version
    assert {right["rightsIdentifier"] for right in told["rightsList"]} == {"CC0-1.0", "CC-BY-4.0"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", date["date"]) for date in told["dates"])


def test_schema_org_has_what_search_engines_ask_for(described: Described) -> None:
    told = _json(described, "dataset.schema.jsonld")
    assert told["@context"] == "https://schema.org/"
    assert told["@type"] == "Dataset"
    assert all(50 <= len(text["@value"]) <= 5000 for text in told["description"])
    assert all(
        told[name]
        for name in ("name", "license", "creator", "identifier", "keywords", "temporalCoverage", "spatialCoverage")
    )
    assert told["includedInDataCatalog"]["@type"] == "DataCatalog"
    assert {(d["contentUrl"], d["sha256"]) for d in told["distribution"]} == {
        (f"https://w3id.org/buendnis-graph/{dump.path}", dump.sha256) for dump in described.manifest.dumps
    }
    assert {d["@type"] for d in told["distribution"]} == {"DataDownload"}
    assert "schema.org" not in json.dumps(told).replace("https://schema.org/", "")
