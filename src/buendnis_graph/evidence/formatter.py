"""Put a file into canonical form and keep its comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import FormatError
from buendnis_graph.evidence.reader import Located, format_of, parse, read_bytes
from buendnis_graph.evidence.turtle import write

# Strings and IRIs may hold a '#'; whatever else starts with one is a comment.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^>\s]*>|\\.|(?P<comment>#[^\n]*)',
    re.DOTALL,
)


def _comments(text: str) -> list[tuple[int, str]]:
    """Return (line, comment) for every comment of a Turtle or TriG text."""
    found = []
    line, position = 1, 0
    for match in _TOKEN.finditer(text):
        if match["comment"]:
            line += text.count("\n", position, match.start())
            position = match.start()
            found.append((line, match["comment"].rstrip()))
    return found


def _head_end(text: str) -> int:
    """Return the number of the last line before the first that is neither blank nor a comment."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            return number - 1
    return text.count("\n")


def format_text(text: str, rdf_format: ox.RdfFormat, path: Path) -> str:
    """Return the canonical form of a Turtle or TriG text.

    Comments before the first statement stay at the top; a comment further down moves above the subject that follows it
    (or that it stands in); one after the last subject stays at the end.

    Raises:
        FormatError: if the canonical form would not say the same (a bug of the writer).
        ReadError: if the text can't be parsed.
    """
    return rewrite_text(text, rdf_format, path, lambda quad: [quad])


def rewrite_text(
    text: str, rdf_format: ox.RdfFormat, path: Path, change: Callable[[ox.Quad], Iterable[ox.Quad]]
) -> str:
    """Return the canonical form of a text after a change of its statements; comments are kept.

    Args:
        text: Turtle or TriG.
        rdf_format: which of them.
        path: named in errors.
        change: what becomes of a quad. A comment follows the first quad that comes of the one it stands above.

    Raises:
        FormatError: if the canonical form would not say the same (a bug of the writer).
        ReadError: if the text can't be parsed.
    """
    located = list(parse(text.encode(), rdf_format, path))
    changed = [list(change(item.quad)) for item in located]
    followers: list[object] = []
    for quads in reversed(changed):
        followers.append(quads[0].subject if quads else followers[-1] if followers else None)
    followers.reverse()
    return _canonical(text, rdf_format, path, located, [q for quads in changed for q in quads], followers)


def reduce_text(
    text: str,
    rdf_format: ox.RdfFormat,
    path: Path,
    keep: Callable[[list[Located]], list[bool]],
    keep_comment: Callable[[str], bool] = lambda _comment: True,
) -> str:
    """Return the canonical form of what is kept of a text; the comments of subjects that go, go too.

    Args:
        text: the file's text.
        rdf_format: Turtle or TriG.
        path: its path, for messages.
        keep: told all quads, says of each whether it stays.
        keep_comment: says of each comment whether it stays.

    Returns:
        The text, empty if nothing is kept.
    """
    located = list(parse(text.encode(), rdf_format, path))
    kept = [item.quad for item, stays in zip(located, keep(located), strict=True) if stays]
    subjects = [item.quad.subject for item in located]
    return _canonical(text, rdf_format, path, located, kept, subjects, keep_comment) if kept else ""


def _canonical(
    text: str,
    rdf_format: ox.RdfFormat,
    path: Path,
    located: list[Located],
    kept: list[ox.Quad],
    followers: Sequence[object],
    keep_comment: Callable[[str], bool] = lambda _comment: True,
) -> str:
    """Return the canonical form of what is kept; ``followers`` are the subjects above which a comment goes, by quad."""
    head_end = _head_end(text)
    lines = [item.line for item in located]
    head, foot, above = [], [], dict[ox.NamedNode, list[str]]()
    for line, comment in _comments(text):
        index = bisect_left(lines, line)
        if not keep_comment(comment):
            continue
        follower = followers[index] if index < len(followers) else None
        if line <= head_end:
            head.append(comment)
        elif follower is None:
            foot.append(comment)
        else:
            assert isinstance(follower, ox.NamedNode)  # noqa: S101 - the reader refuses blank nodes
            above.setdefault(follower, []).append(comment)
    canonical = write(kept, head=head, foot=foot, comments=above)
    if {item.quad for item in parse(canonical.encode(), rdf_format, path)} != set(kept):
        raise FormatError("would say something else in canonical form.", path=path, hint="Please report this as a bug.")
    return canonical


def add_to_text(text: str, quads: Iterable[ox.Quad], rdf_format: ox.RdfFormat, path: Path) -> str:
    """Return a text with quads added, in canonical form; what stands in it stays, comments too.

    Raises:
        ReadError: if the text can't be parsed.
    """
    added = write(quads)
    return format_text(f"{text}\n{added}" if text else added, rdf_format, path)


def format_file(path: Path) -> tuple[str, str]:
    """Return a file's present text and its canonical form.

    Raises:
        FormatError: if the file is of a kind that has no canonical form.
        ReadError: if it can't be read.
    """
    rdf_format = format_of(path)
    if rdf_format not in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        raise FormatError("is neither Turtle nor TriG.", path=path, hint="Only .ttl and .trig have a canonical form.")
    content = read_bytes(path)
    list(parse(content, rdf_format, path))  # so that a wrong byte is reported with its line
    text = content.decode()
    return text, format_text(text, rdf_format, path)
