"""Items of Wikidata as its JSON gives them: what identifies an organisation among their statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from buendnis_graph.linking.body import Body, made

_CLASS, _SEAT, _WEBSITE, _INCEPTION, _PARENT, _SHORT = "P31", "P159", "P856", "P571", "P749", "P1813"
_WITHIN, _FORM = "P131", "P1454"
_READ = frozenset({_CLASS, _SEAT, _WEBSITE, _INCEPTION, _PARENT, _SHORT, _WITHIN, _FORM})
_LANGUAGES = ("de", "en", "mul")
_YEAR = 9
"""From this precision on a time says a year; a coarser one stands for a decade, a century …
(https://www.wikidata.org/wiki/Help:Dates)."""
_WIKIPEDIA = re.compile(r"(?!commons|species|wikidata|meta|sources)[a-z_]+wiki")
"""Names of Wikipedias among the sites with articles: ``dewiki``."""
_KNOWN_CLASSES = {"Q5": "human", "Q4167410": "disambiguation page", "Q515": "city"}
"""Classes whose items a file of organisations seldom holds."""


def needed(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record with what :func:`wikidata_bodies` reads of an item; one that is no item stays as it is."""
    claims = record.get("claims")
    if not isinstance(claims, dict):
        return record
    kept: dict[str, Any] = {name: record[name] for name in ("id", "redirects", "missing") if name in record}
    kept["sitelinks"] = {site: {} for site in _keys(record.get("sitelinks"))}
    for name in ("labels", "aliases"):
        told = record.get(name)
        kept[name] = {lang: told[lang] for lang in _LANGUAGES if lang in told} if isinstance(told, dict) else {}
    return kept | {"claims": {name: values for name, values in claims.items() if name in _READ}}


def wikidata_bodies(records: Iterable[dict[str, Any]]) -> Iterator[Body]:
    """Yield the items that have an id and a German or English name.

    What they point to (classes, seats, parents) is told by its label if the records hold it, too. An item that is
    redirected or missing is marked as gone.
    """
    items = [record for record in records if isinstance(record.get("id"), str)]
    labels = {item["id"]: names[0] for item in items if (names := _names(item))}
    for item in items:
        names = _names(item)
        if names:
            told = {
                "acronyms": [_string(value, "text") for value in _values(item, _SHORT)],
                "places": _pointed(item, _SEAT, labels),
                "websites": [value for value in _values(item, _WEBSITE) if isinstance(value, str)],
                "founded": [_year(value) for value in _values(item, _INCEPTION)],
                "classes": _pointed(item, _CLASS, labels | _KNOWN_CLASSES),
                "parents": _pointed(item, _PARENT, labels),
                "within": _pointed(item, _WITHIN, labels),
                "forms": _pointed(item, _FORM, labels),
                "pages": [site for site in _keys(item.get("sitelinks")) if _WIKIPEDIA.fullmatch(site)],
            }
            yield made(item["id"], names, told, is_gone="redirects" in item or "missing" in item)


def _names(item: dict[str, Any]) -> list[str]:
    labels, aliases = item.get("labels"), item.get("aliases")
    labels = labels if isinstance(labels, dict) else {}
    aliases = aliases if isinstance(aliases, dict) else {}
    told = [labels.get(language) for language in _LANGUAGES]
    more = [alias for language in _LANGUAGES for alias in _listed(aliases.get(language))]
    return list(dict.fromkeys(text for one in (*told, *more) if (text := _string(one, "value"))))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _keys(value: Any) -> list[str]:
    return sorted(value) if isinstance(value, dict) else []


def _string(value: Any, name: str) -> str:
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _values(item: dict[str, Any], name: str) -> Iterator[Any]:
    """Yield the values of a property, but for deprecated statements and for unknown ones."""
    claims = item.get("claims")
    for claim in _listed(claims.get(name) if isinstance(claims, dict) else None):
        snak = claim.get("mainsnak") if isinstance(claim, dict) else None
        if isinstance(snak, dict) and claim.get("rank") != "deprecated" and isinstance(snak.get("datavalue"), dict):
            yield snak["datavalue"].get("value")


def _year(value: Any) -> str:
    precision = value.get("precision", _YEAR) if isinstance(value, dict) else 0
    is_known = isinstance(precision, int) and precision >= _YEAR
    return _string(value, "time").lstrip("+")[:4] if is_known else ""


def _pointed(item: dict[str, Any], name: str, labels: dict[str, str]) -> list[str]:
    return [labels[one] for value in _values(item, name) if (one := _string(value, "id")) in labels]
