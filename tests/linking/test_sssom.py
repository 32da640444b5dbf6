"""The tables of links are what SSSOM's tools read: its required slots, known columns, prefixes declared, one row a mapping."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.graph import Graph
from buendnis_graph.linking.mappings import Mapping
from buendnis_graph.linking.sssom import COLUMNS, MappingSet, sssom_tsv
from buendnis_graph.linking.tables import link_tables
from buendnis_graph.namespaces import BASE
from tests.linking.test_mappings import A, mappings

ABOUT = MappingSet("links", "Links", "https://creativecommons.org/publicdomain/zero/1.0/")
# of sssom_schema 1.1 (sssom_schema.yaml): what a mapping must have, and the slots of it that we use
REQUIRED = {"subject_id", "predicate_id", "object_id", "mapping_justification"}
SLOTS = REQUIRED | {
    "subject_label", "predicate_modifier", "object_label", "reviewer_label", "mapping_date", "confidence",
    "object_source", "object_source_version", "comment",
}  # fmt: skip


def _read(text: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    lines = text.splitlines()
    head = [line[1:] for line in lines if line.startswith("#")]
    prefixes = dict(line.strip().split(": ", 1) for line in head[head.index("curie_map:") + 1 :])
    rows = csv.DictReader(io.StringIO("\n".join(lines[len(head) :])), delimiter="\t")
    return prefixes, list(rows)


def test_a_table_is_this_byte_for_byte() -> None:
    assert sssom_tsv([A], {A.subject: "A-Verein"}, ABOUT) == (
        "#mapping_set_id: https://w3id.org/buendnis-graph/graph/links\n"
        '#mapping_set_title: "Links"\n'
        "#license: https://creativecommons.org/publicdomain/zero/1.0/\n"
        "#curie_map:\n"
        "#  id: https://w3id.org/buendnis-graph/id/\n"
        "#  schema: https://schema.org/\n"
        "#  semapv: https://w3id.org/semapv/vocab/\n"
        "#  skos: http://www.w3.org/2004/02/skos/core#\n"
        "#  wikidata: http://www.wikidata.org/entity/\n" + "\t".join(COLUMNS) + "\n"
        "id:a\tA-Verein\t\tschema:sameAs\twikidata:Q1\tA\tsemapv:ManualMappingCuration\teditor\t2026-11-29\t0.95\t"
        "wikidata:\tListe 1.0\tEvidence: same-name, same-place. Same name, same seat.\n"
    )


def test_columns_are_slots_of_the_schema() -> None:
    assert REQUIRED <= set(COLUMNS) <= SLOTS


@pytest.mark.parametrize(
    ("judgement", "target", "modifier", "object_id"),
    [
        ("same", A.object, "", "wikidata:Q1"),
        ("not-same", A.object, "Not", "wikidata:Q1"),
        ("none-found", "http://www.wikidata.org/entity/", "", "sssom:NoTermFound"),
    ],
)
def test_what_is_not_the_same_is_not_told_as_a_match(
    judgement: str, target: str, modifier: str, object_id: str
) -> None:
    prefixes, (row,) = _read(sssom_tsv([replace(A, judgement=judgement, object=target)], {}, ABOUT))
    assert (row["predicate_modifier"], row["object_id"], row["object_source"]) == (modifier, object_id, "wikidata:")
    assert row["object_id"].partition(":")[0] in prefixes


@given(st.lists(mappings, max_size=4, unique_by=lambda mapping: mapping.slug), st.text(max_size=20))
def test_every_mapping_is_one_row_whatever_it_holds(found: list[Mapping], label: str) -> None:
    text = sssom_tsv(found, {A.subject: label}, ABOUT)
    rows = [line.split("\t") for line in text.split("\n")[:-1] if not line.startswith("#")]
    assert [len(row) for row in rows] == [len(COLUMNS)] * (len(found) + 1)


def test_quotation_marks_are_doubled() -> None:
    """Else a reader takes all up to the next one, over the ends of lines, for one cell."""
    label = '"Aktion" | A'
    _, rows = _read(sssom_tsv([A, replace(A, slug="b", label=label)], {}, ABOUT))
    assert [row["object_label"] for row in rows] == ["A", label]


def test_the_tables_of_the_real_graph(graph: Graph) -> None:
    tables = link_tables(graph.store)
    assert set(tables) == {
        "links.sssom.tsv", "links-unsure.sssom.tsv", "register-links.sssom.tsv", "register-links-unsure.sssom.tsv",
    }  # fmt: skip
    for name, text in tables.items():
        prefixes, rows = _read(text)
        assert rows, name
        for row in rows:
            assert all(row[column] for column in REQUIRED), (name, row)
            for column in ("subject_id", "predicate_id", "object_id", "mapping_justification", "object_source"):
                assert row[column].partition(":")[0] in prefixes, (name, row)
        assert ("creativecommons.org/licenses/by/4.0/" in text) == name.startswith("register")
    assert f"#mapping_set_id: {BASE}graph/links\n" in tables["links.sssom.tsv"]
