"""A second wall behind the guard: a process that is sealed is refused the system call socket(2), by seccomp(2).

It holds on Linux on x86_64 and aarch64, against an engine that calls as programs do; it is no sandbox for code that
wants out.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import platform
import struct

log = logging.getLogger("buendnis.serve")
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
"""Of prctl(2)."""
_SOCKET = {"x86_64": 41, "aarch64": 198}
"""The number of socket(2) by machine."""
_INSTRUCTION = struct.Struct("HBBI")
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_REFUSE, _ALLOW = 0x00050000 | errno.EACCES, 0x7FFF0000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def seal() -> bool:
    """Let this process open no more sockets, those it has stay; return whether the system does that."""
    number = _SOCKET.get(platform.machine())
    if number is None or platform.system() != "Linux":
        return False
    code = b"".join(
        (
            _INSTRUCTION.pack(_LOAD, 0, 0, 0),  # the number of the system call
            _INSTRUCTION.pack(_IF_EQUAL, 0, 1, number),
            _INSTRUCTION.pack(_RETURN, 0, 0, _REFUSE),
            _INSTRUCTION.pack(_RETURN, 0, 0, _ALLOW),
        )
    )
    program = _Program(len(code) // _INSTRUCTION.size, code)
    prctl = ctypes.CDLL(None).prctl
    steps = (_NO_NEW_PRIVILEGES, 1, 0, 0, 0), (_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    return all(prctl(*step) == 0 for step in steps)


def say_if_not_sealed() -> None:
    """Log it once, before others start, if processes can't be sealed here: a child tries, as there is no way back."""
    child = os.fork()
    if child == 0:
        is_sealed = False
        try:
            is_sealed = seal()
        finally:
            os._exit(0 if is_sealed else 1)
    if os.waitpid(child, 0)[1]:
        log.warning("this system does not keep workers from opening connections; only the guard keeps queries from it")
