"""Many files changed as one: all new contents are prepared aside; from then on the change is done, or finished later.

``.withholding.new/`` is being prepared: whatever stops now has changed nothing. Renamed to ``.withholding/`` it is
decided: whatever stops now is finished by the next ``buendnis withhold``. Each step may be repeated.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from buendnis_graph.errors import ReadError
from buendnis_graph.settings import WITHHOLDING, Project
from buendnis_graph.whole import sync, write_safely

_STEPS = "steps.json"


def prepare(project: Project, changes: Mapping[Path, str | None]) -> None:
    """Write down a change of files; nothing is changed yet, but from here on it will be.

    Args:
        project: whose files.
        changes: paths below the root, in the order of change: new texts, or None to remove a file or folder.
    """
    aside = project.root / f"{WITHHOLDING}.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    steps: list[tuple[str, str]] = []
    for number, (path, text) in enumerate(changes.items()):
        name = "" if text is None else f"{number:05}"
        if text is not None:
            write_safely(aside / name, text)
            target = project.root / path
            (aside / name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        steps.append((path.as_posix(), name))
    write_safely(aside / _STEPS, json.dumps(steps))
    aside.rename(project.root / WITHHOLDING)
    sync(project.root)


def finish(project: Project) -> bool:
    """Carry out a change that was prepared; return whether there was one."""
    folder = project.root / WITHHOLDING
    shutil.rmtree(project.root / f"{WITHHOLDING}.new", ignore_errors=True)
    if not folder.is_dir():
        return False
    try:
        steps = json.loads((folder / _STEPS).read_text(encoding="utf-8"))
    except FileNotFoundError:  # killed while the finished journal was being removed
        steps = []
    except ValueError as error:
        raise ReadError("can't be read.", path=folder / _STEPS) from error
    for path, name in steps:
        target = project.root / path
        if not name:
            _remove(project, target)
        elif (folder / name).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            (folder / name).replace(target)
    (folder / _STEPS).unlink(missing_ok=True)
    shutil.rmtree(folder)
    return True


def _remove(project: Project, target: Path) -> None:
    """Remove a file or folder, and folders below ``data/`` that it leaves empty: their names tell too."""
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    for folder in target.parents:
        if not folder.is_relative_to(project.data) or folder == project.data:
            return
        if folder.is_dir():
            if any(folder.iterdir()):
                return
            folder.rmdir()
