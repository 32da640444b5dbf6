"""Which rows may meet a condition of a SPARQL query: asked of whole columns of terms, without asking the store.

Of each row two things are told: whether the condition may be true, and whether it may be false. Where SPARQL has an
error it is neither; where this module does not know it may be both.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
import pyoxigraph as ox

from buendnis_graph.validate.columns import BLANK, IRI, LITERAL, Flags, Numbers
from buendnis_graph.validate.paths import Term
from buendnis_graph.validate.query_tree import Call, Exists, Expression, Group, parts
from buendnis_graph.validate.stored import AS_WRITTEN, STRING, Stored

Frame = pl.DataFrame
"""Solutions: a column of numbers of terms for each variable."""
Verdict = tuple[Flags, Flags]
"""Of each row whether a condition may be true, and whether it may be false."""

_KINDS = {"ISIRI": IRI, "ISURI": IRI, "ISBLANK": BLANK, "ISLITERAL": LITERAL}
_TRUE, _FALSE = ox.Literal(True), ox.Literal(False)
_FLAGS = frozenset("ims")


class Conditions:
    """What conditions say of rows.

    Args:
        stored: the statements.
        exists: says of rows whether a group may have a solution, and whether it may have none.
    """

    def __init__(self, stored: Stored, exists: Callable[[Group, Frame], Verdict]) -> None:
        self._stored, self._exists = stored, exists

    def kept(self, frame: Frame, condition: Expression) -> tuple[Frame, bool]:
        """Return the rows that may meet a condition, and whether they do for sure; one term is looked at once."""
        names = [name for name in frame.columns if name in variables(condition)]
        if len(names) == 1 and frame.width:
            seen = np.zeros(len(self._stored.columns.terms), np.bool_)
            seen[frame[names[0]].to_numpy()] = True
            terms = np.flatnonzero(seen).astype(np.int32)
            may, may_not = self.judge(condition, pl.DataFrame({names[0]: terms}))
            seen[terms] = may
            return frame.filter(pl.Series(seen[frame[names[0]].to_numpy()])), not (may & may_not).any()
        may, may_not = self.judge(condition, frame)
        return frame.filter(pl.Series(may)), not (may & may_not).any()

    def judge(self, condition: Expression, frame: Frame) -> Verdict:
        """Return what a condition says of some rows."""
        if isinstance(condition, Exists):
            return self._exists(condition.group, frame)
        if condition in (_TRUE, _FALSE):
            return _all(frame, condition == _TRUE), _all(frame, condition == _FALSE)
        if not isinstance(condition, Call):
            return _unknown(frame)
        name, given = condition.name, condition.given
        if name == "!":
            return self.judge(given[0], frame)[::-1]
        if name in ("&&", "||"):
            (one, one_not), (other, other_not) = (self.judge(part, frame) for part in given)
            return (one & other, one_not | other_not) if name == "&&" else (one | other, one_not & other_not)
        if name == "IF" and len(given) == 3:
            (yes, no), (one, one_not), (other, other_not) = (self.judge(part, frame) for part in given)
            return yes & one | no & other, yes & one_not | no & other_not
        if name in ("=", "!="):
            equal = self._equal(given[0], given[1], frame)
            return equal if name == "=" else equal[::-1]
        if name in _KINDS and given[0] in frame.columns:
            found = self._stored.columns.kind[frame[given[0]].to_numpy()] == _KINDS[name]  # type: ignore[index]
            return found, ~found
        if name == "BOUND" and given[0] in frame.columns:
            return _all(frame, True), _all(frame, False)
        return self._of_texts(name, given, frame)

    def _equal(self, one: Expression, other: Expression, frame: Frame) -> Verdict:
        if isinstance(one, Term) and isinstance(other, str):
            one, other = other, one
        if one not in frame.columns:
            texts = self._text(one, frame), self._text(other, frame)
            if texts[0] is None or texts[1] is None or _is_iri(one) != _is_iri(other):
                return _unknown(frame)
            return _told(texts[0] == texts[1], frame)
        numbers = frame[one].to_numpy()  # type: ignore[index]
        is_literal, is_string = self._stored.columns.kind == LITERAL, self._stored.is_string
        others: Numbers | int
        literals: Flags | bool
        strings: Flags | bool
        if isinstance(other, str) and other in frame.columns:
            others = frame[other].to_numpy()
            literals, strings = is_literal[others], is_string[others]
        elif isinstance(other, ox.NamedNode) or (isinstance(other, ox.Literal) and other.datatype.value in AS_WRITTEN):
            others = self._stored.number(other)
            literals, strings = isinstance(other, ox.Literal), other == ox.Literal(getattr(other, "value", ""))
        else:
            return _unknown(frame)
        same = numbers == others
        # Literals of different kinds may be equal all the same, or not be comparable; NaN does not even equal itself.
        sure = same & ~self._stored.is_nan[numbers]
        doubt = ~sure & is_literal[numbers] & literals & ~(is_string[numbers] & strings)
        return same | doubt, ~same | doubt

    def _of_texts(self, name: str, given: tuple[Expression, ...], frame: Frame) -> Verdict:
        """Return what a condition upon texts says."""
        if name not in ("REGEX", "STRSTARTS", "STRENDS", "CONTAINS") or len(given) < 2:
            return _unknown(frame)
        text, sought = self._text(given[0], frame), self._text(given[1], frame)
        if text is None or sought is None or any(map(_is_iri, given)):
            return _unknown(frame)
        if name == "STRSTARTS":
            return _told(text.str.starts_with(sought), frame)
        if name == "STRENDS":
            return _told(text.str.ends_with(sought), frame)
        if name == "CONTAINS":
            return _told(text.str.contains(sought, literal=True), frame)
        flags = getattr(given[2], "value", "?") if len(given) > 2 else ""
        if not isinstance(given[1], ox.Literal) or not set(flags) <= _FLAGS:
            return _unknown(frame)
        return _told(text.str.contains(f"(?{flags}){given[1].value}" if flags else given[1].value), frame)

    def _text(self, expression: Expression, frame: Frame) -> pl.Expr | None:
        """Return what gives the text, of a row each; None if that is not known."""
        if isinstance(expression, ox.NamedNode):
            return pl.lit(expression.value)
        if isinstance(expression, ox.Literal):
            return pl.lit(expression.value) if expression.datatype.value == STRING else None
        if not isinstance(expression, Call):
            return None
        name, given = expression.name, expression.given
        columns = {"STR": "texts", "LANG": "languages", "DATATYPE": "datatypes"}
        if name in columns and given[0] in frame.columns:
            series: pl.Series = getattr(self._stored, columns[name])
            return pl.lit(series.gather(frame[given[0]]))  # type: ignore[index]
        texts = [text for part in given if (text := self._text(part, frame)) is not None]
        if len(texts) < len(given) or any(map(_is_iri, given)):
            return None
        if name == "CONCAT" and texts:
            return pl.concat_str(texts)
        if name == "STRBEFORE" and isinstance(given[1], ox.Literal) and given[1].value:
            end = given[1].value
            before = texts[0].str.split_exact(end, 1).struct.field("field_0")
            there = texts[0].str.contains(end, literal=True)
            return pl.when(there).then(before).when(texts[0].is_not_null()).then(pl.lit(""))
        return None


def variables(expression: Expression) -> set[str]:
    """Return the variables that an expression mentions, in groups it asks for, too."""
    found: set[str] = set()
    for part in parts(expression):
        if isinstance(part, str):
            found.add(part)
        elif isinstance(part, Exists):
            found |= part.group.variables()
            found = found.union(*(variables(e) for e in (*part.group.filters, *part.group.binds.values())))
    return found


def _is_iri(expression: Expression) -> bool:
    return isinstance(expression, ox.NamedNode) or (isinstance(expression, Call) and expression.name == "DATATYPE")


def _told(condition: pl.Expr, frame: Frame) -> Verdict:
    """Return what polars says; where it has nothing to say, and if it can't read a pattern, nothing is known."""
    try:
        found = pl.select(condition.alias("found"))["found"]
    except pl.exceptions.ComputeError:
        return _unknown(frame)
    may, may_not = found.fill_null(True).to_numpy(), (~found).fill_null(True).to_numpy()
    return tuple(np.broadcast_to(flags, len(frame)) for flags in (may, may_not))  # type: ignore[return-value]


def _all(frame: Frame, answer: bool) -> Flags:
    return np.full(len(frame), answer)


def _unknown(frame: Frame) -> Verdict:
    return _all(frame, True), _all(frame, True)
