"""A build refuses what is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from buendnis_graph.care.withheld import LIST, Guard, Withheld, open_guard
from buendnis_graph.errors import InvalidDataError, LayoutError
from buendnis_graph.evidence import Corpus, Located, read_corpus
from buendnis_graph.evidence.reader import format_of, parse
from buendnis_graph.namespaces import BASE, PREF_LABEL, expand
from buendnis_graph.settings import WITHHOLDING, Project

_ID = f"{BASE}id/"
_TITLE = expand("dcterms:title")
_NAMES = {
    PREF_LABEL,
    *map(expand, ("skos:altLabel", "bg:listedName", "bg:statedName", "bg:formerName", "bg:judgedName")),
}
_CANNOT = {
    "de": f"Nicht geprüft: ob etwas Zurückgehaltenes wieder da ist (data/{LIST}); dazu fehlt der Schlüssel.",
    "en": f"Not checked: whether anything withheld is back (data/{LIST}); the key is not here.",
}


def note_if_unchecked(project: Project, language: str) -> str:
    """Return the sentence that says that the check could not run; nothing if it could."""
    return "" if open_guard(project).can_check else _CANNOT[language]


def refuse_withheld(project: Project, corpus: Corpus | None = None) -> None:
    """Stop if an interrupted withholding is unfinished, or if a withheld body is back in registry or lists.

    Without the key it can't tell and does nothing: see :func:`note_if_unchecked`.

    Raises:
        LayoutError: if a withholding was interrupted.
        InvalidDataError: naming files and lines, never the name.
    """
    if (project.root / WITHHOLDING).exists():
        raise LayoutError(
            "a withholding was interrupted half-way.",
            path=project.root / WITHHOLDING,
            hint="Finish it: buendnis withhold --finish",
        )
    guard = open_guard(project)
    if not guard.hashes or guard.hasher is None:
        return
    places = _places(corpus or read_corpus(project), guard)
    if places:
        raise InvalidDataError(
            "\n".join(f"{place}: this body or name is withheld." for place in places),
            hint="Nothing was built. Take these lines out again, or see docs/withholding.md.",
        )


def refuse_withheld_in(project: Project, files: Mapping[Path, str | None]) -> None:
    """Stop if texts that are about to be written name a withheld body; what they name is not said.

    Args:
        project: whose list.
        files: new texts by absolute path; Turtle and TriG are looked at.

    Raises:
        InvalidDataError: if they do.
    """
    guard = open_guard(project)
    if not guard.hashes or guard.hasher is None:
        return
    quads: list[Located] = []
    titles: list[str] = []
    for path, text in files.items():
        if text is not None and path.suffix in {".ttl", ".trig"}:
            relative = project.relative(path)
            parsed = list(parse(text.encode(), format_of(path), relative))
            quads += parsed
            titles += [item.quad.object.value for item in parsed if item.quad.predicate == _TITLE]  # type: ignore[union-attr]
    known: dict[str, bool] = {}
    if _places(Corpus(quads), guard) or any(guard.finds_in(title, known) for title in titles):
        raise InvalidDataError(
            "a body or name that is withheld is in what would be written.",
            hint="Nothing was written. See docs/withholding.md.",
        )


def _places(corpus: Corpus, guard: Guard) -> list[str]:
    found: dict[str, None] = {}
    entries, names = dict[str, bool](), dict[str, bool]()
    for item in corpus.quads:
        quad = item.quad
        subject = getattr(quad.subject, "value", "")
        if item.path.parts[:2] == ("data", "registry") and subject.startswith(_ID) and subject not in entries:
            entries[subject] = guard.judge((), subject.removeprefix(_ID)) is Withheld.YES
            if entries[subject]:
                found[f"{item.path}:{item.line}"] = None
        if quad.predicate in _NAMES and item.path.parts[0] == "data":
            name = quad.object.value  # type: ignore[union-attr]
            if name not in names:
                names[name] = guard.judge((name,)) is Withheld.YES
            if names[name]:
                found[f"{item.path}:{item.line}"] = None
    return list(found)
