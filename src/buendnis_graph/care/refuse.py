"""A build refuses what is withheld."""

from __future__ import annotations

from buendnis_graph.care.withheld import LIST, Guard, Withheld, open_guard
from buendnis_graph.errors import InvalidDataError, LayoutError
from buendnis_graph.evidence import Corpus, read_corpus
from buendnis_graph.namespaces import BASE, PREF_LABEL, expand
from buendnis_graph.settings import Project

JOURNAL = ".withholding"
_ID = f"{BASE}id/"
_NAMES = {PREF_LABEL, *map(expand, ("skos:altLabel", "bg:listedName", "bg:statedName", "bg:formerName"))}
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
    if (project.root / JOURNAL).exists():
        raise LayoutError(
            "a withholding was interrupted half-way.",
            path=project.root / JOURNAL,
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
