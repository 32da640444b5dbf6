"""What a SPARQL text mentions, projects and uses, and whether it can be read: seen from outside, never run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

MAX_LENGTH = 100_000
MAX_NESTING = 200
"""Brackets in brackets beyond this exhaust the parser's stack (measured: it dies of 20,000)."""

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
             |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:\w+)
  | (?P<name>(?:[^\W\d_](?:[\w-]|\.(?=[\w-]))*)?:(?:[\w:-]|\.(?=[\w:-])|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<mark>[{}()*])
    """,
    re.VERBOSE | re.DOTALL,
)
_FORBIDDEN = frozenset({"MINUS", "SERVICE", "VALUES"})


@dataclass(slots=True)
class Sparql:
    """A SPARQL text as its words show it.

    Attributes:
        form: ``SELECT``, ``CONSTRUCT``, ``ASK``, ``DESCRIBE``, an update's first word, or ``""``.
        iris: each IRI it mentions and the first line of that.
        constructed: each IRI in a CONSTRUCT's template and its line.
        prefixes: prefixes it declares itself.
        undeclared: prefixes it uses that nobody declares, and their lines.
        projected: variables of the outermost SELECT; None for ``*``.
        variables: all variables, and how often each occurs.
        forbidden: words in it that SHACL-SPARQL forbids.
        rebinds: variables that ``AS`` binds.
        narrow: whether a SELECT within it leaves ``$this`` out.
    """

    form: str = ""
    iris: dict[str, int] = field(default_factory=dict)
    constructed: dict[str, int] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    undeclared: dict[str, int] = field(default_factory=dict)
    projected: list[str] | None = field(default_factory=list)
    variables: dict[str, int] = field(default_factory=dict)
    forbidden: set[str] = field(default_factory=set)
    rebinds: set[str] = field(default_factory=set)
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


def _tokens(text: str) -> Iterator[_Token]:
    line, seen = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if match.lastgroup not in {None, "comment", "string"}:
            yield _Token(match.lastgroup or "", match[0], line)


def read_sparql(text: str, declared: Mapping[str, str]) -> Sparql:
    """Return what a SPARQL text shows.

    Args:
        text: the query, rule or constraint.
        declared: prefixes declared outside of it, with their namespaces.
    """
    found, tokens = Sparql(), list(_tokens(text[:MAX_LENGTH]))
    template = _template(tokens)
    position = 0
    while position < len(tokens):
        token = tokens[position]
        word = token.text.upper() if token.kind == "word" else ""
        if word == "PREFIX" and position + 2 < len(tokens):
            found.prefixes[tokens[position + 1].text.rstrip(":")] = tokens[position + 2].text[1:-1]
            position += 3
            continue
        if word in {"SELECT", "CONSTRUCT", "ASK", "DESCRIBE", "INSERT", "DELETE"}:
            _start(found, word, tokens[position + 1 : position + 1000])
        elif word in _FORBIDDEN:
            found.forbidden.add(word)
        elif word == "AS" and position + 1 < len(tokens) and tokens[position + 1].kind == "variable":
            found.rebinds.add(tokens[position + 1].text[1:])
        elif token.kind == "variable":
            name = token.text[1:]
            found.variables[name] = found.variables.get(name, 0) + 1
        elif token.kind in {"iri", "name"}:
            _mention(found, token, declared, in_template=position in template)
        position += 1
    return found


def mentioned(text: str, prefixes: Mapping[str, str]) -> set[str]:
    """Return the IRIs that a text of any kind names, also in quotes."""
    found = Sparql()
    for token in _tokens(text.replace('"', " ").replace("'", " ")):
        if token.kind in {"iri", "name"}:
            _mention(found, token, prefixes, in_template=False)
    return set(found.iris)


def _start(found: Sparql, word: str, after: list[_Token]) -> None:
    is_outermost = not found.form
    if is_outermost:
        found.form = word
    if word != "SELECT":
        return
    projected = _projection(after)
    if is_outermost:
        found.projected = projected
    elif projected is not None and "this" not in projected:
        found.narrow = True


def _projection(after: list[_Token]) -> list[str] | None:
    """Return the variables that a SELECT projects, None for all."""
    names: list[str] = []
    depth = 0
    for position, token in enumerate(after):
        if token.text == "{" or token.text.upper() in {"WHERE", "FROM"}:
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "*" and depth == 0:
            return None
        is_alias = position > 0 and after[position - 1].text.upper() == "AS"
        if token.kind == "variable" and (depth == 0 or (depth == 1 and is_alias)):
            names.append(token.text[1:])
    return names


def _template(tokens: list[_Token]) -> range:
    """Return the positions of a CONSTRUCT's template."""
    for start, token in enumerate(tokens):
        if token.text.upper() != "CONSTRUCT":
            continue
        depth = 0
        for end in range(start, len(tokens)):
            depth += {"{": 1, "}": -1}.get(tokens[end].text, 0)
            if tokens[end].text == "}" and depth == 0:
                return range(start, end)
    return range(0)


def _mention(found: Sparql, token: _Token, declared: Mapping[str, str], *, in_template: bool) -> None:
    if token.kind == "iri":
        iri = token.text[1:-1]
    else:
        prefix, _, local = token.text.partition(":")
        namespace = found.prefixes.get(prefix, declared.get(prefix))
        if namespace is None:
            found.undeclared.setdefault(prefix, token.line)
            return
        iri = namespace + re.sub(r"\\(.)", r"\1", local)
    found.iris.setdefault(iri, token.line)
    if in_template:
        found.constructed.setdefault(iri, token.line)


def fault(text: str, prefixes: Mapping[str, str]) -> str:
    """Return why a query can't be read, ``""`` if it can. It is parsed by Oxigraph and never evaluated."""
    if len(text) > MAX_LENGTH or _nesting(text) > MAX_NESTING:
        return "too long, or nested too deep"
    try:
        # Oxigraph refuses this pair of options after it has parsed and before it evaluates: a way to parse only.
        # A COUNT over three VALUES takes minutes even in an empty store.
        ox.Store().query(
            text, prefixes=dict(prefixes), use_default_graph_as_union=True, default_graph=ox.DefaultGraph()
        )
    except SyntaxError as error:
        return " ".join(str(error.msg).split())[:200]
    except ValueError as error:
        return "" if "default_graph" in str(error) else str(error)
    return ""


def _nesting(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth = max(depth + (character in "({[") - (character in ")}]"), 0)
        deepest = max(deepest, depth)
    return deepest
