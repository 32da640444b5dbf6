"""Reports in every form: what they say, that standards hold, that other tools read the same results."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SH

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.validate import Data, Fast, Finding, PyShacl, Shapes, findings, render, validate_files
from buendnis_graph.validate.anydata import AnyData
from buendnis_graph.validate.constraints import COMPONENTS
from buendnis_graph.validate.notes import Note, about
from buendnis_graph.validate.report import as_json, as_sarif, as_turtle
from buendnis_graph.validate.report.words import defaults
from tests.mini import MiniProject

HEAD = "@prefix : <http://example.org/> .\n" + "".join(
    f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("rdf", "rdfs", "sh", "xsd")
)
DATA = """
:anna a :Person ; rdfs:label "Anne"@fr , "Anna"@de ;
  :age 200 ;
  :knows "nobody" , :bert .
:bert a :Person ; :age "01"^^xsd:integer ; :knows :anna .
"""
SHAPES = """
:Person-shape a sh:NodeShape ; sh:targetClass :Person ; sh:property :age-shape , :knows-shape , :far-shape ; sh:sparql :old .
:age-shape sh:path :age ; sh:minCount 1 ; sh:maxInclusive 150 ; sh:pattern "^[1-9]" .
:knows-shape sh:path :knows ; sh:class :Person ; sh:severity sh:Warning ;
  sh:message "Kenne Personen."@de , "Know persons."@en .
:far-shape sh:path ( [ sh:zeroOrMorePath :knows ] [ sh:alternativePath ( :x [ sh:inversePath :y ] ) ] ) ;
  sh:minCount 2 ; sh:severity sh:Info .
:old sh:select "SELECT $this ?value WHERE { $this <http://example.org/age> ?value FILTER(?value > 199) }" ;
  sh:message "{?value} is too old"@en .
"""


def check(folder: Path, data: str = DATA, shapes: str = SHAPES, language: str = "en") -> list[Finding]:
    """Return the findings for data and shapes in files ``data.ttl`` and ``shapes.ttl``."""
    (folder / "data.ttl").write_text(HEAD + data, encoding="utf-8")
    (folder / "shapes.ttl").write_text(HEAD + shapes, encoding="utf-8")
    read, wanted = AnyData.read([folder / "data.ttl"]), Shapes(AnyData.read([folder / "shapes.ttl"]).triples)
    return findings(Fast().validate(Data(read.triples), wanted), read, language, wanted)


def line_of(folder: Path, text: str) -> int:
    lines = (folder / "data.ttl").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_findings_say_where_what_and_of_which_thing(tmp_path: Path) -> None:
    found = check(tmp_path, language="de")
    assert [(f.severity, f.focus, f.predicate, f.value, f.shape) for f in found] == [
        ("Violation", ":anna", "", "200", ":old"),
        ("Violation", ":anna", ":age", "200", ":age-shape"),
        ("Violation", ":bert", ":age", "01", ":age-shape"),
        ("Warning", ":anna", ":knows", "nobody", ":knows-shape"),
        ("Info", ":anna", "((:knows)*/(:x | ^:y))", "", ":far-shape"),
        ("Info", ":bert", "((:knows)*/(:x | ^:y))", "", ":far-shape"),
    ]
    lines = [line_of(tmp_path, text) for text in (":age 200", ":age 200", ":bert a", "nobody", "nobody", ":bert a")]
    assert [f.line for f in found] == lines
    assert {f.path for f in found} == {str(tmp_path / "data.ttl")}
    assert {f.label for f in found if f.focus == ":anna"} == {"Anna"}
    assert {f.label for f in check(tmp_path, language="fr") if f.focus == ":anna"} == {"Anne"}


def test_a_missing_language_gets_what_there_is_and_a_missing_message_the_default(tmp_path: Path) -> None:
    said = [finding.messages for finding in check(tmp_path)]
    assert said[0] == {"de": "200 is too old", "en": "200 is too old"}
    assert said[1] == {"de": "Der Wert darf höchstens 150 sein.", "en": "The value must be at most 150."}
    assert said[2]["en"] == "The value must match the pattern ^[1-9]."
    assert said[3] == {"de": "Kenne Personen.", "en": "Know persons."}
    assert said[4]["de"] == "Zu wenige Werte: mindestens 2 nötig. Fehlende ergänzen."


def test_every_kind_of_constraint_has_a_default_in_both_languages() -> None:
    assert set(defaults()) == {f"{name}ConstraintComponent" for name in COMPONENTS.values()}
    assert {frozenset(texts) for texts in defaults().values()} == {frozenset(("de", "en"))}
    for component, texts in defaults().items():
        marks = [set(re.findall(r"\{(\w+)\}", text)) for text in texts.values()]
        assert marks[0] == marks[1], component
        assert marks[0] <= set(COMPONENTS) | {"qualifiedValueShape"}


def test_long_lists_in_default_messages_are_cut(tmp_path: Path) -> None:
    names = " ".join(f":v{number}" for number in range(50))
    shapes = f":s sh:targetNode :anna ; sh:in ( {names} ) ."
    (found,) = check(tmp_path, shapes=shapes)
    assert found.message.startswith("The value must be one of: http://example.org/v0, ")
    assert found.message.endswith(", http://example.org/v11, ….")


TEXT = """Anna (:anna)
  data.ttl:8: error: 200 is too old
      200  [:old]
  data.ttl:8: error: The value must be at most 150.
      :age 200  [:age-shape]
  data.ttl:9: warning: Know persons.
      :knows nobody  [:knows-shape]

