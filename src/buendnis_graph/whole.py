"""Write files as a whole: aside first, then renamed, so that nobody ever sees half of one; and onto the disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from buendnis_graph.errors import UsageError

_DEVICES = (Path("/dev"), Path("/proc"))


def write_whole(contents: Mapping[Path, str | bytes | Iterable[bytes]]) -> None:
    """Write files: all aside, then each renamed. A link is followed; a pipe or device is written to as it is.

    Args:
        contents: what each file shall hold, also piece by piece.

    Raises:
        UsageError: if one can't be written; none that could not be written aside is changed.
    """
    asides: dict[Path, Path] = {}
    output = Path()
    try:
        for output, content in contents.items():
            data = (
                [content.encode()] if isinstance(content, str) else [content] if isinstance(content, bytes) else content
            )
            if _is_special(output):
                with output.open("wb") as file:
                    file.writelines(data)
            else:
                target = output.resolve()
                asides[_aside(target, data)] = target
        for aside, output in asides.items():
            aside.replace(output)
    except OSError as error:
        raise UsageError(f"can't be written: {error.strerror}.", path=output) from error
    finally:
        for aside in asides:
            aside.unlink(missing_ok=True)


def write_safely(path: Path, content: str | bytes) -> None:
    """Write a new file; it is on the disk when this returns.

    Raises:
        OSError: if it can't be written.
    """
    with path.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


def sync(folder: Path) -> None:
    """See to it that a folder's names, as renaming left them, are on the disk.

    Raises:
        OSError: if the folder can't be opened.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_special(path: Path) -> bool:
    """Return whether a path leads to a pipe or device, where there is nothing to rename."""
    absolute = path.absolute()
    return any(absolute.is_relative_to(folder) for folder in _DEVICES) or (path.exists() and not path.is_file())


def _aside(target: Path, data: Iterable[bytes]) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)
        aside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
