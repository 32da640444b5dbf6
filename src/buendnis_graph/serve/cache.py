"""Answers that are kept, since the same questions are asked again: bounded in bytes, the longest unasked goes first."""

from __future__ import annotations

from collections import OrderedDict

from buendnis_graph.serve.handle import Answer

_OVERHEAD = 512
"""Bytes that an answer takes beside its payload, at most."""
_SHARE = 8
"""No answer may take more than this part of the whole."""


class Cache:
    """Keeps answers by what they answer.

    Args:
        limit: bytes that all may take; 0 to keep none.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken = 0
        self._kept: OrderedDict[str, Answer] = OrderedDict()

    def get(self, key: str) -> Answer | None:
        """Return the answer that is kept under a key, if there is one."""
        answer = self._kept.get(key)
        if answer is not None:
            self._kept.move_to_end(key)
        return answer

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, unless it is too large; others may have to go."""
        size = _size(answer)
        if size * _SHARE > self._limit or key in self._kept:
            return
        self._kept[key] = answer
        self._taken += size
        while self._taken > self._limit:
            self._taken -= _size(self._kept.popitem(last=False)[1])

    def gauges(self) -> dict[str, int]:
        """Return what there is at the moment, by name."""
        return {"cache_answers": len(self._kept), "cache_bytes": self._taken}


def _size(answer: Answer) -> int:
    return len(answer.payload) + _OVERHEAD
