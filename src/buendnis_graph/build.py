"""Build the graph: read, validate, derive, store, in a folder named by what went into it; then move the pointer."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from buendnis_graph.care.refuse import refuse_withheld
from buendnis_graph.errors import LayoutError, ReadError, disk_errors
from buendnis_graph.evidence import finish_pending
from buendnis_graph.inputs import ChangedError, Inputs, name_of_inputs
from buendnis_graph.locks import locked
from buendnis_graph.settings import Project
from buendnis_graph.store.builds import POINTER, REPORT, current_build, name_of
from buendnis_graph.whole import write_safely

Step = Callable[[str], None]
_TRIES = 5
"""Times that files are read if they change meanwhile: a build bears the name of the files that it was made of."""


def build(
    project: Project,
    *,
    language: str = "en",
    force: bool = False,
    files: Inputs | None = None,
    step: Step = lambda _text: None,
    warn: Step = lambda _text: None,
) -> tuple[Path, bool]:
    """Build the graph if anything has changed; return the build's folder and whether it was built anew.

    The earlier build stays as it is until the new one is whole, and a little longer: a run that fails or is killed at
    any moment changes nothing. Two runs at once follow one another.

    Args:
        project: what to build.
        language: of the findings, ``de`` or ``en``.
        force: build even if nothing has changed.
        files: what is known of them, for who builds again and again.
        step: told what is being done.
        warn: told what validation found that does not block, if it found something.

    Raises:
        InvalidDataError: if files can't be read, validation finds violations, or a withheld body is back; its message
            lists all of them.
        ReadError: if files change again and again while they are read.
        DiskError: if the disk is full, or something else there can't be read or written.
    """
    files = files or Inputs(project)
    for _ in range(_TRIES):
        try:
            return _build(project, files, language, force, step, warn)
        except ChangedError as changed:
            files.touch(changed.paths)
    raise ReadError("files change while they are read.", path=project.data, hint="Wait until nothing is written there.")


def _build(project: Project, files: Inputs, language: str, force: bool, step: Step, warn: Step) -> tuple[Path, bool]:
    finish_pending(project)
    inputs = files.listed()
    name = name_of_inputs(inputs)
    try:
        refuse_withheld(project)
    except (ReadError, LayoutError) as error:
        if error.fault is not None:
            from buendnis_graph.full_build import read_valid

            read_valid(project, language)  # tells all that is wrong in the files, not only the first
        raise
    current = _current(project, name, force)
    if current is not None and not _left_aside(project.build):
        return current, False
    try:
        project.build.mkdir(exist_ok=True)
    except OSError as error:
        raise LayoutError(
            f"can't be a folder: {error.strerror}.", path=project.build, hint="Move what is there."
        ) from error
    with disk_errors(project.build), locked(project.build, lambda: step("waiting for another build to end")):
        if (current := _current(project, name, force)) is not None:  # maybe another run built it while this one waited
            for path in _left_aside(project.build):
                _remove(path)
            return current, False
        current = current_build(project)
        aside = _made(project, inputs, None if force else current, language, step, warn)
        folder = _free_name(project.build, name)
        aside.rename(folder)
        _point_to(folder)
        _remove_old(project.build, keep={folder, *([current] if current else [])})
    return folder, True


def is_of_files(folder: Path, project: Project, files: Inputs | None = None) -> bool:
    """Return whether a build is one of the files as they are, and of this package.

    Args:
        folder: of the build.
        project: whose files.
        files: what is known of them, for who asks again and again.
    """
    return name_of(folder) == name_of_inputs((files or Inputs(project)).listed())


def _current(project: Project, name: str, force: bool) -> Path | None:
    """Return the current build if it is of these inputs and no new one is asked for.

    Its report is then as young as the files, which say the same: nobody need be told to build.
    """
    current = current_build(project)
    if current is None or name_of(current) != name or force:
        return None
    (current / REPORT).touch()
    return current


def _made(project: Project, inputs: str, old: Path | None, language: str, step: Step, warn: Step) -> Path:
    """Return a folder with a build: an earlier one renewed where files have changed, if that is enough."""
    if old is not None:
        from buendnis_graph.renew import renew  # loads what a build with nothing to do does not need

        with _aside(project) as aside:
            known = renew(project, old, aside, inputs, step)
        if known is not None:
            if known.texts:
                warn(known.texts[language])
            return aside
        _remove(aside)
    from buendnis_graph.full_build import build_full

    with _aside(project) as aside:
        build_full(project, aside, inputs, language, step, warn)
    return aside


@contextmanager
def _aside(project: Project) -> Iterator[Path]:
    """Make a folder to build in; if that fails, it goes."""
    aside = Path(tempfile.mkdtemp(prefix=".new-", dir=project.build))
    try:
        yield aside
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    aside.chmod(0o755)


def _free_name(build: Path, name: str) -> Path:
    """Return a folder for a build that is not there yet: a live one is never renamed, only left behind."""
    number = 1
    while (folder := build / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return folder


def _point_to(folder: Path) -> None:
    """Make a build the current one by renaming a new pointer file over the old."""
    descriptor, name = tempfile.mkstemp(prefix=".pointer-", dir=folder.parent)
    os.close(descriptor)
    write_safely(Path(name), folder.name + "\n")
    Path(name).chmod(0o644)
    Path(name).replace(folder.parent / POINTER)


def _left_aside(build: Path) -> list[Path]:
    """Return what killed runs left; whoever removes it holds the lock, as a living run has such things, too."""
    return [path for path in build.iterdir() if path.name.startswith((".new-", ".pointer-"))]


def _remove_old(build: Path, keep: set[Path]) -> None:
    """Remove what killed runs left aside, and builds but the new one and the last (it may be in use)."""
    for path in {*_left_aside(build), *filter(Path.is_dir, build.iterdir())} - keep:
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
