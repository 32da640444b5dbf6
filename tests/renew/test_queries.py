"""How queries were taken apart is remembered beside the builds of each project."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.renew.queries import remembered
from buendnis_graph.validate import delta

QUERY = "SELECT ?this { ?this a <urn:c> . FILTER NOT EXISTS { ?this <urn:p>/<urn:q>* ?value } }"


def test_what_is_known_from_another_project_is_remembered_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta, "KNOWN", {})
    apart = delta.situations(QUERY)
    assert apart
    with remembered(tmp_path):
        pass
    monkeypatch.setattr(delta, "KNOWN", {})
    with remembered(tmp_path):
        assert dict(delta.KNOWN) == {QUERY: apart}
    written = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    with remembered(tmp_path):
        pass
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == written, "nothing is new"
