"""Statements as Oxigraph stores them: it may write numbers another way (``01`` as ``1``, ``xsd:int`` as an integer)."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import polars as pl
import pyoxigraph as ox

from buendnis_graph.namespaces import expand
from buendnis_graph.validate.columns import BLANK, LITERAL, NONE, Columns, Flags, Numbers
from buendnis_graph.validate.paths import Term

STRING = expand("xsd:string").value
AS_WRITTEN = {STRING, expand("rdf:langString").value}
"""Datatypes whose literals are stored as they are written."""
_NUMBER, _IS = "urn:term:", ox.NamedNode("urn:is")


class Stored:
    """Triples by number, two numbers being one if the store writes their terms alike.

    Attributes:
        columns: the triples as written.
        object: the numbers of their values; those of subjects and predicates are the columns'.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self._changed = _changed(columns)
        first: dict[Term, int] = {}
        self._same = {
            number: columns.number(term) if columns.number(term) != NONE else first.setdefault(term, number)
            for number, term in self._changed.items()
        }
        self.object: Numbers = columns.object
        if self._same:
            same = np.arange(len(columns.terms), dtype=np.int32)
            same[list(self._same)] = list(self._same.values())
            self.object = same[columns.object]

    def number(self, term: Term) -> int:
        """Return the number of a term that is written as the store writes it."""
        return self.columns.number(term)

    def term(self, number: int) -> Term:
        """Return the term of a number, as the store writes it."""
        return self._changed.get(number) or self.columns.terms[number]

    @cached_property
    def texts(self) -> pl.Series:
        """Of each term what STR gives; nothing for a blank node."""
        texts: list[str | None] = list(self.columns.texts)
        for number, term in self._changed.items():
            texts[number] = term.value
        for number in np.flatnonzero(self.columns.kind == BLANK).tolist():
            texts[number] = None
        return pl.Series(texts, dtype=pl.String)

    @cached_property
    def datatypes(self) -> pl.Series:
        """Of each literal its datatype; nothing for another term."""
        known = dict.fromkeys([*self.columns.datatypes, *(term.datatype.value for term in self._changed.values())])
        places = {datatype: place for place, datatype in enumerate(known)}
        codes = self.columns.datatype.copy()
        for number, term in self._changed.items():
            codes[number] = places[term.datatype.value]
        return _coded(codes, list(known), self.columns.kind == LITERAL)

    @cached_property
    def is_string(self) -> Flags:
        """Of each term whether it is a plain text."""
        return (self.datatypes == STRING).fill_null(False).to_numpy()

    @cached_property
    def is_nan(self) -> Flags:
        """Of each term whether its text is that of the number that is none."""
        return (self.texts == "NaN").fill_null(False).to_numpy()

    @cached_property
    def languages(self) -> pl.Series:
        """Of each literal its language, empty if it has none; nothing for another term."""
        codes, known = self.columns.language, self.columns.languages
        return _coded(np.where(codes == NONE, len(known), codes), [*known, ""], self.columns.kind == LITERAL)


def _coded(codes: Numbers, known: list[str], is_literal: Flags) -> pl.Series:
    """Return texts given by their places in a list, none where it is no literal."""
    return (
        pl.Series(known or [""], dtype=pl.String)
        .gather(pl.Series(np.where(is_literal, codes, 0)))
        .set(pl.Series(~is_literal), None)
    )


def _changed(columns: Columns) -> dict[int, ox.Literal]:
    """Return the literals that the store writes another way, as it does, by number."""
    plain = [place for place, name in enumerate(columns.datatypes) if name in AS_WRITTEN]
    numbers = np.flatnonzero((columns.kind == LITERAL) & ~np.isin(columns.datatype, plain)).tolist()
    store = ox.Store()
    store.bulk_extend(ox.Quad(ox.NamedNode(f"{_NUMBER}{n}"), _IS, columns.terms[n]) for n in numbers)
    found = {int(quad.subject.value[len(_NUMBER) :]): quad.object for quad in store}
    return {number: term for number, term in sorted(found.items()) if term != columns.terms[number]}
