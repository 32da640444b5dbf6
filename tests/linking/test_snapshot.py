"""Snapshots of other data sets: CSV, ROR's JSON, Wikidata's JSON lines; what is broken is said."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from buendnis_graph.errors import ReadError
from buendnis_graph.linking.body import Body
from buendnis_graph.linking.items import read_items
from buendnis_graph.linking.records import records
from buendnis_graph.linking.snapshot import read_snapshot, with_ids_of
from buendnis_graph.linking.targets import target

ROR_1 = {
    "id": "https://ror.org/012345678",
    "name": "Amadeu Antonio Foundation",
    "labels": [{"label": "Amadeu Antonio Stiftung", "iso639": "de"}],
    "aliases": ["AAS Berlin"],
    "acronyms": ["AAS"],
    "addresses": [{"city": "Berlin"}],
    "links": ["https://www.amadeu-antonio-stiftung.de"],
    "established": 1998,
    "status": "active",
    "external_ids": {"Wikidata": {"all": ["Q1", "Q2"]}},
}
ROR_2 = {
    "id": "https://ror.org/012345678",
    "names": [
        {"value": "AAS", "types": ["acronym"]},
        {"value": "Amadeu Antonio Stiftung", "types": ["label"], "lang": "de"},
        {"value": "Amadeu Antonio Foundation", "types": ["ror_display", "label"]},
    ],
    "locations": [{"geonames_details": {"name": "Berlin"}}],
    "links": [{"type": "website", "value": "https://www.amadeu-antonio-stiftung.de"}],
    "established": 1998,
    "status": "withdrawn",
    "external_ids": [{"type": "wikidata", "all": ["Q1", "Q2"]}, {"type": "isni", "all": ["0"]}],
}


def _item(key: str, label: str, **claims: Any) -> dict[str, Any]:
    told = {
        name: [{"mainsnak": {"datavalue": {"value": value}}, "rank": "normal"} for value in values]
        for name, values in claims.items()
    }
    return {"id": key, "labels": {"de": {"language": "de", "value": label}}, "claims": told}


WIKIDATA = [
    _item(
        "Q1",
        "Bunter Treff",
        P31=[{"id": "Q43"}, {"id": "Q77"}],
        P159=[{"id": "Q2"}],
        P856=["https://treff.example/"],
        P571=[{"time": "+1999-00-00T00:00:00Z"}],
        P1813=[{"text": "BT", "language": "de"}],
    ),
    _item("Q2", "Leipzig", P31=[{"id": "Q515"}]),
    _item("Q43", "Verein"),
    {"id": "Q9", "redirects": {"to": "Q1"}, "labels": {"en": {"value": "Old one"}}, "claims": {}},
    {"id": "Q10", "labels": {}, "claims": {"P31": "broken"}},
]


def _read(folder: Path, name: str, text: str) -> list[Body]:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return read_snapshot(path)


@pytest.mark.parametrize(("record", "is_gone"), [(ROR_1, False), (ROR_2, True)])
@pytest.mark.parametrize("form", ["array", "lines", "gz"])
def test_ror_in_both_schemas(tmp_path: Path, record: dict[str, Any], is_gone: bool, form: str) -> None:
    text = json.dumps([record]) if form == "array" else json.dumps(record) + "\n"
    (body,) = _read(tmp_path, {"array": "ror.json", "lines": "ror.jsonl", "gz": "ror.json.gz"}[form], text)
    assert body.entry.key == "https://ror.org/012345678"
    assert body.entry.names[:2] == ("Amadeu Antonio Foundation", "Amadeu Antonio Stiftung")
    assert body.entry.places == {"Berlin"}
    assert body.entry.websites == {"amadeu-antonio-stiftung.de"}
    assert body.stated_acronyms == {"AAS"}
    assert body.founded == {"1998"}
    assert body.same == {"Q1", "Q2"}
    assert body.is_gone is is_gone
    assert with_ids_of([body], target("ror"))[0][0].entry.key == "012345678"


@pytest.mark.parametrize("form", ["lines", "dump"])
def test_items_of_wikidata(tmp_path: Path, form: str) -> None:
    lines = [json.dumps(item) for item in WIKIDATA]
    text = "\n".join(lines) if form == "lines" else "[\n" + ",\n".join(lines) + "\n]\n"
    bodies = {body.entry.key: body for body in _read(tmp_path, "items.jsonl", text)}
    assert set(bodies) == {"Q1", "Q2", "Q43", "Q9"}
    body = bodies["Q1"]
    assert body.entry.places == {"Leipzig"}
    assert body.entry.websites == {"treff.example"}
    assert body.founded == {"1999"}
    assert body.stated_acronyms == {"BT"}
    assert body.classes == {"Verein"}  # what Q77 is, the file does not say
    assert bodies["Q2"].classes == {"city"}
    assert bodies["Q9"].is_gone


def test_where_an_item_lies_its_legal_form_and_its_articles_are_read(tmp_path: Path) -> None:
    def pointing(item: str) -> list[dict[str, Any]]:
        return [{"rank": "normal", "mainsnak": {"datavalue": {"value": {"id": item}}}}]

    item = {
        "id": "Q1",
        "labels": {"de": {"value": "Bunter Treff"}},
        "claims": {"P131": pointing("Q2"), "P1454": pointing("Q3")},
        "sitelinks": {"dewiki": {"title": "Bunter Treff"}, "commonswiki": {}, "dewikiquote": {}},
    }
    others = [
        {"id": key, "labels": {"de": {"value": name}}, "claims": {}}
        for key, name in (("Q2", "Leipzig"), ("Q3", "eingetragener Verein"))
    ]
    text = "\n".join(json.dumps(one) for one in (item, *others))
    (body,) = (body for body in _read(tmp_path, "items.jsonl", text) if body.entry.key == "Q1")
    assert body.entry.places == frozenset()
    assert body.within == {"Leipzig"}
    assert body.entry.legal_forms == {"ev"}
    assert body.pages == {"dewiki"}


def test_a_list_of_names(tmp_path: Path) -> None:
    text = "qid,label,aliases,website\nQ1,Bunter Treff,BT|Treff e.V.,https://www.treff.example/x\nQ2,,,\n,Ohne,,\n"
    (body,) = _read(tmp_path, "names.csv", text)
    assert body.entry.names == ("Bunter Treff", "BT", "Treff e.V.")
    assert body.entry.websites == {"treff.example"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "x,y\n1,2\n", "lacks a column of ids or of names"),
        ("a.csv", "id,name\n", "holds no entry"),
        ("a.csv", "id,name\n1,A\n1,B\n", "two entries with the id 1"),
        ("a.json", "{", "is no JSON"),
        ("a.json", "[1, 2]", "holds no entry"),
        ("a.jsonl", '{"id": "Q1", "claims": {}}\n{"id"', "is no JSON"),
        ("a.txt", "x", "is no snapshot by its ending"),
        ("a.csv.gz", "", "holds|lacks|can't be read"),
    ],
)
def test_what_is_no_snapshot_is_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(ReadError, match=said) as caught:
        _read(tmp_path, name, text)
    assert caught.value.path == tmp_path / name


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"id": ' + "1" * 5000 + "}]", '{"id": "Q1"}\n' + "[" * 100_000])
def test_hostile_json_is_said(tmp_path: Path, text: str) -> None:
    for read in (read_snapshot, read_items):
        path = tmp_path / "a.json"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ReadError, match="too deeply"):
            read(path)


def test_a_damaged_archive_is_said(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b'{"id": "Q1"}\n' * 2000))
    packed[20:40] = b"\xff" * 20
    for name in ("a.jsonl.gz", "a.csv.gz"):
        (tmp_path / name).write_bytes(packed)
        for read in (read_snapshot, read_items):
            with pytest.raises(ReadError, match="can't be read"):
                read(tmp_path / name)


def test_a_dump_is_read_line_by_line(tmp_path: Path) -> None:
    """What stands behind the first items is not read before they are used."""
    path = tmp_path / "dump.json"
    path.write_text("[\n" + f"{json.dumps(WIKIDATA[0])},\n" * 3 + "broken\n", encoding="utf-8")
    with path.open(encoding="utf-8") as file:
        found = records(file, path)
        assert [next(found)[0] for _ in range(3)] == [2, 3, 4]
        with pytest.raises(ReadError, match="is no JSON") as caught:
            next(found)
    assert caught.value.line == 5


@pytest.mark.parametrize(
    "text",
    [
        '[\n {\n  "id": "Q1"\n }\n]',
        '[{"id": "Q1"}]',
        '\n{"id": "Q1"}\n',
        '{\n"id": "Q1"}',
        '[\n{"id": "Q1"}\n]',
        '{"id": "Q1"}',
    ],
)
def test_json_is_read_however_it_is_laid_out(tmp_path: Path, text: str) -> None:
    assert [one for _, one in records(io.StringIO(text), tmp_path)] == [{"id": "Q1"}]


def test_a_decade_or_a_century_is_no_year_of_foundation(tmp_path: Path) -> None:
    for precision, years in ((7, set()), (8, set()), (9, {"1900"}), (11, {"1900"})):
        item = _item("Q1", "A", P571=[{"time": "+1900-00-00T00:00:00Z", "precision": precision}])
        (body,) = _read(tmp_path, "items.jsonl", json.dumps(item))
        assert body.founded == years


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"id,name\n1,\xff\n"])
def test_broken_bytes_are_said(tmp_path: Path, data: bytes) -> None:
    for name in ("a.csv", "a.csv.gz", "a.json"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(ReadError):
            read_snapshot(tmp_path / name)


@pytest.mark.parametrize("value", [None, 1, "x", [], [None], {"x": 1}])
def test_odd_records_are_no_tracebacks(tmp_path: Path, value: object) -> None:
    odd = [{**record, name: value} for record in (ROR_1, ROR_2, WIKIDATA[0]) for name in record]
    for number, record in enumerate(odd):
        text = json.dumps([record, WIKIDATA[2] if "claims" in record else {**ROR_1, "id": "https://ror.org/0b"}])
        assert _read(tmp_path, f"{number}.json", text)
