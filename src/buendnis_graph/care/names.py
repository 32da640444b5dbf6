"""Names: how two are compared, and where one is mentioned in a text or an address."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from buendnis_graph.namespaces import slugify
from buendnis_graph.resolving.normalise import key

_ENDING = re.compile(r"(?:e[nrsm]?|s|n)$")
_INFLECTED = "(?:e[nrsm]?|n?s|n)?"
_NO_LETTER = "(?<![a-z0-9])(?:{})(?![a-z0-9])"
_COMPACT_LENGTH = 10
"""From this length on a name is recognised in an address without its spaces (``tolerantessachsen``)."""


def comparison_key(name: str) -> str:
    """Return what the importer compares of a name: equal keys are the same name. The only place that decides it."""
    return key(name)


def spelling(name: str) -> str:
    """Return a name letter by letter: its slug, or, in a script that slugs do not know, itself in small letters."""
    return slugify(name) or " ".join(name.casefold().split())


def without_legal_form(name: str) -> str:
    """Return a name without the legal form behind it."""
    return re.sub(r"[\s,]+(?:e\.?\s?V\.?|g?GmbH|g?UG|eG)$", "", name.strip())


def is_acronym(name: str) -> bool:
    """Return whether a name is one short word in capitals, which means something else in small letters."""
    return name.isalnum() and len(name) <= 6 and sum(c.isupper() for c in name) >= 2 and " " not in name


def _pattern(slug: str) -> str:
    """Return a pattern of a name's slug that allows for German endings: ``des Deutschen Frauenrats``."""
    words = slug.split("-")
    if len(words) == 1:
        return re.escape(slug) + "s?"
    return "-".join(_word_pattern(word) for word in words)


def _word_pattern(word: str) -> str:
    stem = _ENDING.sub("", word)
    return (re.escape(stem) if len(stem) >= 4 else re.escape(word)) + _INFLECTED


class Mentions:
    """Recognises the names of a body, but not within the longer name of another (``Freunde des …``).

    Args:
        names: the names to recognise.
        others: names of other bodies.

    Attributes:
        longer: names of others that hold one of these.
    """

    def __init__(self, names: Iterable[str], others: Iterable[str]) -> None:
        names = sorted(set(names))
        words = [name for name in names if not is_acronym(name)]
        # Names in scripts that slugs do not know are looked for as they are.
        self._acronyms = _whole_words(name for name in names if is_acronym(name) or not slugify(name))
        slugs = _longest_first(slugify(name) for name in words)
        plain = re.compile(_NO_LETTER.format("|".join(map(_pattern, slugs)) or "(?!)"))
        others = set(others)
        other_slugs = {slugify(other) for other in others}
        masks = _longest_first(o for o in other_slugs if plain.search(o) and not plain.fullmatch(o))
        self.longer = tuple(sorted(other for other in others if slugify(other) in masks))
        self._in_text = _masked(map(_pattern, masks), map(_pattern, slugs))
        in_address = _longest_first([*slugs, *(slugify(a) for a in names if is_acronym(a) and len(a) >= 4)])
        self._in_address = _masked(map(re.escape, masks), map(re.escape, in_address))
        self._hosts = {slugify(a) for a in names if is_acronym(a) and len(a) >= 3}
        squeezed = [s.replace("-", "") for s in slugs]
        self._squeezed = [s for s in squeezed if len(s) >= _COMPACT_LENGTH]
        self._squeezed_masks = [m.replace("-", "") for m in masks]

    def in_text(self, text: str) -> bool:
        """Return whether a text mentions the body by name."""
        if any(match[1] for match in self._in_text.finditer(slugify(text))):
            return True
        return self._acronyms is not None and self._acronyms.search(text) is not None

    def in_iri(self, iri: str) -> bool:
        """Return whether an IRI or address mentions the body by name."""
        for part in re.split(r"--+|[/#?&=:]", _readable(iri)):
            slug = slugify(part)
            if any(match[1] for match in self._in_address.finditer(slug)):
                return True
            if "." in part and not self._hosts.isdisjoint(part.lower().split(".")):
                return True
            squeezed = slug.replace("-", "")
            if any(s in squeezed for s in self._squeezed):
                for mask in self._squeezed_masks:
                    squeezed = squeezed.replace(mask, "")
                if any(s in squeezed for s in self._squeezed):
                    return True
        return False


def _longest_first(slugs: Iterable[str]) -> list[str]:
    return sorted(set(slugs) - {""}, key=lambda slug: (-len(slug), slug))


def _masked(masks: Iterable[str], names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern whose first group matches a name that is not part of a longer one."""
    return re.compile(_NO_LETTER.format(f"(?:{'|'.join(masks) or '(?!)'})|({'|'.join(names) or '(?!)'})"))


def _whole_words(acronyms: Iterable[str]) -> re.Pattern[str] | None:
    found = "|".join(map(re.escape, acronyms))
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)") if found else None


def _readable(iri: str) -> str:
    """Return an address as people read it: no percent signs, no punycode."""
    text = unquote(iri)
    if "xn--" in text:
        host = urlsplit(text).hostname or next((part for part in text.split("/") if "xn--" in part), "")
        with contextlib.suppress(UnicodeError):  # no name in it that anybody could read
            text = text.replace(host, host.encode().decode("idna"))
    return text
