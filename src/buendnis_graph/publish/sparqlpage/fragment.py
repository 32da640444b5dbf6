"""The markup of the page's body."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from buendnis_graph.publish.sparqlpage.files import ASSETS
from buendnis_graph.publish.sparqlpage.words import words

POLICY = ("script-src 'self' 'wasm-unsafe-eval'", "worker-src 'self'", "connect-src 'self'")
"""What the page needs of a Content-Security-Policy beside ``style-src 'self'``: WebAssembly, workers, its own files."""


def fragment(language: str, *, top: str, dump: str, quads: str) -> str:
    """Return the markup of the page's body, from below its heading to its script.

    Args:
        language: ``de`` or ``en``.
        top: the way from the page to the root of the site: ``""`` or ``"../"``.
        dump: path in the site of the consolidated view (``.nt``, ``.ttl``, also packed).
        quads: path of the named graphs (``.nq``, ``.trig``), which the page loads only for questions about them.
    """
    template = Template((Path(__file__).parent / "fragment.html").read_text(encoding="utf-8"))
    texts = {key: escape(text) for key, text in words("fragment", language).items()}
    return template.substitute(
        texts, language=language, top=escape(top), assets=escape(top + ASSETS), dump=escape(dump), quads=escape(quads)
    )
