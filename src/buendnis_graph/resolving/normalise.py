"""Take a German organisation's name apart: words, legal form, acronyms, level; so that spellings of one name meet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from buendnis_graph.resolving.lexicon import ABBREVIATIONS, LEVELS, STOP_WORDS, WEAK_WORDS

_LEGAL_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (slug, re.compile(pattern))
    for slug, pattern in (
        (
            "ggmbh",
            r"\b[Gg]emeinn[uü]e?tzige[rn]?\s+(?:GmbH|Gesellschaft mit beschr[aä]e?nkter Haftung)\b"
            r"|\bg\s?GmbH\b|\bgemGmbH\b",
        ),
        ("gug", r"\bg\s?UG\b(?:\s*\(haftungsbeschr[aä]e?nkt\))?"),
        ("gag", r"\bg\s?AG\b"),
        ("ug", r"\bUG\b(?:\s*\(haftungsbeschr[aä]e?nkt\))?"),
        ("gmbh", r"\bGmbH\b|\bGesellschaft mit beschr[aä]e?nkter Haftung\b"),
        ("unincorporated-association", r"\bn\.\s?e\.\s?V\.?|\bnicht ?eingetragener Verein\b"),
        ("ev", r"(?<![\w.])e\.?\s?V\b\.?|\b[Ee]ingetragener Verein\b|\be\. ?v\.(?=\s|$)|(?<=\s)E\.\s?V\."),
        ("eg", r"(?<![\w.])e\.?\s?G\b\.?|\b[Ee]ingetragene Genossenschaft\b"),
        ("public-corporation", r"\bK\.?\s?d\.?\s?[öÖ]\.?\s?R\.?|\bK[öo]e?rperschaft des [öo]e?ffentlichen Rechts\b"),
        ("public-institution", r"\bA\.?\s?d\.?\s?[öÖ]\.?\s?R\.?|\bAnstalt des [öo]e?ffentlichen Rechts\b"),
        ("gbr", r"\bGbR\b"),
        ("se", r"\bSE$"),
        ("ag", r"(?<=\s)AG$"),
    )
)
# One look tells most names without a legal form from those with one.
_MAY_HOLD_FORM = re.compile(
    r"[eE]\.?\s?[VvG]\b|mbH|UG|AG$|SE$|GbR|[öÖ]\.?\s?R|Haftung|[Ee]ingetragen|[öo]e?ffentlichen Rechts|gAG|g AG"
)

_LAST_FORM = re.compile(r"[\s,-]+e\.?\s?V\.?\s*$")
_MARKS = str.maketrans(
    {**dict.fromkeys("\"'„“”‚‘’«»‹›´`", ""), **dict.fromkeys("‐‑‒–—―−", "-"), "&": " und ", "+": " und "}
)
_STAR = re.compile(r"(\w+?)[*:_·/]-?(?:[Ii]nnen|[Ii]n)(?=\w|\b)")
_BINNEN_I = re.compile(r"(?<=[a-zäöüß])I(?=n(?:nen)?)")
_BOTH_FORMS = re.compile(r"\b(\w+)innen und (\1\w{0,2})\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_CONTEXT = re.compile(
    r"^(?:teil|projekt|in tr[aä]e?gerschaft|tr[aä]e?ger|ein projekt|vertreten|ehem"
    r"|fr[uü]e?her|vormals|bis \d|seit \d|c/o)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+c/o\s.*$|,?\s+vertreten durch\s.*$|,?\s+in Tr[aä]e?gerschaft\s.*$", re.IGNORECASE)
_ACRONYM = re.compile(r"(?=(?:.*[A-ZÄÖÜ]){2})[A-Za-zÄÖÜäöü][\wÄÖÜäöü&.+-]{1,14}")
_LOWER_ACRONYM = re.compile(r"[a-zäöü]{2,6}")
_DOMAIN = re.compile(r"\b([\w-]+)\.(?:de|org|net|eu|com|info|berlin|hamburg|social|jetzt)\b", re.IGNORECASE)
_PARTS = re.compile(r"\s+-\s+|\s+\|\s+|:\s+")
_WORD = re.compile(r"[^\W_]+")
_ADJECTIVE_ENDINGS = (
    "sch",
    "lich",
    "ig",
    "al",
    "iv",
    "haft",
    "neu",
    "jung",
    "frei",
    "bunt",
    "alt",
    "rot",
    "gruen",
    "oss",
    "berlin",
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"})


_NO_ACRONYMS = STOP_WORDS | {""}


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    Args:
        words: its words in order, folded, without legal form, articles and stated acronyms.
        spoken: the words with the articles and prepositions, for acronyms that count them.
        stems: the words without inflection, sorted: the key by which spellings of one name meet.
        strong: the stems without words that a nationwide body's name may or may not carry.
        variants: further keys: the feminine reading of a gender mark, and the name with what stood in brackets.
        joined: the words run together, against spaces and hyphens set differently.
        acronyms: acronyms stated beside the name, folded.
        legal_forms: slugs of legal forms in the name.
        levels: levels of a federation named in it.
        is_acronym: whether the name is one short word that may be an acronym.
        acronym_like: words written as acronyms are (NDC, DaMOst, iaf), folded.
    """

    words: tuple[str, ...]
    spoken: tuple[str, ...]
    stems: tuple[str, ...]
    strong: tuple[str, ...]
    variants: frozenset[tuple[str, ...]]
    joined: str
    acronyms: frozenset[str]
    legal_forms: frozenset[str]
    levels: frozenset[str]
    is_acronym: bool
    acronym_like: frozenset[str]


