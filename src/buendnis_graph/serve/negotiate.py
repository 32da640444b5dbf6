"""Which format a client gets, by the header Accept (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from buendnis_graph.serve.formats import BY_NAME, Format
from buendnis_graph.serve.refusal import RefusalError

MAX_ACCEPT = 2_000
"""Characters of the header that are read; browsers send some hundred."""
_QUALITY = re.compile(r"0(?:\.\d{0,3})?|1(?:\.0{0,3})?")


@lru_cache(256)
def ranges(accept: str) -> tuple[tuple[str, float], ...]:
    """Return the media ranges of a header in lower case with their weights; parameters but ``q`` are passed over.

    A weight that is none counts as 0, an empty header as ``*/*``.
    """
    found = []
    for item in accept[:MAX_ACCEPT].lower().split(","):
        name, *parameters = (piece.strip() for piece in item.split(";"))
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = float(value.strip()) if _QUALITY.fullmatch(value.strip()) else 0.0
                break
        if name:
            found.append((name, quality))
    return tuple(found) or (("*/*", 1.0),)


def quality(accept: str, media_type: str) -> float:
    """Return the weight a header gives a media type: that of the most exact range that fits it, 0 if none does."""
    kind = media_type.partition("/")[0]
    weights = dict(ranges(accept))
    for fitting in (media_type, f"{kind}/*", "*/*"):
        if fitting in weights:
            return weights[fitting]
    return 0.0


def choose(accept: str, offers: Sequence[Format], wanted: str = "") -> Format:
    """Return the format a client gets; of equally welcome ones the first.

    Args:
        accept: the header; empty if there is none.
        offers: what there is, the preferred first.
        wanted: a format's name or media type that is asked for in the address, which overrules the header.

    Raises:
        RefusalError: 406 with a list, if nothing fits.
    """
    if wanted:
        for offer in offers:
            if wanted.lower() in (offer.name, offer.media_type, *offer.others):
                return offer
        raise RefusalError(406, "this answer has no such format.", hint=f"There are: {_listed(offers)}.")
    weighed = [(_weight(accept, offer), offer) for offer in offers]
    best, offer = max(weighed, key=lambda pair: pair[0])  # the first of equals
    if best <= 0:
        raise RefusalError(
            406, "there is no format here that the header Accept allows.", hint=f"There are: {_listed(offers)}."
        )
    return offer


def _weight(accept: str, offer: Format) -> float:
    """Return the weight of an offer: of its own type if that is named, else of the best other name that is."""
    named = dict(ranges(accept))
    others = [named[name] for name in offer.others if name in named]
    own = quality(accept, offer.media_type)
    return own if offer.media_type in named or not others else max(own, *others)


def wants_page(accept: str) -> bool:
    """Return whether a client would rather have a web page than data: browsers name HTML, programs don't."""
    named = dict(ranges(accept))
    page = max(named.get("text/html", 0.0), named.get("application/xhtml+xml", 0.0))
    return page > 0 and page >= max(named.get(format_.media_type, 0.0) for format_ in BY_NAME.values())


def accepts_gzip(header: str) -> bool:
    """Return whether a client reads gzip, by its header Accept-Encoding."""
    weights = dict(ranges(header)) if header else {}
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _listed(offers: Sequence[Format]) -> str:
    return ", ".join(f"{offer.media_type} (format={offer.name})" for offer in offers)
