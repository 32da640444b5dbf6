"""Why two names are taken for one, or not, in words."""

from __future__ import annotations

REASONS: dict[str, dict[str, str]] = {
    "same-words": {"de": "dieselben Wörter", "en": "the same words"},
    "same-words-with-aside": {
        "de": "dieselben Wörter, mit Zusatz oder Geschlechtsform",
        "en": "the same words, with an aside or gender form",
    },
    "same-run-together": {"de": "zusammengeschrieben gleich", "en": "the same when run together"},
    "nationwide-word-apart": {"de": "gleich bis auf „Deutschland“", "en": "the same but for 'Deutschland'"},
    "short-name-apart": {"de": "gleich bis auf ein Kürzel am Ende", "en": "the same but for an acronym at the end"},
    "typing-error": {"de": "gleich bis auf einen Schreibfehler", "en": "the same but for a typing error"},
    "one-word-alike": {"de": "ein Wort unterscheidet sich um einen Buchstaben", "en": "one word differs by a letter"},
    "acronym-stated": {"de": "das Kürzel steht beim Namen", "en": "the acronym stands beside the name"},
    "acronym-fits": {"de": "das Kürzel passt zu den Wörtern", "en": "the acronym fits the words"},
    "acronym-shared": {"de": "dasselbe Kürzel", "en": "the same acronym"},
    "acronym-within": {"de": "das Kürzel kommt im anderen Namen vor", "en": "the acronym occurs in the other name"},
    "one-within-the-other": {"de": "ein Name steckt im anderen", "en": "one name is within the other"},
    "words-alike": {"de": "gemeinsame Wörter", "en": "words in common"},
    "same-translated": {"de": "dasselbe auf Englisch", "en": "the same in the other language"},
    "translation-alike": {"de": "ähnlich auf Englisch", "en": "alike in the other language"},
    "other-legal-form": {"de": "andere Rechtsform", "en": "another legal form"},
    "other-level": {"de": "andere Ebene des Verbands", "en": "another level of the federation"},
    "other-acronym": {"de": "anderes Kürzel", "en": "another acronym"},
    "other-place": {"de": "anderer Ort", "en": "another place"},
    "same-place": {"de": "derselbe Ort", "en": "the same place"},
    "same-parent": {"de": "Teil derselben Organisation", "en": "part of the same organisation"},
    "other-parent": {"de": "Teil einer anderen Organisation", "en": "part of another organisation"},
    "same-website": {"de": "dieselbe Website", "en": "the same website"},
    "other-website": {"de": "andere Website", "en": "another website"},
    "several-alike": {"de": "mehrere kommen in Frage", "en": "several are possible"},
    "judged": {"de": "von einer Person entschieden", "en": "decided by a person"},
    "exact-name": {"de": "der Name Zeichen für Zeichen", "en": "the name to the letter"},
    "nothing-alike": {"de": "nichts Ähnliches im Register", "en": "nothing like it in the registry"},
}
"""Texts for each reason code, German and English."""


def in_words(codes: tuple[str, ...], language: str) -> str:
    """Return reason codes as text.

    Args:
        codes: codes of :data:`REASONS`.
        language: ``de`` or ``en``.
    """
    return ", ".join(REASONS[code][language] for code in codes)