def fold(text: str) -> str:
    """Return text in lower case with umlauts as digraphs and without other diacritics."""
    text = text.translate(_UMLAUTS).lower()
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return a folded word without the endings of inflection; rough, but the same for both sides of a comparison."""
    for ending in ("en", "er", "es", "em", "e", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= (3 if len(word) <= 5 and ending != "s" else 4):
            base = word[: -len(ending)]
            if ending != "er" or base.endswith(_ADJECTIVE_ENDINGS):  # Lehrer is not Lehre, Arbeiter not Arbeit
                return base
    return word


def _masculine(match: re.Match[str]) -> str:
    """Return the unmarked plural of a marked form: Migrant*innen → Migranten, Macher*innen → Macher."""
    base = match[1]
    return base if base.endswith(("er", "el", "en", "ler")) or match[0].endswith("in") else base + "en"


def _feminine(match: re.Match[str]) -> str:
    return match[1] + match[0][len(match[1]) :].lstrip("*:_·/-").lower()


def _take_legal_forms(text: str) -> tuple[str, frozenset[str]]:
    found = set()
    last = _LAST_FORM.search(text)  # by far the most frequent
    if last:
        text = text[: last.start()]
        found.add("ev")
    if _MAY_HOLD_FORM.search(text):
        for slug, pattern in _LEGAL_FORMS:
            text, count = pattern.subn(" ", text)
            if count:
                found.add(slug)
    return text, frozenset(found)


def _looks_like_acronym(text: str) -> bool:
    if " " in text or not _ACRONYM.fullmatch(text):
        return False
    upper, lower = sum(c.isupper() for c in text), sum(c.islower() for c in text)
    return lower <= 2 * upper or (len(text) <= 8 and lower <= 3 * upper)


def _take_acronyms(text: str) -> tuple[str, set[str], list[str]]:
    """Return the name without stated acronyms, the acronyms, and other contents of brackets."""
    acronyms: set[str] = set()
    asides: list[str] = []

    def from_brackets(match: re.Match[str]) -> str:
        inner = _take_legal_forms(match[1])[0].strip(" .,;-")
        if _looks_like_acronym(inner) or _LOWER_ACRONYM.fullmatch(inner):
            acronyms.add(fold(inner).replace("-", "").replace(".", ""))
        elif inner and not _CONTEXT.match(inner):
            asides.append(inner)
        return " "

    if "(" in text or "[" in text:
        text = _BRACKETS.sub(from_brackets, text)
    parts = _PARTS.split(text.strip(" -"))
    if len(parts) > 1:
        kept = []
        for part in parts:
            bare = part.strip(" .,")
            if (_looks_like_acronym(bare) or _LOWER_ACRONYM.fullmatch(bare)) and bare:
                acronyms.add(fold(bare).replace("-", "").replace(".", ""))
            else:
                kept.append(part)
        if len(_words(" ".join(kept))) > 1:
            text = " - ".join(kept)
        else:  # "RAA – Sachsen": the acronym is the name itself
            text, acronyms = " ".join(parts), set()
    return text, acronyms, asides


def _spoken(text: str) -> list[str]:
    found = _WORD.findall(fold(text))
    return [ABBREVIATIONS.get(word, word) if i == 0 or len(word) > 2 else word for i, word in enumerate(found)]


def _words(text: str) -> list[str]:
    return [word for word in _spoken(text) if word not in STOP_WORDS]


def _stems(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted({stem(word) for word in words}))


def _tidy(name: str) -> str:
    """Return a name with one kind of dash, without quotes, and without what is said of its carrier."""
    text = name if name.isascii() else unicodedata.normalize("NFKC", name)
    text = text.translate(_MARKS)
    if "c/o" in text or "vertreten" in text or "gerschaft" in text:
        text = _TAIL.sub("", text)
    if "." in text:
        text = _DOMAIN.sub(r"\1", text)
    return text


def _genders(text: str) -> tuple[str, str]:
    """Return the unmarked and the feminine reading of a name; the same if it marks no gender."""
    if "innen und" in text:
        text = _BOTH_FORMS.sub(r"\2", text)
    if "In" in text:
        text = _BINNEN_I.sub("*i", text)
    if not any(mark in text for mark in "*:_·/"):
        return text, text
    return _STAR.sub(_masculine, text), _STAR.sub(_feminine, text)


def _acronym_like(text: str) -> frozenset[str]:
    return frozenset(map(_written_as_acronym, _WORD.findall(text))) - _NO_ACRONYMS


@lru_cache(maxsize=65_536)
def _written_as_acronym(word: str) -> str:
    """Return a word folded if it is written as acronyms are, else nothing."""
    return fold(word) if _looks_like_acronym(word) or (word.islower() and 2 <= len(word) <= 6) else ""


def parse_once(name: str) -> Name:
    """Take a name apart, without remembering it: for bulk."""
    text, forms = _take_legal_forms(_tidy(name))
    text, acronyms, asides = _take_acronyms(text)
    masculine, feminine = _genders(text)
    spoken = _spoken(masculine)
    words = [word for word in spoken if word not in STOP_WORDS]
    variants = set()
    if feminine != masculine:
        variants.add(_stems(_words(feminine)))
    for aside in asides:
        variants.add(_stems(words + _words(_genders(aside)[0])))
    stems = _stems(words)
    short = (len(words) == 1 or text.isupper()) and sum(map(len, words)) <= 8
    return Name(
        words=tuple(words),
        spoken=tuple(spoken),
        stems=stems,
        strong=without_weak(stems),
        variants=frozenset(variants),
        joined="".join(words),
        acronyms=frozenset(acronyms),
        legal_forms=forms,
        levels=frozenset(LEVELS[word] for word in words if word in LEVELS),
        is_acronym=short,
        acronym_like=_acronym_like(masculine) if short or not text.isupper() else frozenset(),
    )


@lru_cache(maxsize=65_536)
def parse(name: str) -> Name:
    """Take a name apart.

    >>> parse("Dachverband der Migrant*innenorganisationen in Ostdeutschland (DaMOst) e.V.").stems
    ('dachverband', 'migrantenorganisation', 'ostdeutschland')
    """
    return parse_once(name)


def key(name: str) -> str:
    """Return the key by which spellings of one name meet: its stems, sorted, with spaces between."""
    return " ".join(parse(name).stems)


def without_weak(stems: tuple[str, ...]) -> tuple[str, ...]:
    """Return stems without words that a nationwide body's name may or may not carry."""
    return tuple(word for word in stems if word not in _WEAK_STEMS)


_WEAK_STEMS = frozenset(stem(word) for word in WEAK_WORDS) | WEAK_WORDS
