"""Batches for QuickStatements (V1 commands): a pure function of what we could tell and of the items as they are.

One statement is one line of fields parted by tabs: item, property, value, qualifiers, then sources, whose properties
begin with S. Texts stand between quotation marks, those in a language as ``de:"…"``, times as
``+2023-03-00T00:00:00Z/10`` (https://www.wikidata.org/wiki/Help:QuickStatements, "Command sequence syntax"; how it is
read: https://github.com/WikiMovimentoBrasil/quickstatements3, ``core/parsers``). Sources are told by reference URL
(S854), title (S1476), publisher (S123), archive URL (S1065) and day retrieved (S813).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from buendnis_graph.linking.claims import PROPERTIES, Claim, Reference
from buendnis_graph.linking.items import Item, Statement

BATCH = 50
"""Statements in one batch; a person can read so many before sending them."""
_QID = re.compile(r"Q[1-9][0-9]*")
_TIME = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")
_THEIRS = re.compile(r"\+(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:]+Z/(?P<precision>[0-9]+)")
_FITS = {8: 3, 9: 4, 10: 7, 11: 10}
"""How much of a date holds by its precision: decade, year, month, day (https://www.wikidata.org/wiki/Help:Dates)."""
_BREAKING = frozenset('"“”|\t\r\n')
"""What ends or changes a text: QuickStatements takes typographic quotation marks for straight ones."""
_MEMBER_OF, _START, _END = (PROPERTIES[name] for name in ("memberOf", "since", "until"))
_ONE_OF_A_KIND = frozenset(PROPERTIES[name] for name in ("website", "inception", "headquarters", "legalForm"))
_ADDRESSES = frozenset({PROPERTIES["website"], "P854", "P1065"})


@dataclass(frozen=True, slots=True, order=True)
class Contradiction:
    """The item says something else than our source does; a person is to look.

    Attributes:
        claim: ours.
        theirs: what the item says.
        references: the addresses it names for it.
    """

    claim: Claim
    theirs: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What can be given back.

    Attributes:
        batches: commands, at most :data:`BATCH` a batch.
        contradictions: what is not told, as the item says something else.
        uncached: items that were not among those read, or are gone: nothing is told without comparing.
    """

    batches: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    uncached: tuple[str, ...]


def give(found: Iterable[Claim], items: Mapping[str, Item]) -> Given:
    """Return what the items lack, as batches; nothing is repeated, and nothing contradicted silently.

    Args:
        found: what could be told.
        items: the items as they are, by the id asked for. A redirect or a deleted item gets nothing.
    """
    lines: list[str] = []
    against: list[Contradiction] = []
    uncached: set[str] = set()
    for claim in sorted(found):
        item = items.get(claim.item)
        if item is None or item.is_missing or item.qid != claim.item:
            uncached.add(claim.item)
            continue
        present = item.statements.get(claim.property, ())
        other = _against(claim, present)
        if other is not None:
            against.append(Contradiction(claim, other.value, other.references))
        elif (lacking := _lacking(claim, present)) is not None:
            lines.append(command(lacking))
    batches = ("".join(f"{line}\n" for line in lines[at : at + BATCH]) for at in range(0, len(lines), BATCH))
    return Given(tuple(batches), tuple(against), tuple(sorted(uncached)))


def _against(claim: Claim, present: Iterable[Statement]) -> Statement | None:
    """Return the first of the item's statements that can't be true together with ours."""
    for statement in present:
        if claim.property == _MEMBER_OF:
            if statement.value == claim.value and _is_other_spell(claim, statement):
                return statement
        elif claim.property in _ONE_OF_A_KIND and not any(_agrees(claim.value, other.value) for other in present):
            return statement
    return None


def _is_other_spell(claim: Claim, statement: Statement) -> bool:
    """Return whether start or end differ, or one's start lies after the other's end: a command would mix them up."""
    for name, value in claim.qualifiers:
        if name in (_START, _END) and not all(_agrees(value, theirs) for theirs in statement.qualifiers.get(name, ())):
            return True
    ours = dict(claim.qualifiers)
    return any(_order(ours.get(_START), end) > 0 for end in statement.qualifiers.get(_END, ())) or any(
        _order(ours.get(_END), start) < 0 for start in statement.qualifiers.get(_START, ())
    )


def _order(ours: str | None, theirs: str) -> int:
    """Return 1 if our time lies after theirs, -1 if before, 0 if that can't be told."""
    time = _THEIRS.fullmatch(theirs)
    if not ours or time is None or not _TIME.fullmatch(ours):
        return 0
    length = min(len(ours), _FITS.get(int(time["precision"]), 0))
    one, two = ours[:length], time["date"][:length]
    return (one > two) - (one < two)


def _lacking(claim: Claim, present: Iterable[Statement]) -> Claim | None:
    """Return of a claim what the item lacks, None if nothing; of the kind of a thing it lacks none if it says any.

    A qualifier that the statement has already is left out: QuickStatements would put a second one beside it.
    """
    if claim.property == PROPERTIES["instanceOf"]:
        return None if tuple(present) else claim
    same = [statement for statement in present if _agrees(claim.value, statement.value)]
    told = {name for statement in same for name, values in statement.qualifiers.items() if values}
    left = tuple((name, value) for name, value in claim.qualifiers if name not in told)
    return None if same and not left else replace(claim, qualifiers=left)


def _agrees(ours: str, theirs: str) -> bool:
    """Return whether two values are the same, or times of which one lies within the other, or one website."""
    time = _THEIRS.fullmatch(theirs)
    if time and _TIME.fullmatch(ours):
        length = _FITS.get(int(time["precision"]), 0)
        shown = time["date"][:length]
        return bool(shown) and (shown.startswith(ours) or ours.startswith(shown))
    if ours.startswith("http"):
        return _site(ours) == _site(theirs)
    return ours == theirs


def _site(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/")


def command(claim: Claim) -> str:
    """Return a statement as one command of QuickStatements."""
    fields = [claim.item, claim.property, _value(claim.property, claim.value)]
    for name, value in claim.qualifiers:
        fields += [name, _value(name, value)]
    return "\t".join([*fields, *_sources(claim.reference)])


def _sources(reference: Reference) -> list[str]:
    fields = ["S854", _quoted(reference.url)]
    if reference.title and reference.language and not _BREAKING & set(reference.title):
        fields += ["S1476", f"{reference.language}:{_quoted(reference.title)}"]
    if reference.publisher:
        fields += ["S123", reference.publisher]
    if reference.archived:
        fields += ["S1065", _quoted(reference.archived)]
    return [*fields, "S813", _time(reference.retrieved)]


def _value(name: str, value: str) -> str:
    if name in _ADDRESSES:
        return _quoted(value)
    return value if _QID.fullmatch(value) else _time(value)


def _quoted(text: str) -> str:
    # a quotation mark, tab or bar would end the field: an address has them percent-encoded
    for mark, code in (('"', "%22"), ("\t", "%09"), ("\n", "%0A"), ("\r", "%0D"), ("|", "%7C")):
        text = text.replace(mark, code)
    return f'"{text}"'


def _time(value: str) -> str:
    match = _TIME.fullmatch(value)
    if match is None:
        raise ValueError(f"no time: {value}")
    precision = 9 + sum(part is not None for part in (match["month"], match["day"]))
    return f"+{match['year']}-{match['month'] or '00'}-{match['day'] or '00'}T00:00:00Z/{precision}"
