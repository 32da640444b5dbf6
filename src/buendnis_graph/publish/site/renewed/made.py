"""What a site is made from: remembered in its folder, so that the next run need only look at what has changed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from buendnis_graph.graph import Graph
from buendnis_graph.publish.site.asked import Answer
from buendnis_graph.publish.site.beside import Beside
from buendnis_graph.publish.site.folder import Held
from buendnis_graph.publish.site.paged import ROWS, Parts
from buendnis_graph.renew.kept import NotLocalError, read_inputs
from buendnis_graph.settings import Project

_ENGINES = ("Jinja2", "MarkupSafe", "igraph", "matplotlib", "pillow")
"""Who else has a part in what pages look like, beside the engines of a build."""
HOMES = "homes"
"""Under what name the homes are kept with a site."""

_REMEMBERED = frozenset({"build", "means", "uses", "answers", "parts"})
"""What of :class:`Made` is remembered in one file."""
_BUILD = re.compile(r"[0-9a-f]+(-[0-9]+)?")
"""What a build is called."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a site is made from.

    Attributes:
        build: the folder of the build, by name.
        means: a hash of all else: templates, texts, terms, questions, options, what lies beside.
        homes: where addresses lead that have no document and whose form does not tell; they are many and seldom looked
            at, so they are kept beside. None if they are those that are kept.
        uses: by IRI of a property or class: the first subject that it is used of.
        answers: by name of a question: what its page shows of the answer.
        parts: by path of a list: the beginnings that it is cut into.
    """

    build: str
    means: str
    homes: Mapping[str, str] | None = None
    uses: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    parts: Mapping[str, Parts] = field(default_factory=dict)

    def keep(self, held: Held) -> dict[str, Any]:
        """Keep the homes, if they are other ones, in the folder of the site; return all else as it is remembered."""
        if self.homes is not None:
            held.keep(HOMES, self.homes)
        answers = {name: answer.as_json() for name, answer in self.answers.items() if not answer.failed}
        return {**{name: getattr(self, name) for name in _REMEMBERED}, "answers": answers}

    @classmethod
    def of_json(cls, raw: Any) -> Made | None:
        """Return what is remembered; None if nothing of use is: it is missing, or not what :meth:`keep` returned."""
        if not isinstance(raw, dict) or raw.keys() != _REMEMBERED:
            return None
        is_whole = (
            all(isinstance(raw[name], str) for name in ("build", "means"))
            and _BUILD.fullmatch(raw["build"])
            and _is_map(raw["uses"], _is_text)
            and isinstance(raw["answers"], dict)
            and _is_map(raw["parts"], lambda parts: _is_map(parts, _is_number))
        )
        answers = {name: Answer.of_json(answer) for name, answer in raw["answers"].items()} if is_whole else {"": None}
        return None if None in answers.values() else cls(**{**raw, "answers": answers})


def _is_map(raw: object, of: Callable[[object], bool]) -> bool:
    return isinstance(raw, dict) and all(map(of, raw.values()))


def _is_text(raw: object) -> bool:
    return isinstance(raw, str)


def _is_number(raw: object) -> bool:
    return type(raw) is int


def made_from(graph: Graph, beside: Beside, *, register: bool = False, rows: int = ROWS) -> Made:
    """Return what the site of a graph is made from, without what is known only when it is made.

    Args:
        graph: a built graph of a project.
        beside: what comes with the site.
        register: whether the pages of a register are part of it.
        rows: of a list on a page.
    """
    means = hashlib.sha256()
    for part in (*_engines(), *_inputs(graph.folder), *_files(graph.project), _beside(beside), register, rows):
        means.update(f"{part}\n".encode())
    return Made(graph.folder.name, means.hexdigest())


def _engines() -> Iterator[str]:
    for name in _ENGINES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield name


def _inputs(folder: Path) -> Iterator[str]:
    """Yield what a build was made of, but for the data."""
    try:
        lines = read_inputs(folder).splitlines()
    except NotLocalError:
        lines = [folder.name]  # it tells nothing: as if all had changed
    return (line for line in lines if not line.startswith("data/"))


def _files(project: Project) -> Iterator[str]:
    """Yield templates, style sheets and scripts of this package, and the questions; its other files are inputs."""
    package = Path(__file__).parents[2]
    found = [path for path in package.rglob("*") if path.suffix not in {".py", ".pyc", ".toml"}]
    found += [*project.queries.rglob("*.rq"), project.root / "CITATION.cff"]
    for path in sorted(found):
        if path.is_file():
            yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _beside(beside: Beside) -> str:
    """Return what lies beside the site; of an export, which is made with its build, that there is one."""
    releases = [asdict(release) for release in beside.releases]
    sparql = {path: hashlib.sha256(content).hexdigest() for path, content in beside.sparql.items()}
    told = [beside.url, bool(beside.dumps), releases, sparql]
    return json.dumps(told, sort_keys=True, default=str)
