"""What README and docs say is run and compared: commands, queries, Python, Turtle."""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import textwrap
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph import __version__
from buendnis_graph.build import build
from buendnis_graph.evidence import format_file
from buendnis_graph.graph import Graph
from buendnis_graph.queries import Table
from tests.command import run
from tests.mini import HEAD, REAL, SPARQL_HEAD, MiniProject, copy_of
from tests.register import CURRENT, ROWS, register_file

DOCS = [REAL.root / "README.md", *sorted((REAL.root / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+(?: [\w-]+)?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _blocks(kind: str) -> list[tuple[str, str]]:
    return [
        (path.name, text)
        for path in DOCS
        for name, text in BLOCK.findall(path.read_text(encoding="utf-8"))
        if name == kind
    ]


def _ids(cases: list[tuple[str, str]]) -> list[str]:
    return [f"{name}-{i}" for i, (name, _) in enumerate(cases)]


@pytest.mark.parametrize(("name", "text"), _blocks("turtle"), ids=_ids(_blocks("turtle")))
def test_turtle_in_docs_is_in_the_graph(graph: Graph, name: str, text: str) -> None:
    triples = [quad.triple for quad in ox.parse(HEAD + text, format=ox.RdfFormat.TURTLE)]
    assert triples
    for triple in triples:
        assert next(graph.store.quads_for_pattern(triple.subject, triple.predicate, triple.object), None), (
            f"{name}: {triple}"
        )


@pytest.mark.parametrize(("name", "text"), _blocks("sparql"), ids=_ids(_blocks("sparql")))
def test_sparql_in_docs_finds_something(graph: Graph, name: str, text: str) -> None:
    table = graph.query(text if "PREFIX" in text else SPARQL_HEAD + text)
    assert isinstance(table, Table)
    assert len(table) > 0, name


@pytest.mark.parametrize(("name", "text"), _blocks("python"), ids=_ids(_blocks("python")))
def test_python_in_docs_runs(graph: Graph, name: str, text: str) -> None:
    output = io.StringIO()
    with contextlib.chdir(graph.project.root), contextlib.redirect_stdout(output):
        exec(compile(text, name, "exec"), {})  # noqa: S102 - our own documentation
    assert output.getvalue().strip()


@pytest.mark.parametrize("name", [path.name for path in DOCS if "```pycon" in path.read_text(encoding="utf-8")])
def test_python_sessions_in_docs_print_what_is_shown(graph: Graph, name: str) -> None:
    text = "\n".join(text for page, text in _blocks("pycon") if page == name)
    session = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    output: list[str] = []
    with contextlib.chdir(graph.project.root):
        runner.run(session, out=output.append)
    assert not output, "".join(output)
    assert runner.tries > 5


def commands() -> list[tuple[str, str, str]]:
    """Return the page, the command and the output of each call that README and docs show."""
    found = []
    for name, text in _blocks("console"):
        for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((name, re.sub(r"\s+#.*", "", command), output))
    return [case for case in found if case[1].startswith("buendnis ")]


def works_and_prints(command: str, output: str, folder: Path) -> None:
    """Check that a command of the docs works and, if they show its output, prints just that."""
    done = run(*shlex.split(command)[1:], cwd=folder)
    assert done.returncode == 0, done.stderr
    if output.strip():
        shown = [line.rstrip() for line in output.splitlines()]
        assert [line.rstrip() for line in done.stdout.splitlines()] == shown


DRAWN = "plots.md"
"""Its commands are called by tests/plots/test_docs.py, which looks at what they draw as well."""


@pytest.mark.parametrize(
    ("command", "output"), [case[1:] for case in commands() if case[0] != DRAWN], ids=lambda value: str(value)[:60]
)
def test_commands_in_docs_work_and_print_what_is_shown(graph: Graph, command: str, output: str) -> None:
    works_and_prints(command, output, graph.project.root)


def test_the_answer_in_the_readme_is_the_answer_of_the_build(graph: Graph) -> None:
    done = run("--lang", "en", "build", cwd=graph.project.root)
    ((_, shown),) = _blocks("text")
    assert shown in done.stdout


def test_the_worked_addition_is_valid_canonical_and_counts(graph: Graph, tmp_path: Path) -> None:
    project = copy_of(graph.project, tmp_path)
    places = {
        "text new-registry": "data/registry/verein-beispiel.ttl",
        "text new-source": "data/sources/beispiel.example/mitglieder/2026-11-25.trig",
        "text new-coding": "data/codings/roles/beispiel.example.ttl",
    }
    for kind, path in places.items():
        ((_, text),) = _blocks(kind)
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert [path for path in places.values() if len(set(format_file(tmp_path / path))) != 1] == []
    build(project)
    table = Graph(project).query("members-of-alliance", alliance="netzwerk-tolerantes-sachsen")
    assert isinstance(table, Table)
    assert "Verein Beispiel" in {row["member"].value for row in table if row["member"]}


def test_the_two_commands_are_in_readme_and_makefile() -> None:
    readme, makefile = (
        (REAL.root / "README.md").read_text(encoding="utf-8"),
        (REAL.root / "Makefile").read_text(encoding="utf-8"),
    )
    for target in ("graph", "test"):
        assert f"make {target}" in readme
        assert f"\n{target}: " in makefile


def test_links_lead_somewhere() -> None:
    for path in DOCS:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_vocabulary_page_is_what_the_command_prints(graph: Graph) -> None:
    done = run("terms", "--markdown", cwd=graph.project.root)
    assert (REAL.root / "docs" / "vocabulary.md").read_text(encoding="utf-8") == done.stdout


def test_versions_agree() -> None:
    """Of the code; the data has a version of its own, see docs/releases.md."""
    assert f"version: {__version__}\n" in (REAL.root / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {__version__}" in (REAL.root / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_lock_file_has_names_and_versions_only() -> None:
    lines = (REAL.root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.]+", line)] == []


def test_the_register_resolves_as_its_page_shows(mini: MiniProject, tmp_path: Path) -> None:
    """With the entry that our link to it tells of, and no other of the real ones."""
    page = (REAL.root / "docs" / "register.md").read_text(encoding="utf-8")
    shown = re.search(
        r"^   \$ buendnis (resolve --register .*)\n((?:   .*\n)+?)   \$ curl \S+/register/(\w+)\.ttl",
        page,
        re.MULTILINE,
    )
    assert shown
    call, answer, entry = shown.groups()
    links = (REAL.data / "links" / "register.ttl").read_text(encoding="utf-8")
    label = re.search(rf'register/{entry}> ;.*?object_label "(.*?)" ;', links, re.DOTALL)
    assert label
    court, _, number = entry.partition("_VR")
    assert court == "U1104", "Dresden"
    row = (entry, label[1], "Dresden", CURRENT, f"Dresden VR {number}")
    file = register_file(tmp_path / "register.csv.gz", [row, *ROWS])
    assert run("register", str(file), "--take", "--date", "2026-11-29", root=mini.root).returncode == 0
    build(mini)
    assert run(*shlex.split(call), root=mini.root).stdout == textwrap.dedent(answer)
