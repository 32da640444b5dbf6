"""The table of constraints: docs/shapes.md is what it says, and every constraint is in it."""

from __future__ import annotations

import json

from click.testing import CliRunner

from buendnis_graph.cli import cli
from buendnis_graph.cli import shapes as verb
from buendnis_graph.namespaces import expand, shorten
from buendnis_graph.validate import LAYERS, Shapes
from buendnis_graph.validate.constraints import constraints
from buendnis_graph.validate.table import ABOUT, as_markdown, as_text, rows
from tests.mini import REAL
from tests.validate.cases import read, shapes_of


def _shapes(text: str) -> Shapes:
    return Shapes(quad.triple for quad in read(text))


def test_the_page_in_docs_is_the_table() -> None:
    """If this fails: buendnis shapes --markdown > docs/shapes.md."""
    assert (REAL.root / "docs" / "shapes.md").read_text(encoding="utf-8") == as_markdown(rows(REAL))


def test_every_constraint_of_every_layer_is_listed_once() -> None:
    listed = [row.name for row in rows(REAL)]
    demanded = {shorten(constraint.shape) for layer in LAYERS for constraint in constraints(shapes_of(layer))}
    assert len(listed) == len(set(listed))
    assert set(listed) == demanded
    assert set(ABOUT) == set(LAYERS) == set(verb._LAYERS)


def test_violations_come_first() -> None:
    severities = [row.severity for row in rows(REAL, ["graph"])]
    assert severities == sorted(severities, key=["Violation", "Warning", "Info"].index)
    assert len(set(severities)) == 3


def test_it_speaks_the_readers_language_and_shows_no_variables() -> None:
    german, english = (as_text(rows(REAL, ["registry"]), language) for language in ("de", "en"))
    assert "Der Eintrag … ist in einem anderen aufgegangen: schreibe …." in german
    assert "The entry … was merged into another one: write …." in english
    assert "{?" not in german + english


def test_the_verb_lists_one_layer_as_json() -> None:
    done = CliRunner().invoke(cli, ["--root", str(REAL.root), "shapes", "--layer", "publication", "--json"])
    found = json.loads(done.output)
    assert {row["layer"] for row in found} == {"publication"}
    assert all(set(row["messages"]) == {"de", "en"} and row["demands"] for row in found)


def test_demands_are_told_in_shacls_words() -> None:
    shapes = _shapes(
        """
        shape:a a sh:NodeShape ; sh:targetClass bg:Grant ; sh:targetSubjectsOf bg:amount ; sh:property shape:b , shape:c ;
          sh:closed false ; sh:severity sh:Warning ; sh:message "x"@de ;
          sh:or ( [ sh:property [ sh:path bg:programme ; sh:minCount 1 ] ] [ sh:class bg:Grant ] ) .
        shape:b sh:path [ sh:inversePath bg:recipient ] ; sh:in ( id:a id:b ) .
        shape:c sh:path bg:amount ; sh:qualifiedValueShape [ sh:languageIn ( "de" ) ] ; sh:qualifiedMinCount 1 .
        """
    )
    told = {(shorten(c.shape), c.component): (c.demand, c.severity, c.explicit) for c in constraints(shapes)}
    assert told == {
        ("shape:a", "Or"): ("or (bg:programme: minCount 1, class bg:Grant)", "Warning", True),
        ("shape:b", "In"): ("in (id:a, id:b)", "Violation", False),
        ("shape:c", "QualifiedMinCount"): ("qualifiedMinCount 1 of languageIn (de)", "Violation", False),
    }
    assert {c.targets for c in constraints(shapes)} == {("bg:Grant", "subjects of bg:amount")}
    assert str(next(c.path for c in constraints(shapes) if c.component == "In")) == f"^{expand('bg:recipient')}"
