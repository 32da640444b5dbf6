"""What a client is told when a request is not answered."""

from __future__ import annotations

from collections.abc import Mapping

from buendnis_graph.errors import BuendnisError


class RefusalError(BuendnisError):
    """A request is not answered; becomes a page of plain text.

    Args:
        status: of HTTP.
        message: what is wrong, one sentence.
        hint: what to do next.
        headers: to be sent with it, such as ``Retry-After``.
    """

    def __init__(self, status: int, message: str, *, hint: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.headers = dict(headers or {})


def busy(message: str, seconds: int) -> RefusalError:
    """Return the refusal of a server that has too much to do; told to come again after some seconds."""
    return RefusalError(503, message, hint="Try again a little later.", headers={"Retry-After": str(seconds)})
