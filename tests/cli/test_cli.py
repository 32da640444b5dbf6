"""The command line: help of every verb as a whole process, answers, errors without tracebacks, exit codes."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from buendnis_graph.cli import _VERBS
from buendnis_graph.graph import Graph
from tests.command import run, run_process
from tests.mini import REAL, MiniProject

VERBS = tuple(_VERBS)


def test_help_names_every_verb_and_an_example() -> None:
    done = run_process("--help")
    assert done.returncode == 0
    assert all(verb in done.stdout for verb in VERBS)
    assert "Example: " in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    done = run_process(verb, "--help")
    assert done.returncode == 0
    assert "Example: " in done.stdout


def test_the_script_is_the_module() -> None:
    script = Path(sys.executable).with_name("buendnis")
    assert (
        subprocess.run([script, "--version"], capture_output=True, text=True, check=True).stdout
        == run_process("--version").stdout
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("fly",), "No such command"),
        (("query",), "no question"),
        (("query", "-p", "x", "stated-sizes"), "NAME=VALUE"),
        (("query", "-f", "pdf", "stated-sizes"), "is not one of"),
        (("query", "none.rq"), "can't be read"),
    ],
)
def test_wrong_calls_exit_with_2(graph: Graph, arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments, root=graph.project.root)
    assert done.returncode == 2
    assert says in done.stderr


def test_a_wrong_call_is_told_in_the_language_asked_for(tmp_path: Path) -> None:
    assert run("--lang=de", "fly").stderr == (
        "Aufruf: buendnis [OPTIONS] COMMAND [ARGS]...\nHilfe: buendnis --help\n\nFehler: Es gibt keinen Befehl 'fly'.\n"
    )
    file = tmp_path / "bad.ttl"
    file.write_text("a a a")
    assert "Die Datei ist kein gültiges Turtle" in run("--lang", "de", "fmt", str(file)).stderr
    assert "The file is not valid Turtle" in run("--lang", "en", "fmt", str(file)).stderr


def test_outside_a_project_it_says_so(tmp_path: Path) -> None:
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "no alliance graph here" in done.stderr
    assert "there is no folder" in run("build", root=tmp_path / "none").stderr


def test_before_the_first_build_it_says_how_to_build(mini: MiniProject) -> None:
    done = run("query", "ASK { ?s ?p ?o }", root=mini.root)
    assert done.returncode == 1
    assert "buendnis build" in done.stderr


def test_build_reports_in_german_and_english_and_json(graph: Graph) -> None:
    root = graph.project.root
    english, german = run("build", root=root), run("build", root=root, LANG="de_DE.UTF-8")
    assert "Nothing has changed" in english.stdout
    assert "4 founding members: Demokratie-Zentrum Sachsen" in english.stdout
    assert "Nichts hat sich geändert" in german.stdout
    assert "4 Gründungsmitglieder" in german.stdout
    report = json.loads(run("build", "--json", root=root).stdout)
    assert report["new"] is False
    assert report["counts"]["alliances"] == 80


def test_query_prints_tables_csv_and_json(graph: Graph) -> None:
    root = graph.project.root
    table = run("query", "founders-and-carriers", root=root)
    assert table.stdout.rstrip().endswith("6 rows")
    assert "\x1b[" not in table.stdout, "no colour in a pipe"
    rows = list(csv.reader(run("query", "founders-and-carriers", "-f", "csv", root=root).stdout.splitlines()))
    assert rows[0] == ["role", "organisation", "pages"]
    bindings = json.loads(run("query", "founders-and-carriers", "-f", "json", root=root).stdout)["results"]["bindings"]
    assert len(bindings) == len(rows) - 1 == 6


def test_query_takes_a_name_a_file_a_text_and_standard_input(graph: Graph, tmp_path: Path) -> None:
    root = graph.project.root
    sparql = "SELECT (COUNT(?s) AS ?n) { ?s a <https://w3id.org/buendnis-graph/ontology#Alliance> }"
    file = tmp_path / "q.rq"
    file.write_text(sparql, encoding="utf-8")
    answers = {
        run("query", "-f", "csv", str(file), root=root).stdout,
        run("query", "-f", "csv", sparql, root=root).stdout,
        run("query", "-f", "csv", "-", root=root, stdin=sparql).stdout,
    }
    assert {answer.replace("\r", "") for answer in answers} == {"n\n80\n"}
    assert run("query", "--show", "stated-sizes", root=root).stdout == (
        REAL.queries / "coverage" / "stated-sizes.rq"
    ).read_text(encoding="utf-8")


def test_query_list_shows_titles_in_the_language(graph: Graph) -> None:
    assert "Who funds what" in run("query", "--list", root=graph.project.root).stdout
    assert "Wer fördert was" in run("--lang", "de", "query", "--list", root=graph.project.root).stdout


def test_answers_come_in_the_language_of_the_messages(graph: Graph) -> None:
    root = graph.project.root
    assert "founding member" in run("query", "founders-and-carriers", root=root).stdout
    assert "Gründungsmitglied" in run("query", "founders-and-carriers", root=root, LANG="de_DE.UTF-8").stdout
    assert "Gründungsmitglied" in run("query", "founders-and-carriers", "-p", "lang=de", root=root).stdout


def test_query_about_tells_parameters_with_defaults_and_columns(graph: Graph) -> None:
    text = run("query", "stated-sizes", "--about", root=graph.project.root).stdout
    assert "alliance=…  the alliance (id:netzwerk-tolerantes-sachsen)" in text
    assert "number: number" in text


def test_a_terminal_that_knows_no_umlauts_gets_no_traceback(graph: Graph) -> None:
    done = run_process(
        "query", "founders-and-carriers", "-p", "lang=de", root=graph.project.root, PYTHONIOENCODING="ascii"
    )
    assert done.returncode == 0
    assert "ndungsmitglied" in done.stdout


@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_reader_that_stops_is_no_failure(graph: Graph, form: str) -> None:
    command = f"'{sys.executable}' -m buendnis_graph query members-of-alliance -f {form} | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=graph.project.root, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stale_graph_says_so(graph: Graph, tmp_path: Path) -> None:
    for folder in ("data", "ontology", "queries", "build"):
        shutil.copytree(graph.project.root / folder, tmp_path / folder)
    assert run("query", "ASK { ?s ?p ?o }", root=tmp_path).stderr == ""
    current = (tmp_path / "build" / "current").read_text(encoding="utf-8").strip()
    future = (tmp_path / "build" / current / "report.json").stat().st_mtime + 100
    file = tmp_path / "data" / "dataset.ttl"
    os.utime(file, (future, future))
    assert run("query", "ASK { ?s ?p ?o }", root=tmp_path).stderr == "", "younger, but it says the same"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    os.utime(file, (future, future))
    assert "have changed since the last build" in run("query", "ASK { ?s ?p ?o }", root=tmp_path).stderr


def test_query_errors_say_what_and_where(graph: Graph) -> None:
    done = run("query", "SELECT ?s { ?s ?p }", root=graph.project.root)
    assert done.returncode == 1
    assert "can't be read" in done.stderr
    done = run("query", "-p", "a=b", "ASK { ?s ?p ?o }", root=graph.project.root)
    assert done.returncode == 1
    assert "parameters are for questions" in done.stderr
    done = run("query", "stated-size", root=graph.project.root)
    assert done.returncode == 1
    assert "Did you mean: stated-sizes" in done.stderr


def test_control_characters_in_names_do_not_reach_the_terminal(graph: Graph) -> None:
    done = run("query", "SELECT ('a\\u001B[31mb' AS ?x) {}", root=graph.project.root)
    assert "\x1b" not in done.stdout


def test_validate_exits_1_and_names_file_and_line(mini: MiniProject) -> None:
    assert run("validate", root=mini.root).returncode == 0
    mini.source("bad", "\n\nid:a bg:legalForm state:unknown .")
    english = run("validate", root=mini.root)
    german = run("--lang", "de", "validate", root=mini.root)
    assert english.returncode == german.returncode == 1
    place = "data/sources/example.org/bad/2026-11-22.trig:"
    assert f"{place}" in english.stdout
    assert "error: Name at most one legal form per source" in english.stdout
    assert "Fehler: Nenne höchstens eine Rechtsform je Quelle" in german.stdout
    report = json.loads(run("validate", "--json", root=mini.root).stdout)
    (finding,) = report["results"]
    assert report["conforms"] is False
    assert finding["focus"].endswith("/id/a")
    assert finding["line"] > 0


def test_fmt_formats_checks_and_keeps_the_file_mode(mini: MiniProject) -> None:
    file = mini.root / "data" / "registry" / "a.ttl"
    file.chmod(0o640)
    assert run("fmt", "--check", str(file), root=mini.root).returncode == 1
    assert run("fmt", str(file), root=mini.root).returncode == 0
    assert run("fmt", "--check", str(file), root=mini.root).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o640
    assert list(file.parent.glob(".*")) == []


def test_fmt_names_a_broken_file_and_changes_nothing(mini: MiniProject) -> None:
    file = mini.root / "data" / "registry" / "a.ttl"
    file.write_text("id:a\n", encoding="utf-8")
    done = run("fmt", str(file), root=mini.root)
    assert done.returncode == 1
    assert f"{file}:1: The file is not valid Turtle" in done.stderr
    assert file.read_text(encoding="utf-8") == "id:a\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    assert "_BUENDNIS_COMPLETE" in run("completion", shell).stdout


def test_completion_knows_the_questions(graph: Graph) -> None:
    done = run(
        "query",
        root=None,
        cwd=graph.project.root,
        _BUENDNIS_COMPLETE="bash_complete",
        COMP_WORDS="buendnis query sta",
        COMP_CWORD="2",
    )
    assert "stated-sizes" in done.stdout


def test_it_works_from_a_folder_below(graph: Graph) -> None:
    assert run("query", "ASK { ?s ?p ?o }", cwd=graph.project.data / "registry").stdout == "yes\n"


def test_a_copied_project_needs_nothing_else(graph: Graph, tmp_path: Path) -> None:
    for folder in ("data", "ontology", "queries"):
        shutil.copytree(graph.project.root / folder, tmp_path / folder)
    assert run("build", root=tmp_path).returncode == 0


def test_questions_are_listed_by_theme_and_searched(graph: Graph) -> None:
    root = graph.project.root
    listed = run("query", "--list", "--theme", "funding", root=root).stdout
    assert "who-funds-what" in listed
    assert "members-of-alliance" not in listed
    assert run("query", "--list", "--search", "Shared Members", root=root).stdout.split()[0] == "shared-members"
    found = json.loads(run("query", "--list", "--search", "wikidata", "--json", root=root).stdout)
    assert found[0]["name"] == "organisations-without-wikidata"
    assert found[0]["parameters"][0]["default"] == "3"
    assert run("questions", "--turtle", root=root).stdout.startswith("@prefix")


def test_a_search_that_finds_nothing_says_so_with_near_words(graph: Graph) -> None:
    root = graph.project.root
    done = run("query", "--list", "--search", "mitgleder", root=root)
    assert done.returncode == 1
    assert "no question holds 'mitgleder'" in done.stderr
    assert "mitglieder" in done.stderr
    assert "Themes:" in run("query", "--list", "--theme", "none", root=root).stderr
    assert run("query", "--theme", "funding", "who-funds-what", root=root).returncode == 2


@pytest.mark.parametrize("verb", ["questions", "terms"])
def test_a_full_disk_behind_the_output_is_told(graph: Graph, verb: str) -> None:
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(graph.project.root), verb]
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.stderr == "the disk is full.\n  Make room there, then run this again.\n"
    assert done.returncode == 1
