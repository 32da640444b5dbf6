"""A folder is held by one process at a time."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from buendnis_graph.locks import locked

HOLD = """
import sys, time; from pathlib import Path
from buendnis_graph.locks import locked
with locked(Path(sys.argv[1]), lambda: None):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def _holder(folder: Path, seconds: float) -> subprocess.Popen[str]:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, folder, str(seconds)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_who_comes_second_gives_up_or_waits(tmp_path: Path) -> None:
    def give_up() -> None:
        raise KeyError

    told: list[float] = []
    with _holder(tmp_path, 0.5):
        with pytest.raises(KeyError), locked(tmp_path, give_up):
            pass
        with locked(tmp_path, lambda: told.append(time.monotonic())):
            assert len(told) == 1
            assert time.monotonic() - told[0] > 0.1
    with locked(tmp_path, give_up):
        pass


def test_the_lock_falls_with_the_process(tmp_path: Path) -> None:
    with _holder(tmp_path, 60) as holder:
        holder.kill()
    with locked(tmp_path, pytest.fail):
        pass


def test_without_such_locks_nothing_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with locked(tmp_path, pytest.fail), locked(tmp_path, pytest.fail):
        pass
