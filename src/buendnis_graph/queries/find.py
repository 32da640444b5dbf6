"""Find questions of the catalogue by theme and words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from buendnis_graph.queries.catalogue import Question

_WORD = re.compile(r"\w+")


def _fields(question: Question) -> list[tuple[int, str]]:
    """Return the texts to search, each with its weight."""
    return [
        (8, f"{question.name.replace('-', ' ')} {question.name}"),
        (6, " ".join(question.titles.values())),
        (4, " ".join((*question.keywords, question.theme))),
        (1, " ".join(question.descriptions.values())),
    ]


def search(questions: Iterable[Question], words: str) -> list[Question]:
    """Return the questions that hold every word, the best first, by name among equals.

    Both languages are searched. A word may be a part of one ("Förder" finds "Förderprogramm"); whole words
    weigh double.
    """
    wanted = [word.casefold() for word in _WORD.findall(words)]
    ranked: list[tuple[int, str, Question]] = []
    for question in questions:
        fields = [(weight, text.casefold(), set(_WORD.findall(text.casefold()))) for weight, text in _fields(question)]
        scores = [sum(w * (2 if word in whole else word in text) for w, text, whole in fields) for word in wanted]
        if wanted and all(scores):
            ranked.append((-sum(scores), question.name, question))
    return [question for _, _, question in sorted(ranked, key=lambda item: item[:2])]


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
