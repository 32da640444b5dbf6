"""The list of what is withheld: keyed hashes, good for one thing, to recognise a name again with the key at hand."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from buendnis_graph.errors import ReadError, UsageError
from buendnis_graph.namespaces import slugify
from buendnis_graph.settings import Project

LIST = "withheld.txt"
KEY_VARIABLE = "BUENDNIS_WITHHOLD_KEY_FILE"
HEAD = "# Keyed hashes, see docs/withholding.md. Written by buendnis withhold; never edit by hand.\n"
LONGEST_NAME = 20
"""No name of more words is looked for in texts."""
_SHORTEST_IN_TEXT = 5
_HASH = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[0-9a-f]{64,}")


class Withheld(StrEnum):
    """Whether a body is withheld."""

    YES = "yes"
    NO = "no"
    CANNOT_CHECK = "cannot-check"
    """There is a list, but no key: say so, and take nothing for checked."""


def new_key(file: Path, project: Project | None = None) -> None:
    """Write a new key into a file that only its owner may read. The only use of randomness in this package.

    Raises:
        UsageError: if the file exists or lies within the project.
    """
    target = file.resolve()
    if project is not None and target.is_relative_to(project.root.resolve()):
        raise UsageError(
            "the key must not lie within the project.",
            path=file,
            hint="Who has key and list can test any name. Keep it elsewhere, and a copy in a safe place.",
        )
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise UsageError(
            "exists already.", path=file, hint="A key is never overwritten: hashes depend on it."
        ) from None
    except OSError as error:
        raise UsageError(f"can't be written: {error.strerror}.", path=file) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(secrets.token_hex(32) + "\n")


def read_key(file: Path | None = None) -> bytes | None:
    """Return the key from a file, or from the one that the environment names; None if neither is given.

    Raises:
        ReadError: if a file is named but is no key: never mistaken for "no key".
    """
    named = file or (Path(os.environ[KEY_VARIABLE]) if os.environ.get(KEY_VARIABLE) else None)
    if named is None:
        return None
    try:
        with named.open(encoding="ascii") as opened:
            text = opened.read(4096).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError("can't be read as a key for withholding.", path=named) from error
    if not _KEY.fullmatch(text) or len(text) % 2:
        raise ReadError("is no key.", path=named, hint="Make one: buendnis withhold --new-key FILE")
    return bytes.fromhex(text)


def read_list(file: Path) -> frozenset[str]:
    """Return the hashes of a list; none if there is no such file.

    Raises:
        ReadError: if a line is neither a hash nor a comment.
    """
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return frozenset()
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError("can't be read.", path=file) from error
    for number, line in enumerate(lines, start=1):
        if line and not line.startswith("#") and not _HASH.fullmatch(line):
            raise ReadError("is no hash.", path=file, line=number, hint="Restore the file; it is not edited by hand.")
    return frozenset(line for line in lines if _HASH.fullmatch(line))


def list_text(hashes: Iterable[str]) -> str:
    """Return the text of a list."""
    return HEAD + "".join(f"{one}\n" for one in sorted(set(hashes)))


class Hasher:
    """Makes keyed hashes; what kind of thing is hashed goes into each, so that kinds never mix."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def _hash(self, kind: str, text: str) -> str:
        return hmac.digest(self._key, f"{kind}\0{text}".encode(), "sha256").hex()

    @property
    def of_key(self) -> str:
        """A hash by which a list recognises its key, so that a wrong one is not taken for "nothing withheld"."""
        return self._hash("key", "")

    def of_slug(self, slug: str) -> str:
        """Return the hash of a registry slug."""
        return self._hash("slug", slug)

    def of_name(self, name: str) -> set[str]:
        """Return the hashes of a name: as the importer compares it, and letter by letter.

        Two, so that a change of the importer's comparison leaves the second.
        """
        from buendnis_graph.care.names import comparison_key, spelling  # no build that withholds nothing needs it

        return {self._hash("name", key) for key in (comparison_key(name), f"={spelling(name)}")}

    def in_text(self, slug: str) -> str:
        """Return the hash by which a name is found in a text."""
        return self._hash("text", slug)

    def of_body(self, slugs: Iterable[str], names: Iterable[str]) -> set[str]:
        """Return all hashes of a body."""
        hashes = {self.of_key} | {self.of_slug(slug) for slug in slugs}
        for name in names:
            hashes |= self.of_name(name)
            slug = slugify(name)
            if len(slug) >= _SHORTEST_IN_TEXT:
                hashes.add(self.in_text(slug))
        return hashes


class Guard:
    """Recognises what is withheld; made once, asked often.

    Args:
        hashes: the list.
        key: the key, or None if it is not at hand.

    Raises:
        UsageError: if the key is not the one the list was made with.
    """

    def __init__(self, hashes: frozenset[str], key: bytes | None) -> None:
        self.hashes = hashes
        self.hasher = None if key is None else Hasher(key)
        if self.hashes and self.hasher is not None and self.hasher.of_key not in self.hashes:
            raise UsageError(
                f"the key is not the one that data/{LIST} was made with.",
                hint="A wrong key recognises nothing. Find the right one before you import or build anything.",
            )

    @property
    def can_check(self) -> bool:
        """Whether an answer is possible: nothing is withheld, or the key is there."""
        return not self.hashes or self.hasher is not None

    def judge(self, names: Iterable[str], slug: str = "") -> Withheld:
        """Return whether a body of these names (or this slug) is withheld."""
        if not self.hashes:
            return Withheld.NO
        if self.hasher is None:
            return Withheld.CANNOT_CHECK
        hashes = {self.hasher.of_slug(slug)} if slug else set[str]()
        for name in names:
            hashes |= self.hasher.of_name(name)
        return Withheld.NO if hashes.isdisjoint(self.hashes) else Withheld.YES

    def finds_in(self, text: str, known: dict[str, bool], masks: re.Pattern[str] | None = None) -> bool:
        """Return whether a text mentions a withheld name; always False if it can't be checked.

        Args:
            text: any text; a line of a file.
            known: answers so far, by run of words; hand over the same one for all texts.
            masks: slugs of names that hold a withheld one but are others' own.
        """
        if not self.hashes or self.hasher is None:
            return False
        slug = slugify(text)
        words = (masks.sub("-", slug) if masks else slug).split("-")
        for start in range(len(words)):
            run = ""
            for word in words[start : start + LONGEST_NAME]:
                run = f"{run}-{word}" if run else word
                if run not in known:
                    known[run] = len(run) >= _SHORTEST_IN_TEXT and self.hasher.in_text(run) in self.hashes
                if known[run]:
                    return True
        return False


def open_guard(project: Project, key_file: Path | None = None) -> Guard:
    """Return what recognises the withheld bodies of a project.

    Args:
        project: whose list.
        key_file: the key's file (default: the one that ``BUENDNIS_WITHHOLD_KEY_FILE`` names).
    """
    return Guard(read_list(project.data / LIST), read_key(key_file))
