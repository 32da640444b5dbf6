"""The SPARQL page's markup, texts and data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.publish import sparqlpage
from buendnis_graph.publish.sparqlpage.words import tables, words
from buendnis_graph.queries import read_catalogue
from buendnis_graph.settings import Project
from buendnis_graph.wording import LANGUAGES
from tests.mini import REAL

WEB = REAL.root / "web"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_markup_is_whole_and_strict(language: str) -> None:
    markup = sparqlpage.fragment(language, top="../", dump="dumps/a&b.nt.gz", quads="dumps/c.nq.gz")
    assert "$" not in markup
    assert 'data-dump="dumps/a&amp;b.nt.gz"' in markup
    assert 'src="../assets/sparql/sparql.js"' in markup
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|://", markup), "a strict policy allows none of these"
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert len(ids) == len(set(ids))
    for reference in re.findall(r'(?:for|aria-labelledby)="([^"]+)"', markup):
        assert reference in ids


def test_all_texts_are_german_and_english_and_keep_their_places() -> None:
    for table in tables().values():
        for key, texts in table.items():
            assert len(texts) == 2
            assert all(texts), key
            assert re.findall(r"\{\w+\}", texts[0]) == re.findall(r"\{\w+\}", texts[1])


def test_each_text_that_the_page_asks_for_is_there() -> None:
    asked: set[str] = set()
    for path in (WEB / "src").rglob("*.js"):
        asked |= set(re.findall(r"\bwords\.(\w+)", path.read_text(encoding="utf-8")))
    assert len(asked) > 20
    assert asked - {"phrases"} <= set(words("script", "en"))
    ids = set(re.findall(r'part\("([\w-]+)"\)', (WEB / "src/main.js").read_text(encoding="utf-8")))
    assert all(f'id="sparql-{name}"' in sparqlpage.fragment("de", top="", dump="", quads="") for name in ids)


def test_data_holds_questions_terms_and_texts(graph: Graph) -> None:
    written = sparqlpage.data(REAL, graph.store)
    assert written == sparqlpage.data(REAL, graph.store)
    data = json.loads(written)
    assert [question["name"] for question in data["questions"]] == [q.name for q in read_catalogue(REAL)]
    assert all(question["theme"] in data["themes"] for question in data["questions"])
    assert not any(question["sparql"].startswith("#") for question in data["questions"])
    terms = {term["name"]: term for term in data["terms"]}
    assert terms["bg:Alliance"] == {"name": "bg:Alliance", "kind": "class", "de": "Bündnis", "en": "alliance"}
    assert terms["org:memberOf"]["kind"] == "property"
    assert terms["role:member"]["kind"] == "constant"
    assert data["prefixes"]["bg"].endswith("ontology#")


def test_built_files_go_where_they_work(tmp_path: Path) -> None:
    assert sparqlpage.assets(Project(tmp_path)) is None
    for name in ("sparql.js", "sparql-worker.js", "sparql-sw.js"):
        (tmp_path / "web/dist").mkdir(parents=True, exist_ok=True)
        (tmp_path / "web/dist" / name).write_text(name, encoding="utf-8")
    assets = sparqlpage.assets(Project(tmp_path))
    assert assets == {
        "assets/sparql/sparql.js": b"sparql.js",
        "sparql-sw.js": b"sparql-sw.js",
        "sparql-worker.js": b"sparql-worker.js",
    }


def test_the_lock_pins_all_and_names_no_server() -> None:
    text = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in text
    packages = {name: package for name, package in json.loads(text)["packages"].items() if name}
    assert all(package["version"] and package["integrity"] for package in packages.values())
    manifest = json.loads((WEB / "package.json").read_text(encoding="utf-8"))
    for version in (manifest["dependencies"] | manifest["devDependencies"]).values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
