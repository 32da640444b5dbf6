"""Write the catalogue of an export: DCAT, VoID, PROV, schema.org, DataCite, CodeMeta, CITATION.cff, method report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from buendnis_graph.graph import Graph
from buendnis_graph.publish.catalogue.about import About
from buendnis_graph.publish.catalogue.citation import CITATION
from buendnis_graph.publish.catalogue.codemeta import codemeta_text
from buendnis_graph.publish.catalogue.datacite import datacite
from buendnis_graph.publish.catalogue.dcat import dcat
from buendnis_graph.publish.catalogue.document import data_files, with_catalogue
from buendnis_graph.publish.catalogue.facts import read_facts
from buendnis_graph.publish.catalogue.method import method_report
from buendnis_graph.publish.catalogue.prov import provenance, say_build
from buendnis_graph.publish.catalogue.schemaorg import schema_org
from buendnis_graph.publish.catalogue.triples import DATASET
from buendnis_graph.publish.catalogue.void import void
from buendnis_graph.publish.documents import document_of
from buendnis_graph.publish.dumps import Manifest


def write_catalogue(about: About, graph: Graph, manifest: Manifest, into: Path) -> None:
    """Write all that describes an export into its folder.

    Args:
        about: the data set.
        graph: the built graph.
        manifest: its dumps.
        into: the folder.
    """
    facts = read_facts(graph)
    described = dcat(about, facts, manifest)
    say_build(described, about, facts)
    document = document_of(graph.without_bulk, DATASET, graph.view_lines())
    files = {
        **data_files(with_catalogue(document, (quad.triple for quad in described.quads))),
        "void.ttl": void(about, graph, manifest, folder=into).turtle(),
        "provenance.ttl": provenance(about, facts).turtle(),
        "dataset.schema.jsonld": _json(schema_org(about, facts, manifest)),
        "datacite.json": _json(datacite(about, manifest)),
    }
    files |= {f"method.{language}.md": method_report(graph, about, language) for language in ("de", "en")}
    root = graph.project.root
    if (root / "pyproject.toml").is_file():  # data alone, without the software, has none to describe
        files["codemeta.json"] = codemeta_text(graph.project)
    for name, text in files.items():
        (into / name).write_bytes(text.encode())
    shutil.copyfile(root / CITATION, into / CITATION)


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
