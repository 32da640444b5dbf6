"""The nursery: a process that forks workers from itself, so that a new one costs milliseconds.

What they need, such as a store, it has loaded before; what is in memory is shared by all of them. It has one thread
and does nothing else, so forking is safe. It is told what to do through a socket: fork, kill or slow down a worker. It
alone kills, as it alone knows which of its children live: nobody else's process can be hit. If the server ends, in
whatever way, the nursery kills all workers and ends.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from buendnis_graph.serve.settings import MIB
from buendnis_graph.serve.worker import Answering, confine, ends_quietly, evaluate, work
from buendnis_graph.store import QUADS, dump_size, load_dumps, open_read_only
from buendnis_graph.store.bulk import shards_of

ORDER = struct.Struct("!cI")
"""What is ordered, and of which process."""
READY, FORK, KILL, SLOW = b"R", b"F", b"K", b"S"
KILLED, BROKEN = b"X", b"B"
"""What is told of a worker that has ended: somebody killed it; or it ended by itself, such as for want of memory."""
SLOWEST = 19


def evaluating(folder: Path, result: int, in_memory: int) -> Callable[[], Answering]:
    """Return what a worker calls to begin to evaluate queries; a small store is loaded before, for all of them.

    Args:
        folder: of the build.
        result: MiB an answer may have.
        in_memory: MiB of the dump of quads up to which the store is held in memory, where joins are two to five times
            as quick as from disk; one with bulk sources never is.
    """
    is_small = dump_size(folder, QUADS) <= in_memory * MIB and not shards_of(folder)
    held = load_dumps(folder) if is_small else None
    return lambda: partial(evaluate, open_read_only(folder) if held is None else held, limit=result * MIB)


class Nursery:
    """Forks workers.

    Args:
        control: where orders come from and new workers are handed over.
        memory: MiB a query may take.
        begin: called by each worker; returns what answers requests.
    """

    def __init__(self, control: socket.socket, memory: int, begin: Callable[[], Answering]) -> None:
        self._control, self._memory, self._begin = control, memory, begin
        self._children: set[int] = set()
        self._bell, self._clapper = socket.socketpair()
        gc.freeze()

    def run(self) -> None:
        """Do what is ordered until the other end is closed."""
        for end in (self._bell, self._clapper):
            end.setblocking(False)
        signal.set_wakeup_fd(self._clapper.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._control.sendall(ORDER.pack(READY, 0))
        try:
            while True:
                ready, _, _ = select.select([self._control, self._bell], [], [])
                if self._bell in ready:
                    self._bell.recv(4096)
                self._reap()
                if self._control in ready:
                    order = self._control.recv(ORDER.size, socket.MSG_WAITALL)
                    if len(order) < ORDER.size:
                        return
                    self._do(*ORDER.unpack(order))
        except ConnectionError:  # the server has ended with something unsaid
            return
        finally:
            signal.set_wakeup_fd(-1)
            for child in self._children:
                os.kill(child, signal.SIGKILL)

    def _do(self, order: bytes, child: int) -> None:
        if order == FORK:
            self._fork()
        elif child in self._children and order == KILL:
            os.kill(child, signal.SIGKILL)
        elif child in self._children and order == SLOW:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, child, SLOWEST)

    def _fork(self) -> None:
        ours, its = socket.socketpair()
        child = os.fork()
        if child == 0:
            self._be_worker(its, ours)
        its.close()
        self._children.add(child)
        socket.send_fds(self._control, [ORDER.pack(FORK, child)], [ours.fileno()])
        ours.close()

    def _be_worker(self, its: socket.socket, ours: socket.socket) -> None:
        """Answer queries, and end: nothing of the nursery is done by its children."""
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for end in (ours, self._control, self._bell, self._clapper):
                end.close()
            ends_quietly()
            answer = self._begin()
            confine(self._memory)
            work(its, answer)
            code = 0
        finally:
            os._exit(code)

    def _reap(self) -> None:
        """Forget the children that have ended, and tell how; before that, their numbers are given to nobody else."""
        while self._children:
            ended, status = os.waitpid(-1, os.WNOHANG)
            if not ended:
                return
            self._children.discard(ended)
            was_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
            with suppress(OSError):  # the server has ended
                self._control.sendall(ORDER.pack(KILLED if was_killed else BROKEN, ended))


def run(prepare: Callable[[Path, int, int], Callable[[], Answering]]) -> None:
    """Be a nursery: ``python -m MODULE DESCRIPTOR FOLDER MEMORY RESULT IN_MEMORY``.

    Args:
        prepare: loads what workers share, given folder, result and in_memory; returns what a worker calls to begin.
    """
    descriptor, folder, *numbers = sys.argv[1:]
    memory, result, in_memory = map(int, numbers)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Nursery(socket.socket(fileno=int(descriptor)), memory, prepare(Path(folder), result, in_memory)).run()


if __name__ == "__main__":
    run(evaluating)
