"""Call the command: in this process, which says the same as a process of its own and costs a fraction, or as a whole one."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from buendnis_graph.cli import main

_LOCALE = {"LANG", "LC_ALL", "LC_MESSAGES"}
"""Variables that name a language; tests say theirs."""


def run(
    *arguments: str, root: Path | None = None, stdin: str = "", cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Call the command in this process; return what it would have printed, and its exit code.

    Args:
        arguments: of the command line.
        root: the project.
        stdin: what it reads from standard input.
        cwd: the folder it is called in.
        env: variables that it looks at itself; those of Python need :func:`run_process`.
    """
    called = ["buendnis", *_rooted(root, arguments)]
    given, out, err = (io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8", newline="") for text in (stdin, "", ""))
    before = signal.getsignal(signal.SIGTERM)
    try:
        with (
            patch.object(sys, "argv", called),
            patch.object(sys, "stdin", given),
            patch.dict(os.environ, _environment(env), clear=True),
            chdir(cwd or Path.cwd()),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            main()
        code: object = 0
    except SystemExit as stop:
        code = stop.code
    finally:
        signal.signal(signal.SIGTERM, before)
    assert isinstance(code, int), code
    return subprocess.CompletedProcess(called, code, _text(out), _text(err))


def run_process(
    *arguments: str, root: Path | None = None, stdin: str = "", cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Call the command as a process of its own, as :func:`run` takes and returns it; a traceback is a failure."""
    command = [sys.executable, "-m", "buendnis_graph", *_rooted(root, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, input=stdin, cwd=cwd, env=_environment(env), check=False
    )
    assert "Traceback" not in done.stderr
    return done


def _rooted(root: Path | None, arguments: tuple[str, ...]) -> list[str]:
    return [*(["--root", str(root)] if root else []), *arguments]


def _environment(more: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _LOCALE} | more


def _text(stream: io.TextIOWrapper) -> str:
    """Return what was written, with line ends as a process's output in text mode has them."""
    stream.seek(0)
    return stream.read().replace("\r\n", "\n").replace("\r", "\n")
