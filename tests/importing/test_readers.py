"""Lists of every kind are read as what they say."""

from __future__ import annotations

import json

import pytest

from buendnis_graph.errors import ListError, UsageError
from buendnis_graph.importing.model import Limits, Selection, Table
from buendnis_graph.importing.read import read_table
from tests.importing.desk import names, ods, ods_cell, ods_row, plan, xlsx
from tests.mini import MiniProject

THREE = ["Verein Alpha e.V.", "Netzwerk Beta", "Gamma Stiftung"]


def read(content: str | bytes, name: str, **selection: str) -> Table:
    raw = content.encode() if isinstance(content, str) else content
    return read_table(raw, name, Selection(**selection), Limits())  # type: ignore[arg-type]


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_of_a_csv_is_found(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in [["Verein", "Ort"], ["Alpha e.V.", "Leipzig"], ["Beta", "Dresden"]])
    assert cells(read(text, "list.csv"))[1] == ("Alpha e.V.", "Leipzig")


def test_commas_in_a_list_of_one_column_are_part_of_the_names() -> None:
    text = "Verein\nJugendring, Ortsgruppe Süd\nFrauenhaus, Verein für Schutz\n"
    assert [row.cells for row in read(text, "list.csv").rows][1] == ("Jugendring, Ortsgruppe Süd",)
    titled = "Liste\nVerein,Ort\nAlpha,Leipzig\nBeta,Dresden\n"
    assert [row.cells for row in read(titled, "list.csv").rows][2] == ("Alpha", "Leipzig")


def test_rows_have_the_line_they_begin_on_and_quoted_cells_may_span_lines() -> None:
    table = read('Verein;Ort\n"Alpha\ne.V.";Leipzig\n\nBeta;Dresden\n', "list.csv")
    assert [(row.line, row.cells[0]) for row in table.rows] == [(1, "Verein"), (2, "Alpha\ne.V."), (5, "Beta")]


@pytest.mark.parametrize(
    ("encoding", "remark"), [("utf-8", []), ("utf-8-sig", []), ("utf-16", []), ("utf-32", []), ("cp1252", ["cp1252"])]
)
def test_encodings_are_told_apart(encoding: str, remark: list[str]) -> None:
    table = read("Verein\nBündnis für Größe – „Süd“\n".encode(encoding), "list.csv")
    assert cells(table)[1] == ("Bündnis für Größe – „Süd“",)
    assert [r.code for r in table.remarks] == remark


@pytest.mark.parametrize("text", ["BÃ¼ndnis", "GroÃŸ", "Ost â€“ West", "Ã–ffnung"])
def test_text_that_went_through_a_wrong_encoding_is_refused_with_the_line_and_a_hint(text: str) -> None:
    with pytest.raises(ListError, match="line 2") as caught:
        read(f"Verein\n{text}\n", "list.csv")
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize("text", ["SÃO Paulo", "Â", "ÂME", "Ãhnlich", "naïve Â Ã"])
def test_letters_that_only_look_like_it_are_not_refused(text: str) -> None:
    assert cells(read(f"Verein\n{text}\n", "list.csv"))[1] == (text,)


def test_plain_text_has_one_name_a_line_and_bullets_are_dropped_only_if_every_line_has_one() -> None:
    assert [row.cells[0] for row in read("- Alpha e.V.\n- Beta\n", "list.txt").rows] == ["Alpha e.V.", "Beta"]
    assert [row.cells[0] for row in read("1. Alpha\n2. Beta\n", "-").rows] == ["Alpha", "Beta"]
    assert [row.cells[0] for row in read("1. FC Alpha\nBeta\n", "list.txt").rows] == ["1. FC Alpha", "Beta"]


def test_xlsx_dates_numbers_and_merged_cells() -> None:
    rows = [["Rolle", "Verein"], ["Gründungsmitglied", "Alpha e.V."], ["", "Beta"], ["Mitglied", "Gamma"]]
    table = read(xlsx(rows, merged="A2:A3"), "list.xlsx")
    assert cells(table) == [
        ("Rolle", "Verein"),
        ("Gründungsmitglied", "Alpha e.V."),
        ("Gründungsmitglied", "Beta"),
        ("Mitglied", "Gamma"),
    ]
    assert "merged" in {r.code for r in table.remarks}


