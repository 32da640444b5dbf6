"""The address of a site, as an export and the site itself write it."""

from __future__ import annotations

import re

from buendnis_graph.errors import UsageError

_ADDRESS = r"https?://[^\s<>\"{}|\\^`/?#]+(/[^\s<>\"{}|\\^`?#]*)?"


def site_address(url: str) -> str:
    """Return the address of a site with one slash at its end.

    Raises:
        UsageError: if it is no address with ``https`` or ``http`` and a host, or has a query or fragment.
    """
    if not re.fullmatch(_ADDRESS, url):
        raise UsageError(
            f"'{url}' is no address of a site.", hint="Write it whole: --site-url https://example.org/graph/"
        )
    return url.rstrip("/") + "/"
