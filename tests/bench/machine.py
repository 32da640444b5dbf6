"""Under which conditions something is measured: machine, versions, commit. The day is the commit's, not the clock's."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

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
    }


def installed(package: str) -> str | None:
    """Return a package's version; nothing if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def missing(packages: Sequence[str]) -> str:
    """Return a sentence on the peers that are not installed; empty if all are."""
    absent = [name for name in packages if installed(name) is None]
    return f"Not installed, so not asked: {', '.join(absent)} (pip install 'buendnis-graph[peers]')." if absent else ""


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
