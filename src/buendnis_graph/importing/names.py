"""What a listed name says beside the name: legal form and acronym; and the label and slug of a new entry."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from buendnis_graph.namespaces import slugify

_FORMS = (
    ("unincorporated-association", r"n\.?\s?e\.?\s?V\.?|nicht (?:rechtsfähiger|eingetragener) Verein"),
    ("ev", r"e\.?\s?V\.?|eingetragener Verein"),
    ("ggmbh", r"g(?:emeinnützige)?[ -]?(?:GmbH|Gesellschaft mit beschränkter Haftung)|GmbH gemeinnützig"),
    ("gmbh", r"GmbH|Gesellschaft mit beschränkter Haftung"),
    ("gug", r"g(?:emeinnützige )?UG(?:\s*\(haftungsbeschränkt\))?"),
    ("ug", r"UG(?:\s*\(haftungsbeschränkt\))?"),
    ("gag", r"g(?:emeinnützige )?AG(?=$)"),
    ("eg", r"e\.?\s?G\.?|eingetragene Genossenschaft"),
    ("gbr", r"GbR|Gesellschaft bürgerlichen Rechts"),
    ("se", r"SE(?=$)"),
    ("public-corporation", r"K\.?\s?d\.?\s?ö\.?\s?R\.?|Körperschaft des öffentlichen Rechts"),
    ("public-institution", r"A\.?\s?d?\.?\s?ö\.?\s?R\.?|Anstalt des öffentlichen Rechts"),
    ("foundation-private-law", r"(?:rechtsfähige )?Stiftung (?:des )?(?:bürgerlichen|privaten) Rechts"),
    ("foundation-public-law", r"Stiftung (?:des )?öffentlichen Rechts"),
)
FORMAL = frozenset(slug for slug, _ in _FORMS) - {"unincorporated-association", "gbr"}
"""Legal forms that make a body a legal person."""

# At the end, before a bracket at the end, or before one word more: elsewhere a legal form may be another body's.
_AT_END = tuple(
    (slug, re.compile(rf"(?P<before>.*?\S)\s*[,–-]?\s+(?P<form>{form})(?P<after>\s*(?:\([^()]*\))?\s*)$"))
    for slug, form in _FORMS
)
_BEFORE_PLACE = tuple(
    (slug, re.compile(rf"(?P<before>.*?\S)\s+(?P<form>{form})(?P<after>\s+(?:in\s+)?[A-ZÄÖÜ][\w-]+)$"))
    for slug, form in _FORMS
    if slug in {"ev", "ggmbh", "gmbh"}
)
_WHOLE = tuple((slug, re.compile(form)) for slug, form in _FORMS)
_BRACKET = re.compile(r"(?P<label>.*\S)\s*\((?P<acronym>[^()]{2,12})\)")
_TWO_BODIES = re.compile(r"\s/|/\s|vertreten durch|in Trägerschaft|Teil de[rs]", re.IGNORECASE)
_SLUG_LENGTH = 120


@dataclass(frozen=True, slots=True)
class NameParts:
    """A listed name taken apart.

    Args:
        label: without legal form and acronym, white space as single spaces.
        legal_form: slug of the legal form, or empty.
        acronym: that stood in brackets at the end, or empty.
        form_words: the legal form as it was spelt.
    """

    label: str
    legal_form: str = ""
    acronym: str = ""
    form_words: str = ""

    @property
    def full_label(self) -> str:
        """The label with the legal form, to tell two bodies apart that differ by nothing else."""
        return f"{self.label} {self.form_words}".strip()


def take_apart(name: str) -> NameParts:
    """Return the parts of a listed name.

    >>> take_apart("Türkische Gemeinde in Deutschland e.V. (TGD)")
    NameParts(label='Türkische Gemeinde in Deutschland', legal_form='ev', acronym='TGD', form_words='e.V.')
    """
    rest = re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip()
    form, words = "", ""
    for slug, pattern in (*_AT_END, *_BEFORE_PLACE):
        match = pattern.fullmatch(rest)
        if match and not _TWO_BODIES.search(match["before"]):
            form, words = slug, match["form"]
            rest = match["before"].rstrip(" ,–-") + match["after"].rstrip()
            break
    bracket = _BRACKET.fullmatch(rest)
    if bracket and _is_acronym(bracket["acronym"], bracket["label"]):
        return NameParts(bracket["label"], form, bracket["acronym"], words)
    return NameParts(rest, form, "", words)


def _is_acronym(text: str, label: str) -> bool:
    if re.search(r"\d{4}", text):
        return False
    if text.islower():
        initials = "".join(word[0] for word in re.findall(r"\w+", label)).lower()
        return len(text) > 1 and re.search(".*".join(map(re.escape, text)), initials) is not None
    return sum(c.isupper() for c in text) >= 2 and (" " not in text or text.isupper())


def legal_form_of(text: str) -> str:
    """Return the slug of a legal form named in a column of its own, or nothing.

    >>> legal_form_of("e. V."), legal_form_of("gGmbH"), legal_form_of("Stiftung")
    ('ev', 'ggmbh', 'foundation')
    """
    plain = re.sub(r"\s+", " ", text).strip()
    if plain.casefold() == "stiftung":
        return "foundation"
    return next((slug for slug, pattern in _WHOLE if pattern.fullmatch(plain)), "")


def slug_of(label: str, length: int = _SLUG_LENGTH) -> str:
    """Return the slug of a label, cut at a hyphen if it is longer; empty if it has no Latin letter or digit."""
    slug = slugify(label)
    if len(slug) <= length:
        return slug
    return slug[: length + 1].rpartition("-")[0] or slug[:length]


def sameness_key(name: str) -> str:
    """Return a key that two spellings share which differ by legal form, acronym or spacing only."""
    return slug_of(take_apart(name).label) or take_apart(name).label.casefold()
