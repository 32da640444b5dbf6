"""Kill a run of the command at random moments; whoever looks afterwards must find the old state or the new one.

``BUENDNIS_KILLS=200 pytest tests/killed`` kills that many runs, the same number of each verb.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from buendnis_graph.settings import Project
from buendnis_graph.store.builds import current_build

KILLS = int(os.environ.get("BUENDNIS_KILLS", "20"))
VERBS = 4
REMEMBERED = {".stat"}
"""What builds remember beside them; without it, or with an older one, they only take longer."""
State = dict[str, str]
"""What there is by name, with the hash of what it holds."""


class Trial(Protocol):
    """A run of a verb on a project that can be begun again and again from the old state."""

    @property
    def verb(self) -> str: ...
    @property
    def project(self) -> Project: ...
    @property
    def arguments(self) -> tuple[str, ...]: ...

    @property
    def turns(self) -> int:
        """How many old states the trial takes turns with."""

    def reset(self, turn: int) -> None:
        """Bring about an old state, by its number."""

    def state(self) -> State:
        """Return what a reader finds, who first finishes what a killed run had decided."""

    def told(self) -> bool:
        """Return whether it is told to whoever looks that the state is neither the old nor the new one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When to kill.

    Args:
        number: of the run.
        part: of the time that an undisturbed run takes.
    """

    number: int
    part: float


def moments(verb: str) -> Iterator[Moment]:
    """Return when to kill: spread over the whole time, more of them towards the end, where things are written."""
    count = max(1, KILLS // VERBS)
    for number in range(count):
        chance = random.Random(f"{verb} {number} of {count}").random()  # noqa: S311 - the same in every run
        yield Moment(number, 1.05 * ((number + chance) / count) ** 0.5)


def run(trial: Trial, limit: float | None = None) -> tuple[int, str]:
    """Run the verb as a process; kill it and all that it began after so many seconds.

    Returns:
        Its exit code (negative: the signal that ended it) and what it said.
    """
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(trial.project.root), trial.verb, *trial.arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        try:
            said, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said, errors = process.communicate()
    return process.returncode, said + errors


def endure(trial: Trial) -> None:
    """Kill the verb again and again; what is found must be old or new, and the next run must complete it.

    Raises:
        AssertionError: if not; it says when the run was killed.
    """
    undisturbed = [_undisturbed(trial, turn) for turn in range(trial.turns)]
    killed = 0
    for moment in moments(trial.verb):
        whole = undisturbed[moment.number % trial.turns]
        trial.reset(whole.turn)
        seconds = moment.part * whole.seconds
        where = f"{trial.verb}, {moment}: killed after {seconds:.3f} s"
        code, said = run(trial, seconds)
        assert code in {0, -signal.SIGKILL}, f"{where}: {said}"
        killed += code != 0
        seen = visible(trial.project)
        torn = [name for name, value in seen.items() if value not in {whole.old.get(name), whole.new.get(name)}]
        assert not torn, f"{where}: {torn}"
        found = trial.state()
        assert trial.told() or found in (whole.old, whole.new), f"{where}: {_unlike(found, whole.new)}"
        code, said = run(trial)
        assert code == 0 or "has been released already" in said, f"{where}: the next run fails: {said}"
        found = trial.state()
        assert found == whole.new, f"{where}: after the next run: {_unlike(found, whole.new)}"
        assert not trial.told(), where
        aside = [path.name for path in trial.project.root.rglob(".*") if path.name not in REMEMBERED]
        assert not aside, f"{where}: {aside}"
    assert killed, "every run ended by itself"


@dataclass(frozen=True, slots=True)
class _Undisturbed:
    turn: int
    old: State
    new: State
    seconds: float


def _undisturbed(trial: Trial, turn: int) -> _Undisturbed:
    trial.reset(turn)
    old = trial.state()
    began = time.monotonic()
    code, said = run(trial)
    seconds = time.monotonic() - began
    assert code == 0, said
    new = trial.state()
    assert old != new
    return _Undisturbed(turn, old, new, seconds)


def _unlike(found: State, wanted: State) -> list[str]:
    return sorted({name for name, _ in found.items() ^ wanted.items()})[:20]


def visible(project: Project) -> State:
    """Return what the files of the data and the releases hold, without what is prepared aside."""
    found = _hashes(project.data) | _hashes(project.releases)
    return {name: value for name, value in found.items() if "/." not in name}


def _hashes(folder: Path) -> State:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder.parent)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def built(project: Project) -> State:
    """Return what the current build holds, by whatever name: its files, and the quads of its store."""
    folder = current_build(project)
    if folder is None:
        return {"build": "none"}
    stores = [folder / "store", folder / "kept" / "said"]
    found = {name: value for name, value in _hashes(folder).items() if not {"store", "said"} & {*Path(name).parts}}
    for store in stores:
        lines = sorted(f"{quad}" for quad in ox.Store.read_only(str(store)))
        found[store.name] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return {name.partition("/")[2] or name: value for name, value in found.items()}
