"""A body that is withheld is gone from every file of all releases, and no number tells what it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from buendnis_graph.care.withheld import KEY_VARIABLE, new_key, open_guard
from buendnis_graph.care.withhold import carry_out, plan
from buendnis_graph.errors import ReleaseError
from buendnis_graph.publish.releases import Asked, read_releases, release
from buendnis_graph.settings import Project
from tests.mini import MiniProject
from tests.publish.releases.made import contents, released, stamp, traces


@pytest.fixture
def key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path_factory.mktemp("safe") / "key"
    new_key(file)
    monkeypatch.setenv(KEY_VARIABLE, str(file))
    return file


def _withhold(project: Project, slug: str) -> None:
    carry_out(project, plan(project, slug, open_guard(project)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a project lies that was released twice; only the second release knows the body."""
    mini = MiniProject(tmp_path_factory.mktemp("made"))
    mini.attest("p", "a", "x")
    released(mini, "0.1.0", "2026-12-01")
    mini.write("data/registry/gone.ttl", 'id:gone a org:Organization ; skos:prefLabel "Der Gegangene"@de .\n')
    mini.attest("q", "gone", "x")
    released(mini, "0.2.0", "2026-12-02")
    return mini.root


@pytest.fixture
def twice(mini: MiniProject, made: Path) -> MiniProject:
    """A copy of that."""
    shutil.copytree(made, mini.root, dirs_exist_ok=True)
    return mini


GONE = ("gegangene", "id/gone", "--gone", "x/gone")


@pytest.mark.usefixtures("key")
def test_only_releases_that_name_it_go(twice: MiniProject) -> None:
    kept = contents(twice.releases / "0.1.0")
    _withhold(twice, "gone")
    twice.attest("r", "b", "x")
    done = released(twice, "0.3.0", "2026-12-03")
    assert [manifest.version for manifest in done.withdrawn] == ["0.2.0"]
    assert contents(twice.releases / "0.1.0") == kept
    assert traces(twice.releases, GONE) == []
    assert [manifest.withdrawn for manifest in read_releases(twice.releases)] == ["", "2026-12-03", ""]
    feed = (twice.releases / "feed.atom").read_text("utf-8")
    assert "0.2.0 (zurückgezogen)" in feed
    assert "releases/0.2.0/graph" not in feed
    assert not (twice.releases / "0.3.0" / "patch.rdfp").exists()

    twice.attest("s", "c", "x")
    released(twice, "0.4.0", "2026-12-04")  # afterwards all is as ever
    assert (twice.releases / "0.4.0" / "patch.rdfp").is_file()
    assert traces(twice.releases, GONE) == []


@pytest.mark.usefixtures("key")
def test_a_drop_that_withholding_makes_stops_nothing_and_asks_for_no_version(twice: MiniProject) -> None:
    """Either would tell: two memberships become one, and an address is gone."""
    _withhold(twice, "gone")
    done = released(twice, "0.2.1", "2026-12-03")
    assert done.compared is not None
    assert done.compared.reasons == ()
    assert done.compared.difference.counts["memberships"] == (1, 1)


def test_without_the_key_it_stops_and_says_how_to_go_on(
    twice: MiniProject, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _withhold(twice, "gone")
    stamp(twice, "0.2.1", "2026-12-03")
    before = contents(twice.releases)
    monkeypatch.delenv(KEY_VARIABLE)
    with pytest.raises(ReleaseError, match="can't be told without the key") as caught:
        release(twice, Asked("0.2.1"))
    assert "--withdraw-all" in caught.value.hint
    assert contents(twice.releases) == before
    done = release(twice, Asked("0.2.1", withdraw_all=True))
    assert [manifest.version for manifest in done.withdrawn] == ["0.1.0", "0.2.0"]
    assert traces(twice.releases, GONE) == []
    stamp(twice, "0.2.2", "2026-12-04")
    assert release(twice, Asked("0.2.2")).withdrawn == ()  # nothing new is withheld: no key is needed
    assert key.is_file()


@pytest.mark.usefixtures("key")
def test_what_was_removed_before_it_was_withheld_goes_from_patches_too(twice: MiniProject) -> None:
    """0.3.0 does not hold the body any more, but its patch and its notes name it."""
    entry = (twice.data / "registry" / "gone.ttl").read_text("utf-8")
    for path in [twice.data / "registry" / "gone.ttl", *twice.data.glob("codings/q-*")]:
        path.unlink()
    (twice.data / "sources" / "example.org" / "q" / "2026-11-22.trig").unlink()
    everything = ["organisations", "memberships", "attestations", "sources"]
    released(twice, "1.0.0", "2026-12-03", allowed=everything)
    assert "1.0.0/patch.rdfp" in traces(twice.releases, GONE)
    (twice.data / "registry" / "gone.ttl").write_text(entry, "utf-8")
    _withhold(twice, "gone")
    done = released(twice, "1.0.1", "2026-12-04")
    assert [manifest.version for manifest in done.withdrawn] == ["0.2.0", "1.0.0"]
    assert traces(twice.releases, GONE) == []
