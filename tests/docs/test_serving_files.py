"""The container file, the unit and the proxy's configuration in docs/ do what they say, where no engine runs them."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from buendnis_graph.serve.settings import PREFIX, Settings
from tests.endpoint import free_port
from tests.mini import REAL, MiniProject
from tests.publish.small import publishable

FILE = REAL.root / "docs" / "Containerfile"
PAGE = (REAL.root / "docs" / "serving.md").read_text(encoding="utf-8")
KNOWN = {"FROM", "WORKDIR", "COPY", "RUN", "USER", "EXPOSE", "ENV", "HEALTHCHECK", "STOPSIGNAL", "CMD"}


@dataclass
class Steps:
    """What a container file says, step by step."""

    steps: list[tuple[str, str]] = field(default_factory=list)

    def of(self, word: str) -> list[str]:
        return [text for step, text in self.steps if step == word]


def read_steps(text: str) -> Steps:
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]
    return Steps([(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines])


@pytest.fixture(scope="module")
def steps() -> Steps:
    return read_steps(FILE.read_text(encoding="utf-8"))


def test_it_is_a_container_file_that_runs_as_nobody(steps: Steps) -> None:
    assert {word for word, _ in steps.steps} <= KNOWN
    assert steps.steps[0][0] == "FROM"
    assert all(re.fullmatch(r"python:3\.11-slim( AS \w+)?", image) for image in steps.of("FROM"))
    assert steps.of("USER") == ["65534:65534"]
    assert steps.of("EXPOSE") == [str(Settings().port)]
    assert steps.of("STOPSIGNAL") == [signal.SIGTERM.name]
    for text in steps.of("ENV"):
        assert text.partition("=")[0].removeprefix(PREFIX).lower() in Settings.__dataclass_fields__


def made(steps: Steps, folder: Path, small: Path) -> None:
    """Do what the steps say in a folder, but for what an engine alone can.

    The packages are those that are here, and the data is that of a small project, so that it takes seconds.
    """
    environment = os.environ | {"PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1"}
    for word, text in steps.steps:
        if word == "COPY" and not text.startswith("--from"):
            *sources, target = text.split()
            for source in sources:
                assert (REAL.root / source).exists(), f"{source} is not there"
                there, here = (small if (small / source).is_dir() else REAL.root) / source, folder / target
                if there.is_dir():
                    shutil.copytree(there, here, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
                else:
                    shutil.copy(there, here)
        elif word == "RUN":
            command = re.sub(r"^python ", f"{sys.executable} ", text)
            done = subprocess.run(  # noqa: S602 - our own file
                command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
            if "-m venv" in text:
                (site,) = (folder / ".venv").glob("lib/python*/site-packages")
                for old in site.glob("setuptools*"):  # Python's own is too old to make the package
                    shutil.rmtree(old)
                (site / "here.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")


@contextmanager
def started(command: list[str], folder: Path, port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    named = os.environ | {f"{PREFIX}PORT": str(port)} | environment
    process = subprocess.Popen(command, cwd=folder, env=named, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(30) == 0


@pytest.mark.system  # it takes the better part of a minute
def test_its_steps_make_a_server_that_is_healthy(steps: Steps, tmp_path: Path) -> None:
    mini = MiniProject(tmp_path / "small")
    publishable(mini)
    folder = tmp_path / "image"
    folder.mkdir()
    made(steps, folder, mini.root)
    (command,), port = steps.of("CMD"), free_port()
    (check,) = (text.removeprefix("CMD ").replace("8787", str(port)) for text in steps.of("HEALTHCHECK"))
    environment = dict(text.split("=", 1) for text in steps.of("ENV"))
    with started(json.loads(command), folder, port, **environment):
        for _ in range(200):
            if subprocess.run(shlex.split(check), cwd=folder, capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1)
        else:
            raise AssertionError("it never was healthy")
    assert subprocess.run(shlex.split(check), cwd=folder, capture_output=True, check=False).returncode != 0


def test_the_unit_starts_what_there_is() -> None:
    (text,) = re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL)
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(text)
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert program == "/srv/graph/.venv/bin/buendnis"
    known = subprocess.run(
        [sys.executable, "-m", "buendnis_graph", "serve", "--help"], capture_output=True, text=True, check=True
    )
    verb = arguments.index("serve")
    assert arguments[:verb] == ["--root", "/srv/graph"]
    for flag in (argument for argument in arguments[verb:] if argument.startswith("--")):
        assert f"{flag} " in known.stdout
    patience = Settings().time + Settings().wait
    assert float(unit["Service"]["TimeoutStopSec"]) > patience
