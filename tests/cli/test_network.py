"""``buendnis network`` on a small build."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from click.testing import CliRunner, Result

from buendnis_graph.cli import cli
from buendnis_graph.errors import BuendnisError, NetworkError, QueryError
from buendnis_graph.network import MIN_ALLIANCES, MIN_BODIES, open_network
from tests.network.made import Made
from tests.network.test_network import enough


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Give the command a build of so many alliances; return a way to call it."""
    import buendnis_graph.graph

    def use(made: Made) -> None:
        folder = made.folder(tmp_path / f"build-{len(list(tmp_path.iterdir()))}")
        monkeypatch.setattr(
            buendnis_graph.graph,
            "Graph",
            lambda _: SimpleNamespace(network=partial(open_network, folder), is_stale=bool),
        )

    def call(*arguments: str, lang: str = "en") -> Result:
        result = CliRunner().invoke(cli, ["--lang", lang, "network", *arguments], standalone_mode=False)
        if result.exception and not isinstance(result.exception, BuendnisError):
            raise result.exception
        return result

    use(enough(Made().member("loose", "body-0")))
    return SimpleNamespace(use=use, call=call, folder=tmp_path)


def test_it_says_what_remains_and_gives_measures(run: SimpleNamespace) -> None:
    out = run.call().stdout
    assert f"alliances {MIN_ALLIANCES}, bodies {MIN_BODIES}" in out
    assert "no list, or examples only (memberships 1, alliances 1): LOOSE" in out
    assert "constraint" in out
    assert "BODY-0" in out


def test_it_speaks_german(run: SimpleNamespace) -> None:
    out = run.call("--limit", "2", lang="de").stdout
    assert "Es bleiben: Bündnisse 5" in out
    assert "2 von 20 Zeilen" in out
    assert "0,4" in out


def test_too_small_it_gives_bounds_and_says_why(run: SimpleNamespace) -> None:
    run.use(enough(Made(), MIN_ALLIANCES - 1))
    result = run.call("--samples", "10")
    assert "Too little for centralities and tests: 4 alliances" in result.stdout
    assert "worst rank" in result.stdout
    assert "seed 1" in result.stdout
    refused = run.call("--measures")
    assert isinstance(refused.exception, NetworkError)
    assert refused.exception.exit_code == 1
    assert "Remaining: alliances 4" in refused.stderr


def test_json_holds_the_summary_and_the_rows(run: SimpleNamespace) -> None:
    document = json.loads(run.call("--pairs", "--mode", "alliances", "--format", "json").stdout)
    assert document["answer"] == "pairs"
    assert document["summary"]["from_complete_lists"] == MIN_ALLIANCES
    assert document["rows"][0]["shared"] == 4


def test_csv_and_parquet_are_the_whole_table_and_warnings_stand_beside(run: SimpleNamespace) -> None:
    result = run.call("--format", "csv", "--limit", "1", "--completeness", "partial")
    table = pl.read_csv(io.BytesIO(result.stdout_bytes))
    assert len(table) == MIN_BODIES
    assert "Gaps look like structure" in result.stderr
    parquet = run.call("--format", "parquet", "--completeness", "partial")
    assert pl.read_parquet(io.BytesIO(parquet.stdout_bytes))["body"].to_list() == table["body"].to_list()


def test_chance_says_its_null_model_and_how_many_samples_it_takes(run: SimpleNamespace) -> None:
    out = run.call("--chance", "--samples", "20").stdout
    assert "Null model" in out
    assert "needed: --samples 199" in out
    assert "needed" not in run.call("--chance", "--samples", "199").stdout


def test_export_writes_a_file_and_says_so(run: SimpleNamespace) -> None:
    path = run.folder / "net.gexf"
    result = run.call("--export", str(path))
    assert path.read_text(encoding="utf-8").startswith("<?xml")
    assert "net.gexf" in result.stderr
    assert "Remaining" in result.stderr
    assert result.stdout == ""


def test_an_unknown_name_is_answered_with_one_that_is_meant(run: SimpleNamespace) -> None:
    result = run.call("--alliance", "ALLIANCE 1")
    assert isinstance(result.exception, QueryError)
    assert "Did you mean: ALLIANCE-1" in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--measures", "--bounds"], "one answer at a time"),
        (["--at", "today"], "no date"),
        (["--export", "net.docx"], ".graphml"),
    ],
)
def test_wrong_calls_are_usage_errors(run: SimpleNamespace, arguments: list[str], says: str) -> None:
    result = run.call(*arguments)
    assert isinstance(result.exception, BuendnisError)
    assert result.exception.exit_code == 2
    assert says in str(result.exception)


def test_the_command_starts_without_the_heavy_libraries() -> None:
    code = "import sys, buendnis_graph.cli.network; print(sorted({'numpy', 'polars', 'igraph', 'networkx'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
