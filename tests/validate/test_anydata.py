"""Anybody's data: six formats say the same, lines are right, what can't be read is refused with its line."""

from __future__ import annotations

import codecs
from pathlib import Path

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import LimitError, ReadError, UsageError
from buendnis_graph.validate import Fast
from buendnis_graph.validate.anycheck import check_any
from buendnis_graph.validate.anydata import FORMATS, AnyData, format_of
from buendnis_graph.validate.guard import Limits, in_words

XSD = "http://www.w3.org/2001/XMLSchema#"
SAME = {
    "turtle": """@prefix : <http://e/> .
# a comment
:a :p "ä"@de , 1 ;
   :q [ :p "\"\"long [ ( {
 text \\" \"\"" ] .""".replace('"\\"\\"', '"""').replace('\\"\\""', '"""'),
    "trig": """@prefix : <http://e/> .
:g { :a :p "ä"@de . }
{ :a :p 1 }
:h { :a :q _:b . _:b :p \"\"\"long [ ( {
 text \\" \"\"\" . }""",
    "ntriples": f"""<http://e/a> <http://e/p> "ä"@de .
# a comment

<http://e/a> <http://e/p> "1"^^<{XSD}integer> .
<http://e/a> <http://e/q> _:b .
_:b <http://e/p> "long [ ( {{\\n text \\" " .
""",
    "nquads": f"""<http://e/a> <http://e/p> "ä"@de <http://e/g> .
<http://e/a> <http://e/p> "1"^^<{XSD}integer> .
<http://e/a> <http://e/q> _:b <http://e/h> .
_:b <http://e/p> "long [ ( {{\\n text \\" " <http://e/h> .""",
    "jsonld": """{
  "@context": {"@vocab": "http://e/"}, "@id": "http://e/a",
  "p": [{"@value": "ä", "@language": "de"}, 1],
  "q": {"p": "long [ ( {\\n text \\" "}
}""",
    "rdfxml": """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rdf:RDF [<!ENTITY e "http://e/">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://e/">
  <rdf:Description rdf:about="&e;a">
    <p xml:lang="de">ä</p><p rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</p>
    <q><rdf:Description><p>long [ ( {
 text " </p></rdf:Description></q>
  </rdf:Description>
</rdf:RDF>""",
}
LINES = {"turtle": [3, 3, 5, 5], "trig": [2, 3, 5, 5], "ntriples": [1, 4, 5, 6], "nquads": [1, 2, 3, 4]}


def read(folder: Path, form: str, text: str | bytes, limits: Limits | None = None) -> AnyData:
    path = folder / f"data.{form}"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return AnyData.read([path], form, limits)


def lines(data: AnyData) -> list[int]:
    return [data.place(number)[1] for number in range(len(data.triples))]


@pytest.mark.parametrize("form", FORMATS)
def test_all_formats_say_the_same(tmp_path: Path, form: str) -> None:
    data = read(tmp_path, form, SAME[form])
    said = sorted(f"{t.subject} {t.predicate} {t.object}" for t in data.triples)
    assert said == sorted(
        [
            '<http://e/a> <http://e/p> "ä"@de',
            f'<http://e/a> <http://e/p> "1"^^<{XSD}integer>',
            "<http://e/a> <http://e/q> _:b1",
            '_:b1 <http://e/p> "long [ ( {\\n text \\" "',
        ]
    )
    assert sorted(lines(data)) == LINES.get(form, [0, 0, 0, 0])


@pytest.mark.parametrize("form", FORMATS)
def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path, form: str) -> None:
    data = read(tmp_path, form, codecs.BOM_UTF8 + SAME[form].replace("\n", "\r\n").encode())
    assert len(data.triples) == 4
    assert sorted(lines(data)) == LINES.get(form, [0, 0, 0, 0])


def test_formats_are_told_by_suffix_or_named() -> None:
    assert format_of(Path("A.TTL"), None) == ox.RdfFormat.TURTLE
    assert format_of(Path("a.ttl"), "ntriples") == ox.RdfFormat.N_TRIPLES
    for path in (Path("a.csv"), Path("-")):
        with pytest.raises(UsageError, match="can't be told"):
            format_of(path, None)


