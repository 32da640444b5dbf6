"""Every error and note has German words, and the tables hold nothing else."""

from __future__ import annotations

import ast
import builtins
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

import buendnis_graph
from buendnis_graph import errors
from buendnis_graph.cli import cli
from buendnis_graph.messages import TABLES, german_texts, in_language
from buendnis_graph.wording import read_toml

PACKAGE = Path(buendnis_graph.__file__).parent
HELPERS = {
    "_wrong": ("{}", 0, 3),
    "chunks": ("{}", 0, 4),
    "too_much": ("{}.", 0, 1),
    "RefusalError": ("{}", 1, 99),
    "busy": ("{}", 0, 99),
    "wrong": ("'{{}}' {}.", 1, 99),
}
"""What returns or raises an error: what it makes of the message, and which arguments are message and hint."""
NOTES = {
    "publish/site/whole.py": "_lacks",
    "publish/hosts/__init__.py": "left_out",
    "store/http.py": "_hints",
    "store/remote_errors.py": "_hints",
}
"""Functions that return notes."""
ERRORS = {name for name in vars(errors) if name.endswith("Error")}

Names = Mapping[str, list[ast.expr]]


def _templates(node: ast.expr, names: Names, seen: frozenset[str] = frozenset()) -> list[str]:
    """Return the texts that an expression can be, each with ``{}`` for gaps; none for what is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value.replace("{", "{{").replace("}", "}}")]
    if isinstance(node, ast.JoinedStr):
        parts = [_templates(one, names)[0] if isinstance(one, ast.Constant) else "{}" for one in node.values]
        return ["".join(parts)]
    if isinstance(node, ast.IfExp):
        return _templates(node.body, names, seen) + _templates(node.orelse, names, seen)
    if isinstance(node, ast.Call) and node.args and isinstance(lines := node.args[0], ast.GeneratorExp):
        return _templates(lines.elt, names, seen)  # lines that are joined
    if isinstance(node, ast.Name) and node.id not in seen:
        return [text for value in names.get(node.id, ()) for text in _templates(value, names, seen | {node.id})]
    return []


def _assigned(tree: ast.AST) -> Names:
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found[target.id].append(node.value)
    return found


def _said(path: Path) -> Iterator[str]:
    """Yield the texts of the errors and notes that a module makes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = _assigned(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            form, message, hint = HELPERS.get(called, ("{}", 0, 99))
            if called in ERRORS or called in HELPERS:
                for text in _templates(node.args[message], names) if len(node.args) > message else []:
                    yield form.format(text)
                hints = [*node.args[hint : hint + 1], *(one.value for one in node.keywords if one.arg == "hint")]
                yield from (text for one in hints for text in _templates(one, names))
        if isinstance(node, ast.FunctionDef) and node.name in HELPERS:
            yield from (text for one in node.args.defaults for text in _templates(one, names))
        if isinstance(node, ast.FunctionDef) and node.name == NOTES.get(path.relative_to(PACKAGE).as_posix()):
            for told in (one for one in ast.walk(node) if isinstance(one, ast.Tuple)):
                yield from (text for one in told.elts for text in _templates(one, names))


def _is_a_text(template: str) -> bool:
    return any(letter.isalpha() for letter in template)


@pytest.fixture(scope="module")
def said() -> set[str]:
    """The texts of all errors and notes, as the code holds them."""
    return {text for path in sorted(PACKAGE.rglob("*.py")) for text in _said(path) if _is_a_text(text)}


def test_every_error_and_note_has_german_words(said: set[str]) -> None:
    assert len(said) > 400
    assert sorted(said - german_texts().keys()) == []


def test_the_tables_hold_nothing_that_is_not_said(said: set[str]) -> None:
    clicks = read_toml(str(PACKAGE / "messages" / "x"), "click.toml").keys()
    assert sorted(german_texts().keys() - said - clicks) == []
    assert sum(len(read_toml(str(PACKAGE / "messages" / "x"), f"{name}.toml")) for name in TABLES) == len(
        german_texts()
    )


def test_the_german_words_fill_the_gaps_of_the_english() -> None:
    for english, german in german_texts().items():
        gaps, filled = (
            sum(gap is not None for _, gap, _, _ in string.Formatter().parse(text)) for text in (english, german)
        )
        assert gaps == filled, english


@given(st.sampled_from(sorted(german_texts())), st.lists(st.text("abcdefgh {}ß'", min_size=1), min_size=9, max_size=9))
def test_what_fills_the_gaps_stays_as_it_is(english: str, values: list[str]) -> None:
    gaps = sum(gap is not None for _, gap, _, _ in string.Formatter().parse(english))
    if gaps > 1:  # where a value has the marks that stand around values, nobody can tell where which begins
        values = [value.replace("'", "ß") for value in values]
    told = in_language(english.format(*values), "de")
    if gaps == 1:
        assert told == german_texts()[english].format(values[0])
    assert all(value in told for value in values[:gaps])


def test_what_is_not_known_and_english_stay_as_they_are() -> None:
    assert in_language("is no SELECT.", "en") == "is no SELECT."
    assert in_language("no such text\nis no SELECT.", "de") == "no such text\nist kein SELECT."
    assert in_language("", "de") == ""


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("nosuch", "Es gibt keinen Befehl 'nosuch'."),
        ("site --outpt x", "Es gibt keine Option '--outpt'. Gemeint vielleicht: '--output'?"),
        ("query --limit 1", "Es gibt keine Option '--limit'. (Gemeint vielleicht eine von: '--list', '--timeout'?)"),
        ("build --lang", "Es gibt keine Option '--lang'."),
        ("release", "Es fehlt 'X.Y.Z'."),
        ("release 1 2", "Zu viel angegeben: 2"),
        ("site --output", "Die Option '--output' braucht einen Wert."),
        ("site --json=1", "Die Option '--json' nimmt keinen Wert."),
        ("plot nosuch", "Ungültiger Wert für '{matrix|network|overlap|sizes|timeline}': 'nosuch' ist keines von "),
        ("stale --years x", "Ungültiger Wert für '--years': 'x' ist nicht gültig als integer range."),
        ("network --samples 0", "Ungültiger Wert für '--samples': 0 liegt nicht im Bereich 1<=x<=1000000."),
    ],
)
def test_what_click_says_of_a_wrong_call_is_told_in_german(call: str, told: str) -> None:
    with pytest.raises(click.ClickException) as refused:
        cli.main(call.split(), prog_name="buendnis", standalone_mode=False)
    assert in_language(refused.value.format_message(), "de").startswith(told)


@pytest.mark.parametrize("kind", sorted(ERRORS - {"FaultsError"}))
def test_an_error_is_told_in_both_languages(kind: str) -> None:
    error = getattr(errors, kind)("there is no format 'pdf'.", hint="One of: csv")
    assert not hasattr(builtins, kind)
    assert str(error) == error.in_words("en") == "there is no format 'pdf'.\n  One of: csv"
    assert error.in_words("de") == "es gibt kein Format „pdf“.\n  Eines von: csv"
