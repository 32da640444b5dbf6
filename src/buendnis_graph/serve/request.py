"""What a request of the SPARQL 1.1 Protocol asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

import pyoxigraph as ox

from buendnis_graph.serve.refusal import RefusalError

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_MAX_PARAMETERS = 200
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\";\s]*)", re.IGNORECASE)
_READ_ONLY = "the graph is read-only: there is no update here."


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was asked.

    Attributes:
        query: SPARQL.
        default_graphs: IRIs of the graphs that make the default graph; they overrule ``FROM``.
        named_graphs: IRIs of the named graphs; they overrule ``FROM NAMED``.
        wanted: a format asked for by the parameter ``format``; empty if none is.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wanted: str = ""


def read(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked | None:
    """Return what is asked; None for a GET without a query, which asks for the service's description.

    Args:
        method: GET, HEAD or POST.
        query_string: of the address, as it was sent.
        content_type: the header; empty if there is none.
        body: of the request.

    Raises:
        RefusalError: 400, 403, 405 or 415, if it is none of the protocol's requests.
    """
    parameters = parameters_of(query_string)
    if method in {"GET", "HEAD"}:
        if "query" not in parameters and "update" not in parameters:
            return None
        return _asked(parameters)
    if method != "POST":
        raise RefusalError(405, "only GET and POST are answered here.", headers={"Allow": ", ".join(METHODS)})
    kind = content_type.partition(";")[0].strip().lower()
    charset = _CHARSET.search(content_type)
    if charset and charset[1].lower() not in {"utf-8", "utf8"}:
        raise RefusalError(415, "a query must be sent in UTF-8.")
    if kind == FORM:
        for name, values in parameters_of(body).items():
            parameters.setdefault(name, []).extend(values)
        return _asked(parameters)
    if kind == DIRECT:
        if "query" in parameters:
            raise RefusalError(400, "a query stands in the address and another in the body.")
        return _asked(parameters | {"query": [_text(body, "query")]})
    if kind == UPDATE:
        raise RefusalError(403, _READ_ONLY)
    raise RefusalError(415, f"a query is posted as {FORM} or {DIRECT}.")


def _asked(parameters: dict[str, list[str]]) -> Asked:
    if "update" in parameters:
        raise RefusalError(403, _READ_ONLY)
    queries = parameters.get("query", [])
    if len(queries) != 1:
        raise RefusalError(400, f"there must be one parameter 'query'; there are {len(queries)}.")
    if not queries[0].strip():
        raise RefusalError(400, "the query is empty.")
    wanted = parameters.get("format", []) or parameters.get("output", [])
    return Asked(
        queries[0],
        _graphs(parameters, "default-graph-uri"),
        _graphs(parameters, "named-graph-uri"),
        wanted[-1] if wanted else "",
    )


def _graphs(parameters: dict[str, list[str]], name: str) -> tuple[str, ...]:
    iris = tuple(dict.fromkeys(parameters.get(name, ())))
    for iri in iris:
        try:
            ox.NamedNode(iri)
        except ValueError as error:
            raise RefusalError(400, f"a parameter '{name}' is no absolute IRI.") from error
    return iris


def parameters_of(encoded: bytes) -> dict[str, list[str]]:
    """Return the values of a form by name; ``urllib.parse.parse_qs`` would pass over bytes that are no UTF-8.

    Raises:
        RefusalError: 400, if there are too many, or they are not in UTF-8.
    """
    found: dict[str, list[str]] = {}
    pairs = encoded.split(b"&", _MAX_PARAMETERS)
    if len(pairs) > _MAX_PARAMETERS:
        raise RefusalError(400, f"there are more than {_MAX_PARAMETERS} parameters.")
    for pair in pairs:
        if pair:
            name, _, value = pair.replace(b"+", b" ").partition(b"=")
            key = _text(unquote_to_bytes(name), "parameter")
            found.setdefault(key, []).append(_text(unquote_to_bytes(value), "parameter"))
    return found


def _text(data: bytes, what: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, f"the {what} is not in UTF-8.") from error
