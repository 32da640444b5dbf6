"""What each kind of host can do with the site, and what readers get where it can't."""

from __future__ import annotations

from typing import Any

from buendnis_graph.wording import read_toml


def _read() -> dict[str, Any]:
    return read_toml(__file__, "abilities.toml")


def abilities() -> dict[str, dict[str, str]]:
    """Return what each host can do: by ability and host; ``yes``, ``no``, or how far."""
    return {row["name"]: dict(zip(_read()["hosts"], row["can"], strict=True)) for row in _read()["ability"]}


def table() -> str:
    """Return the table of abilities as Markdown, for docs/hosting.md."""
    lines = [["", *_read()["hosts"], "where not, readers get"]]
    lines.append(["---"] * len(lines[0]))
    lines += [[row["what"], *row["can"], row["instead"]] for row in _read()["ability"]]
    return "".join(f"| {' | '.join(cells)} |\n".replace("|  |", "| |") for cells in lines)
