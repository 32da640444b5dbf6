"""What a build keeps, so that the next one need only look at what has changed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.evidence import Located
from buendnis_graph.store.dataset import load_lines
from buendnis_graph.validate import Finding, Result, render

KEPT = "kept"
_INPUTS, _HOMES, _SAID, _FINDINGS = "inputs.tsv", "homes.tsv", "said", "findings.json"


class NotLocalError(Exception):
    """A change whose effects can't be told from its surroundings: all has to be built anew. Users never see it."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What validation found that does not block.

    Attributes:
        of_files: what was found of what files say, by :func:`keys_of`.
        of_view: what was found of the consolidated view.
        paths: the files they stand in or follow from.
        about: the things they are about.
        texts: all of them in words, by language.
    """

    of_files: frozenset[str]
    of_view: frozenset[str]
    paths: frozenset[str]
    about: frozenset[str]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a full build keeps of what it read.

    Attributes:
        homes: what stands where, as :func:`read_homes` gives it, in one text.
        findings: what validation found that does not block.
    """

    homes: str
    findings: Findings


def keys_of(results: Iterable[Result]) -> set[str]:
    """Return what tells results apart from others: focus node first, source last; those that are not listed are not."""
    return {"\t".join((*r.key, r.rule, str(r.source or ""))) for r in results if r.severity != "Info"}


def kept_of(homes: str, results: tuple[list[Result], list[Result]], found: dict[str, list[Finding]]) -> Kept:
    """Return what the next build needs of what was read and found.

    Args:
        homes: what stands where, as :func:`homes_of` gives it.
        results: what validation found of the files, and of the consolidated view.
        found: what of that is listed, by language.
    """
    of_any = next(iter(found.values()), [])
    return Kept(
        homes,
        Findings(
            frozenset(keys_of(results[0])),
            frozenset(keys_of(results[1])),
            frozenset(path for f in of_any for path in (f.path, *(there for there, _ in f.related))),
            frozenset(str(term) for f in of_any for term in (f.result.focus, f.result.value)),
            {language: render(some, language) for language, some in found.items() if some},
        ),
    )


def keep(folder: Path, inputs: str, kept: Kept) -> None:
    """Keep what the next build needs beside :func:`keep_said`, in ``kept/`` of a build's folder.

    Args:
        folder: of the build.
        inputs: as :func:`~buendnis_graph.inputs.input_list` gives them.
        kept: the rest.
    """
    into = folder / KEPT
    (into / _INPUTS).write_text(inputs, encoding="utf-8", newline="\n")
    (into / _HOMES).write_text(kept.homes, encoding="utf-8", newline="\n")
    _write_findings(kept.findings, into)


def keep_said(folder: Path, lines: Path) -> None:
    """Keep all that files say as one graph, in ``kept/`` of a build's folder.

    Args:
        folder: of the build.
        lines: a file of N-Triples.
    """
    into = folder / KEPT
    into.mkdir()
    said = ox.Store(str(into / _SAID))
    load_lines(said, lines, ox.RdfFormat.N_TRIPLES)
    said.flush()


def _write_findings(found: Findings, into: Path) -> None:
    kept = {
        "files": sorted(found.of_files),
        "view": sorted(found.of_view),
        "paths": sorted(found.paths),
        "about": sorted(found.about),
        "texts": found.texts,
    }
    (into / _FINDINGS).write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_inputs(folder: Path) -> str:
    """Return what a build was made of.

    Raises:
        NotLocalError: if it kept nothing.
    """
    return _text(folder / KEPT / _INPUTS)


def read_homes(folder: Path) -> list[str]:
    """Return the lines of what stands where, sorted: a path, a tab and an IRI, for files whose path does not say it.

    Raises:
        NotLocalError: if the build kept nothing, or names with tabs or line breaks make it unsure what a line is.
    """
    text = _text(folder / KEPT / _HOMES)
    lines = text.splitlines(keepends=True)
    if not len(lines) == text.count("\n") == text.count("\t"):
        raise NotLocalError
    return lines


def read_findings(folder: Path) -> Findings:
    """Return what was found when a build was made.

    Raises:
        NotLocalError: if it kept nothing, or the file is damaged.
    """
    try:
        kept = json.loads(_text(folder / KEPT / _FINDINGS))
        files, view, paths, about = (frozenset(kept[part]) for part in ("files", "view", "paths", "about"))
        return Findings(files, view, paths, about, kept["texts"])
    except (ValueError, KeyError) as error:
        raise NotLocalError from error


def keep_again(old: Path, new: Path, inputs: str, homes: Iterable[str] | None) -> ox.Store:
    """Keep what an earlier build kept; return what files said, one graph, to be changed.

    Args:
        old: the folder of the earlier build.
        new: that of the new one.
        inputs: what it is made of.
        homes: what stands where; None if it stands where it stood.

    Raises:
        NotLocalError: if the earlier build kept nothing.
    """
    into = new / KEPT
    into.mkdir()
    (into / _INPUTS).write_text(inputs, encoding="utf-8", newline="\n")
    if homes is None:
        os.link(old / KEPT / _HOMES, into / _HOMES)
    else:
        (into / _HOMES).write_text("".join(homes), encoding="utf-8", newline="\n")
    shutil.copyfile(old / KEPT / _FINDINGS, into / _FINDINGS)
    return copied_store(old / KEPT / _SAID, into / _SAID)


def copied_store(old: Path, new: Path) -> ox.Store:
    """Return a copy of a store on disk: its files are shared (RocksDB never changes one), so it takes no time.

    Raises:
        NotLocalError: if it can't be copied.
    """
    try:
        ox.Store.read_only(str(old)).backup(str(new))
        return ox.Store(str(new))
    except (OSError, RuntimeError) as error:
        raise NotLocalError from error


def homes_of(items: Iterable[Located]) -> str:
    """Return what stands where, of all that files say: the text that :func:`read_homes` reads."""
    return "".join(sorted(set(home_lines(items))))


def home_lines(items: Iterable[Located]) -> Iterable[str]:
    """Yield where things are described whose files are not named after them: codings, links and the like."""
    for item in items:
        parts = item.path.parts
        if parts[0] == "data" and parts[1] not in {"registry", "sources"}:
            yield f"{item.path.as_posix()}\t{item.quad.subject.value}\n"  # type: ignore[union-attr]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotLocalError from error
