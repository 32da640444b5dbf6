"""What the system says of files becomes an error of ours: what, where, what to do."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from buendnis_graph.errors import DiskError, disk_errors

FULL = [
    OSError(errno.ENOSPC, "No space left on device", "build/.new-x/quads/0001.nq"),
    OSError(errno.EDQUOT, "Disk quota exceeded"),
    OSError("No space left on device (os error 28)"),
    OSError("IO error: No space left on device: While appending to file: store/000010.sst: No space left on device"),
]
"""As Python, Oxigraph and its store say it."""


@pytest.mark.parametrize("said", FULL)
def test_a_full_disk_is_told_with_what_was_being_made(said: OSError) -> None:
    with pytest.raises(DiskError) as told, disk_errors(Path("build")):
        raise said
    assert str(told.value) == "build: the disk is full.\n  Make room there, then run this again."
    assert told.value.in_words("de").startswith("build: der Datenträger ist voll.")
    assert told.value.__cause__ is said


def test_what_else_the_system_says_is_told_with_the_file() -> None:
    with (
        pytest.raises(DiskError, match=r"^dist/a.nq: reading or writing failed: Permission denied\.\n"),
        disk_errors(Path("dist")),
    ):
        raise OSError(errno.EACCES, "Permission denied", "dist/a.nq")
    with (
        pytest.raises(DiskError, match=r"^dist: reading or writing failed: Input/output error \(os error 5\)\.\n"),
        disk_errors(Path("dist")),
    ):
        raise OSError("Input/output error (os error 5)")


def test_who_no_longer_reads_what_is_printed_is_no_fault_of_a_disk() -> None:
    with pytest.raises(BrokenPipeError), disk_errors(Path("build")):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")
