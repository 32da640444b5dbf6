"""The lint's rules: SPARQL files with a header that says what they find, how bad it is and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from buendnis_graph.errors import RuleError
from buendnis_graph.evidence.reader import read_text

SEVERITIES = ("error", "warning", "info")
NEEDS = ("ontology", "data", "project")
_HEADER = re.compile(
    r"# (?P<key>title|description|severity|needs|suggest|message|example)(?:@(?P<lang>\w\w))?: (?P<value>.+)"
)
_BILINGUAL = ("title", "description", "message")


@dataclass(frozen=True, slots=True)
class LintRule:
    """A rule of the lint.

    Attributes:
        name: the file's name without suffix.
        titles: what it finds, German and English.
        descriptions: why that is a fault and what to do.
        messages: a sentence for one finding; ``{?name}`` stands for a variable of the query.
        severity: one of :data:`SEVERITIES`.
        needs: which of :data:`NEEDS` it can't do without.
        suggest: the variable whose value may be a misspelt term, if any.
        example: a faulty shape, rule or term, on one line.
        sparql: a SELECT of ``?node``, and of ``?property`` and ``?value`` where they place the fault.
        path: the file.
    """

    name: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    messages: Mapping[str, str]
    severity: str
    needs: frozenset[str]
    suggest: str
    example: str
    sparql: str
    path: Path


def default_folder() -> Path:
    """Return the folder of the rules that come with the program: in an installed package, or in its checkout."""
    packaged = Path(__file__).parent / "packaged"
    return packaged if packaged.is_dir() else Path(__file__).parents[4] / "ontology" / "lint"


def read_lint_rules(folder: Path) -> list[LintRule]:
    """Return the rules of a folder, sorted by name.

    Raises:
        RuleError: if there are none, or a header is incomplete.
    """
    rules = [_read(path) for path in sorted(folder.glob("*.rq"))]
    if not rules:
        raise RuleError("there are no lint rules.", path=folder, hint="Restore them, or install the package anew.")
    return rules


def _read(path: Path) -> LintRule:
    text = read_text(path)
    given: dict[str, str] = {}
    for match in map(_HEADER.fullmatch, text.splitlines()):
        if match:
            given[match["key"] + (f"@{match['lang']}" if match["lang"] else "")] = match["value"].strip()
    wanted = [f"{key}@{language}" for key in _BILINGUAL for language in ("de", "en")] + ["severity", "example"]
    missing = [key for key in wanted if key not in given]
    needs = frozenset(word.strip() for word in given.get("needs", "").split(",") if word.strip())
    if missing or given["severity"] not in SEVERITIES or not needs <= set(NEEDS):
        reason = f"has no {', '.join(missing)}" if missing else "has an unknown severity or need"
        raise RuleError(f"{reason} in its header.", path=path, hint="See the other rules in this folder.")
    titles, descriptions, messages = (
        {language: given[f"{key}@{language}"] for language in ("de", "en")} for key in _BILINGUAL
    )
    return LintRule(
        path.stem,
        titles,
        descriptions,
        messages,
        given["severity"],
        needs,
        given.get("suggest", ""),
        given["example"],
        text,
        path,
    )
