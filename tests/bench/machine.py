"""Under which conditions something is measured: machine, versions, commit. The day is the commit's, not the clock's."""

from __future__ import annotations

import os
import platform
import re
import resource
import subprocess
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

SETTINGS = {
    "BUENDNIS_REGISTER": "register.csv.gz",
    "BUENDNIS_ROR": "ror.csv",
    "BUENDNIS_NAMES": "names.csv",
    "BUENDNIS_BENCH_LARGE": "1",
    "BUENDNIS_BENCH_KEPT": "folder",
    "BUENDNIS_BENCH_PEERS": "1",
    "BUENDNIS_BENCH_LIMIT": "900",
}
"""Variables of the environment that benches heed, each with what it may be."""
_BUT_THE_REPORT = ":(top,exclude)docs/benchmarks.*"


def conditions(packages: Iterable[str], *, quick: bool) -> dict[str, Any]:
    """Return the conditions of a run.

    Args:
        packages: whose versions matter; one that is not installed has none.
        quick: whether sizes are tiny.
    """
    return {
        "machine": _machine(),
        "versions": {"Python": platform.python_version()} | {name: installed(name) for name in packages},
        "git": _git(),
        "quick": quick,
        "settings": [f"{name}={_told_of(name)}" for name in SETTINGS if os.environ.get(name)],
    }


def _told_of(setting: str) -> str:
    """Return a setting's value; of a file only what it is, as where it lies is nobody's business."""
    given, example = os.environ[setting], SETTINGS[setting]
    return given if example.isdigit() else example


class Meanwhile:
    """How long a piece of work took, and what the machine did beside it."""

    def __init__(self) -> None:
        self._began, self._busy, self._ours = time.monotonic(), _busy(), _ours()

    def told(self) -> dict[str, float | None]:
        """Return the seconds since, and the share of all processors that had other work; None where that is not known."""
        took, busy = time.monotonic() - self._began, _busy()
        if busy is None or self._busy is None:
            return {"took": took, "others": None}
        others = busy - self._busy - (_ours() - self._ours)
        return {"took": took, "others": max(0.0, others / took / (os.cpu_count() or 1))}


def _busy() -> float | None:
    """Return the processor time of the whole machine since its start, in seconds; also what its host took from it."""
    file = Path("/proc/stat")
    if not file.is_file():
        return None
    user, nice, system, _idle, _waiting, irq, softirq, stolen = map(int, file.read_text().split()[1:9])
    return (user + nice + system + irq + softirq + stolen) / os.sysconf("SC_CLK_TCK")


def _ours() -> float:
    """Return the processor time of this process and of those that it started and that have ended, in seconds."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def installed(package: str) -> str | None:
    """Return a package's version; nothing if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def missing(packages: Sequence[str]) -> str:
    """Return a sentence on the peers that are not installed; empty if all are."""
    absent = [name for name in dict.fromkeys(packages) if installed(name) is None]
    return f"Not installed, so not asked: {', '.join(absent)} (`make peers`)." if absent else ""


def _machine() -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3,
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "load": os.getloadavg()[0],
    }


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", file.read_text(), re.MULTILINE) if file.is_file() else None
    return found[1] if found else platform.processor() or platform.machine()


def _git() -> dict[str, Any]:
    try:
        commit, day = _told("log", "-1", "--format=%h %cs").split()
        changed = bool(_told("status", "--porcelain", "--untracked-files=no", "--", ":/", _BUT_THE_REPORT))
    except (OSError, subprocess.CalledProcessError):
        return {"commit": "unknown", "day": "unknown", "changed": False}
    return {"commit": commit, "day": day, "changed": changed}


def _told(*words: str) -> str:
    here = Path(__file__).parent
    return subprocess.run(["git", "-C", str(here), *words], capture_output=True, text=True, check=True).stdout
