"""A register taken in: what comes in and what is left out, the same every time, and nothing half."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from buendnis_graph.care.withheld import KEY_VARIABLE, LIST, Hasher, list_text, new_key, read_key
from buendnis_graph.evidence.bulk import bulk_sources, register_entries
from buendnis_graph.linking.taking import ASIDE
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.settings import Project
from tests.command import run
from tests.mini import MiniProject
from tests.register import PERSONAL, ROWS, SEAT, UNFIT, register_file

DAY = "2026-11-29"
HOME = "offeneregister.de/vereinsregister"


@pytest.fixture(autouse=True)
def _no_key_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)


def take(project: Project, rows: Iterable[tuple[str, ...]] = ROWS, day: str = DAY) -> str:
    """Take a register in by the command line; return what it says."""
    file = register_file(project.root / "register.csv.gz", rows)
    said = run("--root", str(project.root), "register", str(file), "--take", "--date", day)
    assert said.returncode == 0, said.stderr
    return str(said.stdout)


def content(mini: MiniProject) -> dict[str, bytes]:
    folder = mini.data / "bulk"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def names(mini: MiniProject) -> list[str]:
    return sorted(entry.name for source in bulk_sources(mini) for entry in register_entries(source.shards))


def test_an_entry_says_court_number_name_seat_state_and_source(mini: MiniProject) -> None:
    take(mini)
    (source,) = bulk_sources(mini)
    assert source.source == ox.NamedNode(f"{BASE}source/offeneregister.de/vereinsregister/{DAY}")
    said = {triple for shard in source.shards for triple in ox.parse(path=shard)}
    facts = {
        (q.subject.value.removeprefix(f"{BASE}register/"), q.predicate.value.rpartition("#")[2], q.object.value)
        for q in said
        if q.predicate not in (expand("rdf:type"), expand("dcterms:source"))
    }
    assert facts == {
        *(("U1104_VR1", of, text) for of, text in (("registerCourt", "Dresden"), ("registerNumber", "VR 1"))),
        *(("U1104_VR1", of, text) for of, text in (("registeredName", "A e.V."), ("registeredSeat", "Dresden"))),
        *(("U1104_VR2", of, text) for of, text in (("registerCourt", "Dresden"), ("registerNumber", "VR 2"))),
        *(("U1104_VR2", of, text) for of, text in (("registeredName", "Bunter „Treff“ e.V."), ("registeredSeat", "Leipzig"))),
        *(("U1104_VR10", of, text) for of, text in (("registerCourt", "Dresden"), ("registerNumber", "VR 10"))),
        *(("U1104_VR10", of, text) for of, text in (("registeredName", "Turnverein 1860 \\ Nord e.V."), ("registeredSeat", "Dresden"))),
        *(("X1517R_VR53SOE", of, text) for of, text in (("registerCourt", "Kiel"), ("registerNumber", "VR 53 SÖ"))),
        ("X1517R_VR53SOE", "registeredName", "Verein am Meer"),
        *((number, "isRegistered", "true") for number in ("U1104_VR1", "U1104_VR2", "X1517R_VR53SOE")),
        ("U1104_VR10", "isRegistered", "false"),
    }  # fmt: skip
    assert {q.object for q in said if q.predicate == expand("dcterms:source")} == {source.source}
    assert [path.name.partition("-")[0] for path in source.shards] == ["U1104", "X1517R"], "a shard a court"


def test_what_may_be_personal_and_what_is_not_clean_is_left_out_and_counted(mini: MiniProject) -> None:
    said = take(mini, [*ROWS, *PERSONAL, *UNFIT, SEAT])
    assert "5 entries are taken in. Left out: 3 whose name may be personal data, 3 that are incomplete" in said
    assert "and 1 seats" in said
    told = b"".join(content(mini).values()).decode()
    for row in (*PERSONAL, *UNFIT):
        assert f"{row[0]}>" not in told
    assert "Musterstra" not in told
    assert "Ohne Sitz" in told


def test_taken_in_again_it_is_the_same_and_a_change_is_a_shard(mini: MiniProject) -> None:
    take(mini)
    before = content(mini)
    assert "Nothing has changed." in take(mini)
    take(mini, list(reversed(ROWS)))  # another file
    again = content(mini)
    assert [name for name in before if before[name] != again.get(name)] == [f"{HOME}/{DAY}.trig"]
    take(mini, [*ROWS, ("X1517R_VR54", "Neu", "Kiel", "removed", "Kiel VR 54")])
    after = content(mini)
    gone, come = set(again) - set(after), set(after) - set(again)
    assert {re.sub(".*/|-.*", "", name) for name in gone | come} == {"X1517R"}
    assert len(gone) == len(come) == 1


def test_a_later_reading_takes_the_place_of_the_earlier(mini: MiniProject) -> None:
    take(mini)
    take(mini, ROWS[:2], day="2027-01-02")
    (source,) = bulk_sources(mini)
    assert source.source.value.endswith("/2027-01-02")
    assert not [name for name in content(mini) if DAY in name]
    assert len(names(mini)) == 2


def test_killed_at_any_moment_it_leaves_the_old_or_the_new(mini: MiniProject) -> None:
    take(mini, ROWS[:2])
    old = names(mini)
    file = register_file(mini.root / "register.csv.gz")
    command = [sys.executable, "-m", "buendnis_graph", "--root", str(mini.root)]
    command += ["register", str(file), "--take", "--date", "2027-01-02"]
    new = sorted(["A e.V.", "Bunter „Treff“ e.V.", "Turnverein 1860 \\ Nord e.V.", "Verein am Meer"])
    found = set()
    for part in (0.5, 0.7, 0.8, 0.9, 0.95):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(part)
            process.send_signal(signal.SIGKILL)
        mini.corpus()  # whoever reads next finishes what was decided
        found.add(tuple(names(mini)))
    assert found <= {tuple(old), tuple(new)}
    take(mini, day="2027-01-02")
    assert names(mini) == new
    assert not (mini.root / ASIDE).exists()


def test_a_shard_that_was_edited_is_made_whole_again(mini: MiniProject) -> None:
    take(mini)
    (source,) = bulk_sources(mini)
    before = source.shards[0].read_bytes()
    source.shards[0].write_bytes(before.replace(b"Dresden", b"Leipzig"))
    take(mini)
    assert source.shards[0].read_bytes() == before


def test_links_that_speak_otherwise_of_an_entry_stop_it(mini: MiniProject) -> None:
    links = f'<{BASE}register/U1104_VR1> a bg:RegisterEntry ; bg:registerCourt "Meißen" ; bg:registerNumber "VR 1" .\n'
    mini.write("data/links/register.ttl", links)
    file = register_file(mini.root / "register.csv.gz")
    said = run("--root", str(mini.root), "register", str(file), "--take", "--date", DAY)
    assert said.returncode == 1
    assert "otherwise than the register does" in said.stderr
    assert not (mini.data / "bulk").exists()
    mini.write("data/links/register.ttl", links.replace("Meißen", "Dresden"))
    take(mini)


def test_what_is_withheld_does_not_come_in_by_name_or_number(
    mini: MiniProject, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path_factory.mktemp("safe") / "key"
    new_key(key)
    secret = read_key(key)
    assert secret is not None
    (mini.data / LIST).write_text(list_text(Hasher(secret).of_body(["gone", "register/U1104_VR10"], ["Bunter Treff"])))
    file = register_file(mini.root / "register.csv.gz")
    without = run("--root", str(mini.root), "register", str(file), "--take", "--date", DAY)
    assert "the key is not here" in without.stderr
    assert len(names(mini)) == 4
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    built = run("--root", str(mini.root), "build")
    assert built.returncode == 1
    assert built.stderr.count("this body or name is withheld") == 2
    assert "Treff" not in built.stdout + built.stderr
    assert "2 that are withheld" in take(mini)
    assert names(mini) == ["A e.V.", "Verein am Meer"]
    assert run("--root", str(mini.root), "build").returncode == 0


def test_names_are_resolved_against_all_entries(mini: MiniProject) -> None:
    asked = ("--root", str(mini.root), "resolve", "--register", "bunter treff")
    none = run(*asked)
    assert none.returncode == 2
    assert "no register was taken in" in none.stderr
    take(mini)
    said = run(*asked, "--place", "Leipzig")
    assert said.returncode == 0
    assert said.stdout.startswith("bunter treff: the same as U1104_VR2\n")
