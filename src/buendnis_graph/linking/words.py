"""Findings in words, German and English."""

from __future__ import annotations

from buendnis_graph.wording import read_toml


def finding_in_words(name: str, level: str, language: str) -> str:
    """Return what a finding is called.

    Args:
        name: of the feature.
        level: how it came out.
        language: ``de`` or ``en``.
    """
    text: str = read_toml(__file__, "words.toml")[name][level][language]
    return text
