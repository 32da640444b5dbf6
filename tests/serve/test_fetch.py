"""Asking another endpoint costs the event loop no more than it must."""

from __future__ import annotations

import asyncio
import ssl
from unittest.mock import Mock

import pytest

from buendnis_graph.serve.fetch import _trusting, post
from tests.endpoint import free_port


def test_certificates_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reads = Mock(wraps=ssl.create_default_context)
    monkeypatch.setattr(ssl, "create_default_context", reads)
    _trusting.cache_clear()
    for _ in range(2):
        with pytest.raises(OSError, match="Connect call failed"):
            asyncio.run(post(f"https://127.0.0.1:{free_port()}/", [("query", "ASK {}")], "*/*", 1))
    reads.assert_called_once_with()
