"""What the reader refuses, in German and English: a fault is a value, and the error to raise if nobody collects it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import BuendnisError, LayoutError, LimitError, ReadError
from buendnis_graph.wording import read_toml

_KINDS: Mapping[str, type[BuendnisError]] = {"read": ReadError, "limit": LimitError, "layout": LayoutError}
_MARK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a file must not say, or why it can't be read.

    Attributes:
        name: which fault, as ``faults.toml`` names it.
        path: the file.
        line: the line there; None if it is the file as such.
        quad: the statement that is wrong, if it is one.
        about: the term of it that is wrong, if it is one.
        parts: what the texts name.
    """

    name: str
    path: Path
    line: int | None = None
    quad: ox.Quad | None = None
    about: object = None
    parts: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> tuple[str, str]:
        """Return what is wrong and what to do, in ``de`` or ``en``."""
        known = fault_texts()[self.name]

        def filled(text: str) -> str:
            return _MARK.sub(lambda mark: str(self.parts[mark[1]]), text)

        advice = known["meant"] if "close" in self.parts else known["do"]
        return filled(known["is"][language]), filled(advice[language])

    def error(self) -> BuendnisError:
        """Return it as the error to raise."""
        message, hint = self.text("en")
        error = _KINDS[fault_texts()[self.name]["kind"]](message, path=self.path, line=self.line, hint=hint)
        error.fault = self
        return error


Refuse = Callable[[Fault], None]
"""Told of each fault: raises it, or collects it so that reading goes on."""


def raising(fault: Fault) -> None:
    """Raise a fault.

    Raises:
        ReadError, LimitError, LayoutError: always.
    """
    raise fault.error()


def fault_texts() -> dict[str, Any]:
    """Return the texts of all faults by name: ``is`` and ``do``, each by language."""
    return read_toml(__file__, "faults.toml")
