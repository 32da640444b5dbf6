"""Compare two names: what agrees, what speaks against it, and how sure that makes us."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from buendnis_graph.resolving.acronyms import compound_parts, stands_for
from buendnis_graph.resolving.lexicon import COMPOUND_HEADS, PLACE_ENDINGS
from buendnis_graph.resolving.normalise import Name, stem
from buendnis_graph.resolving.translated import is_english, shared_in_translation

SURE = 0.9
"""From this score on two names are taken for one without asking."""

POSSIBLE = 0.5
"""From this score on a person is asked."""

_ALL_TRANSLATED, _MUCH_TRANSLATED = 0.97, 0.6
"""Shares of letters from which a name is taken for a translation, and from which a person is asked."""

_HEADS = frozenset(COMPOUND_HEADS) | {"verbund"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are.

    Args:
        score: 0 to 1; from :data:`SURE` on they are taken for one.
        reasons: codes of what decided, the strongest first (see :mod:`.reasons`).
    """

    score: float
    reasons: tuple[str, ...]


def compare(one: Name, two: Name) -> Likeness:
    """Return how alike two names are; the order does not matter.

    Some rule must make them one; then what speaks against it is weighed. A branch is not its federation, an acronym
    that differs is another body, and an e. V. and a gGmbH of one name are asked about.
    """
    score, reason = _strongest(one, two)
    if score < POSSIBLE:
        return Likeness(score, ())
    against = _objections(one, two, reason)
    if against and score >= SURE:
        score = 0.7
    return Likeness(score, (reason, *against))


def _strongest(one: Name, two: Name) -> tuple[float, str]:
    """Return what the rule that fits best says; of equals the first."""
    best = (0.0, "")
    for rule in _RULES:
        found = rule(one, two)
        if found[0] > best[0]:
            best = found
        if rule not in _SAME_EITHER_WAY:
            found = rule(two, one)
            if found[0] > best[0]:
                best = found
        if best[0] >= _UNSURPASSED:
            break
    return best


def _objections(one: Name, two: Name, reason: str) -> tuple[str, ...]:
    found = []
    if one.legal_forms and two.legal_forms and not one.legal_forms & two.legal_forms:
        found.append("other-legal-form")
    named = not (one.is_acronym or two.is_acronym)
    if named and one.levels != two.levels and reason not in {"same-words", "same-run-together", "same-translated"}:
        found.append("other-level")
    if one.acronyms and two.acronyms and not _acronyms_agree(one, two):
        found.append("other-acronym")
    return tuple(found)


def _acronyms_agree(one: Name, two: Name) -> bool:
    return any(a.startswith(b) or b.startswith(a) for a in one.acronyms for b in two.acronyms)


def _same_words(one: Name, two: Name) -> tuple[float, str]:
    if not one.stems:
        return 0.0, ""
    if one.stems == two.stems:
        return 1.0, "same-words"
    if one.stems in two.variants or one.variants & two.variants:
        return 0.97, "same-words-with-aside"
    return 0.0, ""


def _same_run_together(one: Name, two: Name) -> tuple[float, str]:
    if len(one.joined) >= 6 and one.joined == two.joined:
        return 0.98, "same-run-together"
    return 0.0, ""


def _weak_words_apart(one: Name, two: Name) -> tuple[float, str]:
    first, second = one.strong, two.strong
    if len(first) >= 2 and first == second:
        return 0.95, "nationwide-word-apart"
    return 0.0, ""


def _short_tail_apart(one: Name, two: Name) -> tuple[float, str]:
    """One name carries one more short word, as in 'Verband binationaler Familien und Partnerschaften, iaf'."""
    if len(two.stems) < 3 or len(one.stems) != len(two.stems) + 1:
        return 0.0, ""
    extra = set(one.stems) - set(two.stems)
    if len(extra) == 1:
        (word,) = extra
        if len(word) <= 4 and one.words[-1] == word and word in one.acronym_like:
            return 0.92, "short-name-apart"
    return 0.0, ""


def _one_typo(one: Name, two: Name) -> tuple[float, str]:
    """The names differ in one long word by one letter (two in a very long one); not if the word looks like a place."""
    if len(one.words) != len(two.words) or len(one.words) < 2:
        return 0.0, ""
    apart = [(a, b) for a, b in zip(one.words, two.words, strict=True) if stem(a) != stem(b)]
    if len(apart) != 1:
        return 0.0, ""
    a, b = apart[0]
    allowed = 2 if min(len(a), len(b)) >= 16 else 1
    if min(len(a), len(b)) < 9 or DamerauLevenshtein.distance(a, b, score_cutoff=allowed) > allowed:
        return 0.0, ""
    if _may_mean_another(a, b):
        return 0.6, "one-word-alike"
    return 0.93, "typing-error"


