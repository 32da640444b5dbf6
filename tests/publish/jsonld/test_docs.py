"""The example in docs/jsonld.md is the document as it is written."""

from __future__ import annotations

import re

from buendnis_graph.publish.documents import Document, Kind
from buendnis_graph.publish.jsonld import of_document
from buendnis_graph.publish.jsonld.frames import frame
from buendnis_graph.publish.jsonld.table import table
from tests.mini import REAL

PAGE = (REAL.root / "docs" / "jsonld.md").read_text(encoding="utf-8")


def test_the_example_is_the_document_as_written(published: list[Document]) -> None:
    (shown,) = re.findall(r"^```jsonld\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert any(document.kind is Kind.MEMBERSHIP and of_document(document) == shown for document in published)


def test_kinds_and_keys_that_are_named_exist() -> None:
    assert all(kind in PAGE for kind in Kind)
    keys = {term.name for term in (*table().terms.values(), *table().reverse.values())}
    named = {"memberships", "memberIn", "claims", "grants", "counts", "sourceOf", "subjectOf", "sinceEarliest", "url"}
    assert named <= keys
    assert all(f"`{name}`" in PAGE for name in named)
    assert {"memberships", "memberIn", "claims"} <= set(frame(Kind.ALLIANCE))
