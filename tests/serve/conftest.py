"""A small project, built once, and a server that serves it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mini import MiniProject
from tests.publish.small import publishable
from tests.serve.live import Live, serving


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    mini = MiniProject(tmp_path_factory.mktemp("served"))
    publishable(mini)
    return mini.root


@pytest.fixture(scope="module")
def live(root: Path) -> Iterator[Live]:
    """A server as it is set by default, but for times that tests can wait for."""
    with serving(root, time=2, wait=6, upload=2) as running:
        yield running
