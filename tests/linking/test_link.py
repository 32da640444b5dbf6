"""``buendnis link``: proposals from a snapshot without any network, certain ones accepted, persons' judgements kept."""

from __future__ import annotations

import csv
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from buendnis_graph.cli import cli
from buendnis_graph.cli.link_propose import TARGETS
from buendnis_graph.linking.mappings import read_mappings
from buendnis_graph.linking.targets import targets
from buendnis_graph.validate import Fast, validate_files
from tests.linking.faulty import FarSide, far_side
from tests.mini import MiniProject
from tests.serve.live import Live, serving

ROWS = """qid,label,aliases,city,website
Q100,Kulturbüro Sonnenschein Nordstadt,,Leipzig,https://sonnenschein.example
Q200,Saxon Alliance for Open Neighbourhoods,,Dresden,
Q300,Bibliothek im Kulturbüro Sonnenschein Nordstadt,,Leipzig,https://sonnenschein.example
Q400,Beratungsstelle Wegweiser,,Chemnitz,
nonsense,Beratungsstelle Wegweiser Leipzig,,,
"""
ACCEPTING = ("--accept", "--date", "2026-11-25")


@pytest.fixture
def mini(tmp_path: Path) -> MiniProject:
    project = MiniProject(tmp_path / "project")
    for slug, name in {
        "sonnenschein": "Kulturbüro Sonnenschein Nordstadt e. V.",
        "nachbarschaften": "Sächsisches Bündnis für offene Nachbarschaften",
        "wegweiser": "Beratungsstelle Wegweiser",
        "wegweiser-2": "Beratungsstelle Wegweiser",
        "unbekannt": "Ganz etwas anderes",
    }.items():
        project.write(f"data/registry/{slug}.ttl", f'id:{slug} a org:Organization ; skos:prefLabel "{name}"@de .\n')
    return project


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def _link(mini: MiniProject, *arguments: object, language: str = "en") -> Result:
    return CliRunner().invoke(cli, ["--root", str(mini.root), "--lang", language, "link", *map(str, arguments)])


def _rows(mini: MiniProject, name: str = "wikidata") -> dict[tuple[str, str], dict[str, str]]:
    with (mini.root / "linking" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {(row["body"], row["id"]): row for row in csv.DictReader(file)}


@pytest.mark.usefixtures("offline")
def test_proposals_from_a_snapshot_need_no_network(mini: MiniProject, snapshot: Path) -> None:
    done = _link(mini, "wikidata", "--snapshot", snapshot)
    assert done.exit_code == 0, done.output
    assert "1 candidates have no valid id" in done.output
    rows = _rows(mini)
    assert {key for key, row in rows.items() if row["certain"] == "yes"} == {
        ("sonnenschein", "Q100"),
        ("nachbarschaften", "Q200"),
    }
    assert "the same in the other language" in rows["nachbarschaften", "Q200"]["why"]
    for slug in ("wegweiser", "wegweiser-2"):  # two of ours claim it
        assert rows[slug, "Q400"]["decision"] == ""
        assert "two of our entries" in rows[slug, "Q400"]["why"]
    assert not any(slug == "unbekannt" for slug, _ in rows)
    assert not (mini.data / "links").exists()


def test_a_run_again_is_the_same_to_the_byte(mini: MiniProject, snapshot: Path) -> None:
    texts = set()
    for lines in (ROWS.splitlines(), [ROWS.splitlines()[0], *reversed(ROWS.splitlines()[1:])]):
        snapshot.write_text("\n".join(lines), encoding="utf-8")
        _link(mini, "wikidata", "--snapshot", snapshot)
        texts.add((mini.root / "linking" / "wikidata.csv").read_bytes())
    assert len(texts) == 1


def test_certain_ones_are_accepted_once(mini: MiniProject, snapshot: Path) -> None:
    assert _link(mini, "wikidata", "--snapshot", snapshot, *ACCEPTING).exit_code == 0
    accepted = {(m.slug, m.object, m.judgement, m.reviewer, m.date) for m in read_mappings(mini)}
    assert (
        "sonnenschein--wikidata-Q100",
        "http://www.wikidata.org/entity/Q100",
        "same",
        "rule",
        "2026-11-25",
    ) in accepted
    assert len(accepted) == 2
    assert all(m.confidence and m.confidence >= 0.95 and m.evidence for m in read_mappings(mini))
    file = mini.data / "links" / "wikidata.ttl"
    before = file.read_bytes()
    again = _link(mini, "wikidata", "--snapshot", snapshot, "--accept", "--date", "2026-11-26", "--all")
    assert "0 certain ones accepted" in again.output
    assert file.read_bytes() == before


def test_what_was_accepted_is_valid(mini: MiniProject, snapshot: Path) -> None:
    (mini.data / "registry" / "wegweiser-2.ttl").unlink()  # a namesake is another finding
    _link(mini, "wikidata", "--snapshot", snapshot, *ACCEPTING)
    assert validate_files(mini.corpus(), mini, Fast()) == []


@pytest.mark.parametrize("judgement", ["not-same", "none-found", "same"])
def test_a_persons_judgement_goes_before(mini: MiniProject, snapshot: Path, judgement: str) -> None:
    theirs = "http://www.wikidata.org/entity/" + ("" if judgement == "none-found" else "Q100")
    mini.write(
        "data/links/mine.ttl",
        f"""link:mine a owl:Axiom , sssom:Mapping ; owl:annotatedProperty schema:sameAs ; owl:annotatedSource id:sonnenschein ;
  owl:annotatedTarget <{theirs}> ; bg:judgement judgement:{judgement} ; bg:seenIn "Wikidata" ;
  sssom:mapping_date "2026-11-01"^^xsd:date ; sssom:mapping_justification semapv:ManualMappingCuration ;
  sssom:object_label "Kulturbüro" .
""",
    )
    done = _link(mini, "wikidata", "--snapshot", snapshot, *ACCEPTING)
    assert done.exit_code == 0, done.exception
    assert ("sonnenschein", "Q100") not in _rows(mini)
    assert not any(m.slug == "sonnenschein--wikidata-Q100" for m in read_mappings(mini))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["wikidata"], "name one source"),
        (["wikidata", "--service", "--endpoint"], "name one source"),
        (["nowhere", "--service"], "there is no data set 'nowhere'"),
        (["ror", "--service"], "no address is known for ROR"),
        (["wikidata", "--service", "http://127.0.0.1:9/", "--accept"], "--date is missing"),
    ],
)
@pytest.mark.usefixtures("offline")
def test_nothing_is_sent_unless_the_command_says_where(mini: MiniProject, arguments: list[str], said: str) -> None:
    done = _link(mini, *arguments)
    assert done.exit_code != 0
    assert said in str(done.exception)
    assert not (mini.root / "linking").exists()


