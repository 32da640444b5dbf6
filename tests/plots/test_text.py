"""Text is wrapped without losing a letter, and lies within its room."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from buendnis_graph.plots.style import SMALL
from buendnis_graph.plots.text import widest, width, wrap

WORDS = st.lists(
    st.text("abcäöüßMW*.&<$_–-", min_size=1, max_size=30).filter(lambda word: word.strip("-–")), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.floats(30, 200))
def test_lines_fit_and_hold_all(words: list[str], room: float) -> None:
    text = " ".join(words)
    lines = wrap(text, room)
    assert widest(lines) <= room + 1e-6
    assert _letters("".join(lines)) == _letters(text)


def _letters(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def test_a_line_breaks_after_a_hyphen_but_not_within_a_date() -> None:
    assert wrap("Islam- und Muslimfeindlichkeit", width("Islam- und", SMALL) + 1)[0] == "Islam- und"
    assert all("2026-11-22" in line or "2026" not in line for line in wrap("am 2026-11-22 gelesen", 45))


def test_a_word_that_is_too_wide_is_parted_with_a_hyphen() -> None:
    first, second = wrap("Migrantinnenorganisationen", width("Migrantinnenorganisation", SMALL))
    assert first.endswith("-")
    assert len(second) >= 4


def test_markup_is_text() -> None:
    assert width("a_b") > width("ab")
    assert width("$x$") > width("x")
