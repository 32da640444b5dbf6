"""Withhold a body: plan what goes from which file, then change all files as one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.care import journal
from buendnis_graph.care.identity import Names, mentions_of, names_of, with_redirects
from buendnis_graph.care.names import Mentions
from buendnis_graph.care.purge import Purge, entries_of, purge
from buendnis_graph.care.withheld import LIST, Guard, Withheld, list_text
from buendnis_graph.errors import ReadError, UsageError
from buendnis_graph.evidence import Corpus, Located, read_corpus
from buendnis_graph.evidence.formatter import reduce_text
from buendnis_graph.evidence.layout import place_quads
from buendnis_graph.evidence.reader import format_of
from buendnis_graph.namespaces import BASE, GRAPH_SOURCES, RDF_TYPE, expand, slugify
from buendnis_graph.settings import WITHHOLDING, Project

# Releases are not for hand to change: the next one withdraws those that name a withheld body.
_NOT_OURS = {".git", ".venv", "build", "releases", "node_modules", "__pycache__", ".hypothesis", WITHHOLDING}
_LINES = 5
"""So many lines of a file are told."""
_LARGEST_TEXT = 10 * 1024 * 1024
_IRI = re.compile(r"(<[^<>\"\s]*>)")  # no name reaches across one

_LONGEST_CELL = 131_072
"""Characters; a longer one is no cell of a list of names but a quote that does not end."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What withholding a body would do.

    Args:
        bodies: the body, and entries merged into it.
        names: its names.
        purge: which quads go.
        changes: new contents by path below the root, in the order of change; None removes a file.
        own_sources: sources it published that stay for what they say of others.
        namesakes: names of others that hold its name; they stay.
    """

    bodies: frozenset[ox.NamedNode]
    names: Names
    purge: Purge
    changes: dict[Path, str | None]
    mentions: Mentions
    own_sources: tuple[str, ...]
    namesakes: tuple[str, ...]


def find_body(corpus: Corpus, text: str) -> ox.NamedNode | None:
    """Return the registry entry that a slug, ``id:slug`` or IRI names, if there is one.

    Raises:
        UsageError: if it is no organisation, or was merged into another.
    """
    slug = text.removeprefix(f"{BASE}id/").removeprefix("id:")
    said = [i.quad for i in corpus.quads if getattr(i.quad.subject, "value", "") == f"{BASE}id/{slug}"]
    of_registry = [quad for quad in said if quad.graph_name == ox.NamedNode(f"{BASE}graph/registry")]
    if not of_registry:
        return None
    successor = next((q.object for q in of_registry if q.predicate == expand("dcterms:isReplacedBy")), None)
    if isinstance(successor, ox.NamedNode):
        raise UsageError(
            f"'{slug}' was merged into another entry.",
            hint=f"Withhold that one, and this goes too: {successor.value.removeprefix(f'{BASE}id/')}",
        )
    if not any(q.predicate == RDF_TYPE and q.object == expand("org:Organization") for q in of_registry):
        raise UsageError(f"'{slug}' is no organisation.", hint="Places and programmes are not withheld.")
    return ox.NamedNode(f"{BASE}id/{slug}")


def plan(
    project: Project,
    slug: str,
    guard: Guard,
    *,
    names: Iterable[str] = (),
    common: Iterable[str] = (),
    own_sources: bool = False,
) -> Plan:
    """Return what withholding a body would change; nothing is changed.

    Args:
        project: where.
        slug: the body, by slug or IRI.
        guard: the present list, with the key.
        names: further names to keep out.
        common: names of it that are ordinary words: not searched, not kept out.
        own_sources: also remove the sources it published as a whole.

    Raises:
        UsageError: if there is no such body, or the key is missing.
    """
    if guard.hasher is None:
        raise UsageError(
            "withholding needs the key.",
            hint="Name it: --key-file FILE, or BUENDNIS_WITHHOLD_KEY_FILE. Make one: buendnis withhold --new-key FILE",
        )
    corpus = read_corpus(project)
    body = find_body(corpus, slug)
    if body is None:
        raise UsageError(f"the registry has no body '{slug}'.", hint="Name it by the file's name in data/registry/.")
    quads = [item.quad for item in corpus.quads]
    bodies = with_redirects(quads, [body])
    found = names_of(quads, bodies, names, common)
    mentions = mentions_of(quads, bodies, found)
    published = {
        q.subject
        for q in quads
        if q.graph_name == GRAPH_SOURCES and q.predicate == expand("dcterms:publisher") and q.object in bodies
    }
    own = {source for source in published if isinstance(source, ox.NamedNode)}
    gone = purge(quads, bodies, mentions, own if own_sources else ())
    slugs = [one.value.removeprefix(f"{BASE}id/") for one in bodies]
    slugs += [one.value.removeprefix(BASE) for one in entries_of(quads, bodies)]  # register/…, in a register taken in
    hashes = guard.hashes | guard.hasher.of_body(slugs, found.known)
    changes: dict[Path, str | None] = {Path("data") / LIST: list_text(hashes)}
    changes |= dict(_changed_files(project, corpus, gone, mentions)) | dict(_changed_tables(project, mentions))
    changes[Path("build")] = None
    stay = tuple(sorted(source.value for source in own - gone.sources))
    return Plan(bodies, found, gone, changes, mentions, stay, mentions.longer)


def _changed_files(
    project: Project, corpus: Corpus, gone: Purge, mentions: Mentions
) -> Iterator[tuple[Path, str | None]]:
    touched = {item.path for item in corpus.quads if item.quad in gone.dropped and item.path.parts[0] == "data"}
    for path in sorted(touched):
        text = (project.root / path).read_text(encoding="utf-8")

        def keep(raw: list[Located], path: Path = path) -> list[bool]:
            return [item.quad not in gone.dropped for item in place_quads(path, raw)]

        left = reduce_text(text, format_of(path), path, keep, lambda comment: not mentions.in_text(comment))
        yield path, left or None


def _changed_tables(project: Project, mentions: Mentions) -> Iterator[tuple[Path, str | None]]:
    """Yield tables below ``data/`` (review files, lists to fill in) without the rows that name the body."""
    for file in sorted(project.data.rglob("*")):
        if file.suffix not in {".csv", ".tsv"} or not file.is_file():
            continue
        try:
            with file.open(encoding="utf-8", newline="") as opened:
                text = opened.read()
            kept = "".join(row for row in _rows(text) if not _names_it(row, mentions))
        except (UnicodeDecodeError, csv.Error) as error:
            raise ReadError(
                f"can't be read as a table: {error}.", path=project.relative(file), hint="Nothing was changed."
            ) from error
        if kept != text:
            yield project.relative(file), kept if kept.strip() else None


def _rows(text: str) -> Iterator[str]:
    """Yield the rows of a table as they stand; a quoted cell may span lines."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, strict=False)
    start = 0
    for row in reader:
        if any(len(cell) > _LONGEST_CELL for cell in row):  # csv's own limit is the process's, and imports raise it
            raise csv.Error("a cell is too long")
        yield "".join(lines[start : reader.line_num])
        start = reader.line_num


