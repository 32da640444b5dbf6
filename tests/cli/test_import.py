"""import, review, merge and template as whole processes."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.command import run
from tests.importing.desk import state
from tests.mini import MiniProject

FLAGS = ("--alliance", "x", "--address", "https://www.example.org/mitglieder/", "--seen", "2026-11-22")
LIST = "Verein;Rolle;E-Mail\nA;Mitglied;a@example.org\nGanz Neue Initiative e.V.;Träger;\nMuster, Maria;;\n"
REVIEW = (
    "source,row,name,role,since,until,place,website,legal_form,alliance,role_for_all,candidates,decision,reason,date\n"
    "example.org/mitglieder/2026-11-22,7,Der Verein,Mitglied,2020,,,,,x,,b (0.70): looks like it | c (0.60): a little,,,\n"
    "example.org/mitglieder/2026-11-22,8,Die Initiative,,,,,,,x,,b (0.50): a little,,,\n"
)


@pytest.fixture
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("list") / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_dry_run_shows_and_writes_nothing(mini: MiniProject, file: Path) -> None:
    before = state(mini.root)
    done = run("import", str(file), *FLAGS, "--dry-run", root=mini.root)
    assert done.returncode == 0, done.stderr
    assert state(mini.root) == before
    assert "Nothing written" in done.stdout
    assert "1 known, 1 new, 1 not taken" in done.stdout
    assert "column 'E-Mail' holds personal data: left out" in done.stdout
    assert "a@example.org" not in done.stdout
    german = run("--lang", "de", "import", str(file), *FLAGS, "--dry-run", root=mini.root)
    assert "1 bekannt, 1 neu, 1 nicht übernommen" in german.stdout


def test_import_writes_and_again_changes_nothing(mini: MiniProject, file: Path) -> None:
    assert "data/registry/ganz-neue-initiative.ttl" in run("import", str(file), *FLAGS, root=mini.root).stdout
    once = state(mini.root)
    assert "Nothing has changed." in run("import", str(file), *FLAGS, root=mini.root).stdout
    assert state(mini.root) == once
    assert run("validate", root=mini.root).returncode == 0


def test_standard_input_and_json(mini: MiniProject) -> None:
    done = run("import", "-", "--kind", "csv", *FLAGS, "--json", root=mini.root, stdin=LIST)
    said = json.loads(done.stdout)
    assert said["counts"] | {} == {
        "duplicate": 0,
        "left-out": 0,
        "new": 1,
        "refused": 1,
        "rows": 3,
        "same": 1,
        "there": 0,
        "unsure": 0,
    }
    assert [(row["line"], row["outcome"], row["body"]) for row in said["rows"]] == [
        (2, "same", "a"),
        (3, "new", "ganz-neue-initiative"),
    ]
    assert "data/sources/example.org/mitglieder/2026-11-22.trig" in said["written"]


def test_a_file_beside_the_list_says_the_same_as_flags(mini: MiniProject, file: Path) -> None:
    beside = Path(f"{file}.toml")
    beside.write_text(
        'alliance = "X"\naddress = "https://www.example.org/mitglieder/"\nseen = 2026-11-22\ncolumns = {role = "Rolle"}\n',
        encoding="utf-8",
    )
    assert tomllib.loads(beside.read_text(encoding="utf-8"))
    assert run("import", str(file), root=mini.root).returncode == 0
    beside.write_text("colour = 'red'\n", encoding="utf-8")
    done = run("import", str(file), root=mini.root)
    assert done.returncode == 2
    assert "unknown key 'colour'" in done.stderr


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        (("--alliance", "x", "--address", "https://example.org/"), 2, "--seen is missing"),
        ((*FLAGS, "--column", "name"), 2, "FIELD=COLUMN"),
        ((*FLAGS, "--column", "name=Nix"), 2, "no column 'Nix'"),
        ((*FLAGS, "--kind", "pdf"), 2, "no kind of list 'pdf'"),
        ((*FLAGS, "--max-rows", "2"), 1, "more than 2 rows"),
        ((*FLAGS, "--kind", "xlsx"), 1, "is no spreadsheet"),
    ],
)
def test_wrong_calls_say_what_to_do(mini: MiniProject, file: Path, more: tuple[str, ...], code: int, says: str) -> None:
    before = state(mini.root)
    done = run("import", str(file), *more, root=mini.root)
    assert (done.returncode, says in done.stderr) == (code, True), done.stderr
    assert state(mini.root) == before


def test_a_file_that_is_not_there_is_named(mini: MiniProject) -> None:
    done = run("import", "nowhere.csv", *FLAGS, root=mini.root)
    assert done.returncode == 1
    assert "nowhere.csv: can't be opened" in done.stderr


@pytest.fixture
def waiting(mini: MiniProject, file: Path) -> MiniProject:
    assert run("import", str(file), *FLAGS, root=mini.root).returncode == 0
    path = mini.data / "review" / "example.org" / "mitglieder" / "2026-11-22.csv"
    path.parent.mkdir(parents=True)
    path.write_text(REVIEW, encoding="utf-8")
    return mini


def test_review_asks_one_row_after_the_other(waiting: MiniProject) -> None:
    done = run("review", "--date", "2026-11-25", root=waiting.root, stdin="s9\ns1 same website\n?\n")
    assert done.returncode == 0, done.stderr
    assert "'s9' is no answer" in done.stdout
    assert "1 decided, 1 open." in done.stdout
    again = run("review", "--date", "2026-11-25", root=waiting.root, stdin="x no member\n")
    assert "1 decided, 0 open." in again.stdout
    assert "Nothing to decide." in run("review", "--list", root=waiting.root).stdout
    names = (waiting.data / "links" / "names.ttl").read_text(encoding="utf-8")
    assert '"same website"' in names
    assert run("validate", root=waiting.root).returncode == 0


def test_review_quits_and_keeps_what_was_decided(waiting: MiniProject) -> None:
    assert "0 decided, 2 open." in run("review", "--date", "2026-11-25", root=waiting.root, stdin="q\n").stdout
    assert (
        "1 decided, 1 open." in run("review", "--date", "2026-11-25", root=waiting.root, stdin="n=der-verein\n").stdout
    )
    assert (waiting.data / "registry" / "der-verein.ttl").exists()


def test_review_lists_and_applies(waiting: MiniProject) -> None:
    listed = json.loads(run("review", "--list", "--json", root=waiting.root).stdout)
    assert [row["candidates"] for row in listed] == [["b", "c"], ["b"]]
    path = waiting.data / "review" / "example.org" / "mitglieder" / "2026-11-22.csv"
    path.write_text(REVIEW.replace("a little,,,\n", "a little,same:c,,\n", 1), encoding="utf-8")
    assert run("review", "--apply", str(path), root=waiting.root).returncode == 2, "a date is needed"
    done = run("review", "--apply", str(path), "--date", "2026-11-25", root=waiting.root)
    assert "1 decided, 1 open." in done.stdout
    assert "data/links/names.ttl" in done.stdout


def test_merge_rewrites_and_dry_run_does_not(waiting: MiniProject) -> None:
    before = state(waiting.root)
    flags = ("--date", "2026-11-25", "--reason", "one body")
    done = run("merge", "a", "b", *flags, "--dry-run", root=waiting.root)
    assert "files would be rewritten" in done.stdout
    assert state(waiting.root) == before
    assert run("merge", "a", "b", *flags, root=waiting.root).returncode == 0
    assert "isReplacedBy id:b" in (waiting.data / "registry" / "a.ttl").read_text(encoding="utf-8")
    assert run("validate", root=waiting.root).returncode == 0


def test_a_statement_from_template_to_source(mini: MiniProject, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("s") / "x.csv"
    empty = run("template", "statement").stdout
    text = (
        empty.replace("alliance:", "alliance: X", 1)
        .replace("issued:", "issued: 2026-11-22", 1)
        .replace("address:", "address: https://x.example/", 1)
    )
    path.write_text(text + "A;Mitglied;;;;\n", encoding="utf-8")
    before = state(mini.root)
    flags = ("import", "--statement", str(path), "--seen", "2026-11-23")
    assert run(*flags, "--check", root=mini.root).returncode == 0
    assert "X" in run(*flags, "--preview", root=mini.root).stdout.upper()
    assert state(mini.root) == before
    path.write_text(text + "A;Mitglied;;;;\nFrau Muster;;;;;\n", encoding="utf-8")
    done = run(*flags, "--check", root=mini.root)
    assert done.returncode == 1
    assert "person" in done.stdout
    assert run(*flags, root=mini.root).returncode == 0
    assert "source-kind:alliance-statement" in "".join(
        c.decode() for n, c in state(mini.root).items() if n.startswith("data/sources/")
    )


def test_what_the_help_shows_for_a_statement_works(mini: MiniProject, tmp_path: Path) -> None:
    shown = run("template", "--help").stdout + run("import", "--help").stdout
    calls = re.findall(r"buendnis (import --statement (?:FILE|list\.csv) [^\n]*)", shown)
    assert len(calls) == 3
    text = run("template", "statement").stdout.replace("alliance:", "alliance: X", 1)
    text = text.replace("issued:", "issued: 2026-11-22", 1).replace("address:", "address: https://x.example/", 1)
    for name in ("FILE", "list.csv"):
        (tmp_path / name).write_text(text + "A;Mitglied;;;;\n", encoding="utf-8")
    for call in calls:
        done = run(*call.split(), root=mini.root, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), call
