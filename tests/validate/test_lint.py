"""Every rule of the lint finds its fault on the line where it stands, and is silent where there is none.

``lint/<rule>.txt`` holds what fails and what passes; ``# HERE`` marks the lines that must be found, all of them and no other.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import LimitError, ReadError, RuleError
from buendnis_graph.namespaces import BASE, PREFIXES
from buendnis_graph.settings import Project
from buendnis_graph.validate.lint import (
    LintReport,
    default_folder,
    file_inputs,
    project_inputs,
    read_lint_rules,
    render,
    run_lint,
)
from tests.command import run
from tests.mini import HEAD, REAL

CASES = Path(__file__).parent / "lint"
RULES = read_lint_rules(REAL.ontology / "lint")
NAMES = [rule.name for rule in RULES]
FILES = {
    "shapes": "ontology/shapes/layer/shapes.ttl",
    "ontology": "ontology/terms.ttl",
    "data": "data/registry/a.ttl",
    "fixture": "tests/validate/fixtures/a.ttl",
    "rule": "ontology/rules/10-x.rq",
    "query": "queries/theme/x.rq",
}
OWN = f"<{BASE}ontology> a owl:Ontology .\n"
MARK = "# HERE"


def part(name: str, which: str) -> str:
    """Return the part of a case that ``fails`` or ``passes``."""
    text = (CASES / f"{name}.txt").read_text()
    match = re.search(rf"^=== {which}\n(.*?)(?=^=== |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"{name}.txt has no part '{which}'"
    return match[1]


def lay_out(root: Path, text: str) -> tuple[Project, set[tuple[str, int]]]:
    """Write the files of a part; return the project and the marked lines."""
    contents = dict.fromkeys(FILES, "") | {"ontology": OWN}
    pieces = re.split(r"^--- (\w+)\n", "--- shapes\n" + text, flags=re.MULTILINE)[1:]
    for name, piece in zip(pieces[::2], pieces[1::2], strict=True):
        contents[name] += piece
    marked = set()
    for name, content in contents.items():
        path = root / FILES[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        if content.strip():
            whole = content if path.suffix == ".rq" else HEAD + content
            path.write_text(whole)
            marked |= {(FILES[name], n) for n, line in enumerate(whole.splitlines(), start=1) if MARK in line}
    return Project(root), marked


def lint(root: Path, text: str, language: str = "en") -> tuple[LintReport, set[tuple[str, int]]]:
    """Lint a part as a project; return the report and the marked lines."""
    project, marked = lay_out(root, text)
    return run_lint(project_inputs(project), REAL.ontology / "lint", language), marked


def places(report: LintReport, rule: str) -> set[tuple[str, int]]:
    """Return where a rule found something."""
    return {(finding.path, finding.line) for finding in report.findings if finding.rule == rule}


def test_there_is_a_case_for_each_rule_and_no_other() -> None:
    assert sorted(path.stem for path in CASES.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_rule_finds_the_marked_lines_and_no_other(name: str, tmp_path: Path) -> None:
    report, marked = lint(tmp_path, part(name, "fails"))
    assert marked
    assert places(report, name) == marked


@pytest.mark.parametrize("name", NAMES)
def test_rule_is_silent_where_nothing_is_wrong(name: str, tmp_path: Path) -> None:
    report, _ = lint(tmp_path, part(name, "passes"))
    assert not places(report, name)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_rule_says_it_in_both_languages_with_every_variable_filled_in(
    rule: object, language: str, tmp_path: Path
) -> None:
    name = getattr(rule, "name", "")
    report, _ = lint(tmp_path, part(name, "fails"), language)
    for finding in report.findings:
        if finding.rule == name:
            assert finding.message
            assert "–" not in finding.message
            assert not re.search(r"\{\?(?!\w+\})", finding.message)
    titles = {text for language in ("de", "en") for r in RULES if (text := r.titles[language])}
    assert len(titles) == 2 * len(RULES)


def shapes_of(text: str, tmp_path: Path) -> LintReport:
    """Lint a shapes file that belongs to no project."""
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + text)
    return run_lint(file_inputs([path]), default_folder(), "en")


TABLE = list(ox.parse((REAL.ontology / "lint" / "shacl.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))
WRONG = {
    "Boolean": '"maybe"',
    "Integer": '"1"',
    "Iri": '"x"',
    "Literal": "bg:x",
    "Address": '"x"',
    "Node": '"x"',
    "NodeKind": "xsd:string",
    "String": '"x"@en',
    "Text": "5",
}
TAKES = [
    (q.subject.value.removeprefix(PREFIXES["sh"]), q.object.value.rpartition("#")[2])
    for q in TABLE
    if isinstance(q.subject, ox.NamedNode)
    and isinstance(q.object, ox.NamedNode)
    and q.predicate.value.endswith("#takes")
]


@pytest.mark.parametrize(("term", "kind"), TAKES, ids=[term for term, _ in TAKES])
def test_each_parameter_refuses_a_value_of_the_wrong_kind(term: str, kind: str, tmp_path: Path) -> None:
    found = shapes_of(f"shape:a a sh:NodeShape ; sh:{term} {WRONG[kind]} .", tmp_path).findings
    assert next(f.message for f in found if f.rule == "wrong-value").startswith(f"sh:{term} needs ")


def test_the_list_of_terms_is_that_of_the_vocabulary() -> None:
    """Rdflib's list was made from http://www.w3.org/ns/shacl#; Python's keywords are missing there."""
    from rdflib.namespace import SH

    listed = {t.value for q in TABLE for t in (q.subject, q.object) if isinstance(t, ox.NamedNode)}
    named = {term for term in listed if term.startswith(PREFIXES["sh"]) and "ConstraintComponent-" not in term}
    named.discard(PREFIXES["sh"] + "JSConstraint-js")
    keywords = {PREFIXES["sh"] + word for word in ("and", "class", "in", "not", "or")}
    assert named == set(map(str, dir(SH))) | keywords | {PREFIXES["sh"] + "Rules"}  # of SHACL Advanced Features


def test_the_project_has_no_error() -> None:
    report = run_lint(project_inputs(REAL), REAL.ontology / "lint", "en")
    assert [finding for finding in report.findings if finding.severity == "error"] == []
    assert report.skipped == {}
    assert report.rules == len(RULES)


def test_a_misspelt_term_is_put_right(tmp_path: Path) -> None:
    found = shapes_of(
        "shape:a sh:targetClass org:Organisation ; sh:property [ sh:path skos:prefLable ; sh:minCnt 1 ; sh:severity: sh:Violaton ] .",
        tmp_path,
    )
    meant = {finding.value: finding.suggestion for finding in found.findings if finding.suggestion}
    assert meant == {
        "org:Organisation": "org:Organization",
        "skos:prefLable": "skos:prefLabel",
        "sh:minCnt": "sh:minCount",
        "sh:severity:": "sh:severity",
        "sh:Violaton": "sh:Violation",
    }
    assert "Did you mean sh:minCount?" in render(found, "en")
    assert "Gemeint ist wohl sh:minCount." in render(found, "de")


def test_rules_that_need_an_ontology_are_skipped_and_it_says_so(tmp_path: Path) -> None:
    report = shapes_of("shape:a sh:targetClass bg:Nothing ; sh:nodeKind sh:IRI .", tmp_path)
    assert report.skipped["ontology"] == [rule.name for rule in RULES if rule.needs == {"ontology"}]
    assert "need an ontology and did not run: --ontology FILE" in render(report, "en")
    assert not places(report, "undeclared-class")
    terms = tmp_path / "terms.ttl"
    terms.write_text(HEAD + OWN + "bg:Something a owl:Class .\n")
    with_terms = run_lint(file_inputs([tmp_path / "shapes.ttl"], [terms]), default_folder(), "en")
    assert "ontology" not in with_terms.skipped
    assert places(with_terms, "undeclared-class")


def test_messages_of_anybody_need_only_the_languages_they_use(tmp_path: Path) -> None:
    one = 'shape:a sh:targetClass org:Role ; sh:nodeKind sh:IRI ; sh:message "nom"@fr .\n'
    assert not places(shapes_of(one, tmp_path), "message-language")
    other = 'shape:b sh:targetClass org:Role ; sh:nodeKind sh:IRI ; sh:message "nome"@it .\n'
    assert len(places(shapes_of(one + other, tmp_path), "message-language")) == 2


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq"])
def test_shapes_are_read_in_every_syntax_with_the_line(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"shapes{suffix}"
    sh = PREFIXES["sh"]
    path.write_text(f"# a\n<urn:a> <{sh}targetClass> <urn:B> .\n<urn:a> <{sh}minCnt> _:x .\n")
    assert places(run_lint(file_inputs([path]), default_folder(), "en"), "unknown-shacl-term") == {(str(path), 3)}


def test_shapes_in_json_ld_come_from_standard_input_and_have_no_line(tmp_path: Path) -> None:
    text = json.dumps({"@id": "urn:a", PREFIXES["sh"] + "minCnt": 1})
    done = run("lint", "--shapes-format", "jsonld", "-", stdin=text, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("-: error: SHACL does not know sh:minCnt.")


def test_a_relative_iri_is_one_of_the_file(tmp_path: Path) -> None:
    found = shapes_of("<> a owl:Ontology . <#a> sh:targetClass org:Role ; sh:minCnt 1 .", tmp_path).findings
    assert [f.rule for f in found if f.severity == "error"] == ["unknown-shacl-term"]


def test_unnamed_shapes_are_called_by_what_they_hang_from(tmp_path: Path) -> None:
    found = shapes_of("shape:a sh:targetClass org:Role ; sh:or ( [ sh:not [ sh:minCnt 1 ] ] ) .", tmp_path).findings
    assert {f.node for f in found if f.rule == "unknown-shacl-term"} == {"unnamed in shape:a"}


def test_two_runs_say_the_same(tmp_path: Path) -> None:
    text = part("constraint-without-iri", "fails")
    first, _ = lint(tmp_path, text)
    second, _ = lint(tmp_path, text)
    assert render(first, "en") == render(second, "en")


DEEP = 20_000
HOSTILE = {
    "deep": "".join(f"_:n{n} sh:not _:n{n + 1} .\n" for n in range(DEEP)) + "shape:a sh:node _:n0 ; sh:minCnt 1 .",
    "deep path": "".join(f"_:n{n} sh:inversePath _:n{n + 1} .\n" for n in range(DEEP)) + "shape:a sh:path _:n0 .",
    "long list": f"shape:a sh:path skos:note ; sh:in ( {' '.join(f'{n}' for n in range(DEEP))} ) .",
    "circle of lists": "shape:a sh:in _:x ; sh:or _:x ; sh:path _:x . _:x rdf:first _:x ; rdf:rest _:x .",
    "doubled path": "".join(f"_:p{n} sh:alternativePath ( _:p{n + 1} _:p{n + 1} ) .\n" for n in range(500))
    + "shape:a sh:path _:p0 . _:p500 sh:inversePath skos:broader .",
    "many shapes": "".join(f"shape:s{n} sh:path skos:note ; sh:in ( {n} ) ; sh:minCnt 1 .\n" for n in range(2_000)),
    "long chain of classes": "".join(f"bg:c{n} rdfs:subClassOf bg:c{n + 1} .\n" for n in range(DEEP)),
    "bomb of counts": 'shape:a sh:path skos:note ; sh:pattern "(((((a{999}){999}){999}){999}){999}){999}" .',
    "bomb in sparql": 'shape:a sh:sparql [ sh:select "SELECT $this (COUNT(*) AS ?n) WHERE { '
    + "".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(300)))} }} " for n in range(8))
    + '} GROUP BY $this" ] .',
    "brackets in sparql": f'shape:a sh:sparql [ sh:select "SELECT $this WHERE {{ FILTER({"(" * DEEP}" ] .',
    "markup": 'shape:a sh:path skos:note ; sh:pattern "\\u001B[2J[" .',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_shapes_are_judged_and_end(text: str, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + text)
    done = run("lint", str(path), "--ontology", str(path), cwd=tmp_path)
    assert done.returncode in {0, 1}
    assert "rules." in done.stdout
    assert "\x1b" not in done.stdout


def test_a_file_with_more_statements_than_shapes_have_is_refused(tmp_path: Path) -> None:
    members = "1 " * 110_000
    with pytest.raises(LimitError, match=r"shapes\.ttl:\d+: .*more than 200,000 statements"):
        shapes_of(f"shape:a sh:in ( {members}) .", tmp_path)


def test_entangled_lists_are_refused(tmp_path: Path) -> None:
    chain = "".join(f"_:l{n} rdf:first {n} ; rdf:rest _:l{n + 1} .\n" for n in range(2_000))
    heads = "".join(f"shape:s{n} sh:in _:l{n} .\n" for n in range(2_000))
    with pytest.raises(LimitError, match="too entangled"):
        shapes_of(chain + "_:l2000 rdf:first 0 ; rdf:rest () .\n" + heads, tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.ttl", b"shape:a", "a.ttl:1: "),
        ("a.ttl", b"\xff\xfe", "a.ttl:1: "),
        ("a.ttl", b"<a:a> <a:b> " + b"[ <a:b> " * 20_000, "nested more than"),
        ("a.rdf", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "a.rdf:1: "),
        ("a.jsonld", b'{"@context": "https://example.org/"}', "not fetched"),
    ],
)
def test_what_is_no_shapes_file_is_refused(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    done = run("lint", name, cwd=tmp_path)
    assert done.returncode == 1
    assert says in done.stderr
    with pytest.raises(ReadError):
        file_inputs([tmp_path / name])


def test_a_query_is_parsed_and_never_evaluated() -> None:
    """Pins the trick: Oxigraph refuses the two options together only after parsing."""
    from buendnis_graph.validate.lint.sparql import fault

    bomb = "SELECT (COUNT(*) AS ?n) { " + "".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 }} " for n in range(30)) + "}"
    assert fault(bomb, {}) == ""
    assert fault(bomb + "}", {})
    assert fault("SELECT * { ?s skos:broader ?o }", {}) != ""
    assert fault("SELECT * { ?s skos:broader ?o }", PREFIXES) == ""


def test_rules_name_their_prefixes_so_that_any_tool_can_run_them() -> None:
    for rule in RULES:
        assert ox.Store().query(rule.sparql) is not None


def test_a_rule_without_a_full_header_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.rq").write_text("# title@de: x\nSELECT * { ?s ?p ?o }\n")
    with pytest.raises(RuleError, match="title@en"):
        read_lint_rules(tmp_path)
    with pytest.raises(RuleError, match="no lint rules"):
        read_lint_rules(tmp_path / "nowhere")


def test_command_line(tmp_path: Path) -> None:
    faulty, fine = tmp_path / "faulty.ttl", tmp_path / "fine.ttl"
    faulty.write_text(HEAD + "shape:a sh:targetClass org:Role ; sh:property [ sh:path skos:note ; sh:minCnt 1 ] .\n")
    fine.write_text(HEAD + "shape:a sh:targetClass org:Role ; sh:property [ sh:path skos:note ; sh:minCount 1 ] .\n")
    idle = tmp_path / "idle.ttl"
    idle.write_text(HEAD + "shape:a a sh:NodeShape ; sh:nodeKind sh:IRI .\n")
    assert run("lint", str(fine), cwd=tmp_path).returncode == 0
    assert run("lint", str(idle), cwd=tmp_path).returncode == 0
    assert run("lint", "--strict", str(idle), cwd=tmp_path).returncode == 1
    done = run("--lang", "de", "lint", str(faulty), cwd=tmp_path)
    assert done.returncode == 1
    assert f"{faulty}:{HEAD.count(chr(10)) + 1}: Fehler: SHACL kennt sh:minCnt nicht." in done.stdout
    assert "\x1b" not in done.stdout
    found = json.loads(run("lint", "--json", str(faulty), cwd=tmp_path).stdout)
    assert [f["rule"] for f in found["findings"] if f["severity"] == "error"] == ["unknown-shacl-term"]
    assert run("lint", "--ontology", str(fine), cwd=tmp_path).returncode == 2
    assert run("lint", cwd=tmp_path).returncode == 2
    listed = run("--lang", "de", "lint", "--rules", cwd=tmp_path).stdout
    assert all(f"{rule.name}  {rule.severity}" in listed for rule in RULES)


def test_an_installed_package_brings_its_rules(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    copy = tmp_path / "copy"
    names = ("pyproject.toml", "setup.py", "README.md", "LICENSE", "LICENSE-DATA", "src", "ontology/lint")
    copy.mkdir()
    for name in names:
        (copy / name).parent.mkdir(exist_ok=True)
        subprocess.run(["cp", "-r", REAL.root / name, copy / name], check=True)
    subprocess.run([*pip, "--target", tmp_path / "site", copy], check=True)
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(HEAD + "shape:a sh:targetClass org:Role ; sh:minCnt 1 .\n")
    program = "import buendnis_graph, sys; print(buendnis_graph.__file__); from buendnis_graph.cli import main; main()"
    env = {"PYTHONPATH": str(tmp_path / "site"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", program, "lint", shapes],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=env,
        check=False,
    )
    assert str(tmp_path / "site") in done.stdout
    assert "does not know sh:minCnt" in done.stdout
    assert done.returncode == 1
