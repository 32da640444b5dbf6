"""Templates stay compiled from run to run, where Python keeps what it compiles of modules, and on its conditions.

That is ``__pycache__`` beside them or below ``PYTHONPYCACHEPREFIX``; nothing is written if Python may not either. Who
can write there can run code as it is, so keeping code of templates there opens nothing.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import suppress
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from buendnis_graph.errors import UsageError
from buendnis_graph.whole import write_whole


class Compiled(BytecodeCache):
    """Keeps the code of templates; what was made of another text, or by another compiler, is made anew.

    Args:
        folder: of the templates.
        language: of the texts that are put into them.
        compiler: the file of what fits Jinja's compiler to our templates.
    """

    def __init__(self, folder: Path, language: str, compiler: Path) -> None:
        self._folder, self._language = folder, language
        self._made_by = f"{version('jinja2')} {compiler.read_text(encoding='utf-8')}".encode()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template, if it is kept."""
        with suppress(OSError):
            kept = self._path(bucket).read_bytes()
            code = kept[hashlib.sha256().digest_size :]
            if kept == self._sealed(code):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template; where that can't be, it is compiled again next time."""
        if sys.dont_write_bytecode:
            return
        with suppress(OSError, UsageError):
            self._path(bucket).parent.mkdir(parents=True, exist_ok=True)
            write_whole({self._path(bucket): self._sealed(bucket.bytecode_to_string())})

    def _path(self, bucket: Bucket) -> Path:
        """Return where Python would keep the code of a module beside the templates."""
        return Path(cache_from_source(str(self._folder / f"{self._language}-{Path(bucket.key).stem}.py")))

    def _sealed(self, code: bytes) -> bytes:
        """Return code with what tells who made it, and whether it is as it was made."""
        return hashlib.sha256(self._made_by + code).digest() + code

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's
        """Return what the code of a template is kept by: its name, as there is one of each."""
        return name
