"""Stores of synthetic data."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable

import pyoxigraph as ox


def load(store: ox.Store, lines: Iterable[str]) -> None:
    """Load lines of N-Quads; through a file, as all of them in memory would take more than the store.

    Args:
        store: to be filled.
        lines: each with its line break.
    """
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".nq") as file:
        file.writelines(lines)
        file.flush()
        store.bulk_load(path=file.name, format=ox.RdfFormat.N_QUADS)
