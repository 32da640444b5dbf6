"""The template engine, fitted to our templates: what Jinja asks anew at every call and output is settled beforehand.

A third of the time of printing went there.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import escape

from buendnis_graph.publish.site.compiled import Compiled
from buendnis_graph.publish.site.texts import texts

_TEXT = re.compile(r"\{\{ (?:t|p\.texts)\.(\w+) \}\}")


@cache
def environment(language: str) -> Environment:
    """Return the environment of templates of a language: their texts are put in before they are compiled."""
    written, folder = texts(language), Path(__file__).with_name("templates")

    def load(name: str) -> str:
        source = (folder / name).read_text(encoding="utf-8")
        return _TEXT.sub(lambda text: str(escape(written[text[1]])), source)

    return _Environment(
        loader=FunctionLoader(load),
        bytecode_cache=Compiled(folder, language, Path(__file__)),
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


class _Generator(CodeGenerator):
    """Writes calls as they are, as none of ours wants a context; does not ask markup a second time to be escaped."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - Jinja's
        if forward_caller:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for named in node.kwargs:
            self.write(f"{named.key}=")
            self.visit(named.value, frame)
            self.write(", ")
        for mark, several in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if several is not None:
                self.write(mark)
                self.visit(several, frame)
                self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        if not _is_object(node.node):
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, _finalize: object) -> None:
        self.write("(it if type(it := (")

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: object) -> None:
        self.write(")) is Markup else escape(it))")


def _is_object(node: nodes.Expr) -> bool:
    """Return whether a part of a template is the pen, its view or the macros: these have attributes and no entries."""
    if isinstance(node, nodes.Getattr):
        return node.attr == "view" and _is_object(node.node)
    return isinstance(node, nodes.Name) and node.name in {"p", "m"}


class _Context(Context):
    """Imports macros without asking what is global: nothing is but what Jinja brings itself."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.globals_keys: set[str] = set()


class _Environment(Environment):
    code_generator_class = _Generator
    context_class = _Context