def test_a_service_is_asked_and_its_answers_are_kept(mini: MiniProject) -> None:
    name = "Kulturbüro Sonnenschein Nordstadt"
    with far_side(FarSide(items=[("Q100", name, {}), ("bad id", name, {})])) as service:
        done = _link(mini, "wikidata", "--service", service.url, "--pause", 0, "--json")
        assert done.exit_code == 0, done.output
        rows = json.loads(done.stdout)
        assert [(row["body"], row["id"], row["certain"]) for row in rows][:1] == [("sonnenschein", "Q100", True)]
        assert {finding["name"] for finding in rows[0]["findings"]} >= {"name", "words", "main"}
        asked = len(service.requests)
        _link(mini, "wikidata", "--service", service.url, "--pause", 0)
        assert len(service.requests) == asked


def test_german_users_are_told_in_german(mini: MiniProject, snapshot: Path) -> None:
    done = _link(mini, "wikidata", "--snapshot", snapshot, language="de")
    assert "davon 2 sicher" in done.output
    assert "gleicher Name" in _rows(mini)["sonnenschein", "Q100"]["why"]


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    from tests.publish.small import publishable

    far = MiniProject(tmp_path_factory.mktemp("far"))
    text = 'id:sonnenschein-nord a org:Organization ; skos:prefLabel "Kulturbüro Sonnenschein Nordstadt"@de .\n'
    far.write("data/registry/sonnenschein-nord.ttl", text)
    far.source("facts", "id:sonnenschein-nord schema:url <https://sonnenschein.example/> .")
    publishable(far)
    with serving(far.root) as running:
        yield running


def test_our_own_service_is_one_to_ask(mini: MiniProject, live: Live) -> None:
    url = f"http://127.0.0.1:{live.port}/reconcile"
    done = _link(mini, "buendnis-graph", "--service", url, "--pause", 0)
    assert done.exit_code == 0, done.output
    row = _rows(mini, "buendnis-graph")["sonnenschein", "sonnenschein-nord"]
    assert row["certain"] == "yes"
    assert row["their_websites"] == "sonnenschein.example"


def test_the_page_shows_both_sides_and_no_markup_of_theirs(mini: MiniProject, snapshot: Path, tmp_path: Path) -> None:
    hostile = "Q900,Ganz etwas anderes,<script>alert(1)</script>,,javascript:x\n"
    snapshot.write_text(ROWS + hostile, encoding="utf-8")
    page = tmp_path / "page.html"
    assert _link(mini, "wikidata", "--snapshot", snapshot, "--page", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert 'href="http://www.wikidata.org/entity/Q100"' in text
    assert text.count("<section>") == 2 * text.count("<article>")


def _review(mini: MiniProject, file: Path, decisions: dict[tuple[str, str], str], *more: str) -> Result:
    rows = _rows(mini)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(next(iter(rows.values()))))
        writer.writeheader()
        writer.writerows(row | {"decision": decisions.get(key, "")} for key, row in rows.items())
    arguments = [
        "--root",
        str(mini.root),
        "--lang",
        "en",
        "review",
        "--links",
        str(file),
        "--date",
        "2026-11-26",
        *more,
    ]
    return CliRunner().invoke(cli, arguments)


