"""Of how many organisations synthetic data is made, for all benches that go to the largest."""

from __future__ import annotations

import os

SIZES = (1_000, 10_000, *(100_000, 600_000)[: int(os.environ.get("BUENDNIS_BENCH_LARGE", "0"))])
"""``BUENDNIS_BENCH_LARGE=1`` adds 100,000; ``=2`` 600,000 as well, as many associations as Germany has."""