def _names_it(row: str, mentions: Mentions) -> bool:
    return mentions.in_text(row) or any(mentions.in_iri(word) for word in row.split() if "/" in word)


def carry_out(project: Project, planned: Plan) -> None:
    """Change all files; a run that is killed changes nothing, or is finished by the next :func:`finish`."""
    journal.prepare(project, planned.changes)
    journal.finish(project)


def finish(project: Project) -> bool:
    """Finish a withholding that was interrupted; return whether there was one."""
    return journal.finish(project)


def forget(project: Project, guard: Guard, slug: str, names: Iterable[str]) -> bool:
    """Take a body off the list again, by its slug and the names given; return whether anything was taken off.

    Its entry in the register of associations is a name, too: ``register/U1104_VR1``.
    """
    if guard.hasher is None:
        raise UsageError("this needs the key.", hint="Name it: --key-file FILE")
    known = [slug, *names]
    mine = guard.hasher.of_body(known, known) - {guard.hasher.of_key}
    left = guard.hashes - mine
    if left == guard.hashes:
        return False
    text = None if left == {guard.hasher.of_key} else list_text(left)
    journal.prepare(project, {Path("data") / LIST: text})
    journal.finish(project)
    return True


def is_done(guard: Guard, slug: str) -> bool:
    """Return whether the list holds this slug already."""
    return guard.judge((), slug.removeprefix(f"{BASE}id/").removeprefix("id:")) is Withheld.YES


