"""Candidates from a reconciliation service (W3C Reconciliation Service API 0.2), with what it can tell of them.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from buendnis_graph.errors import EndpointError
from buendnis_graph.linking.body import Body, made
from buendnis_graph.linking.polite import Polite
from buendnis_graph.linking.targets import Target

_BATCH = 10
"""Questions in one request: services ask for small ones."""
_DETAILED = 50
"""Candidates of which details are asked for at once."""
_LIMIT = 5
"""Candidates of one question."""
_NAMES = 3
"""So many names of a body are asked for: the preferred one, and the first others."""


def reconcile(
    bodies: Sequence[Body],
    target: Target,
    url: str,
    polite: Polite,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[list[Body], int]:
    """Return the candidates that a service has for bodies, sorted by id, and how many were left out for their ids.

    Args:
        bodies: ours; the service is told their names and nothing else.
        target: whose ids are expected.
        url: of the service.
        polite: asks.
        progress: is told what is being done.

    Raises:
        EndpointError: if the service does not answer as one.
    """
    manifest = _asked(polite, url, None, ())
    names = list(dict.fromkeys(name for body in bodies for name in body.entry.names[:_NAMES]))
    found: dict[str, dict[str, Any]] = {}
    unusable: set[str] = set()
    for start in range(0, len(names), _BATCH):
        progress(f"asking {url}: {start:,} of {len(names):,} names")
        some = names[start : start + _BATCH]
        queries = {f"q{number}": {"query": name, "limit": _LIMIT} for number, name in enumerate(some)}
        answer = _asked(polite, url, {"queries": json.dumps(queries, ensure_ascii=False)}, queries)
        for candidate in (one for name in queries for one in answer[name]["result"] if isinstance(one, dict)):
            key = target.id_of(str(candidate.get("id", "")))
            if key:
                found.setdefault(key, candidate)
            else:
                unusable.add(str(candidate.get("id", ""))[:100])
    details = _details(sorted(found), target, manifest, url, polite, progress)
    return [_body(key, found[key], details.get(key, {}), target) for key in sorted(found)], len(unusable)


def _asked(polite: Polite, url: str, form: Mapping[str, str] | None, queries: Iterable[str]) -> dict[str, Any]:
    """Return an answer that is an object, with a list of candidates for each query."""

    def check(answer: Any) -> None:
        is_object = isinstance(answer, dict)
        if not is_object or not all(isinstance(_result(answer.get(name)), list) for name in queries):
            raise EndpointError(
                f"{url} does not answer as a reconciliation service does.",
                hint="Give the address that OpenRefine would be given.",
            )

    answer: dict[str, Any] = polite.json(url, form, check)
    return answer


def _result(answer: Any) -> Any:
    return answer.get("result") if isinstance(answer, dict) else None


def _details(
    keys: Sequence[str],
    target: Target,
    manifest: Mapping[str, Any],
    url: str,
    polite: Polite,
    progress: Callable[[str], None],
) -> dict[str, dict[str, Any]]:
    """Return what the service tells of candidates, by id and property; nothing if it can't extend data."""
    wanted = [name for names in target.properties.values() for name in names]
    if not isinstance(manifest.get("extend"), dict) or not wanted:
        return {}
    rows: dict[str, dict[str, Any]] = {}
    for start in range(0, len(keys), _DETAILED):
        progress(f"asking {url}: details of {start:,} of {len(keys):,}")
        some = keys[start : start + _DETAILED]
        asked = {"ids": some, "properties": [{"id": name} for name in wanted]}
        told = _asked(polite, url, {"extend": json.dumps(asked)}, ()).get("rows")
        if isinstance(told, dict):
            rows |= {key: row for key, row in told.items() if key in some and isinstance(row, dict)}
    return rows


def _body(key: str, candidate: Mapping[str, Any], row: Mapping[str, Any], target: Target) -> Body:
    told = {kind: [t for name in names for t in _texts(row.get(name))] for kind, names in target.properties.items()}
    classes = [name for one in _listed(candidate.get("type")) if (name := _name(one))]
    told["classes"] = [*classes, *told.get("classes", [])]
    return made(key, [_name(candidate), *told.get("names", [])], told)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any) -> str:
    found = value.get("name") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _texts(values: Any) -> Iterator[str]:
    """Yield values of a property as data extension tells them."""
    for value in _listed(values):
        if isinstance(value, dict):
            text = next((value[kind] for kind in ("str", "name", "date", "id") if value.get(kind)), "")
            if isinstance(text, str):
                yield text
