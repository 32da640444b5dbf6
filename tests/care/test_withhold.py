"""Withholding on real git repositories: nothing is left, it can't come back, and no interruption leaves it half done."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from buendnis_graph.build import build
from buendnis_graph.care.withheld import KEY_VARIABLE, LIST, Withheld, new_key, open_guard
from buendnis_graph.care.withhold import carry_out, check, find_body, grouped, plan
from buendnis_graph.errors import InvalidDataError, LayoutError, ReadError, UsageError
from buendnis_graph.evidence import format_file, read_corpus
from buendnis_graph.settings import WITHHOLDING, Project
from tests.command import run
from tests.mini import REAL, MiniProject


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("safe") / "key"
    new_key(file)
    return file


def tells_nothing(text: str, names: tuple[str, ...]) -> None:
    """Check that a difference says that something was withheld, and nothing else."""
    assert not [name for name in names if name.casefold() in text.casefold()], text
    assert "Something was withheld" in text
    assert "Otherwise no difference." in text


SMALL_NAMES = ("verschwundene", "weggefaehrte", "Weggefährte")


@pytest.fixture
def small(mini: MiniProject) -> MiniProject:
    """A small project in a git repository; one of its bodies is to be withheld."""
    mini.write(
        "data/registry/verschwundene.ttl",
        'id:verschwundene a org:Organization ; skos:prefLabel "Die Verschwundene"@de ; skos:altLabel "Weggefährte"@de .\n',
    )
    mini.attest("p", "verschwundene", "x")
    mini.attest("q", "a", "x", publisher="verschwundene")
    mini.attest("r", "b", "x")
    shutil.copy(REAL.root / ".gitignore", mini.root)
    git(mini.root, "init", "-q")
    git(mini.root, "add", "-A")
    git(mini.root, "commit", "-qm", "all")
    return mini


def test_no_difference_tells_of_it_in_any_form_and_direction_with_or_without_the_key(
    small: MiniProject, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    assert "No difference" in run("diff", "HEAD", ".", root=small.root).stdout
    assert run("withhold", "verschwundene", "--yes", "--own-sources", root=small.root).returncode == 0
    folder, _ = build(small)
    for sides, has_key in ((("HEAD", "."), True), ((".", "HEAD"), False), (("HEAD", folder.name), False)):
        if not has_key:
            monkeypatch.delenv(KEY_VARIABLE, raising=False)
        tells_nothing(run("diff", *sides, root=small.root).stdout, SMALL_NAMES)
    text = run("diff", "HEAD", ".", "-f", "json", root=small.root).stdout
    assert text
    assert not [name for name in SMALL_NAMES if name.casefold() in text.casefold()], text


def test_later_differences_do_not_tell_either(small: MiniProject, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of two revisions from before, or across the withholding together with other changes."""
    entry = small.data / "registry" / "a.ttl"
    entry.write_text(entry.read_text("utf-8").replace('"A"', '"Balu & Du"'), "utf-8")
    git(small.root, "commit", "-qam", "rename")
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    assert run("withhold", "verschwundene", "--yes", "--own-sources", root=small.root).returncode == 0
    git(small.root, "add", "-A")
    git(small.root, "commit", "-qm", "withhold")
    monkeypatch.delenv(KEY_VARIABLE)
    for sides in (("HEAD~2", "HEAD~1"), ("HEAD~2", "HEAD"), ("HEAD", "HEAD~2")):
        text = run("diff", *sides, root=small.root).stdout
        assert "Balu & Du" in text.replace("\\", "")
        assert not [name for name in SMALL_NAMES if name.casefold() in text.casefold()], text
        assert "## Memberships" not in text


