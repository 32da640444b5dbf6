"""``buendnis site`` as a whole process."""

from __future__ import annotations

import json
from pathlib import Path

from buendnis_graph.build import build
from tests.command import run, run_process
from tests.publish.releases.made import contents
from tests.publish.site.conftest import small_project


def test_the_site_is_written_and_written_again(tmp_path: Path) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    for number in range(9):  # names that differ by case alone have an order too
        name = "Verein a e.V."[:number] + "Verein a e.V."[number:].swapcase()
        project.attest(f"q{number}", "a", "x")
        source = project.data / "sources" / "example.org" / f"q{number}" / "2026-11-22.trig"
        source.write_text(source.read_text("utf-8").replace('"a"', f'"{name}"'), encoding="utf-8")
    build(project)
    first = run_process("site", "--output", str(output), "--json", root=project.root, PYTHONHASHSEED="1")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert told["new"] > 100
    assert (output / "id" / "x.html").exists()
    second = run_process("site", "--output", str(output), root=project.root, PYTHONHASHSEED="2")
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


def test_an_export_for_another_address_is_refused_and_its_own_is_the_default(tmp_path: Path) -> None:
    project, output = small_project(tmp_path / "project"), tmp_path / "public"
    build(project)
    url = "https://example.org/graph/"
    arguments = ("--output", str(output), "--site-url", url)
    assert run("export", "--format", "csv", *arguments, root=project.root).returncode == 0
    assert json.loads((output / "dumps" / "manifest.json").read_text("utf-8"))["site"] == url
    before = contents(output)
    refused = run("site", "--output", str(output), "--site-url", "https://example.com/", root=project.root)
    assert refused.returncode == 2
    assert "holds an export for https://example.org/graph/" in refused.stderr
    assert f"buendnis export --output {output} --site-url https://example.com/" in refused.stderr
    assert contents(output) == before
    assert run("site", "--output", str(output), root=project.root).returncode == 0
    assert f"Sitemap: {url}sitemap.xml" in (output / "robots.txt").read_text("utf-8")
    project.body("d", "org:Organization")
    project.attest("p9", "d", "x")
    build(project)
    before = contents(output)
    refused = run("site", "--output", str(output), root=project.root)
    assert refused.returncode == 2
    assert "holds the export of another build" in refused.stderr
    assert contents(output) == before


def test_without_the_extra_it_says_which(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    build(project)
    for name in ("jinja2", "markupsafe"):
        (tmp_path / "path" / name).mkdir(parents=True)
        (tmp_path / "path" / name / "__init__.py").write_text("raise ModuleNotFoundError", encoding="utf-8")
    output, path = tmp_path / "new" / "public", str(tmp_path / "path")
    done = run_process("site", "--output", str(output), root=project.root, PYTHONPATH=path)
    assert done.returncode == 2
    assert "pip install 'buendnis-graph[site]'" in done.stderr
    assert not output.parent.exists()
