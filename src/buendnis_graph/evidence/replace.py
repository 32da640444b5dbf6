"""Replace several files as one step: whoever reads afterwards finds all of them old or all of them new.

A rename replaces one file as a whole, not several together. So the new files are first written aside with a list of
where they go; renaming that folder to :data:`COMMITTED` is the one step that counts; then they are moved into place.
A run killed before it leaves the old state, one killed after it a folder that the next reader finishes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.locks import locked
from buendnis_graph.settings import WITHHOLDING, Project
from buendnis_graph.whole import write_safely

COMMITTED = ".committed"
_ASIDE = ".aside-"
_LIST = "list.json"


@contextmanager
def writing(project: Project, *, withholding: bool = False) -> Iterator[None]:
    """Hold the project's data for writing: two imports at once would each undo what the other adds to a shared file.

    Args:
        project: whose data.
        withholding: whether this is the run that may finish an interrupted withholding.

    Raises:
        UsageError: if another run holds it, or a withholding was interrupted (to finish it later would undo what is
            written now).
    """
    with locked(project.data, _refuse_second):
        if (project.root / WITHHOLDING).exists() and not withholding:
            raise UsageError("a withholding was interrupted half-way.", hint="Finish it: buendnis withhold --finish")
        _sweep(project)
        yield


def _refuse_second() -> None:
    raise UsageError(
        "another run is writing to data/.", hint="Wait until it is done and try again; nothing was changed."
    )


def replace_files(project: Project, files: Mapping[Path, str | Path | None]) -> list[Path]:
    """Write files below ``data/``, all or none; return those that changed.

    Args:
        project: whose files.
        files: absolute paths and their new text; or a file below the root that is moved there; None removes the file.
    """
    changed = {path: text for path, text in files.items() if _differs(path, text)}
    if not changed:
        return []
    _finish(project)
    aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=project.data))
    try:
        moves: dict[str, str | None] = {}
        for number, (path, text) in enumerate(sorted(changed.items())):
            target = path.relative_to(project.data).as_posix()
            moves[target] = None if text is None else f"{number}.new"
            if isinstance(text, Path):
                text.replace(aside / f"{number}.new")
            elif text is not None:
                write_safely(aside / f"{number}.new", text)
        write_safely(aside / _LIST, json.dumps(moves, sort_keys=True))
        aside.rename(project.data / COMMITTED)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    _finish(project)
    return sorted(changed)


def finish_pending(project: Project) -> None:
    """Finish what a killed run had decided to write; waits for a run that lives; does nothing if there is nothing.

    Raises:
        LayoutError: if the folder it left is damaged.
    """
    if (project.data / COMMITTED).exists():
        with locked(project.data, lambda: None):
            _finish(project)


def _finish(project: Project) -> None:
    folder = project.data / COMMITTED
    try:
        moves = json.loads((folder / _LIST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        if folder.is_dir():  # all was moved; the run died while it cleared up
            shutil.rmtree(folder, ignore_errors=True)
        return
    except ValueError as error:
        raise LayoutError("is damaged.", path=folder / _LIST, hint="Remove the folder and import again.") from error
    for target, name in moves.items():
        path = project.data / target
        if ".." in Path(target).parts or Path(target).is_absolute():
            raise LayoutError(f"leads out of data/: {target}.", path=folder / _LIST, hint="Remove the folder.")
        if name is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            (folder / name).replace(path)
        except FileNotFoundError:
            continue  # moved already, by the killed run or by another reader
    (folder / _LIST).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _differs(path: Path, new: str | Path | None) -> bool:
    return path.exists() if new is None else isinstance(new, Path) or new != _present(path)


def _present(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", errors="surrogateescape")
    except FileNotFoundError:
        return None


def _sweep(project: Project) -> None:
    """Finish or remove what killed runs left. Only under the lock: another's folder may be in use."""
    _finish(project)
    for path in project.data.glob(f"{_ASIDE}*"):
        shutil.rmtree(path, ignore_errors=True)
