"""What is refused before a query is evaluated, or even parsed by the engine.

What is bounded here is what ends or escapes a worker: updates, other servers, and brackets by the thousand. What merely
takes too long or too much memory, such as cross products, is left to the limits of the workers. ``FROM`` never reaches
the network: a graph that is not in the store is an empty one, here as in the library.
"""

from __future__ import annotations

import re

from buendnis_graph.errors import QueryError
from buendnis_graph.queries.run import check
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.sparql_text import FORMS, form

_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_CHANGES = re.compile(r"(?<![?$])(?:NOW|RAND|UUID|BNODE)(?!\w)", re.IGNORECASE)
"""What may be a call: before the bracket may stand a comment, and the engine reads ``FILTERRAND()`` as two words."""


def guarded(query: str, *, elsewhere: bool = False) -> str:
    """Return the word a query begins with, in capitals.

    Args:
        query: as it was asked.
        elsewhere: whether another endpoint gets it, which may resolve escapes as ``u0053`` wherever they stand.

    Raises:
        RefusalError: 400, if it is too long or nested too deep, would change the graph or ask another server.
    """
    try:
        check(query, here=True)
        if elsewhere:
            check(_ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2], 16), 0x10FFFF)), query), here=True)
    except QueryError as error:
        raise RefusalError(400, error.message, hint=error.hint) from error
    kind = form(query)
    if kind not in FORMS:
        raise RefusalError(400, f"a query begins with {', '.join(sorted(FORMS))}.", hint="Queries are SPARQL 1.1.")
    return kind


def is_repeatable(query: str) -> bool:
    """Return whether a query has the same answer whenever it is asked of the same graph."""
    return not _CHANGES.search(query)
