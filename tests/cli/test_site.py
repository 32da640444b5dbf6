"""``buendnis site`` as a whole process."""

from __future__ import annotations

import json
from pathlib import Path

from buendnis_graph.build import build
from tests.cli.test_cli import run
from tests.publish.site.conftest import small_project


def test_the_site_is_written_and_written_again(tmp_path: Path) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    for number in range(9):  # names that differ by case alone have an order too
        name = "Verein a e.V."[:number] + "Verein a e.V."[number:].swapcase()
        project.attest(f"q{number}", "a", "x")
        source = project.data / "sources" / "example.org" / f"q{number}" / "2026-11-22.trig"
        source.write_text(source.read_text("utf-8").replace('"a"', f'"{name}"'), encoding="utf-8")
    build(project)
    first = run("site", "--output", str(output), "--json", root=project.root, PYTHONHASHSEED="1")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert told["new"] > 100
    assert (output / "id" / "x.html").exists()
    second = run("site", "--output", str(output), root=project.root, PYTHONHASHSEED="2")
    assert second.stdout == f"{output}: 0 new, 0 changed, {told['new']} unchanged, 0 removed.\n"


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    done = run("site", "--output", str(tmp_path / "public"), root=project.root)
    assert done.returncode == 1
    assert "buendnis build" in done.stderr
    assert not (tmp_path / "public").exists()


def test_a_folder_of_someone_else_is_refused_before_any_work(tmp_path: Path) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "thesis"
    build(project)
    output.mkdir()
    (output / "thesis.tex").write_text("precious", encoding="utf-8")
    done = run("site", "--output", str(output), root=project.root)
    assert done.returncode == 2
    assert "is not empty and holds neither" in done.stderr
    assert [path.name for path in output.iterdir()] == ["thesis.tex"]
