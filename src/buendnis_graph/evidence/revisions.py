"""Files as a revision has them, by asking git; neither its index nor the working tree is touched."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from buendnis_graph.errors import UsageError
from buendnis_graph.settings import Project


def git(project: Project, *arguments: str) -> bytes | None:
    """Return what git prints; None if it refuses.

    Raises:
        UsageError: if it is not installed.
    """
    program = shutil.which("git")
    if program is None:
        raise UsageError("revisions need git, which is not installed.", hint="Install it, or do without a revision.")
    done = subprocess.run([program, "-C", str(project.root), *arguments], capture_output=True, check=False)  # noqa: S603 - no shell, arguments checked by git
    return done.stdout if done.returncode == 0 else None


def commit_of(project: Project, revision: str) -> str | None:
    """Return the commit that a revision names; None if git knows none."""
    commit = git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return None if commit is None else commit.decode().strip()


def changed_files(project: Project, commit: str) -> list[Path]:
    """Return the files below ``ontology/`` and ``data/`` that differ from a commit, new ones included, sorted."""
    folders = ("--", "ontology", "data")
    differing = git(project, "diff", "--name-only", "--no-renames", "-z", "--relative", commit, *folders) or b""
    new = git(project, "ls-files", "--others", "--exclude-standard", "-z", *folders) or b""
    return sorted({project.root / name.decode() for name in (differing + new).split(b"\0") if name})


def content_at(project: Project, commit: str, path: Path) -> bytes | None:
    """Return a file's content in a commit; None if it has no such file."""
    return git(project, "show", f"{commit}:./{path.relative_to(project.root).as_posix()}")