def test_blank_nodes_of_two_files_are_two_and_bear_the_same_names_each_time(tmp_path: Path) -> None:
    for name in ("one.nt", "two.nt"):
        (tmp_path / name).write_text("_:x <http://e/p> _:y .\n_:y <http://e/p> _:x .\n", encoding="utf-8")
    data = AnyData.read([tmp_path / "one.nt", tmp_path / "two.nt"])
    names = [(str(t.subject), str(t.object)) for t in data.triples]
    assert names == [("_:b1", "_:b2"), ("_:b2", "_:b1"), ("_:b3", "_:b4"), ("_:b4", "_:b3")]
    assert [Path(data.place(number)[0]).name for number in range(4)] == ["one.nt", "one.nt", "two.nt", "two.nt"]


def test_relative_names_are_those_of_the_file(tmp_path: Path) -> None:
    (triple,) = read(tmp_path, "turtle", "<#a> <http://e/p> <> .").triples
    assert str(triple.subject) == f"<{(tmp_path / 'data.turtle').as_uri()}#a>"


def test_lines_are_right_across_the_pieces_in_which_a_file_is_read(tmp_path: Path) -> None:
    rows = [
        ("# x" if n % 7 == 0 else "" if n % 11 == 0 else f'<http://e/{n}> <http://e/p> "{"y" * (n % 300)}" .')
        for n in range(1, 3000)
    ]
    expected = [number for number, row in enumerate(rows, 1) if row.startswith("<")]
    text = "\n".join(rows)
    assert len(text) > 5 * 64 * 1024
    assert lines(read(tmp_path, "ntriples", text)) == expected
    assert lines(read(tmp_path, "nquads", text + "\n")) == expected
    assert lines(read(tmp_path, "turtle", text)) == expected


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://e/> .
:s sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxCount 1 ] ; sh:message "too many" .
"""


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_checked_and_located(tmp_path: Path, form: str) -> None:
    (tmp_path / "shapes.ttl").write_text(SHAPES, encoding="utf-8")
    path = tmp_path / f"data.{form}"
    path.write_text(SAME[form], encoding="utf-8")
    checked = check_any([path], [tmp_path / "shapes.ttl"], Fast(), data_format=form)
    (result,) = checked.results
    assert str(result.focus) == "<http://e/a>"
    assert checked.data.locate(result) == (str(path), LINES.get(form, [0])[0])


def test_shapes_may_stand_in_the_data(tmp_path: Path) -> None:
    path = tmp_path / "both.ttl"
    path.write_text(SHAPES + ":a :p 1 , 2 .", encoding="utf-8")
    checked = check_any([path], [], Fast())
    assert [str(result.focus) for result in checked.results] == ["<http://e/a>"]
    assert checked.has_targets
    path.write_text("<http://e/a> <http://e/p> 1 .", encoding="utf-8")
    assert not check_any([path], [], Fast()).has_targets


RDF = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
BROKEN = {
    "a syntax error": ("turtle", "@prefix : <http://e/> .\n:a :p 1 .\n:a : p .\n", 3, "is not valid Turtle"),
    "broken bytes": ("turtle", b'<http://e/a> <http://e/p> 1 .\n<http://e/a> <http://e/p> "\xff" .', 2, "UTF-8"),
    "broken bytes in lines": (
        "ntriples",
        b'<http://e/a> <http://e/p> "1" .\n<http://e/a> <http://e/p> "\xff" .',
        2,
        "UTF-8",
    ),
    "broken JSON": ("jsonld", '{\n"@id": "http://e/a",\n"http://e/p" 1\n}', 3, "is not valid JSON-LD"),
    "broken bytes in JSON": ("jsonld", b'{\n"@id": "http://e/a",\n"http://e/p": "\xff"\n}', 3, "is not valid JSON-LD"),
    "broken XML": ("rdfxml", f"{RDF}\n<e:a>\n</e:b>", 3, "is not valid XML: mismatched tag"),
    "unfinished XML": ("rdfxml", f"{RDF}\n<e:a>\n", 3, "is not valid XML"),
    "UTF-16": ("turtle", "<http://e/a> <http://e/p> 1 .".encode("utf-16"), 1, "is not valid Turtle"),
    "a space in an IRI": ("turtle", "\n<http://e/a b> <http://e/p> 1 .", 2, "IRI"),
    "an escaped space in an IRI": ("nquads", "\n<http://e/a\\u0020b> <http://e/p> <http://e/c> .", 2, "IRI"),
    "a space in an IRI of XML": (
        "rdfxml",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">\n<rdf:Description rdf:about="http://e/a b"/><rdf:Description rdf:about="http://e/a b" e:p="1"/></rdf:RDF>',
        2,
        "IRI",
    ),
    "a bidirectional control": ("turtle", "\n<http://e/a\u202eb> <http://e/p> 1 .", 2, r"'http://e/a\\u202eb'"),
    "an escaped one": ("ntriples", "\n<http://e/p> <http://e/p> <http://e/\\u2066> .", 2, r"'http://e/\\u2066'"),
    "one in a prefix": ("trig", "@prefix : <http://e/\u200f> .\n\n:a :b :c .", 3, "bidirectional"),
    "one in a datatype": ("turtle", '<http://e/p> <http://e/p> "1"^^<http://e/\u061c> .', 1, "bidirectional"),
    "one in JSON": ("jsonld", '{"@id": "http://e/a\\u202e", "http://e/p": 1}', 1, "bidirectional"),
    "a triple term": ("turtle", "\n<http://e/a> <http://e/p> <<( <http://e/a> <http://e/p> 1 )>> .", 2, "RDF 1.2"),
    "a direction": ("ntriples", '<http://e/a> <http://e/p> "x"@ar--rtl .', 1, "RDF 1.2"),
    "a remote context": (
        "jsonld",
        '{\n"@context": "http://127.0.0.1/c",\n"@id": "http://e/a", "p": 1}',
        2,
        "remote @context",
    ),
    "a remote import": (
        "jsonld",
        '{"@id": "http://e/a",\n"@context": {"@version": 1.1, "@import": "c.jsonld"},\n"p": 1}',
        2,
        "remote @context",
    ),
    "an external entity": (
        "rdfxml",
        '<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/hostname">]>\n<a>&x;</a>',
        2,
        "external",
    ),
    "a parameter entity": ("rdfxml", '<!DOCTYPE a [\n<!ENTITY % x "y">]>\n<a/>', 2, "parameter entity"),
    "an entity of entities": (
        "rdfxml",
        '<!DOCTYPE a [<!ENTITY x "y">\n<!ENTITY z "&x;&x;">]>\n<a/>',
        2,
        "more than a short text",
    ),
}


@pytest.mark.parametrize(("form", "text", "line", "says"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_is_refused_with_its_line(
    tmp_path: Path, form: str, text: str | bytes, line: int, says: str
) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read(tmp_path, form, text)
    assert caught.value.line == line
    assert caught.value.path == tmp_path / f"data.{form}"
    assert caught.value.hint


def test_right_to_left_text_is_welcome_in_literals(tmp_path: Path) -> None:
    (triple,) = read(tmp_path, "turtle", '<http://e/a> <http://e/p> "\u202bשלום\u202c\\u200F"@he .').triples
    assert triple.object == ox.Literal("\u202bשלום\u202c\u200f", language="he")


SMALL = Limits(size=100_000, text=1000, nesting=20)
TOO_MUCH = {
    "a large file": ("ntriples", "<http://e/a> <http://e/p> <http://e/b> .\n" * 3000, "larger than 97.7 KiB"),
    "a long line": ("turtle", f'\n<http://e/a> <http://e/p> "{"x" * 1000}" .', "line of more than 1000 bytes"),
    "a long line among lines": ("nquads", f'\n<http://e/a> <http://e/p> "{"x" * 1000}" .\n', "line of more than 1000"),
    "a long text over lines": (
        "turtle",
        '\n<http://e/a> <http://e/p> """' + "x\n" * 600 + '""" .',
        "text of more than 1000 bytes",
    ),
    "a long JSON text": (
        "jsonld",
        '{"@id": "http://e/a",\n"http://e/p": "' + "x" * 9000 + '"}',
        "text of more than 1000",
    ),
    "a long XML text": ("rdfxml", f"{RDF}\n<e:a><e:b>{'x' * 1001}</e:b></e:a></r:RDF>", "text of more than 1000"),
    "a long XML tag": ("rdfxml", f"{RDF}\n<e:b e:c='{'x' * 9000}'/></r:RDF>", "tag or comment of more than 1000"),
    "deep Turtle": (
        "turtle",
        "\n<http://e/a> <http://e/p> " + "[ <http://e/p> " * 21 + "1" + " ]" * 21 + " .",
        "20 deep",
    ),
    "deep lists": ("trig", "\n<http://e/a> <http://e/p> " + "( " * 21 + "1" + " )" * 21 + " .", "20 deep"),
    "deep Turtle behind false ends": (
        "turtle",
        "\n<http://e/a> <http://e/p> " + "[ <http://e/p> ']])' , \"]\" , <http://e/]> , " * 21 + "1" + "]" * 21 + " .",
        "20 deep",
    ),
    "deep triple terms": (
        "ntriples",
        "\n<http://e/a> <http://e/p> " + "<<( <http://e/a> <http://e/p> " * 21 + "<http://e/a>" + " )>>" * 21 + " .",
        "20 deep",
    ),
    "deep JSON": ("jsonld", "\n" + '{"http://e/p": ' * 21 + "1" + "}" * 21, "20 deep"),
    "deep JSON behind false ends": (
        "jsonld",
        "\n" + '{"http://e/q": "\\\\\\"}}]]", "http://e/p": ' * 21 + "1" + "}" * 21,
        "20 deep",
    ),
    "deep XML": ("rdfxml", "\n" + "<a>" * 21 + "</a>" * 21, "20 deep"),
    "many entities": (
        "rdfxml",
        f'<!DOCTYPE a [<!ENTITY x "{"y" * 900}">]>\n<a>{"<b>&x;</b>" * 300}</a>',
        "grows more than tenfold",
    ),
    "many entities in attributes": (
        "rdfxml",
        f'<!DOCTYPE a [<!ENTITY x "{"y" * 900}">]>{RDF}\n' + "<e:b e:c='&x;'/>" * 300 + "</r:RDF>",
        "grows more than tenfold",
    ),
}


@pytest.mark.parametrize(("form", "text", "says"), TOO_MUCH.values(), ids=TOO_MUCH)
def test_too_much_is_refused(tmp_path: Path, form: str, text: str, says: str) -> None:
    with pytest.raises(LimitError, match=says) as caught:
        read(tmp_path, form, text, SMALL)
    assert (
        caught.value.line == (2442 if form == "ntriples" and "larger" in says else 2)
        or "larger" in says
        or "lines" in str(caught.value)
    )


@pytest.mark.parametrize("form", ["turtle", "jsonld", "rdfxml"])
def test_what_only_looks_nested_is_not(tmp_path: Path, form: str) -> None:
    brackets = "[[(({{<<" * 50
    text = {
        "turtle": f'# {brackets}\n<http://e/a> <http://e/p> "{brackets}" , \'{brackets}\' , """\n{brackets}\n"{brackets}""" .',
        "jsonld": '{"@id": "http://e/a", "http://e/p": ["' + brackets.replace("<", "") + '", "\\"[[[[", 2]}',
        "rdfxml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="http://e/a"><p xmlns="http://e/">'
        + f"{brackets.replace('<', '&lt;')}</p><p xmlns='http://e/'>2</p><p xmlns='http://e/'>3</p></rdf:Description></rdf:RDF>",
    }[form]
    assert len(read(tmp_path, form, text, Limits(nesting=20)).triples) == 3


def test_sizes_in_words() -> None:
    assert [in_words(n) for n in (10, 2048, 1536, 16 * 1024**2, 2 * 1024**3)] == [
        "10 bytes",
        "2 KiB",
        "1.5 KiB",
        "16 MiB",
        "2 GiB",
    ]
