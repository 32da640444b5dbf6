"""Run the notebooks under docs/: their outputs are committed, and must come out again.

``python -m tests.docs.notebooks`` runs them and writes the outputs.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from tests.mini import REAL

NOTEBOOKS = sorted((REAL.root / "docs" / "analysis").glob("*.ipynb"))


def executed(path: Path, folder: Path) -> Any:
    """Return a notebook with the outputs of a run in a folder, and nothing of when and how long it ran."""
    notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    for cell in notebook.cells:
        cell.metadata.clear()
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    for cell in notebook.cells:
        cell.metadata.clear()
    return notebook


def written(notebook: Any) -> str:
    """Return a notebook as it is committed."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    for file in NOTEBOOKS:
        file.write_text(written(executed(file, file.parent)), encoding="utf-8")
