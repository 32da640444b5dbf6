"""What is sealed reaches nobody."""

from __future__ import annotations

import platform
import socket
import subprocess
import sys

import pytest

from buendnis_graph.serve.seal import say_if_not_sealed

CODE = """
import pyoxigraph as ox, socket, sys
from buendnis_graph.serve.seal import seal
pair = socket.socketpair()
assert seal()
pair[0].send(b"x"); assert pair[1].recv(1) == b"x"
try:
    bool(ox.Store().query(f"ASK {{ SERVICE <http://127.0.0.1:{sys.argv[1]}/> {{}} }}"))
except OSError as error:
    print(error)
"""


def test_a_sealed_process_opens_no_socket() -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0.2)
        command = [sys.executable, "-c", CODE, str(stranger.getsockname()[1])]
        ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
        assert "Permission denied" in ended.stdout
        try:
            stranger.accept()
        except TimeoutError:
            return
        raise AssertionError("it reached somebody")


@pytest.mark.parametrize(("machine", "times"), [(platform.machine(), 0), ("riscv64", 1)])
def test_it_is_said_once_where_nothing_is_sealed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, machine: str, times: int
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: machine)
    say_if_not_sealed()
    assert [record.levelname for record in caplog.records] == ["WARNING"] * times
    socket.socket().close()  # this process is not sealed by it
