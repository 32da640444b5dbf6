"""Judgements on identity are read and written in one form, and nothing of a file is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.evidence import format_file, read_file
from buendnis_graph.linking.mappings import (
    JUDGEMENTS,
    REVIEWERS,
    Mapping,
    link_files,
    mapping_quads,
    mappings_of,
    mappings_text,
    read_mappings,
)
from buendnis_graph.namespaces import BASE, expand
from tests.mini import REAL, MiniProject

A = Mapping(
    slug="a--wikidata-Q1",
    subject=f"{BASE}id/a",
    predicate=expand("schema:sameAs").value,
    object="http://www.wikidata.org/entity/Q1",
    judgement="same",
    justification="ManualMappingCuration",
    date="2026-11-29",
    seen_in="Liste 1.0",
    label="A",
    confidence=0.95,
    reviewer="editor",
    evidence=("same-name", "same-place"),
    remarks=(("de", "Gleicher Name, gleicher Sitz."), ("en", "Same name, same seat.")),
)

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
mappings = st.builds(
    Mapping,
    slug=st.from_regex(r"[a-z0-9]{1,8}--[a-z]{1,8}-[A-Za-z0-9]{1,8}", fullmatch=True),
    subject=st.just(A.subject),
    predicate=st.sampled_from([A.predicate, expand("skos:closeMatch").value]),
    object=st.sampled_from([A.object, "https://d-nb.info/gnd/4015428-2"]),
    judgement=st.sampled_from(JUDGEMENTS),
    justification=st.sampled_from(["ManualMappingCuration", "LexicalMatching"]),
    date=st.dates().map(str),
    seen_in=texts,
    label=texts,
    confidence=st.none() | st.integers(0, 1000).map(lambda n: n / 1000),
    reviewer=st.sampled_from(["", *REVIEWERS]),
    evidence=st.sets(texts, max_size=3).map(lambda found: tuple(sorted(found))),
    remarks=st.sampled_from([(), A.remarks]),
)


@given(st.lists(mappings, max_size=4, unique_by=lambda mapping: mapping.slug))
def test_what_is_written_is_read_again(found: list[Mapping]) -> None:
    quads = {quad for mapping in found for quad in mapping_quads(mapping)}
    assert mappings_of(quads) == sorted(found, key=lambda mapping: mapping.slug)


@pytest.mark.parametrize("path", link_files(REAL), ids=lambda path: path.name)
def test_the_real_files_pass_through_unchanged(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert mappings_text(mappings_of(item.quad for item in read_file(path)), text, path) == text


def _write(path: Path, found: list[Mapping]) -> None:
    path.write_text(
        mappings_text(found, path.read_text(encoding="utf-8") if path.exists() else "", path), encoding="utf-8"
    )


def test_a_file_keeps_its_head_and_what_is_no_mapping(tmp_path: Path) -> None:
    project = MiniProject(tmp_path)
    path = project.write("data/links/register.ttl", "<urn:x:1> a bg:RegisterEntry .\n")
    path.write_text("# Under CC BY 4.0.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    _write(path, [A])
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Under CC BY 4.0.\n")
    assert "bg:RegisterEntry" in text
    assert read_mappings(project) == [A]
    assert format_file(path)[1] == text
    _write(path, [])
    assert read_mappings(project) == []
    assert "bg:RegisterEntry" in path.read_text(encoding="utf-8")


def test_a_file_of_mappings_alone_keeps_its_head(tmp_path: Path) -> None:
    path = tmp_path / "organisations.ttl"
    _write(path, [A])
    path.write_text("# Whence.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    _write(path, [])
    _write(path, [A])
    assert path.read_text(encoding="utf-8").startswith("# Whence.\n")
    assert format_file(path)[1] == path.read_text(encoding="utf-8")
