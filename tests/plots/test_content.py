"""What plots show is what the tables say."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from buendnis_graph.errors import QueryError, UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.plots import Plot, draw, wish_for
from buendnis_graph.tables import load
from tests.network.made import Made, day
from tests.plots.seen import outside, overlapping, texts

LONG = "Bundesarbeitsgemeinschaftsdachverbandszusammenschlusskonferenz <&$_^{\\alpha}>"


def made_plot(kind: str, made: Made, path: Path, **how: Any) -> Plot:
    return draw(kind, made.folder(path), wish_for(kind, **how))


def judged(made: Made) -> Made:
    """Give each membership the completeness of the list that it stands on, as a build does."""
    lists = {row["source"]: row["completeness"] for row in made.rows["lists"]}
    for row in made.rows["incidence"]:
        row["completeness"] = lists.get(row["sources"])
    return made


def count(made: Made, body: str, number: int, bound: str = "exact", as_of: str | None = None, until: str = "") -> None:
    days = {"as_of": as_of, "as_of_earliest": day(as_of), "as_of_latest": day(until or as_of)}
    source = f"example.org/{body}-{number}-{as_of}/2026-01-02"
    made.add("counts", body=body, kind="members", number=number, bound=bound, source=source, **days)


def shown(plot: Plot) -> set[str]:
    return {text for text, _, _ in texts(plot)}


def test_sizes_show_every_dated_number_with_its_bound_and_tell_the_undated(tmp_path: Path) -> None:
    made = Made().member("x", "a")
    count(made, "x", 10, as_of="2010-01-01")
    count(made, "x", 20, "more-than", "2012-05-01", "2012-05-31")
    count(made, "x", 30, "about", "2014-01-01", "2014-12-31")
    count(made, "x", 40, "almost", "2016-02-03")
    count(made, "x", 55, "more-than")
    plot = made_plot("sizes", made, tmp_path)
    assert {"10", "> 20", "≈ 30", "< 40"} <= shown(plot)
    assert "> 55" not in shown(plot)
    assert "Undated and therefore not drawn: 1 statements (a: >55)." in plot.caption.text
    assert "Members known by name, at whatever time: a: 1." in plot.caption.text
    assert "Sources: 5. Date of the data: 2026-01-02" in plot.caption.text
    assert sorted(plot.data["number"]) == [10, 20, 30, 40, 55]


def test_sizes_without_dates_say_so(tmp_path: Path) -> None:
    made = Made().member("x", "a")
    count(made, "x", 10)
    with pytest.raises(QueryError, match="dated number"):
        made_plot("sizes", made, tmp_path)


def test_sizes_of_the_real_data_are_those_of_the_table(graph: Graph) -> None:
    plot = draw("sizes", graph.folder, wish_for("sizes", alliance="netzwerk-tolerantes-sachsen"))
    counts = load(graph.folder, "counts").filter(
        pl.col("body") == "netzwerk-tolerantes-sachsen", pl.col("kind") == "members"
    )
    assert plot.data["statements"].sum() == len(counts)
    assert set(plot.data["number"]) == set(counts["number"])


def test_an_overlap_is_exact_only_between_complete_lists(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b", "c").complete("y", "b", "c", "d").list("z-page", "z", "partial")
    made.member("z", "a", on="z-page").complete("w", "d")
    plot = made_plot("overlap", judged(made), tmp_path)
    cells = {frozenset((row["alliance"], row["other"])): row for row in plot.data.rows(named=True)}
    assert (cells[frozenset("xy")]["shared"], cells[frozenset("xy")]["exact"]) == (2, True)
    assert (cells[frozenset("xz")]["shared"], cells[frozenset("xz")]["exact"]) == (1, False)
    assert cells[frozenset("x")]["shared"] == 3
    assert {"2", "≥1", "0", "3"} <= shown(plot)
    assert "≥0" not in shown(plot)


def test_who_is_known_beside_a_complete_list_makes_its_numbers_bounds(tmp_path: Path) -> None:
    made = judged(Made().complete("x", "a", "b").complete("y", "a").member("y", "b"))
    plot = made_plot("overlap", made, tmp_path, completeness="any")
    assert plot.data.filter(pl.col("alliance") != pl.col("other")).rows() == [(2, 1, "y", "Y", "x", "X", 2, False)]


def test_predecessor_and_successor_are_blanked_and_hatched(tmp_path: Path) -> None:
    made = Made().complete("old", "a", "b").complete("new", "a", "b").complete("x", "a").succeeds("new", "old")
    plot = made_plot("overlap", made, tmp_path)
    cells = {frozenset((row["alliance"], row["other"])): row["shared"] for row in plot.data.rows(named=True)}
    assert cells[frozenset(("old", "new"))] is None
    assert cells[frozenset(("old", "x"))] == cells[frozenset(("new", "x"))] == 1
    hatched = [patch for patch in plot.sheet.figure.axes[0].patches if patch.get_hatch() == "xxxx"]
    assert len(hatched) == 2  # the field, and the key
    assert "predecessor and successor" in shown(plot)


def test_no_overlap_says_so(tmp_path: Path) -> None:
    made = Made().complete("x", "a").complete("y", "b")
    with pytest.raises(QueryError, match="no two alliances share"):
        made_plot("overlap", made, tmp_path)


def test_a_matrix_has_one_field_for_each_membership(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b").member("y", "a", "founding-member").member("y", "c", "consortium-partner")
    made.rows["incidence"][0]["completeness"] = "complete"
    plot = made_plot("matrix", made, tmp_path)
    assert set(plot.data.select("alliance", "body").iter_rows()) == {("x", "a"), ("x", "b"), ("y", "a"), ("y", "c")}
    fields = [patch for patch in plot.sheet.figure.axes[0].patches if patch.get_facecolor() is not None]
    assert len(fields) == 4 + 2  # two degrees of completeness in the key: complete, and not judged
    assert "An empty field means “not listed”, not “no member”" in plot.caption.text
    assert "Shown is the core" not in plot.caption.text


def test_a_matrix_that_fits_no_page_is_thinned_to_a_core_and_says_so(graph: Graph) -> None:
    plot = draw("matrix", graph.folder, wish_for("matrix"))
    assert "bodies listed in at least 2 of the alliances shown" in plot.caption.text
    assert min(plot.data.group_by("body").len()["len"]) >= 2
    assert min(plot.data.group_by("alliance").len()["len"]) >= 2


def test_a_network_draws_joined_alliances_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b").complete("y", "b", "c").complete("alone", "d")
    plot = made_plot("network", made, tmp_path / "all")
    assert set(plot.data["alliance"]) == {"x", "y"}
    assert "Not drawn: 1 alliances that share no listed member" in plot.caption.text
    assert {"A", "B", "C", "X", "Y"} <= shown(plot)
    named = made_plot("network", made, tmp_path / "named", alliance=["x", "alone"])
    assert set(named.data["alliance"]) == {"x", "alone"}


def test_a_timeline_has_a_line_for_each_member(graph: Graph) -> None:
    plot = draw("timeline", graph.folder, wish_for("timeline", alliance="netzwerk-tolerantes-sachsen"))
    known = load(graph.folder, "incidence").filter(
        pl.col("alliance") == "netzwerk-tolerantes-sachsen", pl.col("counts")
    )
    assert set(plot.data["member"]) == set(known["member"])
    undated = plot.data.filter(pl.col("attested_on").is_null() & pl.col("since").is_null()).group_by("member").len()
    numbers = [text for text, _, artist in texts(plot) if text.isdigit() and int(text) < 1900]
    assert sorted(numbers) == sorted(str(n) for n in undated["len"] if n > 1)


def test_a_timeline_is_of_one_alliance(graph: Graph) -> None:
    names = ["netzwerk-tolerantes-sachsen", "claim"]
    with pytest.raises(UsageError, match="one alliance"):
        draw("timeline", graph.folder, wish_for("timeline", alliance=names))


@pytest.mark.parametrize("kind", ["matrix", "network", "overlap"])
@pytest.mark.parametrize("width", [89, 183])
def test_long_names_and_markup_are_wrapped_whole(tmp_path: Path, kind: str, width: int) -> None:
    made = Made().complete("x", "a", "b").complete("y", "b", "c", "a")
    for body in ("x", "y", "a", "b", "c"):
        made.add("bodies", body=body, label_de=f"{body} {LONG}", is_alliance=body in "xy", kind="organization")
    plot = made_plot(kind, made, tmp_path, width_mm=width)
    assert outside(plot) == []
    assert overlapping(plot) == []
    written = "".join(text for text, _, _ in texts(plot)).replace("-", "").replace(" ", "")
    assert LONG.replace(" ", "") in written


def test_the_numbers_behind_a_plot_are_csv(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b").complete("y", "b")
    text = made_plot("matrix", made, tmp_path).to_csv()
    assert text.count("\r\n") == 4
    assert [row["body"] for row in csv.DictReader(StringIO(text))].count("b") == 2


def test_no_name_in_the_numbers_is_run_as_a_formula(tmp_path: Path) -> None:
    made = Made().complete("x", "a").add("bodies", body="a", label_de='=cmd|" /C calc"!A0', kind="organization")
    rows = list(csv.DictReader(StringIO(made_plot("matrix", made, tmp_path).to_csv())))
    assert [row["body_label"] for row in rows] == ['\'=cmd|" /C calc"!A0']
