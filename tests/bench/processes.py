"""Programs of Python run as whole processes: how long each took and how much memory it held."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.clock import peak_memory, seconds
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


class Staying:
    """A process that stays and tells in a line when it has done what it was waiting for.

    Args:
        folder: of the project.
        done: with what such a line begins.
        arguments: of the command line.
    """

    def __init__(self, folder: Path, done: str, *arguments: str) -> None:
        self._done = done
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-c", f"import sys; folder = sys.argv.pop(1); {COMMAND}", str(folder), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def wait(self) -> None:
        """Wait until it has done it once more.

        Raises:
            RuntimeError: if it ended.
        """
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(self._done):
                return
        raise RuntimeError(f"it ended with {self._process.wait()}")

    @property
    def memory(self) -> float:
        """The most that it held up to now, in MiB."""
        return peak_memory(self._process.pid)

    def __enter__(self) -> Staying:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
