"""What is held against what should be there: the difference of two sets, however it was written and in whatever parts."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.store.received import Compared
from tests.store import contract
from tests.store.contract import ONE, lines

TRIPLES = sorted(contract.quads_in(ONE), key=str)
SOME = st.frozensets(st.sampled_from(TRIPLES))


def _escaped(body: bytes) -> bytes:
    """Return N-Triples as those write them who know ASCII only."""
    return "".join(c if ord(c) < 128 else f"\\U{ord(c):08X}" for c in body.decode()).encode()


@given(SOME, SOME, st.integers(1, 30), st.sampled_from(["N-Triples", "ASCII", "Turtle"]))
def test_it_is_that_of_two_sets(here: frozenset[ox.Quad], there: frozenset[ox.Quad], page: int, written: str) -> None:
    compared = Compared(lines(here))
    form = ox.RdfFormat.TURTLE if written == "Turtle" else ox.RdfFormat.N_TRIPLES
    came = sorted(there, key=str)
    for _ in range(2):
        for start in range(0, len(came), page):
            body = ox.serialize((quad.triple for quad in came[start : start + page]), format=form) or b""
            compared.take(_escaped(body) if written == "ASCII" else body, form)
        assert len(compared) == len(there), "what comes twice counts once"
    assert compared.difference() == (lines(there - here), lines(here - there))
    compared.clear()
    assert len(compared) == 0
    assert compared.difference() == (set(), lines(here))


def test_what_is_no_answer_is_told() -> None:
    with pytest.raises(SyntaxError):
        Compared(set()).take(b"<urn:s> nonsense\n", ox.RdfFormat.N_TRIPLES)
