"""jsonld.js reads the JSON-LD of every document as its Turtle, as it is and framed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.publish.documents import Document, documents
from buendnis_graph.publish.jsonld import CONTEXT, context_text, of_document
from buendnis_graph.publish.jsonld.frames import frame
from tests.mini import REAL

WEB = REAL.root / "web"
READER = Path(__file__).with_name("jsonld_read.mjs")


def _read(tasks: Sequence[tuple[Document, Any]], folder: Path) -> list[set[str]]:
    """Return what jsonld.js reads of each document under each frame, as N-Triples."""
    assert (WEB / "node_modules" / "jsonld").is_dir(), "jsonld.js is not installed: npm ci --prefix web"
    context = folder / "context.jsonld"
    context.write_text(context_text(), encoding="utf-8")
    lines = (json.dumps({"document": json.loads(of_document(d)), "frame": framed}) for d, framed in tasks)
    done = subprocess.run(
        ["node", str(READER), str(WEB), str(context), CONTEXT],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [{str(q.triple) for q in ox.parse(text, format=ox.RdfFormat.N_QUADS)} for text in answers]


@pytest.mark.system
def test_jsonld_js_reads_every_document_as_its_turtle(graph: Graph, tmp_path: Path) -> None:
    published = list(documents(graph.store))
    for document, read in zip(published, _read([(d, None) for d in published], tmp_path), strict=True):
        assert read == {str(triple) for triple in document.triples}, document.path


@pytest.mark.system
def test_a_frame_keeps_all_that_a_document_says(graph: Graph, tmp_path: Path) -> None:
    some = list(documents(graph.store))[::20]
    for document, read in zip(some, _read([(d, frame(d.kind)) for d in some], tmp_path), strict=True):
        assert read == {str(triple) for triple in document.triples}, document.path
