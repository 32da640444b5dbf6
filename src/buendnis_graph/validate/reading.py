"""What the reader refuses, as results beside those of the shapes: so that one report holds all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox

from buendnis_graph.evidence.faults import Fault, fault_texts
from buendnis_graph.namespaces import BASE
from buendnis_graph.validate.engine import Result
from buendnis_graph.validate.paths import Term, predicate_path

FILE = "urn:buendnis-graph:file:"
"""Names files among the nodes that findings are about."""
RULE = f"{BASE}shape/reading-"
"""What names of the reader's rules begin with; the rest is the fault's name."""
COMPONENT = f"{BASE}shape/ReadingConstraintComponent"
"""The kind of constraint that all rules of the reader are."""


def file_node(path: Path) -> ox.NamedNode:
    """Return the node that stands for a file."""
    return ox.NamedNode(FILE + quote(path.as_posix()))


def file_name(iri: str) -> str | None:
    """Return the path of the file that an IRI stands for; None if it stands for something else."""
    return unquote(iri.removeprefix(FILE)) if iri.startswith(FILE) else None


def as_results(faults: Iterable[Fault]) -> list[Result]:
    """Return faults as results: violations about the thing that a wrong statement speaks of, else about the file."""
    return [_result(fault) for fault in faults]


def _result(fault: Fault) -> Result:
    focus: Term = file_node(fault.path)
    path, value = None, None
    if fault.quad is not None and isinstance(fault.quad.subject, ox.NamedNode):
        focus, predicate, said = fault.quad.subject, fault.quad.predicate, fault.quad.object
        path = predicate_path(predicate)
        if isinstance(said, ox.NamedNode | ox.Literal):
            value = said
    return Result(
        focus=focus,
        path=path,
        value=value,
        component=COMPONENT,
        severity="Violation",
        shape=RULE + fault.name,
        messages={language: " ".join(fault.text(language)) for language in ("de", "en")},
        place=(str(fault.path), fault.line or 0),
    )


def described(rule: str) -> dict[str, str]:
    """Return what a rule of the reader says, by language, with "…" for what is found; nothing for another rule."""
    name = rule.removeprefix(RULE)
    if name == rule or name not in fault_texts():
        return {}
    general = Fault(name, Path(), parts=_Anything())
    return {language: " ".join(general.text(language)) for language in ("de", "en")}


class _Anything(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"
