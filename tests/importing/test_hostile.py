"""Hostile and broken lists: a clear message, and not a byte is written."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable

import pytest

from buendnis_graph.errors import BuendnisError, LimitError, ListError
from buendnis_graph.importing.model import Limits, Selection
from buendnis_graph.importing.read import read_table
from tests.importing.desk import codes, do, names, ods, ods_cell, packed, plan, state, xlsx
from tests.mini import MiniProject

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet(body: str) -> bytes:
    return xlsx([], sheet=f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'.encode())


def bomb() -> bytes:
    """300 MB of zeros in a third of a megabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(1024 * 1024))
    return out.getvalue()


def shared_text_bomb() -> bytes:
    """One text of 10,000 letters that 60,000 cells name: 600 MB of cells in a few hundred kilobytes."""
    texts = f'<sst xmlns="{MAIN}"><si><t>{"x" * 10_000}</t></si></sst>'
    rows = "".join("<row>" + '<c t="s"><v>0</v></c>' * 60 + "</row>" for _ in range(1_000))
    part = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
    return xlsx([], sheet=part, extra={"xl/sharedStrings.xml": texts.encode()})


def repeated(rows: int, columns: int, text: str) -> bytes:
    cell = ods_cell(text, f'table:number-columns-repeated="{columns}"')
    return ods(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>')


TOO_MUCH: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "100,000 rows": ("list.csv", lambda: b"Verein\n" + b"Ein Verein e.V.\n" * 100_000, "more than 20,000 rows"),
    "100,000 lines": ("list.txt", lambda: b"Ein Verein e.V.\n" * 100_000, "more than 20,000 rows"),
    "a row of 10 MB": ("list.csv", lambda: b"Verein\n" + b"x" * 10_000_000 + b"\n", "cell of more than"),
    "an open quote": ("list.csv", lambda: b'Verein\n"' + b"x\n" * 9_000, "can't be cut into cells"),
    "10,000 cells in a row": ("list.csv", lambda: b"Verein" + b";x" * 10_000, "10001 cells"),
    "a file of 50 MB": ("list.html", lambda: b"<html>" + b"<p>x</p>" * (50 * 1024 * 1024 // 8), "larger than 20 MiB"),
    "a page nested 100,000 deep": ("list.html", lambda: b"<html>" + b"<div>" * 100_000 + b"Verein", "nested more than"),
    "a zip bomb": ("list.xlsx", bomb, "unpacks to more than"),
    "a cell in the last corner": (
        "list.xlsx",
        lambda: sheet(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>Verein</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
        "more than 20,000 rows",
    ),
    "a cell far to the right": (
        "list.xlsx",
        lambda: sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        "column 16384",
    ),
    "the corner, spelt with entities": (
        "list.xlsx",
        lambda: sheet('<row r="1"><c r="&#88;FD1"><v>1</v></c></row>'),
        "column 16384",
    ),
    "one text a million times": ("list.xlsx", shared_text_bomb, "MiB of text"),
    "a row repeated a million times": ("list.ods", lambda: repeated(1_000_000, 1, "Verein"), "more than 20,000 rows"),
    "a long text repeated": ("list.ods", lambda: repeated(15_000, 150, "x" * 5_000), "MiB of text"),
}
"""A file's name, what makes its content when it is needed, and what is said of it."""


@pytest.mark.parametrize(("name", "make", "says"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_is_refused_quickly_and_nothing_is_written(
    mini: MiniProject, name: str, make: Callable[[], bytes], says: str
) -> None:
    content = make()
    before, began = state(mini.root), time.monotonic()
    with pytest.raises((LimitError, ListError), match=says) as caught:
        do(mini, content, name)
    assert time.monotonic() - began < 10
    assert caught.value.message
    assert state(mini.root) == before


def test_a_list_whose_files_could_not_be_read_again_is_refused(
    mini: MiniProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(mini.root)
    monkeypatch.setattr("buendnis_graph.importing.plan.MAX_FILE_BYTES", 1024 * 1024)  # a tenth, by a tenth of the rows
    with pytest.raises(LimitError, match="would become larger than 1 MiB"):
        do(mini, "Verein\n" + "".join(f"N{n} {'Verein ' * 40}e.V.\n" for n in range(1_500)))
    assert state(mini.root) == before


def test_a_bomb_of_many_small_parts_is_known_by_its_ratio() -> None:
    content = packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": bytes(5_000_000)})
    with pytest.raises(LimitError, match="zip bomb"):
        read_table(content, "list.xlsx", Selection(), Limits())


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04garbage", packed({"xl/workbook.xml": b"<workbook>"}), packed({"a.txt": b"hello"})]
)
def test_a_damaged_spreadsheet_is_refused(content: bytes) -> None:
    with pytest.raises(ListError):
        read_table(content, "list.xlsx", Selection(), Limits())


def test_an_entity_bomb_in_a_spreadsheet_is_refused() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    part = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]><worksheet xmlns="{MAIN}"><sheetData><row><c><v>&e11;</v></c></row></sheetData></worksheet>'
    with pytest.raises(BuendnisError):
        read_table(xlsx([], sheet=part.encode()), "list.xlsx", Selection(), Limits())


REFUSED = {
    "=cmd|' /C calc'!A0": "formula",
    "+49 Verein": "formula",
    "@SUM(A1)": "formula",
    "-2+3": "formula",
    "<script>alert(1)</script> Verein": "markup",
    "Verein <b>Fett</b>": "markup",
    "Verein&#x3C;img": "markup",
    "Verein\x1b[31mrot": "control",
    "Verein\u202eliforp": "control",
    "Ver\ufffdin": "damaged",
    "Verein " + "x" * 400: "too-long",
    "---": "formula",
    "…": "no-name",
}


@pytest.mark.parametrize(
    ("name", "code"), REFUSED.items(), ids=[f"{code}-{i}" for i, code in enumerate(REFUSED.values())]
)
def test_a_name_that_is_a_trap_is_refused_with_its_line(mini: MiniProject, name: str, code: str) -> None:
    quoted = name.replace('"', '""')
    made = plan(mini, f'Verein;Ort\nA;Leipzig\n"{quoted}";Leipzig\nB;Dresden\n')
    assert names(made) == ["A", "B"]
    assert [(r.code, r.line) for r in made.remarks if r.code == code] == [(code, 3)]
    assert made.counts()["refused"] == 1
    assert name not in "".join(text or "" for text in made.files.values())


def test_traps_in_other_cells_are_left_out(mini: MiniProject) -> None:
    made = do(
        mini, 'Verein;Rolle;Ort;Web\nA;=1+1;"@x";javascript:alert(1)\nB;Mitglied;"Leip\x07zig";https://b.example/<x>\n'
    )
    text = "".join(text or "" for text in made.files.values())
    assert {"cell-formula", "cell-control", "no-website"} <= codes(made)
    assert "=1+1" not in text
    assert "javascript" not in text
    assert "<x>" not in text


def test_merged_title_rows_and_headers_are_found(mini: MiniProject) -> None:
    rows = [
        ["Mitgliederverzeichnis 2026"],
        [],
        ["Nr.", "Name des Vereins", "Ort"],
        ["1", "A", "Leipzig"],
        ["2", "B", ""],
    ]
    made = plan(mini, xlsx(rows, merged="A1:C1"), "list.xlsx")
    assert names(made) == ["A", "B"]
    assert [o.row.line for o in made.outcomes] == [4, 5]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_damaged_spreadsheet_is_a_clear_error(part: str) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(part, f"<worksheet>{'<row><c>text</c></row>' * 500}</worksheet>")
    content = bytearray(whole.getvalue())
    start = content.index(part.encode()) + len(part)
    content[start + 4 : start + 10] = b"\xff" * 6
    with pytest.raises(ListError, match="damaged"):
        read_table(bytes(content), "list.xlsx", Selection(), Limits())
