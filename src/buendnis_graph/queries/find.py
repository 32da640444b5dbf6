"""Find questions of the catalogue by theme and words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from buendnis_graph.queries.catalogue import Question
from buendnis_graph.wording import read_toml

_WORD = re.compile(r"\w+")
_SMALL = frozenset(
    "am an auf aus bei das dem den der des die ein eine einem einen einer im in ist mit sind und von wer was wie zu zum"
    " zur a an and are at by for from how in is of on or the to what which who with".split()
)
"""Words that say nothing of what is looked for."""
_ENDING = re.compile(r"(?<=\w{4})(ern|em|en|er|es|e|n|s)$")


def themes() -> Mapping[str, list[str]]:
    """Return what the themes of the catalogue are called, German and English."""
    return read_toml(__file__, "themes.toml")


def theme_of(name: str) -> str | None:
    """Return the theme that a name stands for, in either language; None if there is none."""
    for theme, names in themes().items():
        if name.casefold() in {theme, *(one.casefold() for one in names)}:
            return theme
    return None


def _fields(question: Question) -> list[tuple[int, str]]:
    """Return the texts to search, each with its weight."""
    return [
        (8, f"{question.name.replace('-', ' ')} {question.name}"),
        (6, " ".join(question.titles.values())),
        (4, " ".join((*question.keywords, question.theme, *themes().get(question.theme, ())))),
        (1, " ".join(question.descriptions.values())),
    ]


def search(questions: Iterable[Question], words: str) -> list[Question]:
    """Return the questions that hold any of the words: those that hold most of them first, the best of them first.

    Both languages are searched, small words are not looked for. A word may be a part of one ("Förder" finds
    "Förderprogramm"), its ending may differ ("Mitglieder" finds "Mitglied"); whole words weigh double. Equals stand by
    name.
    """
    given = [word.casefold() for word in _WORD.findall(words)]
    wanted = [(word, _ENDING.sub("", word)) for word in given if word not in _SMALL] or [(word, word) for word in given]
    ranked: list[tuple[int, int, str, Question]] = []
    for question in questions:
        fields = [(weight, text.casefold(), set(_WORD.findall(text.casefold()))) for weight, text in _fields(question)]
        scores = [sum(w * (2 if word in whole else stem in text) for w, text, whole in fields) for word, stem in wanted]
        if any(scores):
            ranked.append((-sum(map(bool, scores)), -sum(scores), question.name, question))
    return [question for *_, question in sorted(ranked, key=lambda item: item[:3])]


def near_words(questions: Iterable[Question], words: str) -> list[str]:
    """Return words of the catalogue that are like what was looked for, at most five."""
    known = {
        word.casefold() for q in questions for _, text in _fields(q) for word in _WORD.findall(text) if len(word) > 3
    }
    found: dict[str, None] = {}
    for word in _WORD.findall(words):
        for near in difflib.get_close_matches(word.casefold(), sorted(known), n=3, cutoff=0.7):
            found.setdefault(near)
    return list(found)[:5]
