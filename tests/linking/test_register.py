"""The register of associations: certain links are accepted, others wait, and its licence stays visible."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from buendnis_graph.cli import cli
from buendnis_graph.errors import ReadError
from buendnis_graph.evidence import read_file
from buendnis_graph.linking.register import COLUMNS, propose, read_register
from buendnis_graph.linking.register_files import link_file
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.resolving import Entry
from buendnis_graph.validate import Fast, validate_files
from tests.mini import MiniProject, ask

ROWS = [
    ("A_VR1", "Ausländerrat Dresden e.V.", "Dresden", "currently registered", "Dresden VR 1"),
    ("A_VR2", "Bunter Treff e.V.", "Leipzig", "currently registered", "Leipzig VR 2"),
    ("A_VR3", "Bunter Treff e.V.", "Zwickau", "currently registered", "Zwickau früher Chemnitz VR 3"),
    ("A_VR4", "Initiative Altes Haus e.V.", "Dresden", "removed", "Dresden VR 4"),
    ("A_VR5", "Landesarbeitskreis Mobile Jugendarbeit Sachsen", "Chemnitz", "currently registered", "Chemnitz VR 5"),
    ("A_VR6", "Verein am Meer", "Kiel", "currently registered", "Kiel VR 53 SÖ"),
]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *ROWS])
    return path


def _body(slug: str, name: str, place: str = "", form: str = "ev") -> Entry:
    return Entry(f"{BASE}id/{slug}", (name,), frozenset({place} if place else ()), legal_forms=frozenset({form}))


@pytest.mark.parametrize(
    ("body", "number", "certain"),
    [
        (_body("a", "Ausländerrat Dresden", "Dresden"), "A_VR1", True),
        (_body("a", "Auslaenderrat Dresden e. V.", "Görlitz"), None, None),
        (_body("a", "Bunter Treff", "Leipzig"), "A_VR2", True),
        (_body("a", "Bunter Treff"), "A_VR2", False),
        (_body("a", "Initiative Altes Haus", "Dresden"), "A_VR4", False),
        (_body("a", "Landesarbeitskreis Mobile Jugendarbeit Sachsen"), "A_VR5", True),
        (_body("a", "Ausländerrat Dresden", "Dresden", form="ggmbh"), None, None),
        (_body("a", "Verein der Freunde", "Dresden"), None, None),
    ],
)
def test_what_is_proposed_and_what_is_certain(
    register: Path, body: Entry, number: str | None, certain: bool | None
) -> None:
    proposals = propose([body], read_register(register))
    assert [(p.registered.number, p.is_certain) for p in proposals] == ([] if number is None else [(number, certain)])


def test_court_and_number_are_told_apart(register: Path) -> None:
    found = {r.number: (r.court, r.court_number) for r in read_register(register)}
    assert found["A_VR3"] == ("Zwickau früher Chemnitz", "VR 3")
    assert found["A_VR6"] == ("Kiel", "VR 53 SÖ"), "a number with the letters of its district"


def test_links_are_valid_have_their_own_graph_and_licence(mini: MiniProject, register: Path) -> None:
    mini.write("data/registry/rat.ttl", 'id:rat a org:Organization ; skos:prefLabel "Ausländerrat Dresden"@de .\n')
    bodies = [_body("rat", "Ausländerrat Dresden", "Dresden"), _body("b", "Bunter Treff")]
    mini.write("data/links/register.ttl", "")
    text = link_file(propose(bodies, read_register(register)), "2026-11-25")
    (mini.data / "links" / "register.ttl").write_text(text, encoding="utf-8")
    assert "CC BY 4.0" in text.splitlines()[0]
    assert validate_files(mini.corpus(), mini, Fast()) == []
    store = mini.derived()
    assert ask(store, f"id:rat schema:sameAs <{BASE}register/A_VR1> . <{BASE}register/A_VR1> bg:registerNumber 'VR 1'")
    assert not ask(store, f"id:b schema:sameAs <{BASE}register/A_VR2>"), "unsure is not accepted"
    graphs = {q.graph_name for q in store.quads_for_pattern(None, expand("bg:registerNumber"), None, None)}
    assert ox.NamedNode(f"{BASE}graph/register-links") in graphs
    assert ox.NamedNode(f"{BASE}graph/links") not in graphs


def test_running_it_again_changes_nothing(mini: MiniProject, register: Path) -> None:
    mini.write(
        "data/registry/rat.ttl",
        'id:rat a org:Organization ; skos:prefLabel "Landesarbeitskreis Mobile Jugendarbeit Sachsen"@de .\n',
    )
    mini.source("p", "id:rat bg:legalForm legal-form:ev .")
    command = ["--root", str(mini.root), "register", str(register), "--date", "2026-11-25"]
    first = CliRunner().invoke(cli, command)
    assert "1 certain, 0 to be looked at." in first.output
    before = (mini.data / "links" / "register.ttl").read_bytes()
    CliRunner().invoke(cli, command)
    assert (mini.data / "links" / "register.ttl").read_bytes() == before


def test_what_a_person_has_judged_stays(mini: MiniProject, register: Path) -> None:
    """Also if the machine would say otherwise; and a judgement that is the same keeps its day."""
    mini.write("data/registry/rat.ttl", 'id:rat a org:Organization ; skos:prefLabel "Ausländerrat Dresden"@de .\n')
    proposals = propose([_body("rat", "Ausländerrat Dresden", "Dresden")], read_register(register))
    path = mini.data / "links" / "register.ttl"
    path.parent.mkdir(exist_ok=True)

    def again(text: str, date: str) -> str:
        path.write_text(text, encoding="utf-8")
        return link_file(proposals, date, [item.quad for item in read_file(path)])

    first = link_file(proposals, "2026-11-25")
    assert again(first, "2026-12-01") == first
    judged = first.replace("judgement:same ;", "judgement:not-same ;").replace(
        "semapv:LexicalMatching", "semapv:ManualMappingCuration"
    )
    assert judged != first
    assert again(judged, "2026-12-01") == judged


def test_a_dry_run_writes_nothing(mini: MiniProject, register: Path) -> None:
    CliRunner().invoke(cli, ["--root", str(mini.root), "register", str(register), "--dry-run"])
    assert not (mini.data / "links").exists()


@pytest.mark.parametrize("content", [b"name,office\nA,B\n", b"\xff\xfe\x00"])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(ReadError):
        list(read_register(path))
