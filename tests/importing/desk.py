"""What the tests of importing share: a small project, lists written on the spot, one call that imports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from buendnis_graph.evidence import read_corpus, replace_files
from buendnis_graph.importing.model import Limits, Selection
from buendnis_graph.importing.plan import Desk, Plan, make_plan
from buendnis_graph.importing.read import read_table
from buendnis_graph.resolving import Decision, Listed, resolver_for
from tests.mini import MiniProject

GIVEN: dict[str, Any] = {"address": "https://www.example.org/mitglieder/", "seen": "2026-11-22", "alliance": "x"}
KEY = "example.org/mitglieder/2026-11-22"


def plan(
    project: MiniProject,
    content: str | bytes,
    name: str = "list.csv",
    *,
    resolver: Callable[[Listed], Decision] | None = None,
    limits: Limits | None = None,
    selection: Selection | None = None,
    **given: Any,
) -> Plan:
    """Return the plan for a list."""
    raw = content.encode() if isinstance(content, str) else content
    limits, selection = limits or Limits(), selection or Selection()
    table = read_table(raw, name, selection, limits)
    corpus = read_corpus(project)
    desk = Desk(project, corpus, resolver or resolver_for(corpus))
    return make_plan(desk, table, selection, GIVEN | given, limits)


def do(project: MiniProject, content: str | bytes, name: str = "list.csv", **more: Any) -> Plan:
    """Import a list."""
    made = plan(project, content, name, **more)
    replace_files(project, made.files)
    return made


def state(root: Path) -> dict[str, bytes]:
    """Return all files below data/ and their bytes."""
    folder = root / "data"
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def codes(made: Plan) -> set[str]:
    """Return the codes of the remarks."""
    return {remark.code for remark in made.remarks}


def names(made: Plan) -> list[str]:
    """Return the names taken, in order."""
    return [outcome.row.name for outcome in made.outcomes]


def xlsx(
    rows: list[list[str]], *, merged: str = "", sheet: bytes = b"", extra: dict[str, bytes] | None = None
) -> bytes:
    """Return a spreadsheet with one sheet of texts, written by hand so that it can be wrong on purpose."""
    cells = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(65 + c)}{r}" t="inlineStr"><is><t xml:space="preserve">{_xml(text)}</t></is></c>'
            for c, text in enumerate(row)
            if text
        )
        + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    ranges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = (
        sheet
        or f'<?xml version="1.0"?><worksheet xmlns="{main}"><sheetData>{cells}</sheetData>{ranges}</worksheet>'.encode()
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Liste" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    return packed(
        {name: text.encode() for name, text in files.items()} | {"xl/worksheets/sheet1.xml": part} | (extra or {})
    )


def ods(body: str) -> bytes:
    """Return an ODS spreadsheet whose one table has this body."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{urn}:office:1.0" xmlns:table="{urn}:table:1.0" '
        f'xmlns:text="{urn}:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table '
        f'table:name="Liste">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{urn}:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{mimetype}"/></manifest:manifest>'
    )
    files = {"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": content}
    return packed({name: text.encode() for name, text in files.items()})


def ods_row(*cells: str, more: str = "") -> str:
    """Return a row of an ODS table."""
    return f"<table:table-row {more}>" + "".join(ods_cell(cell) for cell in cells) + "</table:table-row>"


def ods_cell(text: str, more: str = "") -> str:
    """Return a cell of an ODS table."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{_xml(text)}</text:p></table:table-cell>'


def packed(files: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
