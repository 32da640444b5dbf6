"""A person decides: decisions are recorded, carried out as an import would, never overwritten."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from buendnis_graph.errors import JudgementError, ListError, UsageError
from buendnis_graph.evidence import read_corpus, replace_files
from buendnis_graph.importing.review import apply_decisions, open_rows
from buendnis_graph.importing.reviewfile import read_review, review_path
from buendnis_graph.resolving import Candidate, Decision, Entry, Listed, Outcome
from buendnis_graph.validate import Fast, findings, validate_files
from tests.importing.desk import KEY, do, state
from tests.mini import MiniProject, ask, rows

LIST = "Verein;Rolle;seit;Ort\nAlpha;Gründungsmitglied;2020;\nBeta;;;\nGamma;;;\nDelta;;;\nA;;;\n"


def unsure(listed: Listed) -> Decision:
    """Say of every name but A that it may be A or B."""
    base = "https://w3id.org/buendnis-graph/id/"
    if listed.name == "A":
        return Decision(listed, Outcome.SAME, Entry(f"{base}a", ("A",)))
    found = tuple(Candidate(Entry(f"{base}{slug}", (slug.upper(),)), 0.7, ("looks | like", "it")) for slug in "ab")
    return Decision(listed, Outcome.UNSURE, candidates=found)


@pytest.fixture
def waiting(mini: MiniProject) -> MiniProject:
    do(mini, LIST, resolver=unsure)
    return mini


def decide(
    project: MiniProject, decisions: dict[str, str], *, date: str = "2026-11-25", file: Path | None = None
) -> list[Path]:
    """Fill in the review file (or a copy) and apply it."""
    path = review_path(project, KEY)
    with path.open(encoding="utf-8", newline="") as read:
        table = list(csv.DictReader(read))
    for row in table:
        row["decision"], _, row["reason"] = decisions.get(row["name"], row["decision"]).partition(" because ")
    target = file or path
    with target.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(table[0]), delimiter=";" if file else ",")
        writer.writeheader()
        writer.writerows(table)
    return apply(project, target, date)


def apply(project: MiniProject, path: Path, date: str = "2026-11-25") -> list[Path]:
    reviewed = apply_decisions(project, read_corpus(project), read_review(path), path, date)
    return replace_files(project, reviewed.files)


def test_unsure_rows_wait_with_all_that_was_taken(waiting: MiniProject) -> None:
    assert [(r.row.line, r.row.name, r.row.role, r.row.since) for r in open_rows(waiting)] == [
        (2, "Alpha", "Gründungsmitglied", "2020"),
        (3, "Beta", "", ""),
        (4, "Gamma", "", ""),
        (5, "Delta", "", ""),
    ]
    assert [str(c) for c in open_rows(waiting)[0].candidates] == [
        "a (0.70): looks / like; it",
        "b (0.70): looks / like; it",
    ]


def test_decisions_move_rows_into_source_registry_and_codings(waiting: MiniProject) -> None:
    decide(
        waiting,
        {
            "Alpha": "same:b because same website",
            "Beta": "new",
            "Gamma": "new:gamma-leipzig",
            "Delta": "out because a heading",
        },
    )
    store = waiting.derived()
    assert rows(store, "SELECT ?n ?m ?r { ?a bg:listedName ?n ; org:member ?m ; org:role ?r } ORDER BY ?n") == [
        (name, f"https://w3id.org/buendnis-graph/id/{slug}", f"https://w3id.org/buendnis-graph/role/{role}")
        for name, slug, role in (
            ("A", "a", "member"),
            ("Alpha", "b", "founding-member"),
            ("Beta", "beta", "member"),
            ("Gamma", "gamma-leipzig", "member"),
        )
    ]
    assert rows(
        store,
        "SELECT ?n ?b ?v { ?j bg:judgedName ?n ; bg:judgedBody/skos:prefLabel ?b ; bg:judgement/skos:prefLabel ?v . FILTER(LANG(?v) = 'en') } ORDER BY ?n ?b",
    ) == [
        ("Alpha", "A", "not the same"),
        ("Alpha", "B", "the same"),
        ("Beta", "A", "not the same"),
        ("Beta", "B", "not the same"),
        ("Beta", "Beta", "the same"),
        ("Gamma", "A", "not the same"),
        ("Gamma", "B", "not the same"),
        ("Gamma", "Gamma", "the same"),
    ]
    assert ask(
        store,
        "?j bg:judgedName 'Alpha' ; rdfs:comment 'same website' ; dcterms:date '2026-11-25'^^xsd:date ; bg:basis basis:reader",
    )
    assert open_rows(waiting) == []
    assert [(r.row.name, r.decision, r.reason, r.date) for r in read_review(review_path(waiting, KEY))] == [
        ("Delta", "out", "a heading", "2026-11-25")
    ]
    corpus = waiting.corpus()
    assert findings(validate_files(corpus, waiting, Fast()), corpus, "en") == []


def test_importing_again_after_a_review_changes_nothing(waiting: MiniProject) -> None:
    decide(waiting, {"Alpha": "same:a", "Beta": "new", "Delta": "out"})
    before = state(waiting.root)
    made = do(waiting, LIST, resolver=unsure)
    assert state(waiting.root) == before
    assert made.counts()["left-out"] == 1


def test_importing_again_before_a_review_keeps_what_was_filled_in(waiting: MiniProject) -> None:
    path = review_path(waiting, KEY)
    path.write_text(path.read_text(encoding="utf-8").replace(",,,\n", ",same:a,maybe,\n", 1), encoding="utf-8")
    before = state(waiting.root)
    do(waiting, LIST, resolver=unsure)
    assert state(waiting.root) == before


def test_a_decision_holds_for_the_next_list(waiting: MiniProject) -> None:
    decide(waiting, {"Alpha": "same:b", "Beta": "new"})
    made = do(waiting, "Verein\nAlpha\nBeta\n", resolver=unsure, address="https://other.example/list")
    assert [(o.kind, o.slug) for o in made.outcomes] == [("same", "b"), ("same", "beta")]


def test_applying_twice_or_a_copy_by_a_spreadsheet_is_the_same(waiting: MiniProject, tmp_path: Path) -> None:
    copy = tmp_path / "copy.csv"
    decide(waiting, {"Alpha": "same:b", "Delta": "out"}, file=copy)
    before = state(waiting.root)
    assert apply(waiting, copy, "2027-01-01") == []
    assert state(waiting.root) == before
    assert [r.row.name for r in open_rows(waiting)] == ["Beta", "Gamma"]


def test_a_contradiction_is_refused_with_the_place_of_the_old_judgement(waiting: MiniProject, tmp_path: Path) -> None:
    copy = tmp_path / "copy.csv"
    decide(waiting, {"Alpha": "same:b"}, file=copy)
    before = state(waiting.root)
    do(waiting, "Verein\nAlpha\n", resolver=unsure, address="https://other.example/list")
    copy.write_text(copy.read_text(encoding="utf-8").replace("same:b", "same:a"), encoding="utf-8")
    with pytest.raises(JudgementError, match=r"'Alpha' means a") as caught:
        apply(waiting, copy)
    assert caught.value.path == Path("data/links/names.ttl")
    line = (
        (waiting.root / "data/links/names.ttl").read_text(encoding="utf-8").splitlines()[(caught.value.line or 0) - 1]
    )
    assert "bg:judgement judgement:" in line
    after = {name: content for name, content in state(waiting.root).items() if "other.example" not in name}
    assert after == before


def test_rejected_means_rejected(waiting: MiniProject) -> None:
    decide(waiting, {"Alpha": "same:b"})
    path = review_path(waiting, KEY)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + f"{KEY},9,Alpha,Träger,,,,,,x,,a (0.70): again,same:a,,\n", encoding="utf-8")
    with pytest.raises(JudgementError):
        apply(waiting, path)


@pytest.mark.parametrize(
    ("decision", "error", "says"),
    [
        ("perhaps", ListError, "is no decision"),
        ("same", ListError, "is no decision"),
        ("out:a", ListError, "is no decision"),
        ("same:nobody", UsageError, "no body 'nobody'"),
        ("new:a", UsageError, "'a' is taken already"),
    ],
)
def test_a_wrong_decision_is_refused_and_none_of_the_file_is_done(
    waiting: MiniProject, decision: str, error: type[Exception], says: str
) -> None:
    path = review_path(waiting, KEY)
    before = state(waiting.root)
    with pytest.raises(error, match=says):
        decide(waiting, {"Alpha": "same:b", "Beta": decision})
    path.write_bytes(before[path.relative_to(waiting.root).as_posix()])
    assert state(waiting.root) == before


def test_two_names_that_turn_out_to_be_one_body_are_one_attestation(waiting: MiniProject) -> None:
    decide(waiting, {"Beta": "same:a"})
    assert rows(waiting.derived(), "SELECT ?n { ?a bg:listedName ?n }") == [("A",)]
    assert ask(waiting.derived(), "id:a bg:statedName 'Beta'@de")
    before = state(waiting.root)
    do(waiting, LIST, resolver=unsure)
    assert state(waiting.root) == before


def test_one_new_name_in_two_lists_is_one_body(mini: MiniProject, tmp_path: Path) -> None:
    do(mini, "Verein\nBeta\n", resolver=unsure)
    do(mini, "Verein\nBeta\n", resolver=unsure, address="https://zweite.example/liste", alliance="y")
    both = tmp_path / "both.csv"
    texts = [p.read_text(encoding="utf-8") for p in sorted((mini.data / "review").rglob("*.csv"))]
    both.write_text((texts[0] + texts[1].partition("\n")[2]).replace(",,,\n", ",new,,\n"), encoding="utf-8")
    apply(mini, both)
    assert rows(mini.derived(), "SELECT ?o { id:beta org:memberOf ?o } ORDER BY ?o") == [
        ("https://w3id.org/buendnis-graph/id/x",),
        ("https://w3id.org/buendnis-graph/id/y",),
    ]


def test_what_is_no_review_file_is_refused(mini: MiniProject, tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(ListError, match="no column 'source'"):
        apply(mini, file)


def test_of_a_copy_only_the_decision_counts(waiting: MiniProject, tmp_path: Path) -> None:
    """A spreadsheet may rewrite dates; a hand may touch another cell."""
    copy = tmp_path / "copy.csv"
    text = review_path(waiting, KEY).read_text(encoding="utf-8")
    assert "2020" in text
    with (tmp_path / "changed.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(text.replace("2020", "01.01.2019"))
    with (tmp_path / "changed.csv").open(encoding="utf-8", newline="") as read, copy.open("w", newline="") as out:
        table = list(csv.DictReader(read))
        writer = csv.DictWriter(out, list(table[0]))
        writer.writeheader()
        writer.writerows(row | {"decision": "new" if row["name"] == "Alpha" else ""} for row in table)
    apply(waiting, copy)
    assert rows(waiting.derived(), "SELECT ?since { ?a bg:listedName 'Alpha' ; bg:since ?since }") == [("2020",)]