def test_ods_repeated_and_merged_cells() -> None:
    first = ods_cell("Träger", 'table:number-rows-spanned="2"')
    spanned = f"<table:table-row>{first}{ods_cell('Alpha')}</table:table-row>"
    covered = f"<table:table-row><table:covered-table-cell/>{ods_cell('Beta')}</table:table-row>"
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    table = read(ods(ods_row("Rolle", "Verein") + spanned + covered + empty), "list.ods")
    assert cells(table) == [("Rolle", "Verein"), ("Träger", "Alpha"), ("Träger", "Beta")]


def test_a_spreadsheet_is_known_by_its_content_and_a_sheet_by_name_or_number() -> None:
    content = xlsx([["Verein"], ["Alpha"]])
    assert cells(read(content, "noname")) == [("Verein",), ("Alpha",)]
    assert cells(read(content, "-", sheet="Liste")) == cells(read(content, "-", sheet="1"))
    with pytest.raises(ListError, match="no sheet 'Other'") as caught:
        read(content, "-", sheet="Other")
    assert "Liste" in caught.value.hint


def test_what_is_no_list_is_refused_with_what_to_do() -> None:
    for content, says in (
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0abc", "XLS"),
        (b"", "empty"),
        (b"a\x00b", "zero bytes"),
    ):
        with pytest.raises(ListError, match=says):
            read_table(content, "list.csv" if says == "zero bytes" else "list.xls", Selection(), Limits())
    with pytest.raises(UsageError, match="kind of list is not clear"):
        read("a\nb\n", "list.dat")


PAGE = "<html><head><title>Mitglieder</title></head><body><nav><ul>{nav}</ul></nav>{body}<footer><ul>{nav}</ul></footer></body></html>"
NAV = "".join(f"<li><a href='/{i}'>{i}</a></li>" for i in ["Start", "Verein", "Projekte", "Kontakt", "Impressum"])


def page(body: str, **selection: str) -> Table:
    return read(PAGE.format(nav=NAV, body=body), "page.html", **selection)


def test_html_list() -> None:
    table = page("<h1>Wir</h1><ul>" + "".join(f"<li>\n <b>{n}</b>\n</li>" for n in THREE) + "</ul>")
    assert [row.cells[0] for row in table.rows] == THREE
    assert table.title == "Mitglieder"
    assert len(table.sha256) == 64


def test_html_lists_side_by_side_are_one_list() -> None:
    body = "<div>" + "".join(f"<h3>{n[0]}</h3><ul><li>{n}</li></ul>" for n in THREE) + "</div>"
    assert [row.cells[0] for row in page(body).rows] == THREE


def test_html_table_with_rowspan_and_links() -> None:
    body = (
        "<table><tr><th>Rolle</th><th>Mitglied</th></tr><tr><td rowspan=2>Träger</td><td><a href='https://alpha.example/'>Alpha e.V.</a></td></tr>"
        "<tr><td>Beta</td></tr><tr><td>Mitglied</td><td>Gamma</td></tr></table><table><tr><td>1</td></tr></table>"
    )
    assert cells(page(body)) == [
        ("Rolle", "Mitglied", "website"),
        ("Träger", "Alpha e.V.", "https://alpha.example/"),
        ("Träger", "Beta", ""),
        ("Mitglied", "Gamma", ""),
    ]


def test_html_definition_list_with_names_on_either_side() -> None:
    terms = "<dl>" + "".join(f"<dt>{n}</dt><dd>Dresden</dd>" for n in THREE) + "</dl>"
    assert [row.cells[:2] for row in page(terms).rows] == [(n, "") for n in THREE]
    roles = f"<dl><dt>Träger</dt><dd>{THREE[0]}</dd><dt>Koordination</dt><dd>{THREE[1]}</dd><dd>{THREE[2]}</dd></dl>"
    assert [row.cells[:2] for row in page(roles).rows] == [
        (THREE[0], "Träger"),
        (THREE[1], "Koordination"),
        (THREE[2], "Koordination"),
    ]


def test_html_cards() -> None:
    body = (
        "<section>"
        + "".join(
            f"<div class='card'><img src='x'><div><h3>{n}</h3><p>Ein langer Text über alles.</p><a href='https://{i}.example/'>Web</a></div></div>"
            for i, n in enumerate(THREE)
        )
        + "</section>"
    )
    assert [row.cells[:2] for row in page(body).rows] == [(n, f"https://{i}.example/") for i, n in enumerate(THREE)]


