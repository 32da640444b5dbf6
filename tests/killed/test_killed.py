"""A build, an import, a release or a push that is killed leaves the old state or the new one, and the next run is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from buendnis_graph.build import build
from buendnis_graph.evidence import finish_pending
from buendnis_graph.publish.push.record import STATUS
from buendnis_graph.publish.releases.folder import settle
from buendnis_graph.settings import Project
from buendnis_graph.store.http import Client
from tests.endpoint import oxigraph_to_write
from tests.importing.desk import GIVEN
from tests.killed.trial import State, built, endure, run, visible
from tests.mini import MiniProject
from tests.publish.releases.made import released, stamp

FOREIGN = b'<urn:theirs> <urn:p> "not ours" <urn:graph> .'


@dataclass
class OnDisk:
    """A verb that changes files of a project."""

    verb: str
    project: Project
    arguments: tuple[str, ...]
    before: Path
    """A copy of the project in the old state."""
    turns: int = 1

    def reset(self, turn: int) -> None:  # noqa: ARG002
        shutil.rmtree(self.project.root, ignore_errors=True)
        shutil.copytree(self.before, self.project.root)

    def state(self) -> State:
        finish_pending(self.project)
        settle(self.project.releases)
        return built(self.project) | visible(self.project)

    def told(self) -> bool:
        return False


def on_disk(verb: str, mini: MiniProject, *arguments: str) -> OnDisk:
    project = Project(mini.root.parent / "project")
    return OnDisk(verb, project, arguments, mini.root)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a project is built: a belongs to x. It was renewed once, so that no run need take the queries apart anew."""
    mini = MiniProject(tmp_path_factory.mktemp("made"))
    stamp(mini, "0.1.0")
    mini.attest("p", "a", "x")
    build(mini)
    return mini.root


@pytest.fixture
def before(made: Path, tmp_path: Path) -> MiniProject:
    """A copy of that."""
    (tmp_path / "before").mkdir()
    mini = MiniProject(tmp_path / "before")
    shutil.copytree(made, mini.root, dirs_exist_ok=True)
    return mini


def test_build(before: MiniProject) -> None:
    before.attest("q", "b", "x", more='; bg:since "2023"^^xsd:gYear')
    endure(on_disk("build", before))


def test_import(before: MiniProject, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Verein\n" + "".join(f"Verein Nummer {n} e.V.\n" for n in range(200)), encoding="utf-8")
    arguments = ("--alliance", "x", "--address", GIVEN["address"], "--seen", GIVEN["seen"])
    endure(on_disk("import", before, str(file), *arguments))


def test_release(before: MiniProject) -> None:
    released(before, "0.1.0")
    before.attest("q", "b", "x")
    stamp(before, "0.2.0")
    endure(on_disk("release", before, "0.2.0"))


@dataclass
class Pushed:
    """A push into a server: by turns the first one, in steps, and an update, in one transaction."""

    project: Project
    url: str
    old: tuple[bytes, bytes]
    verb: str = "push"
    turns: int = 2

    @property
    def arguments(self) -> tuple[str, ...]:
        return (self.url,)

    def reset(self, turn: int) -> None:
        self._send("/update", b"CLEAR ALL", "application/sparql-update")
        self._send("/store", self.old[turn], "application/n-quads")

    def state(self) -> State:
        return built(self.project) | visible(self.project) | dict.fromkeys(self.lines(), "")

    def told(self) -> bool:
        return any(str(STATUS) in line and '"Incomplete"' in line for line in self.lines())

    def lines(self) -> list[str]:
        """Return all that the server holds, sorted."""
        address = self.url.replace("/query", "/store")
        return sorted(
            Client(None, 10, 1 << 26).send(address, "GET", Accept="application/n-quads").body.decode().splitlines()
        )

    def _send(self, path: str, body: bytes, kind: str) -> None:
        Client(None, 10, 1 << 26).send(self.url.replace("/query", path), "POST", body, Content_Type=kind)


@pytest.fixture
def server() -> Iterator[str]:
    with oxigraph_to_write() as url:
        yield url


def test_push(before: MiniProject, server: str) -> None:
    trial = Pushed(before, server, (FOREIGN, FOREIGN))
    trial.reset(0)
    assert run(trial)[0] == 0
    trial.old = (FOREIGN, "\n".join(trial.lines()).encode())
    before.attest("q", "b", "x")
    build(before)
    endure(trial)
    assert FOREIGN.decode().strip() in trial.lines()
