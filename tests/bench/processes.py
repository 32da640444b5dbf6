"""Programs of Python run as whole processes: how long each took and how much memory it held."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.clock import seconds
from tests.bench.report import Timing

_TELL = """
import atexit, sys
folder, file = sys.argv.pop(1), sys.argv.pop(1)
@atexit.register
def tell():
    from tests.bench.clock import peak_memory
    open(file, "w").write(str(peak_memory()))
"""
COMMAND = "from buendnis_graph.cli import main; sys.argv[:1] = ['buendnis', '--root', folder]; sys.exit(main())"
"""The command line, on the project in ``folder``."""


class Measured:
    """What runs of one program took.

    Args:
        folder: that the program finds as ``folder``.
        program: a text of Python.
        arguments: that it finds in ``sys.argv``.
    """

    def __init__(self, folder: Path, program: str, *arguments: str) -> None:
        self._folder, self._program, self._arguments = folder, program, arguments
        self._times: list[float] = []
        self.memory = 0.0
        """The most that a run held, in MiB."""

    def run(self) -> None:
        """Run it once more.

        Raises:
            RuntimeError: with what it printed, if it failed.
        """
        with tempfile.NamedTemporaryFile() as file:
            command = [sys.executable, "-c", _TELL + self._program, str(self._folder), file.name, *self._arguments]
            self._times.append(seconds(lambda: _run(command)))
            self.memory = max(self.memory, float(Path(file.name).read_text()))

    @property
    def time(self) -> Timing:
        """Of all runs, in seconds."""
        return Timing.of(self._times)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
