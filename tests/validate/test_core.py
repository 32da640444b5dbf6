"""A crash of the engine for SHACL Core is told as its own fault, not the data's, unless it is known to be the data's."""

from __future__ import annotations

from types import SimpleNamespace

import pyoxigraph as ox
import pytest

from buendnis_graph.errors import EngineError, LimitError
from buendnis_graph.validate import Data, Shapes
from buendnis_graph.validate.core import Core

_A, _P = ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p")


class PanicException(BaseException):
    """What a crash in Rust arrives as."""


def _crash(*_: object, **__: object) -> None:
    raise PanicException("called `Option::unwrap()` on a `None` value")


@pytest.mark.parametrize("value", [ox.Literal("x"), ox.BlankNode("b")])
def test_a_crash_is_an_internal_fault_with_a_way_out(value: ox.Literal | ox.BlankNode) -> None:
    core = Core(Shapes([]), [])
    broken = SimpleNamespace(validate_text=_crash)
    core.__dict__.update(_plain=broken, _labelled=broken)
    with pytest.raises(EngineError, match="internal fault of it: called `Option::unwrap") as raised:
        core.results(Data([ox.Triple(_A, _P, value)]))
    assert "--engine pyshacl" in raised.value.hint
    assert raised.value.exit_code == 2


def test_other_errors_come_through() -> None:
    core = Core(Shapes([]), [])

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    core.__dict__.update(_plain=SimpleNamespace(validate_text=stop))
    with pytest.raises(KeyboardInterrupt):
        core.results(Data([]))


def test_a_year_beyond_counting_crashes_the_engine_and_is_the_data_s_fault() -> None:
    date = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    text = "<http://e/s> <http://www.w3.org/ns/shacl#targetNode> <http://e/a> ; <http://www.w3.org/ns/shacl#property> "
    text += "[ <http://www.w3.org/ns/shacl#path> <http://e/p> ; <http://www.w3.org/ns/shacl#datatype> "
    text += "<http://www.w3.org/2001/XMLSchema#date> ] ."
    shapes = Shapes(quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
    year = ox.Literal("99999999999999999999-01-01", datatype=date)
    with pytest.raises(LimitError, match="99999999999999999999"):
        Core(shapes, shapes.triples).results(Data([ox.Triple(_A, _P, year)]))
