"""The register of associations that benches ask: the file that the environment names, or a small invented one."""

from __future__ import annotations

import os
from pathlib import Path

from buendnis_graph.linking.register import Registered, read_register
from tests.bench.benches import Run
from tests.bench.generator import word

REGISTER = "BUENDNIS_REGISTER"
NOT_TIMED = f"Not timed. Give a register as `buendnis register` reads it: `{REGISTER}=register.csv.gz make bench`."
MOVES = (
    lambda name: name.replace(" e.V.", " e. V."),
    lambda name: name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"),
    lambda name: name.upper(),
    lambda name: name.removesuffix(" e.V.") + " (eingetragener Verein)",
)
"""Spellings that the same body has in lists."""
_INVENTED = 200


def register(run: Run) -> list[Registered]:
    """Return the entries: none if no file is named, invented ones if a few will do."""
    if run.quick:
        numbers = range(_INVENTED)
        return [
            Registered(f"X{n}", f"Verein {word(n)} e.V.", word(n % 9), True, word(n % 9), f"VR {n}") for n in numbers
        ]
    file = os.environ.get(REGISTER, "")
    return list(read_register(Path(file))) if file else []
