"""The register of associations that benches ask: the file that the environment names, or an invented one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from buendnis_graph.linking.register import Registered, read_register
from tests.bench.generator import word

REGISTER = "BUENDNIS_REGISTER"
LARGE = bool(os.environ.get("BUENDNIS_BENCH_LARGE"))
MOVES = (
    lambda name: name.replace(" e.V.", " e. V."),
    lambda name: name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss"),
    lambda name: name.upper(),
    lambda name: name.removesuffix(" e.V.") + " (eingetragener Verein)",
)
"""Spellings that the same body has in lists."""
_INVENTED, _STEPS = (600_000 if LARGE else 100_000), (1_000, 10_000, 100_000)
_TINY = 200
_KINDS = ("Verein", "Förderverein", "Sportverein", "Initiative", "Kulturkreis", "Jugendring", "Bürgerforum")


def entries(*, quick: bool) -> Iterator[Registered]:
    """Yield the entries: of the file that is named, invented ones if none is, a few of these if they will do."""
    file = os.environ.get(REGISTER, "")
    if file and not quick:
        yield from read_register(Path(file))
        return
    for n in range(_TINY if quick else _INVENTED):
        place = word(n % 997)
        yield Registered(f"X{n}", f"{_KINDS[n % 7]} {word(n)} {place} e.V.", place, True, place, f"VR {n}")


def told(*, quick: bool) -> str:
    """Return a sentence on where the entries are from."""
    if os.environ.get(REGISTER, "") and not quick:
        return "The register is the one that was given."
    return f"The names are invented; of a real register: `{REGISTER}=register.csv.gz make bench`."


def some(total: int, size: int, *, quick: bool) -> list[Registered]:
    """Return so many of all entries, evenly taken, without holding the others.

    Args:
        total: how many entries there are.
        size: how many are wanted.
        quick: whether a few invented ones will do.
    """
    return list(islice(islice(entries(quick=quick), 0, None, max(1, total // size)), size))


def sizes(total: int, *, quick: bool) -> Sequence[int]:
    """Return the sizes to measure: in steps of ten up to all entries."""
    return [*(size for size in ((_TINY // 10,) if quick else _STEPS) if size < total), total]


def moved(registered: Sequence[Registered], count: int) -> list[tuple[Registered, str]]:
    """Return so many of the entries, evenly taken, each with its name as a list might spell it."""
    step = max(1, len(registered) // count)
    chosen = registered[::step][:count]
    return [(one, MOVES[number % len(MOVES)](one.name)) for number, one in enumerate(chosen)]
