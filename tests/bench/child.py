"""The process of one bench: ``python -m tests.bench.child NAME [--quick]`` prints what it does and finds, a JSON text a line."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import asdict
from importlib import import_module

from tests.bench.benches import Run
from tests.bench.clock import peak_memory


def main(name: str, *, quick: bool) -> None:
    """Run a bench; what it or a library prints goes to standard error."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1) as out:
        os.dup2(2, 1)

        def tell(**what: object) -> None:
            out.write(json.dumps(what, ensure_ascii=False) + "\n")

        try:
            for table in import_module(f"tests.bench.{name}").tables(Run(lambda text: tell(step=text), quick)):
                tell(table=asdict(table))
        except Exception as error:
            tell(error=type(error).__name__)
            raise
        tell(memory=peak_memory())


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what it has started is ended
    main(sys.argv[1], quick="--quick" in sys.argv)
