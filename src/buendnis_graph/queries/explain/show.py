"""Rows with the sources under each, to read."""

from __future__ import annotations

from buendnis_graph.queries.explain import Explanation
from buendnis_graph.queries.explain.origins import SOURCE, Origin
from buendnis_graph.terminal import printable

_WORDS = {
    "de": {
        "dated": "vom {}",
        "seen": "gelesen {}",
        "ours": "und von uns",
        "registry": "Verzeichnis",
        "coding": "Kodierung",
        "ontology": "Begriffe",
        "links": "Verknüpfungen",
        "derived": "Ableitung",
        "unknown": "ohne Quelle",
        "none": "keine Quelle gefunden",
    },
    "en": {
        "dated": "dated {}",
        "seen": "seen {}",
        "ours": "and our own",
        "registry": "registry",
        "coding": "coding",
        "ontology": "terms",
        "links": "links",
        "derived": "derivation",
        "unknown": "no source",
        "none": "no source found",
    },
}


def as_text(heads: list[str], rows: list[list[str]], explanation: Explanation, language: str) -> str:
    """Return each row on a line with the sources below it: site, date of the page, day it was read, address.

    Args:
        heads: what the columns are called.
        rows: cells as they are shown; empty ones are left out.
        explanation: of these rows.
        language: ``de`` or ``en``.
    """
    words = _WORDS[language]
    lines = []
    for cells, origins in zip(rows, explanation.rows, strict=True):
        lines.append(" · ".join(f"{head}={cell}" for head, cell in zip(heads, cells, strict=True) if cell))
        lines += [f"    {_source(origin, words)}" for origin in origins if origin.kind == SOURCE]
        ours = [words[origin.kind] for origin in origins if origin.kind != SOURCE]
        if ours:
            lines.append(f"    {words['ours']}: {', '.join(ours)}")
        if not origins:
            lines.append(f"    {words['none']}")
    return "".join(f"{line}\n" for line in lines)


def _source(origin: Origin, words: dict[str, str]) -> str:
    parts = [origin.site or origin.iri]
    if origin.issued:
        parts.append(words["dated"].format(origin.issued))
    if origin.seen:
        parts.append(words["seen"].format(origin.seen))
    return printable(", ".join(parts) + (f": {origin.address}" if origin.address else ""))