:bert
  data.ttl:10: error: The value must match the pattern ^[1-9].
      :age 01  [:age-shape]

4 findings: 3 errors, 1 warning.
Not shown: 2 notes (--severity info)."""


def test_the_text_is_grouped_by_thing(tmp_path: Path) -> None:
    found = check(tmp_path)
    assert render(found, "en", least="Warning").replace(f"{tmp_path}/", "") == TEXT
    german = render(check(tmp_path, language="de"), "de", least="Violation")
    assert "Fehler: Der Wert darf höchstens 150 sein." in german
    assert german.endswith("3 Beanstandungen: 3 Fehler.\nNicht gezeigt: 1 Warnung, 2 Hinweise (--severity info).")
    assert render([], "de") == "Keine Beanstandung."
    assert "\x1b[" not in render(found, "en")
    assert "\x1b[31m\x1b[1merror\x1b[0m: " in render(found, "en", colour=True)


def test_many_equal_findings_are_counted_and_the_limit_says_how_many_more(tmp_path: Path) -> None:
    people = "".join(f":p{number} a :Person ; :knows :p{number} .\n" for number in range(1500))
    found = check(tmp_path, data=people)
    text = render(found, "en", least="Warning")
    assert text.count("error: Too few values") == 5
    assert "… and 1,495 more of this kind:\n    Too few values" in text
    assert text.endswith("1,500 findings: 1,500 errors.\nNot shown: 1,500 notes (--severity info).")
    assert render(found, "en", least="Warning", limit=0).count("error: Too few values") == 1500
    assert "… and 3 more; --limit" in render(found, "en", least="Warning", limit=2)
    assert "1.495 weitere dieser Art" in render(found, "de")


def test_untrusted_text_does_not_steer_the_terminal(tmp_path: Path) -> None:
    data = ':anna a :Person ; rdfs:label "A\\u001B[31m\\u202E\\nB"@en ; :age 1 ; :knows "\\u001B]0;x\\u0007" , "é" .'
    text = render(check(tmp_path, data=data), "en")
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "A�[31m� B (:anna)" in text
    assert ":knows é" in text


def test_a_severity_of_ones_own_is_shown_as_a_warning_and_does_not_block(tmp_path: Path) -> None:
    (found,) = check(tmp_path, shapes=":s sh:targetNode :anna ; sh:nodeKind sh:Literal ; sh:severity :Grave .")
    assert not found.is_violation
    assert "http://example.org/Grave: " in render([found], "en", least="Warning")
    assert json.loads(as_json([found], "fast"))["summary"]["others"] == 1
    assert json.loads(as_sarif([found], "fast"))["runs"][0]["results"][0]["level"] == "warning"


def test_json_gives_full_names_and_both_languages(tmp_path: Path) -> None:
    report = json.loads(as_json(check(tmp_path), "fast"))
    assert report["conforms"] is False
    assert report["summary"] == {"results": 6, "violations": 3, "warnings": 1, "infos": 2, "others": 0}
    assert report["results"][3] == {
        "severity": "http://www.w3.org/ns/shacl#Warning",
        "focus": "http://example.org/anna",
        "label": "Anna",
        "path": "http://example.org/knows",
        "value": {"type": "literal", "value": "nobody"},
        "component": "http://www.w3.org/ns/shacl#ClassConstraintComponent",
        "shape": "http://example.org/knows-shape",
        "constraint": None,
        "source": None,
        "file": str(tmp_path / "data.ttl"),
        "line": line_of(tmp_path, "nobody"),
        "related": [],
        "message": {"de": "Kenne Personen.", "en": "Know persons."},
    }
    assert report["results"][0]["constraint"] == "http://example.org/old"
    assert report["results"][0]["value"]["datatype"] == "http://www.w3.org/2001/XMLSchema#integer"
    assert json.loads(as_json([], "fast"))["conforms"] is True


SARIF: dict[str, tuple[set[str], dict[str, str]]] = {
    "log": ({"version", "runs"}, {"$schema": "text", "version": "text", "runs": "[run"}),
    "run": (
        {"tool"},
        {"tool": "tool", "results": "[result", "columnKind": "text", "invocations": "[invocation", "properties": "any"},
    ),
    "tool": ({"driver"}, {"driver": "driver"}),
    "driver": (
        {"name"},
        {
            "name": "text",
            "semanticVersion": "text",
            "informationUri": "text",
            "rules": "[rule",
            "notifications": "[rule",
        },
    ),
    "invocation": ({"executionSuccessful"}, {"executionSuccessful": "truth", "toolExecutionNotifications": "[told"}),
    "told": ({"message"}, {"descriptor": "reference", "level": "text", "message": "message"}),
    "reference": (set(), {"id": "text", "index": "number"}),
    "rule": (
        {"id"},
        {
            "id": "text",
            "shortDescription": "message",
            "fullDescription": "message",
            "help": "message",
            "helpUri": "text",
            "defaultConfiguration": "configuration",
        },
    ),
    "configuration": (set(), {"level": "text"}),
    "message": ({"text"}, {"text": "text"}),
    "result": (
        {"message"},
        {
            "ruleId": "text",
            "ruleIndex": "number",
            "level": "text",
            "message": "message",
            "locations": "[location",
            "relatedLocations": "[location",
            "partialFingerprints": "any",
            "properties": "any",
        },
    ),
    "location": (set(), {"physicalLocation": "place", "logicalLocations": "[name"}),
    "name": (set(), {"fullyQualifiedName": "text"}),
    "place": ({"artifactLocation"}, {"artifactLocation": "artifact", "region": "region"}),
    "artifact": (set(), {"uri": "text"}),
    "region": (set(), {"startLine": "number"}),
}
"""What the published schema requires and allows of the objects that are used here (it allows nothing else)."""


def conforms_to_sarif(value: Any, kind: str) -> None:
    if kind.startswith("["):
        assert isinstance(value, list)
        for member in value:
            conforms_to_sarif(member, kind[1:])
    elif kind == "text":
        assert isinstance(value, str)
        assert value
    elif kind == "number":
        assert isinstance(value, int)
        assert value >= 0
    elif kind == "truth":
        assert isinstance(value, bool)
    elif kind == "any":
        assert isinstance(value, dict)
    else:
        required, allowed = SARIF[kind]
        assert required <= set(value) <= set(allowed), kind
        for name, inner in value.items():
            conforms_to_sarif(inner, allowed[name])


def test_sarif_is_what_the_schema_asks_for(tmp_path: Path) -> None:
    log = json.loads(as_sarif(check(tmp_path), "fast"))
    conforms_to_sarif(log, "log")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({result["ruleId"] for result in run["results"]})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert unquote(place["artifactLocation"]["uri"]) == f"file://{tmp_path}/data.ttl"
    assert Counter(result["level"] for result in run["results"]) == {"error": 3, "warning": 1, "note": 2}
    knows = next(rule for rule in rules if rule["id"].endswith("knows-shape"))
    assert knows["fullDescription"]["text"] == "de: Kenne Personen.\nen: Know persons."
    assert knows["helpUri"] == "http://example.org/knows-shape"


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_form_says_what_was_not_checked(tmp_path: Path, language: str) -> None:
    notes = [Note("no-target", ("s.ttl",)), about("unread", ["b", "a", "b", "c", "d"])]
    found = check(tmp_path)
    log = json.loads(as_sarif(found, "fast", notes=notes, language=language))
    conforms_to_sarif(log, "log")
    (run,) = log["runs"]
    told = run["invocations"][0]["toolExecutionNotifications"]
    assert [one["message"]["text"] for one in told] == [note.text(language) for note in notes]
    for one in told:
        assert run["tool"]["driver"]["notifications"][one["descriptor"]["index"]]["id"] == one["descriptor"]["id"]
    report = json.loads(as_json(found, "fast", notes))
    assert [note["message"][language] for note in report["notes"]] == [note.text(language) for note in notes]
    assert render(found, language, notes=notes).startswith(
        f"{notes[0].text(language)}\n\n{notes[1].text(language)}\n\n"
    )
    assert "a, b, c, … +1" in notes[1].text(language)
    graph, plain = (rdflib.Graph().parse(data=as_turtle(found, given), format="turtle") for given in (notes, []))
    root, other = (g.value(None, RDF.type, SH.ValidationReport) for g in (graph, plain))
    assert {str(text) for text in graph.objects(root, RDFS.comment)} == {t for n in notes for t in n.texts.values()}
    assert len(list(graph.objects(root, SH.result))) == len(list(plain.objects(other, SH.result))) == len(found)


def test_sarif_names_files_of_the_project_relatively_and_knows_findings_again_when_lines_move(
    mini: MiniProject,
) -> None:
    def results(before: str) -> list[Any]:
        mini.source("bad", f"{before}id:a bg:legalForm state:unknown , state:ended .")
        corpus = mini.corpus(checked=False)
        found = findings(validate_files(corpus, mini, Fast()), corpus, "en")
        return json.loads(as_sarif(found, "fast"))["runs"][0]["results"]  # type: ignore[no-any-return]

    first, moved = results(""), results("\n\n\n")
    places = [[r["locations"][0]["physicalLocation"] for r in found] for found in (first, moved)]
    assert {p["artifactLocation"]["uri"] for p in places[0]} == {"data/sources/example.org/bad/2026-11-22.trig"}
    assert [p["region"]["startLine"] + 3 for p in places[0]] == [p["region"]["startLine"] for p in places[1]]
    prints = [{r["partialFingerprints"]["finding/v1"] for r in found} for found in (first, moved)]
    assert prints[0] == prints[1]
    assert len(prints[0]) == len(first) > 1


def five(graph: rdflib.Graph) -> Counter[tuple[str, ...]]:
    """Return what every result of a report says: focus, path, value, component, severity, source shape, constraint."""
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    properties = (SH.focusNode, SH.value, SH.sourceConstraintComponent, SH.resultSeverity, SH.sourceConstraint)

    def path(node: Any) -> str:
        if not isinstance(node, rdflib.BNode):
            return str(node)
        return "(" + " ".join(sorted(f"{p} {path(o)}" for p, o in graph.predicate_objects(node))) + ")"

    return Counter(
        (path(graph.value(result, SH.resultPath)), *(repr(graph.value(result, p)) for p in properties))
        for result in graph.objects(report, SH.result)
    )


@pytest.fixture
def _literals_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)


@pytest.mark.usefixtures("_literals_as_written")
def test_the_w3c_report_says_the_same_as_pyshacls_own(tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(data=as_turtle(check(tmp_path)), format="turtle")
    _, theirs, _ = pyshacl.validate(
        rdflib.Graph().parse(tmp_path / "data.ttl"), shacl_graph=rdflib.Graph().parse(tmp_path / "shapes.ttl")
    )
    assert five(graph) == five(theirs)
    assert {type(n) for n in graph.objects(None, SH.result)} == {rdflib.URIRef}
    assert [str(value) for value in graph.objects(None, SH.conforms)] == ["false"]
    shapes = {str(shape).rpartition("/")[2] for shape in graph.objects(None, SH.sourceShape)}
    assert shapes == {"Person-shape", "age-shape", "knows-shape", "far-shape"}
    assert {str(m.language) for m in graph.objects(None, SH.resultMessage)} == {"de", "en"}  # type: ignore[attr-defined]


def test_the_w3c_report_has_no_blank_nodes_but_those_of_data_and_paths(tmp_path: Path) -> None:
    simple = ":s a sh:NodeShape ; sh:targetClass :Person ; sh:property [ sh:path :age ; sh:minCount 2 ] ."
    triples = list(ox.parse(as_turtle(check(tmp_path, shapes=simple)), format=ox.RdfFormat.TURTLE))
    assert not [t for t in triples if isinstance(t.subject, ox.BlankNode) or isinstance(t.object, ox.BlankNode)]
    blank = as_turtle(check(tmp_path, data="[] a :Person .", shapes=simple))
    foci = [
        t.object for t in ox.parse(blank, format=ox.RdfFormat.TURTLE) if t.predicate.value == SH.focusNode.toPython()
    ]
    assert [type(focus) for focus in foci] == [ox.BlankNode]


def test_the_same_findings_give_the_same_report_and_others_another(tmp_path: Path) -> None:
    assert as_turtle(check(tmp_path)) == as_turtle(check(tmp_path))
    assert as_turtle(check(tmp_path)) != as_turtle(check(tmp_path)[1:])
    assert len(list(ox.parse(as_turtle([]), format=ox.RdfFormat.TURTLE))) == 2


def test_pyshacl_gives_the_same_messages_as_the_fast_engine(tmp_path: Path) -> None:
    fast = check(tmp_path)
    data, shapes = AnyData.read([tmp_path / "data.ttl"]), Shapes(AnyData.read([tmp_path / "shapes.ttl"]).triples)
    slow = findings(PyShacl().validate(Data(data.triples), shapes), data, "en", shapes)
    assert [(f.result.key, f.path, f.line) for f in slow] == [(f.result.key, f.path, f.line) for f in fast]
    plain = [f for f in fast if f.component != "SPARQLConstraintComponent"]
    assert [f.messages for f in slow if f.component != "SPARQLConstraintComponent"] == [f.messages for f in plain]


def test_german_calls_a_shape_a_shape() -> None:
    texts = [text["de"] for text in defaults().values()]
    assert any("Shape" in text for text in texts)
    assert not [text for text in texts if re.search(r"\bForm(en)?\b", text)]
