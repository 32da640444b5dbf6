"""Whether a client has an answer already (RFC 9110, 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

_TAG = re.compile(r'"([^"]*)"')


def tag(*parts: str | Sequence[str]) -> str:
    """Return the tag of what is made of these parts; a weak one, as rows may come in another order.

    Parts that differ have different tags, whatever signs a client puts into one: JSON tells where each ends.
    """
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def is_known(etag: str, if_none_match: str) -> bool:
    """Return whether a client that sends this header has what the tag stands for."""
    return bool(if_none_match) and etag[3:-1] in _TAG.findall(if_none_match)
