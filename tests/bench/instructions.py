"""What whole commands cost in instructions, as callgrind counts them: the same again, whatever else the machine does.

So a change of a hundredth is seen, where times need a tenth. Seconds beside them tell what an instruction is worth.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from buendnis_graph.build import build
from buendnis_graph.settings import find_project
from tests.bench.benches import Run
from tests.bench.clock import seconds
from tests.bench.report import Cell, Table, Timing

ROUNDS = 5
_TITLE = "Commands on the project's own graph"
_COMMANDS = (
    ("--version",),
    ("query", "alliances-of-organisation", "--param", "organisation=netzwerk-tolerantes-sachsen"),
    ("query", "members-of-alliance", "--param", "alliance=netzwerk-tolerantes-sachsen", "--format", "csv"),
    ("resolve", "Netzwerk Tolerantes Sachsen"),
    ("build",),
)
_COLLECTED = re.compile(r"Collected : (\d+)")


def tables(run: Run) -> Iterator[Table]:
    """Yield instructions and seconds of commands; or that there is no valgrind to count with."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        yield Table(_TITLE, note="Not counted: there is no valgrind here.")
        return
    build(find_project())
    rows: list[list[Cell]] = []
    for arguments in _COMMANDS[:1] if run.quick else _COMMANDS:
        command = [sys.executable, "-m", "buendnis_graph", *arguments]
        run.step(" ".join(("buendnis", *arguments)))
        times = Timing.of([seconds(partial(_run, command)) for _ in range(1 if run.quick else ROUNDS)])
        millions = _instructions(valgrind, command) / 1e6
        rows.append([f"buendnis {arguments[0]} {arguments[1] if len(arguments) > 1 else ''}".strip(), millions, times])
    yield Table(
        _TITLE,
        ("command", "instructions, millions", "s"),
        rows,
        "Whole processes; the system's own work is not counted. The build has nothing to do.",
    )


def _run(command: Sequence[str]) -> str:
    """Run a command and return what it says to people.

    Raises:
        RuntimeError: with what it printed, if it failed.
    """
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONHASHSEED": "0"}
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stderr


def _instructions(valgrind: str, command: Sequence[str]) -> int:
    said = _run([valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", *command])
    counted = _COLLECTED.search(said)
    if counted is None:
        raise RuntimeError(f"callgrind counted nothing: {said}")
    return int(counted[1])
