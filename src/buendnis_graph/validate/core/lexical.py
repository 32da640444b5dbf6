"""Which texts are written as XML Schema's datatypes ask (XML Schema 1.1, part 2).

Only datatypes that SPARQL 1.1 knows, and those of dates, times, durations and bytes, are looked at; a literal of any
other is never ill-typed, as SHACL has it (section 4.1.2).
"""

from __future__ import annotations

import re
from decimal import Decimal

from buendnis_graph.namespaces import PREFIXES

XSD = PREFIXES["xsd"]

_ZONE = r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"-?([1-9][0-9]{3,}|0[0-9]{3})"
_FOURTH_YEAR = r"-?[0-9]*([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
_DAY = (
    rf"({_YEAR}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    rf"|(?={_YEAR}-){_FOURTH_YEAR}-02-29)"
)
_TIME = r"(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?|24:00:00(\.0+)?)"
_DAYS = r"([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?"
_MONTHS = r"([0-9]+Y)?([0-9]+M)?"
_INTEGER = r"[+-]?[0-9]+"
_DOUBLE = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN"

RANGES: dict[str, tuple[int | None, int | None]] = {
    XSD + "integer": (None, None),
    XSD + "nonPositiveInteger": (None, 0),
    XSD + "negativeInteger": (None, -1),
    XSD + "nonNegativeInteger": (0, None),
    XSD + "positiveInteger": (1, None),
    **{f"{XSD}{name}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in
       (("long", 64), ("int", 32), ("short", 16), ("byte", 8))},
    **{f"{XSD}unsigned{name}": (0, 2**bits - 1) for name, bits in
       (("Long", 64), ("Int", 32), ("Short", 16), ("Byte", 8))},
}  # fmt: skip
"""The integers, with the least and the greatest of each."""

_FORMS = {
    XSD + name: re.compile(form)
    for name, form in {
        "boolean": r"true|false|0|1",
        "decimal": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)",
        "double": _DOUBLE,
        "float": _DOUBLE,
        "date": _DAY + _ZONE,
        "dateTime": f"{_DAY}T{_TIME}{_ZONE}",
        "time": _TIME + _ZONE,
        "duration": rf"-?P(?=.)(?!T?$){_MONTHS}{_DAYS}",
        "dayTimeDuration": rf"-?P(?=.){_DAYS}",
        "yearMonthDuration": rf"-?P(?=.){_MONTHS}",
        "hexBinary": r"([0-9A-Fa-f]{2})*",
    }.items()
} | dict.fromkeys(RANGES, re.compile(_INTEGER))


def is_checked(datatype: str) -> bool:
    """Return whether literals of a datatype, given by its IRI, can be ill-typed."""
    return datatype in _FORMS


def is_valid(datatype: str, text: str) -> bool:
    """Return whether a text is a lexical form of a datatype; true for datatypes that are not looked at."""
    form = _FORMS.get(datatype)
    if form is None:
        return True
    if not form.fullmatch(text):
        return False
    least, most = RANGES.get(datatype, (None, None))
    if least is None and most is None:
        return True
    number = Decimal(text)
    return (least is None or number >= least) and (most is None or number <= most)
