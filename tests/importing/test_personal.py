"""Personal data: recognised in columns and cells, left out, reported without its value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from buendnis_graph.importing.messages import say
from buendnis_graph.importing.show import as_json
from tests.importing.desk import do, names
from tests.mini import REAL, MiniProject

SECRETS = ["Muster", "muster@example.org", "0351", "4711", "Rosenweg", "Erika"]
COLUMNS = [
    ("Ansprechpartner*in", "Erika Muster"),
    ("Kontakt", "Erika Muster"),
    ("Vorstand", "Erika Muster"),
    ("E-Mail", "muster@example.org"),
    ("Telefon", "0351 4711 471"),
    ("Tel.", "0351/4711471"),
    ("Fax", "0351/4711471"),
    ("Straße", "Rosenweg 5"),
    ("Anschrift", "Rosenweg 5, 01099 Dresden"),
    ("PLZ", "01099"),
    ("Vorname", "Erika"),
    ("Contact person", "Erika Muster"),
    ("Phone", "0351 4711471"),
    ("Street address", "Rosenweg 5"),
    ("Postcode", "01099"),
    ("First name", "Erika"),
]


def everything(made: object) -> str:
    """All that an import writes and says."""
    from buendnis_graph.importing.plan import Plan

    assert isinstance(made, Plan)
    said = "".join(say(remark, language) for remark in made.remarks for language in ("de", "en"))
    files = "".join(f"{path}{text}" for path, text in made.files.items())
    return files + said + json.dumps(as_json(made, [], "de"), ensure_ascii=False)


@pytest.mark.parametrize(("column", "value"), COLUMNS, ids=[c for c, _ in COLUMNS])
def test_a_personal_column_is_left_out_and_named(mini: MiniProject, column: str, value: str) -> None:
    made = do(mini, f"Verein;{column};Ort\nA;{value};Leipzig\n")
    assert [r.detail for r in made.remarks if r.code == "personal-column"] == [column]
    assert names(made) == ["A"]
    assert [secret for secret in SECRETS if secret in everything(made)] == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Verein Alpha, muster@example.org", "name-email"),
        ("Verein Alpha muster (at) example.org", "name-email"),
        ("Verein Alpha Tel. 0351/4711471", "name-phone"),
        ("Verein Alpha +49 351 4711471", "name-phone"),
        ("Verein Alpha, Rosenweg 5", "name-street"),
        ("Verein Alpha, Muster Straße 5 b", "name-street"),
        ("Verein Alpha, 01099 Dresden", "name-street"),
        ("Verein Alpha (Ansprechpartnerin: Erika Muster)", "name-person"),
        ("Verein Alpha, Frau Muster", "name-person"),
        ("Frau Erika Muster", "person"),
        ("Dr. Erika Muster", "person"),
        ("Muster, Erika", "person"),
        ("Muster, Xyzzina", "person"),
        ("Erika Maria Muster", "person"),
        ("Maria Muster", "person"),
        ("Kirchner, Anna", "person"),
        ("Pfarrer Muster", "person"),
    ],
)
def test_a_name_that_holds_personal_data_is_refused_with_line_and_reason_only(
    mini: MiniProject, name: str, code: str
) -> None:
    made = do(mini, f'Verein;Ort\nA;Leipzig\n"{name}";\n')
    assert [(r.code, r.line, r.detail) for r in made.remarks if r.line == 3] == [(code, 3, "")]
    assert [secret for secret in [*SECRETS, "Kirchner", "Xyzzina"] if secret in everything(made)] == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("A;Mitglied (muster@example.org);;", "cell-email"),
        ("A;;Rosenweg 5, 01099 Dresden;", "cell-street"),
        ("A;Erika, Muster;;", "cell-person"),
        ("A;Frau Muster;;", "cell-person"),
        ("A;;0351/4711471;", "cell-phone"),
        ("A;;;mailto:muster@example.org", "cell-email"),
        ("A;;;https://muster:pw@example.org/", "cell-email"),
    ],
)
def test_a_cell_that_holds_personal_data_is_left_out(mini: MiniProject, cells: str, code: str) -> None:
    made = do(mini, f"Verein;Rolle;Ort;Website\n{cells}\n")
    assert [(r.code, r.line) for r in made.remarks if r.line == 2] == [(code, 2)]
    assert names(made) == ["A"]
    assert [secret for secret in SECRETS if secret in everything(made)] == []


def test_a_column_of_names_beside_one_of_organisations_is_of_persons(mini: MiniProject) -> None:
    made = do(mini, "Verein;Name;Vorname\nA;Muster;Erika\n")
    assert sorted(r.detail for r in made.remarks if r.code == "personal-column") == ["Name", "Vorname"]


def test_without_a_header_only_names_are_taken(mini: MiniProject) -> None:
    made = do(
        mini, "Verein Alpha e.V.;Erika Muster;muster@example.org\nBeta Stiftung;Erika Muster;muster@example.org\n"
    )
    assert names(made) == ["Verein Alpha e.V.", "Beta Stiftung"]
    assert [secret for secret in SECRETS if secret in everything(made)] == []


def test_a_postcode_before_a_place_is_dropped(mini: MiniProject) -> None:
    made = do(mini, "Verein;PLZ Ort\nA;01099 Dresden\n")
    assert made.outcomes[0].row.place == "Dresden"
    assert "01099" not in everything(made)


def test_a_note_is_never_kept(mini: MiniProject) -> None:
    made = do(mini, "Verein;Bemerkung\nA;Erika Muster war dabei\n")
    assert "Muster" not in everything(made)
    assert [r.code for r in made.remarks if "Bemerkung" in r.detail] == ["note-not-kept"]


def test_no_name_of_our_own_data_is_taken_for_a_person_or_an_address() -> None:
    """Precision on what we have: each refusal would be a member lost."""
    import re

    from buendnis_graph.importing.personal import personal_reason
    from buendnis_graph.importing.words import looks_like_person

    found = set()
    for path in Path(REAL.data / "sources").rglob("*.trig"):
        found |= set(re.findall(r'bg:listedName "((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8")))
    assert len(found) > 100
    assert [name for name in found if personal_reason(name) or looks_like_person(name)] == []
