"""Shapes that can't be used are refused with file and line, wherever the fault is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from buendnis_graph.errors import ShapesError
from buendnis_graph.validate import Engine, Fast, PyShacl
from buendnis_graph.validate.anycheck import check_any

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <http://e/> .
:fine sh:targetClass :P ; sh:property [ sh:path :p ; sh:minCount 0 ] , [ sh:path ( :p :q ) ; sh:minCount 0 ] ; sh:in ( 1 :a ) .
:s sh:targetClass :P ;
"""
BROKEN = {
    "a parameter": ' sh:property [\n  sh:path :p ;\n  sh:minCount "x" ] .\n',
    "a pattern": ' sh:property [\n  sh:path :p ;\n  sh:pattern "(" ] .\n',
    "a path of one step": " sh:property [ sh:minCount 1 ;\n\n  sh:path ( :p ) ] .\n",
    "a literal for a path": ' sh:property [ sh:minCount 1 ;\n\n  sh:path "p" ] .\n',
    "no list": "\n\n sh:and :x .\n",
}
BROKEN_FOR_US = {
    "a broken list": "\n\n sh:in :x .\n",
    "a kind of node": "\n\n sh:nodeKind :Foo .\n",
    "a query": '\n sh:sparql [\n  sh:select "SELECT $this WHERE { $this ?y }" ] .\n',
    "a query with MINUS": '\n sh:sparql [\n  sh:select "SELECT $this WHERE { $this ?y ?z MINUS { ?y ?z $this } }" ] .\n',
    "a prefix": "\n sh:sparql [ sh:select 'SELECT $this WHERE { $this ?y ?z }' ; sh:prefixes :o ] . :o sh:declare [\n"
    '  sh:prefix "x" ] .\n',
}
CASES = [(Fast(), text) for text in (BROKEN | BROKEN_FOR_US).values()] + [(PyShacl(), text) for text in BROKEN.values()]


@pytest.mark.parametrize(("engine", "text"), CASES)
@pytest.mark.parametrize("in_data", [False, True])
def test_the_line_is_told(tmp_path: Path, engine: Engine, text: str, in_data: bool) -> None:
    first, second, data = (tmp_path / name for name in ("first.ttl", "second.ttl", "data.ttl"))
    first.write_text("<http://e/P> a <http://e/C> .\n" * 3, encoding="utf-8")
    second.write_text(HEAD + text, encoding="utf-8")
    data.write_text("<http://e/a> a <http://e/P> ; <http://e/p> 1 .\n", encoding="utf-8")
    given = ([data, first, second], []) if in_data else ([data], [first, second])
    with pytest.raises(ShapesError) as raised:
        check_any(*given, engine)
    assert (raised.value.path, raised.value.line) == (second, 6)
    assert str(raised.value).startswith(f"{second}:6: ")
