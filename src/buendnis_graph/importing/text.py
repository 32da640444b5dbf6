"""From bytes to text: which encoding, and whether somebody has mixed two up before."""

from __future__ import annotations

import codecs
import re

from buendnis_graph.errors import ListError
from buendnis_graph.importing.model import Remark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What UTF-8 letters look like when read as Windows-1252: "Ã¼", "â€“"; the second character stands for a byte 80 to BF.
_HIGH = (
    "[\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]"
)
_SUSPECT = re.compile(f"[\u00c2-\u00df]{_HIGH}|[\u00e0-\u00ef]{_HIGH}{{2}}")


def decode(content: bytes, declared: str = "") -> tuple[str, list[Remark]]:
    """Return the text of a list and what was guessed about its encoding.

    Args:
        content: the bytes.
        declared: the encoding a page or server names; believed only if the bytes agree.

    Raises:
        ListError: if the bytes are no text, or the text went through a wrong encoding before.
    """
    text, encoding = _decoded(content, declared)
    if "\x00" in text:
        raise ListError("is no text: it holds zero bytes.", hint="Export it as CSV (UTF-8), or name its kind: --kind …")
    check_mojibake(text)
    guessed = encoding == "cp1252" and declared.lower() not in {"cp1252", "windows-1252", "iso-8859-1", "latin-1"}
    return text, [Remark("cp1252")] if guessed else []


def _decoded(content: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        if declared and codecs.lookup(declared).name not in {"utf-8", "iso8859-1", "ascii"}:
            return content.decode(declared), declared
    except (LookupError, UnicodeDecodeError):
        pass
    return _strictly(content, "cp1252"), "cp1252"


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ListError(
            f"is text in no encoding known here (byte {error.start}, line {line}).",
            hint="Save it as UTF-8 and import it again.",
        ) from error


def check_mojibake(text: str) -> None:
    """Check that a text did not go through a wrong encoding: "MÃ¼nchen" for München.

    Raises:
        ListError: with the line, if it did.
    """
    for match in _SUSPECT.finditer(text):
        try:
            meant = match[0].encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        line = text.count("\n", 0, match.start()) + 1
        raise ListError(
            f"shows '{match[0]}' where '{meant}' is meant (line {line}): UTF-8 was read as Windows-1252 and saved so.",
            hint="Open the original file again as UTF-8 (in a spreadsheet: choose the encoding on import) and save it.",
        )