def test_html_lines_of_a_paragraph() -> None:
    body = "<p>Wir sind<br>viele<br>!</p><p>" + "<br>".join(THREE) + "</p>"
    assert [row.cells[0] for row in page(body).rows] == THREE
    assert [row.cells[0] for row in page(body, css="p:nth-of-type(2)").rows] == THREE


def test_further_lines_of_an_entry_are_reported_and_not_taken(mini: MiniProject) -> None:
    body = "<ul>" + "".join(f"<li><b>{n}</b><br>Rosenweg 5</li>" for n in THREE) + "</ul>"
    made = plan(mini, PAGE.format(nav=NAV, body=body), "page.html")
    assert names(made) == THREE
    assert [r.detail for r in made.remarks if r.code == "column-not-taken"] == ["further lines"]
    assert "Rosenweg" not in "".join(text or "" for text in made.files.values())


def test_html_profiles_on_one_site_are_no_websites() -> None:
    body = (
        "<ul>"
        + "".join(f"<li><a href='https://www.example.org/m/{i}'>{n}</a></li>" for i, n in enumerate(THREE))
        + "</ul>"
    )
    assert {row.cells[1] for row in page(body).rows} == {""}


def test_a_css_selector_says_where() -> None:
    body = "<ul class='a'><li>Verein Eins</li><li>Verein Zwei</li><li>Verein Drei</li></ul><ul class='b'><li>ufuq.de</li><li>dsj</li></ul>"
    assert [row.cells[0] for row in page(body).rows] == ["Verein Eins", "Verein Zwei", "Verein Drei"]
    for css in ("ul.b", "ul.b li", ".b"):
        assert [row.cells[0] for row in page(body, css=css).rows] == ["ufuq.de", "dsj"], css
    with pytest.raises(ListError, match="no element"):
        page(body, css="ol.c")
    with pytest.raises(ListError, match="no CSS selector"):
        page(body, css="ul[[")


def test_a_page_without_a_list_says_so() -> None:
    with pytest.raises(ListError, match="nothing on the page looks like a list"):
        page("<p>Wir sind ein Bündnis.</p>")


def test_json_ld_of_a_page_and_of_a_file() -> None:
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "member": [
            {
                "@type": "NGO",
                "name": "Alpha e.V.",
                "url": "https://alpha.example",
                "address": {"addressLocality": "Leipzig"},
            },
            {
                "@type": "OrganizationRole",
                "roleName": "Träger",
                "startDate": "2020",
                "member": {"@type": "Organization", "name": "Beta"},
            },
            {"@type": "Person", "name": "Max Muster"},
        ],
    }
    for table in (
        page(f"<script type='application/ld+json'>{json.dumps(data)}</script>"),
        read(json.dumps(data), "list.jsonld"),
    ):
        assert cells(table) == [
            ("Alpha e.V.", "", "", "", "Leipzig", "https://alpha.example"),
            ("Beta", "Träger", "2020", "", "", ""),
        ]
        assert [r.line for r in table.remarks if r.code == "person"] == [3]
        assert "Muster" not in str(table)


def test_json_ld_item_lists_and_member_of() -> None:
    items = {
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "item": {"name": "Alpha"}}, {"@type": "ListItem", "name": "Beta"}],
    }
    graph = {"@graph": [{"name": "Gamma", "memberOf": {"name": "X"}}, {"name": "Delta", "memberOf": {"name": "X"}}]}
    assert [row.cells[0] for row in read(json.dumps(items), "a.json").rows] == ["Alpha", "Beta"]
    assert [row.cells[0] for row in read(json.dumps(graph), "a.json").rows] == ["Gamma", "Delta"]


def test_a_number_or_sign_that_is_part_of_the_name_stays() -> None:
    for lines in (["1. FC Alpha", "1. FC Beta", "1. SV Gamma"], ["- Alpha", "* Beta"]):
        assert [row.cells[0] for row in read("\n".join(lines), "list.txt").rows] == lines
    assert [row.cells[0] for row in read("7. Alpha\n8. Beta\n", "list.txt").rows] == ["Alpha", "Beta"]
