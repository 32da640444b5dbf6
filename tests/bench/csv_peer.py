"""csv-reconcile as a peer: a reconciliation service over a CSV file, asked in this process, so without the way through HTTP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path


def is_installed() -> bool:
    """Return whether it can be asked."""
    return find_spec("csv_reconcile") is not None


def made(folder: Path, rows: Sequence[tuple[str, str]]) -> Callable[[Sequence[str]], list[str | None]]:
    """Return what answers names with the identifier found best for each, None where none is found.

    Args:
        folder: where its database goes.
        rows: identifier and name of each entry.
    """
    from csv_reconcile import create_app, initdb

    file = folder / "entries.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, delimiter="\t")
        writer.writerows([("id", "name"), *rows])
    app = create_app("", str(folder), "")
    app.config["CSVENCODING"], app.config["CSVKWARGS"] = "utf-8", {"delimiter": "\t"}
    with app.app_context():
        initdb.init_db_with_context(str(file), "id", "name")
    client = app.test_client()

    def ask(names: Sequence[str]) -> list[str | None]:
        queries = {f"q{number}": {"query": name} for number, name in enumerate(names)}
        with redirect_stdout(io.StringIO()):  # it prints how long it took
            answer = client.post("/reconcile", data={"queries": json.dumps(queries)}).get_json()
        found = [answer[key]["result"] for key in queries]
        return [some[0]["id"] if some else None for some in found]

    return ask
