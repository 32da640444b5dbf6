"""codemeta.json: the software described with CodeMeta 3.0, from pyproject.toml and CITATION.cff."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from buendnis_graph import __version__
from buendnis_graph.publish.catalogue.citation import read_citation
from buendnis_graph.publish.catalogue.triples import DATASET
from buendnis_graph.settings import Project

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(.*)")


def codemeta(project: Project) -> dict[str, Any]:
    """Return the description of the software of a checkout.

    Raises:
        ReadError: if CITATION.cff can't be read.
    """
    told = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = read_citation(project)
    needs = [match for text in told["dependencies"] if (match := _REQUIREMENT.fullmatch(text))]
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "type": "SoftwareSourceCode",
        "name": told["name"],
        "description": told["description"],
        "version": __version__,
        "softwareVersion": __version__,
        "license": f"https://spdx.org/licenses/{told['license']}",
        "author": [{"type": "Organization", "name": name} for name in citation["authors"]],
        "keywords": told["keywords"],
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {told['requires-python']}",
        "softwareRequirements": [
            {"type": "SoftwareApplication", "name": need[1], "version": need[2]}
            if need[2]
            else {"type": "SoftwareApplication", "name": need[1]}
            for need in needs
        ],
        "supportingData": {"id": DATASET, "type": "Dataset", "name": citation["title"]},
    }


def codemeta_text(project: Project) -> str:
    """Return the description as the file at the root of the project has it."""
    return json.dumps(codemeta(project), ensure_ascii=False, indent=2) + "\n"