def _may_mean_another(a: str, b: str) -> bool:
    """Return whether two words a letter apart may be two words: places, kinds of body, genders."""
    if any(word.endswith(PLACE_ENDINGS) for word in (a, b)):
        return True
    heads = {compound_parts(a)[-1], compound_parts(b)[-1]}
    if len(heads) == 2 and heads <= _HEADS:  # Verband, Verbund
        return True
    return ("innen" in a) != ("innen" in b)


def _acronym_stated(one: Name, two: Name) -> tuple[float, str]:
    """One name is an acronym that the other states."""
    if not one.is_acronym or one.joined not in two.acronyms:
        return 0.0, ""
    sure = len(one.joined) >= 3 and one.joined in one.acronym_like and not one.variants
    return (0.96 if sure else 0.75), "acronym-stated"


def _acronym_fits(one: Name, two: Name) -> tuple[float, str]:
    """One name is an acronym, or an acronym and words of the other, and its letters fit the other's words."""
    if not one.words or (one.words[0] not in one.acronym_like and not one.is_acronym):
        return 0.0, ""
    others = set(one.words[1:])
    if not others <= set(two.words):
        return 0.0, ""
    rest = tuple(word for word in two.spoken if word not in others)
    acronym = one.words[0] if others else one.joined
    if not 3 <= len(acronym) <= 8 or not rest or acronym in rest:
        return 0.0, ""
    if two.acronyms and acronym not in two.acronyms:
        return 0.0, ""
    if stands_for(acronym, rest):
        return (0.91 if acronym in one.acronym_like and not one.variants else 0.75), "acronym-fits"
    return 0.0, ""


def _acronym_shared(one: Name, two: Name) -> tuple[float, str]:
    """Both state one acronym and share half of their words."""
    shared = one.acronyms & two.acronyms
    if not shared or not one.stems or not two.stems:
        return 0.0, ""
    overlap = len(set(one.stems) & set(two.stems)) / min(len(one.stems), len(two.stems))
    return (0.8, "acronym-shared") if overlap >= 0.5 else (0.6, "acronym-shared")


def _words_alike(one: Name, two: Name) -> tuple[float, str]:
    """A share of common words that a person should look at, never enough to decide."""
    first, second = set(one.strong), set(two.strong)
    common = first & second
    if not common:
        return 0.0, ""
    if common in (first, second) and (len(common) >= 2 or any(len(word) >= 8 for word in common)):
        return 0.65, "one-within-the-other"
    share = len(common) / len(first | second)
    return (0.5 + share * 0.3 if share >= 0.6 else share * 0.5), "words-alike"


def _translated(one: Name, two: Name) -> tuple[float, str]:
    """One name is English, the other German, and they say the same, or much of it."""
    if one.is_acronym or two.is_acronym or not is_english(one.spoken) or is_english(two.spoken):
        return 0.0, ""
    share = shared_in_translation(one.words, two.words)
    if share >= _ALL_TRANSLATED and len(one.words) >= 2:
        return 0.93, "same-translated"
    return (0.5 + share * 0.3 if share >= _MUCH_TRANSLATED else 0.0), "translation-alike"


def _acronym_within(one: Name, two: Name) -> tuple[float, str]:
    """An acronym of one stands among the words of the other: a person should look."""
    own = one.acronyms | ({one.joined} if one.is_acronym else set())
    if any(len(word) >= 3 and word in two.words for word in own):
        return 0.55, "acronym-within"
    return 0.0, ""


_RULES = (
    _same_words,
    _same_run_together,
    _weak_words_apart,
    _short_tail_apart,
    _one_typo,
    _acronym_stated,
    _acronym_fits,
    _acronym_shared,
    _words_alike,
    _translated,
    _acronym_within,
)

_SAME_EITHER_WAY = frozenset({_same_run_together, _weak_words_apart, _one_typo, _acronym_shared, _words_alike})
"""Rules that say the same of two names in either order."""

_UNSURPASSED = 0.98
"""No rule behind the first two gives more than this."""