def test_it_cannot_come_back_while_the_key_is_there(
    small: MiniProject, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = "verschwundene"
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    run("withhold", slug, "--yes", "--own-sources", root=small.root)
    for names in (["Die Verschwundene gGmbH"], ["die verschwundene"], ["WEGGEFÄHRTE"]):
        assert open_guard(small).judge(names, "another") is Withheld.YES
    assert open_guard(small).judge(["Balu und Du"], "balu-und-du") is Withheld.NO
    git(small.root, "checkout", "--", f"data/registry/{slug}.ttl")
    with pytest.raises(InvalidDataError, match=rf"data/registry/{slug}\.ttl:\d+: this body or name is withheld"):
        build(small)
    new = small.data / "registry" / "new.ttl"
    new.write_text(
        (small.data / "registry" / f"{slug}.ttl").read_text("utf-8").replace(f"id:{slug}", "id:new"), "utf-8"
    )
    (small.data / "registry" / f"{slug}.ttl").unlink()
    with pytest.raises(InvalidDataError, match=r"data/registry/new\.ttl:\d+"):
        build(small)
    monkeypatch.delenv(KEY_VARIABLE)
    said = run("build", root=small.root)
    assert said.returncode == 0
    assert "Not checked" in said.stderr
    assert "the key is not here" in said.stderr


def test_a_name_in_a_list_is_refused_with_file_and_line(
    mini: MiniProject, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    mini.write("data/registry/gone.ttl", 'id:gone a org:Organization ; skos:prefLabel "Der Gegangene"@de .\n')
    carry_out(mini, plan(mini, "gone", open_guard(mini)))
    assert (mini.data / LIST).is_file()
    facts = ':m--x--a a bg:Attestation ; org:member id:a ; org:organization id:x ; bg:listedName "Der Gegangene e.V." ; dcterms:source SRC .'
    mini.code_role("p", mini.source("p", facts), "m--x--a", "member")
    with pytest.raises(InvalidDataError, match=r"p/2026-11-22\.trig:\d+: this body") as caught:
        build(mini)
    assert "Gegangene" not in str(caught.value)


def _run_until(project: Project, key: Path, step: int) -> int:
    """Withhold in a process that is killed before its n-th change of a file name; return its exit code."""
    code = f"""
import os, pathlib, shutil, signal, sys
left = {step}
def dying(original):
    def wrapped(*a, **k):
        global left
        left -= 1
        if left == 0: os.kill(os.getpid(), signal.SIGKILL)
        return original(*a, **k)
    return wrapped
for name in ("replace", "rename", "unlink", "rmdir", "mkdir"):
    setattr(pathlib.Path, name, dying(getattr(pathlib.Path, name)))
shutil.rmtree = dying(shutil.rmtree)
sys.argv = ["buendnis", "--root", {str(project.root)!r}, "withhold", "gone", "--yes", "--key-file", {str(key)!r}]
from buendnis_graph.cli import main
main()
"""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode


def _files(root: Path) -> dict[str, bytes]:
    return {str(f.relative_to(root)): f.read_bytes() for f in sorted(root.rglob("*")) if f.is_file()}


def test_a_run_killed_at_any_step_changes_nothing_or_is_finished_by_the_next(tmp_path: Path, key: Path) -> None:
    start = tmp_path / "start"
    start.mkdir()
    mini = MiniProject(start)
    mini.write("data/registry/gone.ttl", 'id:gone a org:Organization ; skos:prefLabel "Der Gegangene"@de .\n')
    mini.attest("p", "gone", "x")
    mini.attest("q", "a", "x", publisher="gone")
    mini.attest("r", "b", "x")
    mini.attest("s", "c", "y")
    (start / "build" / "old").mkdir(parents=True)
    (start / "build" / "old" / "00.nq").write_text("gone")
    before = _files(start)
    outcomes: set[str] = set()
    whole: dict[str, bytes] | None = None
    for step in range(1, 60):
        root = tmp_path / str(step)
        shutil.copytree(start, root)
        project = Project(root)
        code = _run_until(project, key, step)
        after = _files(root)
        prepared = (root / WITHHOLDING).exists()
        if code == -signal.SIGKILL and not prepared:
            real_files = {name: text for name, text in after.items() if not name.startswith(f"{WITHHOLDING}.new")}
            outcomes.add("nothing" if real_files == before else "done")
        elif code == -signal.SIGKILL:
            outcomes.add("half")
            with pytest.raises(LayoutError, match="interrupted half-way"):
                build(project)
        again = run("withhold", "gone", "--yes", "--key-file", str(key), root=root)
        assert again.returncode == 0, f"{step}: {again.stdout}{again.stderr}"
        final = _files(root)
        whole = whole or final
        assert final == whole, step
        assert not (root / "build").exists()
        assert not list(root.glob(".withholding*"))
        shutil.rmtree(root)
        if code == 0:
            assert _traces_of(whole) == []
            break
    else:
        pytest.fail("the run never ended by itself")
    assert {"nothing", "half"} <= outcomes


def _traces_of(files: dict[str, bytes]) -> list[str]:
    return [
        name for name, text in files.items() if "gone" in name or b"gegangene" in text.lower() or b"id:gone" in text
    ]


def test_prose_that_still_names_it_is_pointed_out(mini: MiniProject, key: Path) -> None:
    mini.write("data/registry/gone.ttl", 'id:gone a org:Organization ; skos:prefLabel "Der Gegangene"@de .\n')
    (mini.root / "docs").mkdir()
    (mini.root / "docs" / "page.md").write_text("Es war einmal.\nDer Gegangene kam.\n")
    done = run("withhold", "gone", "--yes", "--key-file", str(key), root=mini.root)
    assert done.returncode == 1
    assert "  docs/page.md (1: 2)\n" in done.stdout
    checked = run("withhold", "--check", "--key-file", str(key), root=mini.root)
    assert checked.returncode == 1
    assert checked.stdout.splitlines()[1:] == ["  docs/page.md (1: 2)"]
    (mini.root / "docs" / "page.md").unlink()
    assert run("withhold", "--check", "--key-file", str(key), root=mini.root).returncode == 0


def test_a_check_reads_every_term_of_a_dump(mini: MiniProject, key: Path) -> None:
    mini.write("data/registry/gone.ttl", 'id:gone a org:Organization ; skos:prefLabel "Der Gegangene"@de .\n')
    carry_out(mini, plan(mini, "gone", open_guard(mini, key)))
    (mini.build / "old" / "quads").mkdir(parents=True)
    lines = [
        '<urn:a> <urn:p> "b" .',
        '<urn:a> <urn:p> "b"@de <urn:der-gegangene> .',
        '<urn:a> <urn:p> "b, <urn:c> \\"Der Gegangene\\" e.V."@de .',
        "<urn:a> <urn:der> <urn:gegangene> .",
        '<urn:a> <urn:p> "Der\\u0020Gegangener" .',
        "id:a skos:altLabel 'Der Gegangene'@de .",
    ]
    (mini.build / "old" / "quads" / "00.nq").write_text("\n".join(lines), "utf-8")
    assert check(mini, open_guard(mini, key)) == [f"build/old/quads/00.nq:{number}" for number in (2, 3, 6)]


def test_comments_and_other_lines_of_a_file_stay(mini: MiniProject, key: Path) -> None:
    mini.write("data/registry/gone.ttl", 'id:gone a org:Organization ; skos:prefLabel "Der Gegangene"@de .\n')
    file = mini.data / "links" / "bodies.ttl"
    file.parent.mkdir()
    file.write_text(
        """# Links of bodies.
@prefix id: <https://w3id.org/buendnis-graph/id/> .
@prefix link: <https://w3id.org/buendnis-graph/link/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

# Looked up twice.
link:1
    a owl:Axiom ;
    owl:annotatedSource id:a ;
    .

# Der Gegangene, by mail.
link:2
    a owl:Axiom ;
    owl:annotatedSource id:gone ;
    .
"""
    )
    file.chmod(0o640)
    carry_out(mini, plan(mini, "gone", open_guard(mini, key)))
    assert file.read_text().endswith(
        "# Looked up twice.\nlink:1\n    a owl:Axiom ;\n    owl:annotatedSource id:a ;\n    .\n"
    )
    assert file.read_text().startswith("# Links of bodies.\n")
    assert file.stat().st_mode & 0o777 == 0o640
    assert len(set(format_file(file))) == 1


def test_what_is_refused(mini: MiniProject, key: Path) -> None:
    mini.write(
        "data/registry/old.ttl", 'id:old a org:Organization ; skos:prefLabel "O"@de ; dcterms:isReplacedBy id:a .\n'
    )
    mini.write("data/registry/ags-1.ttl", 'id:ags-1 a schema:Place ; skos:prefLabel "Ort"@de .\n')
    guard = open_guard(mini, key)
    for slug, says in (
        ("none", "has no body"),
        ("old", "merged"),
        ("ags-1", "no organisation"),
        ("id:none", "no body"),
    ):
        with pytest.raises(UsageError, match=says):
            plan(mini, slug, guard)
    with pytest.raises(UsageError, match="needs the key"):
        plan(mini, "a", open_guard(mini))
    assert run("withhold", root=mini.root).returncode == 2
    assert find_body(read_corpus(mini), "https://w3id.org/buendnis-graph/id/a") is not None


def test_a_table_that_cannot_be_read_stops_it_before_anything_is_changed(mini: MiniProject, key: Path) -> None:
    (mini.data / "review").mkdir()
    for content in (b"a,b\nM\xfcller,c\n", b'"' + b"x" * 200_000 + b'"\n'):
        (mini.data / "review" / "names.csv").write_bytes(content)
        before = _files(mini.root)
        with pytest.raises(ReadError, match="can't be read as a table"):
            plan(mini, "a", open_guard(mini, key))
        assert _files(mini.root) == before


def test_a_dry_run_or_a_no_changes_nothing(mini: MiniProject, key: Path) -> None:
    before = _files(mini.root)
    dry = run("withhold", "a", "--dry-run", "--key-file", str(key), root=mini.root)
    assert dry.returncode == 0
    assert "  A\n" in dry.stdout
    no = run("withhold", "a", "--key-file", str(key), root=mini.root, stdin="n\n")
    assert no.returncode == 130
    assert _files(mini.root) == before


def test_forgetting_needs_the_names(mini: MiniProject, key: Path) -> None:
    mini.write("data/registry/gone.ttl", 'id:gone a org:Organization ; skos:prefLabel "Der Gegangene"@de .\n')
    carry_out(mini, plan(mini, "gone", open_guard(mini, key)))
    assert run("withhold", "gone", "--yes", "--key-file", str(key), root=mini.root).stdout.startswith(
        "Withheld already"
    )
    assert run("withhold", "gone", "--forget", "--key-file", str(key), root=mini.root).returncode == 0
    assert open_guard(mini, key).judge(["Der Gegangene"], "gone") is Withheld.YES
    run("withhold", "gone", "--forget", "--name", "Der Gegangene", "--key-file", str(key), root=mini.root)
    assert open_guard(mini, key).judge(["Der Gegangene"], "gone") is Withheld.NO
    assert not (mini.data / LIST).exists()


def test_places_are_told_by_file_with_their_number_and_the_first_lines() -> None:
    places = [*(f"docs/a.md:{line}" for line in range(1, 8)), "docs/b.md", "queries/c.rq:3"]
    assert grouped(places) == ["docs/a.md (7: 1, 2, 3, 4, 5, …)", "docs/b.md", "queries/c.rq (1: 3)"]
