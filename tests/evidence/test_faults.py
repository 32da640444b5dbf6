"""Every fault of the reader has its texts, and they name only what the fault gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from buendnis_graph.evidence import bulk, checks, corpus, layout, reader
from buendnis_graph.evidence.faults import Fault, fault_texts
from buendnis_graph.evidence.reader import read_bytes

NAMES = {
    name
    for module in (bulk, corpus, checks, layout, reader)
    for name in re.findall(
        r'(?:Fault|_fault|return)\(?\s*"([a-z0-9-]+)"', Path(str(module.__file__)).read_text("utf-8")
    )
}


def test_texts_and_faults_are_the_same_set() -> None:
    assert set(fault_texts()) == NAMES


@pytest.mark.parametrize("name", sorted(fault_texts()))
def test_both_languages_say_what_is_wrong_and_what_to_do_with_the_same_parts(name: str) -> None:
    known = fault_texts()[name]
    marks = [set(re.findall(r"\{(\w+)\}", known["is"][tag] + known["do"][tag])) for tag in ("de", "en")]
    assert marks[0] == marks[1]
    for tag in ("de", "en"):
        for text in Fault(name, Path("f"), parts=dict.fromkeys(marks[0], "x")).text(tag):
            assert text.endswith((".", "?"))


def test_an_error_carries_its_fault(tmp_path: Path) -> None:
    (tmp_path / "e.ttl").write_bytes(b"")
    with pytest.raises(Exception, match="is empty") as raised:
        read_bytes(tmp_path / "e.ttl")
    assert raised.value.fault == Fault("empty", tmp_path / "e.ttl", 1)  # type: ignore[attr-defined]
