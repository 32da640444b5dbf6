"""No way out: a process that is sealed opens no socket, whatever it evaluates (Linux, seccomp(2))."""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

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
    if prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