def texts(project: Project) -> Iterator[tuple[Path, int, str]]:
    """Yield the lines of all texts of a checkout, with file and number; line 0 is the file's name."""
    for file in _own_files(project):
        path = project.relative(file)
        yield path, 0, path.as_posix()
        if file.stat().st_size > _LARGEST_TEXT or path == Path("data") / LIST:
            continue
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        yield from ((path, number, line) for number, line in enumerate(lines, start=1))


def _own_files(project: Project) -> Iterator[Path]:
    for top in sorted(project.root.iterdir()):
        if top.name in _NOT_OURS or top.name.endswith(("_cache", ".egg-info")):
            continue
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from (file for file in files if file.is_file() and "__pycache__" not in file.parts)


def grouped(places: Iterable[str]) -> list[str]:
    """Return places by file: ``file (3: 5, 9, 12)``, only the first lines of many.

    >>> grouped(["docs/a.md:5", "docs/a.md:9", "docs/b.md"])
    ['docs/a.md (2: 5, 9)', 'docs/b.md']
    """
    found: dict[str, list[str]] = {}
    for place in places:
        file, _, line = place.rpartition(":")
        if line.isdigit():
            found.setdefault(file, []).append(line)
        else:
            found.setdefault(place, [])
    return [
        f"{file} ({len(lines)}: {', '.join(lines[:_LINES])}{', …' if len(lines) > _LINES else ''})" if lines else file
        for file, lines in found.items()
    ]


def left_over(project: Project, mentions: Mentions) -> list[str]:
    """Return where the checkout still mentions the body: prose and code that only a person can change."""

    @cache  # files begin with the same lines
    def is_named(text: str) -> bool:
        return mentions.in_text(text) or _in_path(text, mentions)

    return [_place(path, line) for path, line, text in texts(project) if is_named(text)]


def _in_path(text: str, mentions: Mentions) -> bool:
    return "/" in text and any(mentions.in_iri(word.strip("<>\"'`,;()")) for word in text.split() if "/" in word)


def _place(path: Path, line: int) -> str:
    return f"{path}:{line}" if line else str(path)


def check(project: Project, guard: Guard) -> list[str]:
    """Return where files or the current build mention anything withheld, found by the list and the key alone.

    Raises:
        UsageError: if there is no key.
    """
    if guard.hashes and guard.hasher is None:
        raise UsageError("this needs the key.", hint="Name it: --key-file FILE")
    known: dict[str, bool] = {}
    others = masks(project, guard, known)

    @cache  # a dump says the same IRI and the same text over and over
    def names(piece: str) -> bool:
        return guard.finds_in(piece, known, others)

    def is_named(line: str) -> bool:
        return any(map(names, _IRI.split(line)))

    found = [_place(path, line) for path, line, text in texts(project) if is_named(text)]
    for dump in sorted([*project.build.glob("*/*"), *project.build.glob("*/*/*")]):
        if dump.is_file() and dump.suffix in {".nq", ".nt", ".json"}:
            with dump.open(encoding="utf-8") as lines:
                places = (number for number, line in enumerate(lines, start=1) if is_named(line))
                found += [_place(project.relative(dump), number) for number in places]
    return found


def masks(project: Project, guard: Guard, known: dict[str, bool]) -> re.Pattern[str] | None:
    """Return what matches names in the registry that hold a withheld name but are not withheld (``Friends of …``)."""
    names = set[str]()
    for item in read_corpus(project).quads:
        if item.path.parts[:2] != ("data", "registry"):
            continue
        if isinstance(item.quad.object, ox.Literal):
            names.add(item.quad.object.value)
        names.add(getattr(item.quad.subject, "value", "").rpartition("/")[2])
    longer = {slugify(n) for n in names if guard.judge([n], slugify(n)) is Withheld.NO and guard.finds_in(n, known)}
    either = "|".join(sorted(longer, key=lambda slug: (-len(slug), slug)))
    return re.compile(rf"(?<![a-z0-9])(?:{either})(?![a-z0-9])") if longer else None
