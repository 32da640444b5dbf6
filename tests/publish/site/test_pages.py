"""What the pages say, read as a browser reads them."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from selectolax.lexbor import LexborHTMLParser

from buendnis_graph.build import build
from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.overviews import OVERVIEWS
from buendnis_graph.publish.site.memberships import members_of
from buendnis_graph.publish.site.view import View
from buendnis_graph.publish.site.whole import whole_site
from buendnis_graph.wording import LANGUAGES
from tests.publish.site.conftest import LONG, MARKUP, QUOTED, Made, site_of, small_project, unchecked

X = "id/x.html"


def test_every_page_is_there_in_both_languages_with_title_language_and_one_heading(made: Made) -> None:
    german = {path for path in made.pages if not path.startswith("en/")}
    assert {f"en/{path}" for path in german} == {path for path in made.pages if path.startswith("en/")}
    for path in made.pages:
        page = made.page(path)
        html = page.css_first("html")
        assert html is not None
        assert html.attributes["lang"] == ("en" if path.startswith("en/") else "de"), path
        title = page.css_first("title")
        assert title is not None, path
        assert title.text().strip(), path
        assert len(page.css("h1")) == 1, path
        assert len(page.css("main")) == 1, path


def test_every_internal_link_leads_to_a_file_and_every_anchor_to_a_place(made: Made) -> None:
    anchors = {path: {node.attributes["id"] for node in made.page(path).css("[id]")} for path in made.pages}
    broken = []
    for path in made.pages:
        for node in made.page(path).css("[href], [src]"):
            address = node.attributes.get("href") or node.attributes.get("src") or ""
            if re.match(r"[a-z]+:", address):
                continue
            file, _, anchor = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file))) if file else path
            if target not in made.files or (anchor and unquote(anchor) not in anchors.get(target, ())):
                broken.append((path, address))
    assert broken == []


def test_no_identifier_is_there_twice_on_a_page(made: Made) -> None:
    for path in made.pages:
        found = [node.attributes["id"] for node in made.page(path).css("[id]")]
        assert len(found) == len(set(found)), (path, [one for one in found if found.count(one) > 1][:3])


def test_nothing_is_requested_from_elsewhere_and_no_script_or_style_stands_inline(made: Made) -> None:
    for path in made.pages:
        page = made.page(path)
        for node in page.css("script[src], img[src], link[rel=stylesheet], link[rel=icon], iframe, object, embed"):
            address = node.attributes.get("src") or node.attributes.get("href") or ""
            assert not re.match(r"([a-z]+:)?//", address), path
        assert page.css("style, [style]") == [], path
        assert not [n for n in page.css("*") if any(name.startswith("on") for name in n.attributes)], path
        for script in page.css("script:not([src])"):
            assert script.attributes["type"] == "application/ld+json", path


def test_the_policy_of_every_page_allows_nothing_but_our_own_files(made: Made) -> None:
    for path in made.pages:
        meta = made.page(path).css_first("meta[http-equiv=Content-Security-Policy]")
        assert meta is not None, path
        policy = meta.attributes["content"] or ""
        assert policy.startswith("default-src 'none'"), path
        assert "unsafe" not in policy, path
        assert "http" not in policy, path


def test_tables_have_a_caption_and_headings_with_scope_and_can_be_scrolled_by_keyboard(made: Made) -> None:
    for path in made.pages:
        for table in made.page(path).css("main table"):
            assert table.css_first("caption") is not None, path
            assert all(head.attributes.get("scope") in {"col", "row"} for head in table.css("th")), path
            parent = table.parent
            assert parent is not None
            assert parent.attributes.get("tabindex") == "0", path


def test_each_cell_bears_the_heading_of_its_column_for_windows_that_show_rows_as_cards(made: Made) -> None:
    cells = 0
    for path in made.pages:
        for table in made.page(path).css("table"):
            headings = [" ".join(head.text().split()) for head in table.css("thead th")]
            for row in table.css("tbody tr"):
                assert row.attributes["role"] == "row"
                for heading, cell in zip(headings, row.css("td, th"), strict=True):
                    assert cell.attributes["role"] == ("cell" if cell.tag == "td" else "rowheader")
                    assert cell.attributes.get("data-label") == (heading if cell.tag == "td" else None), path
                    cells += 1
    assert cells > 100
    assert 'data-label="Who says so"' in made.files["en/id/x.html"]


def test_an_alliance_says_who_belongs_since_when_and_who_says_so(made: Made) -> None:
    rows = [" ".join(row.text().split()) for row in made.page(X).css("table.members tbody tr")]
    assert rows[1].startswith("Verein A Mitglied März 2023 zuletzt bezeugt 3. Mai 2023")
    assert "example.org/p1, 3. Mai 2023" in rows[1]
    assert "ohne Datum, gelesen am 22. November 2026" in rows[1]
    assert rows[0].startswith(f"{QUOTED} Mitglied nicht genannt nur ohne Datum bezeugt")


def test_coverage_is_said_with_bound_and_time(made: Made) -> None:
    assert "2 von mehr als 12 genannt, Stand 2024" in made.text(X)
    assert "2 of more than 12 stated, as of 2024" in made.text(f"en/{X}")
    assert "Gesamtzahl nicht bekannt" in made.text("id/y.html")


def test_dates_are_as_precise_as_their_sources(made: Made) -> None:
    rows = [" ".join(row.text().split()) for row in made.page("id/z.html").css("table.members tbody tr")]
    assert any("spätestens März 2021 zuletzt bezeugt März 2021" in row for row in rows)
    assert any("spätestens 2019 zuletzt bezeugt 2019" in row for row in rows)


def test_more_known_than_stated_is_explained_with_both_dates(made: Made) -> None:
    assert "2 von 1 genannt, Stand 2016 ; mehr bekannt als genannt" in made.text("id/z.html")
    assert "Datum der Belege: 2019 bis März 2021 ; Stand der genannten Zahl: 2016 ." in made.text("id/z.html")
    assert "Dates of the evidence: 2019 to March 2021 ; date of the number stated: 2016 ." in made.text("en/id/z.html")
    assert "mehr bekannt als genannt" not in made.text(X)


def test_the_start_page_puts_the_alliance_with_the_greatest_stated_number_first(made: Made) -> None:
    bars = [" ".join(row.text().split()) for row in made.page("index.html").css(".bars li")]
    assert bars == ["X 2 bekannt von mehr als 12 (Stand 2024)", "Z 2 bekannt von 1 (Stand 2016)"]
    assert "Weitere Organisationen 3" in made.text("index.html")


def test_a_role_that_is_no_membership_stands_apart(made: Made) -> None:
    page = made.page(X)
    tables = {table.css_first("caption").text(): table for table in page.css("table.members")}  # type: ignore[union-attr]
    assert set(tables) == {"2 belegte Mitglieder", "1 Einrichtung in anderer Rolle", "Belegt in 1 Bündnis"}
    assert LONG in tables["1 Einrichtung in anderer Rolle"].text()


def test_who_names_a_member_as_carrier_alone_does_not_say_that_it_is_one(tmp_path: Path) -> None:
    mini = small_project(tmp_path / "carried")
    mini.attest("p30", "a", "x", "carrier", issued="2024-02", more='; bg:attestedOn "2024-02"^^xsd:gYearMonth')
    row = next(
        row
        for row in members_of(
            View(quad.triple for quad in mini.derived().quads_for_pattern(None, None, None, ox.DefaultGraph())),
            f"{BASE}id/x",
        )
        if row.member == f"{BASE}id/a"
    )
    assert [(source.split("/")[-2], date) for source, date in row.cited] == [("p1", "2023-05-03"), ("p2", "")]
    assert row.last == "2023-05-03"
    assert len(row.attested) == 3, "the page of the membership shows all that is said of the two"


def test_contradictions_stand_side_by_side_with_their_sources(made: Made) -> None:
    table = made.page(X).css_first("table.conflict")
    assert table is not None
    assert [" ".join(head.text().split()) for head in table.css("thead th")] == ["April 2022 bevorzugt", "2021"]
    assert [" ".join(cell.text().split()) for cell in table.css("td")] == [
        "example.org/p7, Mai 2022",
        "example.org/p6, ohne Datum, gelesen am 22. November 2026",
    ]


def test_lists_that_are_judged_alike_are_told_together(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    for number in (1, 2, 3):
        project.write(
            f"data/codings/c{number}.ttl",
            f"<https://w3id.org/buendnis-graph/coding/completeness/example.org/p{number}/x/member> a bg:ListCompleteness ; "
            f"dcterms:source <https://w3id.org/buendnis-graph/source/example.org/p{number}/2026-11-22> ; "
            f'rdfs:comment "{"Teil" if number < 3 else "Beispiele"}"@de ; bg:basis basis:reader ; '
            f"bg:completeness completeness:{'partial' if number < 3 else 'examples'} ; bg:listOf id:x ; "
            "bg:listRole role:member .\n",
        )
    build(project)
    page = LexborHTMLParser(str(dict(whole_site(Graph(project)).files())["id/x.html"]))
    told = [" ".join(one.text(separator=" ").split()) for one in page.css("section[aria-labelledby=size] details li")]
    assert [[f"example.org/p{n}" in one for n in (1, 2, 3)] for one in told] == [
        [True, True, False],
        [False, False, True],
    ]
    assert "3 Listen" in page.css_first("section[aria-labelledby=size] details summary").text()  # type: ignore[union-attr]


def test_overviews_are_listed_and_each_leads_back_to_the_list(made: Made) -> None:
    page = made.page("en/overviews.html")
    listed = [link.attributes["href"] for link in page.css("main li a")]
    assert listed == [f"overview/{name}.html" for name in OVERVIEWS]
    for path in listed:
        crumbs = [link.attributes["href"] for link in made.page(f"en/{path}").css(".crumbs a")]
        assert crumbs == ["../index.html", "../overviews.html"]
    assert "overviews.html" in [link.attributes["href"] for link in page.css("header.site nav a")]


def test_the_licence_of_a_source_is_that_of_our_extracts(made: Made) -> None:
    assert "licence of our extracts CC0 1.0" in made.text("en/source/example.org/p7/2026-11-22.html")


def test_a_membership_shows_each_attestation_with_the_name_and_role_of_its_source(made: Made) -> None:
    text = made.text("membership/x/a.html")
    assert text.startswith("Mitgliedschaft Verein A in X")
    assert "2 Belege" in text
    assert "Mitglied" in text
    assert "Der jüngste datierte Beleg bezeugt sie; ob sie danach fortbestand, ist offen." in text


def test_a_source_shows_all_it_says(made: Made) -> None:
    text = made.text("en/source/example.org/p7/2026-11-22.html")
    assert "dated May 2022" in text
    assert "April 2022" in text


def test_a_source_that_says_much_is_folded_into_parts_with_addresses(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    names = [f"ort-{number:03}" for number in range(250)]
    for name in names:
        project.write(f"data/registry/{name}.ttl", f'id:{name} a schema:Place ; skos:prefLabel "{name}"@de .\n')
    project.source("p30", " ".join(f'id:{name} bg:ags "14" .' for name in names))
    page = site_of(unchecked(project), project).page("source/example.org/p30/2026-11-22.html")
    parts = page.css("details > ul[id^=facts-]")
    assert [part.attributes["id"] for part in parts] == ["facts-1", "facts-2", "facts-3"]
    assert [len(part.css("li")) for part in parts] == [100, 100, 50]


def test_a_merged_body_leads_to_its_successor(made: Made) -> None:
    page = made.page("en/id/old.html")
    refresh = page.css_first("meta[http-equiv=refresh]")
    assert refresh is not None
    assert refresh.attributes["content"] == "0; url=../id/a.html"
    link = page.css_first("main a")
    assert link is not None
    assert link.attributes["href"] == "../id/a.html"
    assert "id/old.html" not in made.files["organisations.html"]


def test_a_question_shows_its_answer_on_the_data(made: Made) -> None:
    page = made.page("query/alliances.html")
    assert "X" in [cell.text() for cell in page.css("td")]
    code = page.css_first("pre")
    assert code is not None
    assert code.text().startswith("PREFIX")


def test_a_page_names_its_data_and_its_other_language(made: Made) -> None:
    page = made.page("en/membership/x/a.html")
    found = {
        (n.attributes.get("type") or n.attributes.get("hreflang")): n.attributes["href"]
        for n in page.css("link[rel=alternate]")
    }
    assert found == {
        "de": "../../../membership/x/a.html",
        "en": "../../../en/membership/x/a.html",
        "text/turtle": "../../../membership/x/a.ttl",
        "application/ld+json": "../../../membership/x/a.jsonld",
    }


def test_what_is_not_set_is_said_so_and_marked_for_the_release_check(made: Made) -> None:
    for language in ("", "en/"):
        marked = made.page(f"{language}correction.html").css_first("[data-open=contact]")
        assert marked is not None
        assert "@" not in marked.text()


@pytest.mark.parametrize(
    "path", ["id/a.html", "en/id/a.html", X, "organisations.html", "membership/x/a.html", "search.html"]
)
def test_markup_in_a_name_stays_text(hostile: Made, path: str) -> None:
    page = hostile.page(path)
    assert [
        script for script in page.css("script:not([src])") if script.attributes.get("type") != "application/ld+json"
    ] == []
    assert page.css("main img, [onerror]") == []
    assert "49" not in hostile.text(path) or path == "search.html"
    if path != "search.html":
        assert MARKUP in " ".join(node.text() for node in page.css("bdi"))


def test_marks_of_direction_stay_within_their_name(hostile: Made) -> None:
    marks = re.compile("[\u202a-\u202e\u2066-\u2069]")
    for path in ("id/b.html", X, "organisations.html", "en/membership/x/b.html"):
        page = hostile.page(path)
        assert marks.search(hostile.files[path])
        for node in page.css("bdi"):
            node.decompose()
        left = page.html or ""
        assert not marks.search(left), path


def embedded(made: Made, path: str) -> list[dict[str, object]]:
    """Return the objects of schema.org that a page holds."""
    return [json.loads(script.text()) for script in made.page(path).css('script[type="application/ld+json"]')]


def test_a_page_tells_search_engines_of_its_thing(made: Made) -> None:
    (told,) = embedded(made, "en/id/b.html")
    assert (told["@id"], told["name"]) == ("https://w3id.org/buendnis-graph/id/b", QUOTED)
    assert embedded(made, "about.html") == []


def test_a_hostile_name_cannot_end_the_script_it_is_told_in(hostile: Made) -> None:
    assert [told["name"] for told in embedded(hostile, "id/a.html")] == [MARKUP]


def test_languages_are_those_of_the_files() -> None:
    assert LANGUAGES == ("de", "en")
