"""What another endpoint answers, in the format that was asked for here; or why it will not do."""

from __future__ import annotations

import gzip

import pyoxigraph as ox

from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.serve.fetch import Fetched
from buendnis_graph.serve.formats import GRAPHS, RESULTS, Format
from buendnis_graph.serve.handle import Answer
from buendnis_graph.serve.refusal import RefusalError
from buendnis_graph.serve.worker import SMALL, Outcome
from buendnis_graph.store.remote_errors import own_words

_CUT, _ROWS = "x-sql-state", "x-sparql-maxrows"
"""Headers of Virtuoso: an answer may be cut; and at how many rows it is."""
_ENDS = {"content-length", "transfer-encoding"}
"""Headers by which HTTP tells a whole answer from one that was cut (RFC 9112, 6.3)."""


def accepts(wanted: Format) -> str:
    """Return the header Accept for an endpoint: the format wanted, else one that can be made into it."""
    others = [format_ for format_ in (RESULTS[:2] if wanted in RESULTS else GRAPHS[:4]) if format_ is not wanted]
    return ", ".join([wanted.media_type, *(f"{format_.media_type};q=0.5" for format_ in others)])


def converted(fetched: Fetched, wanted: Format, *, compress: bool, limit: int) -> Answer:
    """Return an answer in a format. It may take seconds: for a thread.

    Args:
        fetched: what came.
        wanted: the format.
        compress: whether by gzip.
        limit: bytes it may have.

    Raises:
        RefusalError: 400 if the endpoint can't read the query, 502 if it gives no whole answer, 504 if it gave up.
    """
    _check(fetched)
    body, wrong = b"", ""
    try:
        body = _in_format(fetched, wanted)
    except (SyntaxError, ValueError) as error:
        # Its text, not the error itself: that holds rows of the engine, which must end in this thread.
        wrong = str(error)[:200] or "it is not of its format"
    if wrong:
        raise RefusalError(502, f"what the endpoint answers can't be read: {wrong}.")
    if len(body) > limit:
        return Answer(Outcome.TOO_LARGE, False, b"")
    if compress and len(body) >= SMALL:
        return Answer(Outcome.ANSWERED, True, gzip.compress(body, 1, mtime=0))
    return Answer(Outcome.ANSWERED, False, body)


def _check(fetched: Fetched) -> None:
    if fetched.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise RefusalError(502, "the endpoint compresses its answer, which it was asked not to do.")
    if fetched.status == 400:
        raise RefusalError(400, f"the endpoint can't read the query: {own_words(fetched.body)}")
    if fetched.status in {408, 504}:
        raise RefusalError(504, "the query takes too long for the endpoint.", hint="Ask for less.")
    if fetched.status != 200:
        said = own_words(fetched.body)
        raise RefusalError(502, f"the endpoint answers with HTTP status {fetched.status}{f': {said}' if said else ''}.")
    if not fetched.headers.keys() & _ENDS:
        raise RefusalError(502, "the endpoint does not tell where its answer ends, so that it may be a part only.")
    if _CUT in fetched.headers:
        raise RefusalError(502, "the endpoint gives a part of its answer only.", hint="Ask for less.")


def _in_format(fetched: Fetched, wanted: Format) -> bytes:
    formats = RESULTS if wanted in RESULTS else GRAPHS
    given = next((f for f in formats if fetched.media_type in (f.media_type, *f.others)), None)
    if given is None:
        raise RefusalError(502, f"the endpoint answers with '{fetched.media_type[:80]}', which are no results.")
    at_most = fetched.headers.get(_ROWS, "")
    if given is wanted and not at_most:
        return fetched.body
    if isinstance(given.engine, ox.QueryResultsFormat):
        if at_most.isdigit() and wanted in RESULTS:
            _check_rows(fetched.body, given.engine, int(at_most))
        results = ox.parse_query_results(fetched.body, format=given.engine)
        assert isinstance(wanted.engine, ox.QueryResultsFormat)  # noqa: S101 - both are RESULTS
        return results.serialize(format=wanted.engine) or b""
    assert isinstance(given.engine, ox.RdfFormat)  # noqa: S101 - both are GRAPHS
    assert isinstance(wanted.engine, ox.RdfFormat)  # noqa: S101 - likewise
    short = wanted.engine in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
    triples = (quad.triple for quad in ox.parse(fetched.body, format=given.engine))
    return ox.serialize(triples, format=wanted.engine, prefixes=PREFIXES if short else None) or b""


def _rows(body: bytes, engine: ox.QueryResultsFormat) -> int:
    results = ox.parse_query_results(body, format=engine)
    return sum(1 for _ in results) if isinstance(results, ox.QuerySolutions) else 0


def _check_rows(body: bytes, engine: ox.QueryResultsFormat, at_most: int) -> None:
    if _rows(body, engine) >= at_most:
        raise RefusalError(502, f"the endpoint cuts its answers at {at_most:,} rows.", hint="Ask in parts, by LIMIT.")
