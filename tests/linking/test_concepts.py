"""Concepts of other vocabularies from local files, and which of them may match our topics."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.cli import cli
from buendnis_graph.cli.link_topics import VOCABULARIES
from buendnis_graph.errors import ReadError
from buendnis_graph.linking.authorities import AUTHORITIES
from buendnis_graph.linking.concepts import MOST, candidates, read_concepts
from tests.mini import REAL, MiniProject

GND = AUTHORITIES["gnd"]
SKOS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://d-nb.info/gnd/1-2> skos:prefLabel "Rassismus"@de ; skos:altLabel "Rassenhass"@de .
<http://example.org/1> skos:prefLabel "Rassismus"@de .
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", SKOS),
        ("a.csv", "id,subject,altLabel\nhttp://d-nb.info/gnd/1-2,Rassismus,Rassenhass\nhttp://example.org/1,Rassismus,\n"),
        ("a.jsonl", '{"id": "https://d-nb.info/gnd/1-2", "subject": "Rassismus", "altLabel": ["Rassenhass"]}\n\n'),
        ("a.json", json.dumps([{"id": "7", "uri": f"{GND}1-2", "label": "Rassismus", "altLabel": "Rassenhass"}])),
    ],
)  # fmt: skip
def test_every_form_is_read_alike_and_other_vocabularies_are_left_out(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read_concepts(path, GND) == {f"{GND}1-2": {"Rassismus", "Rassenhass"}}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.xlsx", "", "by its ending"),
        ("a.ttl", "<http://", "can't be read"),
        ("a.jsonl", "{", "JSON"),
        ("a.csv", "id,subject\nhttp://example.org/1,Rassismus\n", "holds no concept"),
    ],
)
def test_what_is_no_vocabulary_is_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=said):
        read_concepts(path, GND)


def test_equal_labels_come_before_longer_ones_and_number_case_and_umlauts_do_not_matter() -> None:
    theirs = {
        "a": {"Hate crimes--Germany"},
        "b": {"Hate crimes"},
        "c": {"Crime"},
        "d": {"Vo\u0308lkerversta\u0308ndigung"},
    }
    found = candidates({"x": {"Hate crime"}, "y": {"Völkerverständigung"}}, theirs)
    assert [(one.topic, one.iri, one.is_same) for one in found] == [
        ("x", "b", True),
        ("x", "a", False),
        ("y", "d", True),
    ]


@given(st.dictionaries(st.sampled_from("abcdef"), st.text("rst äöß-", min_size=1), min_size=1))
def test_an_equal_label_with_a_word_is_always_found(labels: dict[str, str]) -> None:
    theirs = {iri: {label} for iri, label in labels.items()}
    for label in labels.values():
        found = candidates({"x": {label}}, theirs)
        has_word = any(letter.isalpha() for letter in label)
        assert any(one.is_same and one.label == label for one in found) == has_word
        assert len(found) <= MOST


def test_the_command_lists_candidates_and_judges_nothing(mini: MiniProject) -> None:
    (mini.root / "lcsh.csv").write_text(
        f"id,subject\n{AUTHORITIES['lcsh']}sh1,Racism\n{AUTHORITIES['lcsh']}sh2,Fishing\n", encoding="utf-8"
    )
    arguments = ["--root", str(mini.root), "--lang", "en", "link", "topics", "lcsh", "--snapshot"]
    done = CliRunner().invoke(cli, [*arguments, str(mini.root / "lcsh.csv")])
    assert done.exit_code == 0, done.output
    assert "1 candidates for 1 of" in done.output
    with (mini.root / "linking" / "topics-lcsh.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["topic"], row["same_words"], row["theirs"]) for row in csv.DictReader(file)]
    assert rows == [("racism", "yes", "Racism")]
    assert not (mini.root / "data" / "links" / "topics.ttl").exists(), "nothing is accepted by itself"


def test_a_topic_that_is_judged_is_asked_again_only_if_said(tmp_path: Path) -> None:
    path, out = tmp_path / "gnd.csv", tmp_path / "out.csv"
    path.write_text(f"id,subject\n{GND}1,Rassismus\n", encoding="utf-8")
    asking = [
        "--root",
        str(REAL.root),
        "--lang",
        "en",
        "link",
        "topics",
        "gnd",
        "--snapshot",
        str(path),
        "--out",
        str(out),
    ]
    assert "All topics are judged" in CliRunner().invoke(cli, asking).output
    assert "candidates for" in CliRunner().invoke(cli, [*asking, "--all"]).output


def test_the_vocabularies_told_by_the_help_are_known() -> None:
    assert set(VOCABULARIES) <= set(AUTHORITIES)
