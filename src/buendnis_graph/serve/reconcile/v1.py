"""Version 1.0-draft of the API: how it asks and is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from buendnis_graph.serve.reconcile.questions import (
    BATCH,
    CONDITIONS,
    VALUES,
    Condition,
    Question,
    a_limit,
    a_list,
    a_text,
    an_object,
    bounded,
    check_number,
    read_json,
    some_kinds,
    some_values,
    wrong,
)
from buendnis_graph.serve.reconcile.v02 import encode, joined

_FIELDS = frozenset({"conditions", "type", "limit", "lang", "dir"})
_QUANTIFIERS = ("any", "all", "none")


def read_queries(body: bytes) -> list[Question]:
    """Return the questions of a batch.

    Raises:
        RefusalError: 400, if it is none; 413, if there are too many.
    """
    raw = an_object(read_json(body, "body"), "body").get("queries")
    if isinstance(raw, list):
        check_number(raw, "queries")
    given = enumerate(a_list(raw, "queries", BATCH))
    return list(bounded(_question(one, f"queries[{number}]") for number, one in given))


def _question(value: Any, where: str) -> Question:
    raw = an_object(value, where)
    unknown = sorted(raw.keys() - _FIELDS)
    if unknown:
        raise wrong(f"{where}.{unknown[0]}", f"is no field of a query; there are: {', '.join(sorted(_FIELDS))}")
    given = a_list(raw.get("conditions"), f"{where}.conditions", CONDITIONS)
    if not given:
        raise wrong(f"{where}.conditions", "needs one condition at least")
    conditions = [_condition(one, f"{where}.conditions[{number}]") for number, one in enumerate(given)]
    kinds = some_kinds([a_text(raw["type"], f"{where}.type")]) if "type" in raw else ()
    named = (c for c in conditions if c.property == "name" and c.quantifier != "none")
    names = tuple(name for condition in named for name in condition.values if name.strip())
    if len(names) > VALUES:
        raise wrong(f"{where}.conditions", f"may have {VALUES} names, not {len(names)}")
    kept = tuple(c for c in conditions if c.property != "name" or c.required or c.quantifier == "none")
    return Question(names, kinds, limit=a_limit(raw.get("limit"), f"{where}.limit"), conditions=kept)


def _condition(value: Any, where: str) -> Condition:
    raw = an_object(value, where)
    kind = raw.get("matchType")
    if kind not in ("name", "property"):
        raise wrong(f"{where}.matchType", "must be 'name' or 'property'")
    if "propertyValue" not in raw:
        raise wrong(f"{where}.propertyValue", "is missing")
    required, quantifier = raw.get("required", False), raw.get("matchQuantifier", "any")
    if not isinstance(required, bool):
        raise wrong(f"{where}.required", "must be true or false")
    if quantifier not in _QUANTIFIERS:
        raise wrong(f"{where}.matchQuantifier", f"must be one of {', '.join(_QUANTIFIERS)}")
    if "matchQualifier" in raw:
        a_text(raw["matchQualifier"], f"{where}.matchQualifier")
    name = "name" if kind == "name" else a_text(raw.get("propertyId"), f"{where}.propertyId")
    return Condition(name, some_values(raw["propertyValue"], f"{where}.propertyValue"), required, quantifier)


def write_results(lines: Sequence[bytes]) -> bytes:
    """Return the answer to a batch.

    Args:
        lines: the candidates of each question, as JSON.
    """
    return joined(b'{"results":[', ((b'{"candidates":', line, b"}") for line in lines), b"]}")


def write_rows(meta: Sequence[Mapping[str, Any]], ids: Sequence[str], lines: Sequence[bytes]) -> bytes:
    """Return the answer to a data extension.

    Args:
        meta: the properties.
        ids: as they were asked for.
        lines: the properties of each with their values, as JSON.
    """
    items = ((b'{"id":', encode(one), b',"properties":', line, b"}") for one, line in zip(ids, lines, strict=True))
    return joined(b'{"meta":' + encode(meta) + b',"rows":[', items, b"]}")
