"""What becomes of an answer if something is only called otherwise: the name is put in place of the other one.

A question that does not look into a name gives, of a graph in which it was replaced by one that was nowhere, the
answer with it replaced: queries are generic (Abiteboul, Hull, Vianu: Foundations of Databases, 1995, chapter 16). What
looks into names is their order; so where rows are ordered by them, it is looked where a row now stands, and where that
can't be told of rows that the page does not show, nothing is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace

import pyoxigraph as ox

from buendnis_graph.namespaces import expand
from buendnis_graph.publish.site.asked import Answer, Term
from buendnis_graph.publish.site.renewed.answers import Answers, Use
from buendnis_graph.publish.site.renewed.pattern_reader import groups_of
from buendnis_graph.publish.site.renewed.patterns import Variable
from buendnis_graph.sparql_text import tokens

Pair = tuple[ox.Literal, ox.Literal]
Shown = tuple[Term | None, ...]

_LOOKING = frozenset({"LIMIT", "OFFSET", "REDUCED", "SAMPLE"})
"""Words of questions whose answers depend on the order of rows that are not shown."""
_TEXTS = frozenset({expand("rdf:langString").value, expand("xsd:string").value})
_AROUND = {("LANG", "("), ("ASC", "("), ("DESC", "(")}


def renamed(text: str, answer: Answer, uses: Sequence[Use], before: ox.Store, after: ox.Store) -> Answer | None:
    """Return the answer to a question after a name was replaced; None if it can't be told.

    Args:
        text: of the question, which :func:`~buendnis_graph.publish.site.renewed.pattern_reader.groups_of` reads.
        answer: what its page showed.
        uses: all patterns that may use what is in one store alone.
        before: as the graph was.
        after: as it is.
    """
    pair = _replaced(uses, before)
    names = {use.pattern.value.name for use in uses if isinstance(use.pattern.value, Variable)}
    if pair is None or not all(map(_is_plain, uses)) or not _looks_not_into(text, names):
        return None
    old, new = pair
    if _is_seen(text, old, after) or _is_seen(text, new, before):
        return None
    if any(old in row for row in _without(names, answer)):
        return None  # a text of the question, or of something else, that reads as the name
    rows = [tuple(new if term == old else term for term in row) for row in answer.rows]
    ordered = _ordered(Answers(text), answer, rows, names, pair)
    return None if ordered is None else replace(answer, rows=tuple(ordered))


def _replaced(uses: Iterable[Use], before: ox.Store) -> Pair | None:
    """Return the literal that went and that which came in its place; None if the uses tell of anything else."""
    gone, come = set[ox.Triple](), set[ox.Triple]()
    for use in uses:
        (gone if use.store is before else come).add(use.triple)
    old, new = ({triple.object for triple in some} for some in (gone, come))
    if len(old) != 1 or len(new) != 1 or _but_object(gone) != _but_object(come):
        return None
    (one,), (two,) = old, new
    if not (isinstance(one, ox.Literal) and isinstance(two, ox.Literal)):
        return None
    is_alike = (one.language, one.datatype) == (two.language, two.datatype)
    return (one, two) if is_alike and one.datatype.value in _TEXTS else None


def _but_object(triples: Iterable[ox.Triple]) -> set[tuple[object, object]]:
    return {(triple.subject, triple.predicate) for triple in triples}


def _is_plain(use: Use) -> bool:
    return isinstance(use.pattern.value, Variable) and isinstance(use.pattern.properties, frozenset)


def _looks_not_into(text: str, names: set[str]) -> bool:
    """Return whether a question does no more with variables than to hand on, ask for languages, group and order."""
    pieces = [piece.upper() if kind == "word" else piece for kind, piece, _ in tokens(text)]
    is_grouped = names <= {*Answers(text).groups}  # then an order within, and texts put together, are of others only
    if not _LOOKING.isdisjoint(pieces) or ("GROUP_CONCAT" in pieces and not is_grouped):
        return False
    brackets = braces = 0
    for at, piece in enumerate(pieces):
        brackets += (piece == "(") - (piece == ")")
        braces += (piece == "{") - (piece == "}")
        if braces and (piece == "GROUP_CONCAT" or (piece == "ORDER" and not is_grouped)):
            return False
        if piece[0] in "?$" and piece[1:] in names:
            is_handed = brackets == 0 and pieces[at - 1] != "VALUES"
            is_asked = brackets > 0 and tuple(pieces[at - 2 : at]) in _AROUND and pieces[at + 1] == ")"
            if not (is_handed or is_asked):
                return False
    return True


def _is_seen(text: str, literal: ox.Literal, store: ox.Store) -> bool:
    """Return whether a question may use a literal in the default graph of a store."""
    groups = groups_of(text)
    if any(group.is_named for group in groups):
        return True
    quads = store.quads_for_pattern(None, None, literal, ox.DefaultGraph())
    return any(next(group.users(quad.triple, store), None) is not None for quad in quads for group in groups)


def _without(names: Set[str], answer: Answer) -> Iterator[Shown]:
    """Yield the rows of an answer without the columns that hold names."""
    others = [number for number, column in enumerate(answer.columns) if column not in names]
    return (tuple(row[number] for number in others) for row in answer.rows)


def _ordered(
    answers: Answers, answer: Answer, rows: Sequence[Shown], names: set[str], pair: Pair
) -> Sequence[Shown] | None:
    """Return rows in their order, some of which are called otherwise now; None if it can't be told.

    Args:
        answers: to the question.
        answer: what its page showed.
        rows: the same rows, called as they are now.
        names: the variables that have names as their values.
        pair: the name that went, and that which came.
    """
    keys, changed = answers.keys, [number for number, row in enumerate(rows) if row != answer.rows[number]]
    is_hidden = answers.is_nested or not names <= {*answer.columns}
    if answer.total <= 1 or not (changed or answer.is_cut or is_hidden):
        return rows
    if keys is None or not {*keys} <= {*answer.columns}:
        return None  # the engine finds rows in an order that depends on names too
    if answer.is_cut and (not names <= {*keys} or _may_enter(answer, names, pair)):
        return None  # of rows that are equal but for a name it is not known which is shown
    order = answers.in_order(rows, answer.columns)
    if order is None:  # some are equal: which comes first is not known
        return None
    is_last_known = not answer.is_cut or {order[-1], len(rows) - 1}.isdisjoint(changed)
    return [rows[number] for number in order] if is_last_known else None


def _may_enter(answer: Answer, names: Iterable[str], pair: Pair) -> bool:
    """Return whether a row behind the last that is shown may come before it when its name is replaced.

    They then are equal but for the name, and that of the last one lies between the two, or is one of them.
    """
    last = dict(zip(answer.columns, answer.rows[-1], strict=True))
    return any(_lies_between(last[name], pair) for name in names)


def _lies_between(term: object, pair: Pair) -> bool:
    if not isinstance(term, ox.Literal):
        return True
    listed = " ".join(f"({one} {number})" for number, one in enumerate((*pair, term)))
    asked = f"SELECT ?n {{ VALUES (?x ?n) {{ {listed} }} }} ORDER BY ?x"
    return term in pair or [int(row[0].value) for row in ox.Store().query(asked)][1] == len(pair)  # type: ignore[union-attr]
