"""SHACL Core's parameters, each with what makes its constraint."""

from __future__ import annotations

from buendnis_graph.validate.core import logic, terms, together
from buendnis_graph.validate.core.checks import Maker

MAKERS: dict[str, Maker] = {
    "and": logic.and_,
    "class": terms.class_,
    "closed": together.closed,
    "datatype": terms.datatype,
    "disjoint": together.disjoint,
    "equals": together.equals,
    "hasValue": together.has_value,
    "in": terms.in_,
    "languageIn": terms.language_in,
    "lessThan": together.less_than("lessThan", or_equal=False),
    "lessThanOrEquals": together.less_than("lessThanOrEquals", or_equal=True),
    "maxCount": together.max_count,
    "maxExclusive": terms.bound("maxExclusive", -1),
    "maxInclusive": terms.bound("maxInclusive", -1, 0),
    "maxLength": terms.max_length,
    "minCount": together.min_count,
    "minExclusive": terms.bound("minExclusive", 1),
    "minInclusive": terms.bound("minInclusive", 0, 1),
    "minLength": terms.min_length,
    "node": logic.node,
    "nodeKind": terms.node_kind,
    "not": logic.not_,
    "or": logic.or_,
    "pattern": terms.pattern,
    "qualifiedMaxCount": logic.qualified("qualifiedMaxCount", lambda counts, most: counts <= most),
    "qualifiedMinCount": logic.qualified("qualifiedMinCount", lambda counts, least: counts >= least),
    "uniqueLang": together.unique_lang,
    "xone": logic.xone,
}
"""What makes the constraint of each parameter, by its local name."""