def test_a_person_decides_in_the_file(mini: MiniProject, snapshot: Path, tmp_path: Path) -> None:
    _link(mini, "wikidata", "--snapshot", snapshot, *ACCEPTING)
    _link(mini, "wikidata", "--snapshot", snapshot, "--all")
    decisions = {("wegweiser", "Q400"): "same", ("wegweiser-2", "Q400"): "not", ("sonnenschein", "Q100"): "not"}
    file = tmp_path / "wikidata.csv"
    done = _review(mini, file, decisions)
    assert done.exit_code == 0, done.exception
    assert "3 judgements written" in done.output
    judged = {m.slug: (m.judgement, m.reviewer) for m in read_mappings(mini)}
    assert judged["wegweiser--wikidata-Q400"] == ("same", "editor")
    assert judged["wegweiser-2--wikidata-Q400"] == ("not-same", "editor")
    assert judged["sonnenschein--wikidata-Q100"] == ("not-same", "editor")  # a person's goes before a rule's
    assert "0 judgements written" in _review(mini, file, decisions).output
    refused = _review(mini, file, {("wegweiser", "Q400"): "not"})
    assert "is judged same already" in str(refused.exception)
    odd = _review(mini, file, {("wegweiser", "Q400"): "perhaps"})
    assert "'perhaps' is no decision" in str(odd.exception)


def test_a_pair_that_is_decided_twice_otherwise_is_refused(mini: MiniProject, snapshot: Path, tmp_path: Path) -> None:
    _link(mini, "wikidata", "--snapshot", snapshot)
    file = tmp_path / "wikidata.csv"
    head, *lines = (mini.root / "linking" / "wikidata.csv").read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([head, f"same{lines[0]}", f"not{lines[0]}"]), encoding="utf-8")
    arguments = ["--root", str(mini.root), "review", "--links", str(file), "--date", "2026-11-26"]
    done = CliRunner().invoke(cli, arguments)
    assert "is judged same already, not not-same" in str(done.exception)
    assert not list(read_mappings(mini))


def test_a_run_again_does_not_write_over_decisions(mini: MiniProject, snapshot: Path) -> None:
    _link(mini, "wikidata", "--snapshot", snapshot)
    file = mini.root / "linking" / "wikidata.csv"
    head, first, *rest = file.read_text(encoding="utf-8").splitlines()
    filled = "\n".join([head, f"not{first}", *rest])
    file.write_text(filled, encoding="utf-8")
    again = _link(mini, "wikidata", "--snapshot", snapshot)
    assert "wikidata.csv holds decisions that are not applied yet (1)" in str(again.exception)
    assert file.read_text(encoding="utf-8") == filled
    assert _link(mini, "wikidata", "--snapshot", snapshot, "--out", mini.root / "other.csv").exit_code == 0
    CliRunner().invoke(cli, ["--root", str(mini.root), "review", "--links", str(file), "--date", "2026-11-26"])
    assert _link(mini, "wikidata", "--snapshot", snapshot).exit_code == 0
    assert file.read_text(encoding="utf-8") != filled
    other = mini.root / "names.txt"
    other.write_text("keep me", encoding="utf-8")
    assert "is no file of proposals" in str(_link(mini, "ror", "--snapshot", snapshot, "--out", other).exception)


def test_a_person_decides_one_by_one(mini: MiniProject, snapshot: Path) -> None:
    _link(mini, "wikidata", "--snapshot", snapshot, *ACCEPTING)
    _link(mini, "wikidata", "--snapshot", snapshot, "--all")
    pairs = list(_rows(mini))
    asking = ["--root", str(mini.root), "--lang", "en", "review", "--date", "2026-11-26", "--ask"]
    links = ["--links", str(mini.root / "linking" / "wikidata.csv")]
    first = CliRunner().invoke(cli, [*asking, *links], input="maybe\ns\n?\nn\nq\n")
    assert first.exit_code == 0, first.exception
    assert "'maybe' is no answer." in first.output
    assert f"2 decided, {len(pairs) - 2} open." in first.output
    shown = _rows(mini)[pairs[0]]
    assert f"  {shown['name']}\n" in first.output
    assert f"Wikidata {shown['id']}  {shown['their_name']} · {shown['their_places']}\n" in first.output
    judged = {m.slug: (m.judgement, m.reviewer) for m in read_mappings(mini)}
    slugs = [f"{body}--wikidata-{key}" for body, key in pairs]
    assert judged[slugs[0]] == ("same", "editor")
    assert judged[slugs[2]] == ("not-same", "editor")
    again = CliRunner().invoke(cli, [*asking, *links], input="")
    assert f"0 decided, {len(pairs) - 2} open." in again.output
    assert f"Wikidata {pairs[1][1]}" in again.output
    alone = CliRunner().invoke(cli, asking)
    assert "--ask goes with --links" in str(alone.exception)


def test_every_data_set_has_its_command() -> None:
    assert sorted(TARGETS) == targets()
