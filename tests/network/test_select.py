"""Which memberships a network rests on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from buendnis_graph.errors import NotBuiltError, QueryError, UsageError
from buendnis_graph.graph import Graph
from buendnis_graph.membership import memberships_at
from buendnis_graph.namespaces import BASE
from buendnis_graph.network import open_network
from buendnis_graph.network.filters import Filters
from buendnis_graph.network.select import Selection, select
from buendnis_graph.network.source import Source
from buendnis_graph.network.summary import as_json, as_text
from tests.network.made import Made


def chosen(made: Made, path: Path, **filters: Any) -> Selection:
    return select(made.source(path), Filters(**filters))


def pairs(selection: Selection) -> set[tuple[str, str]]:
    return set(selection.memberships.select("alliance", "body").iter_rows())


def left_out(selection: Selection) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {one.reason: (one.memberships, one.alliances) for one in selection.left_out}


def test_only_members_of_a_list_judged_complete_are_in(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b").member("x", "c")
    made.list("y-page", "y", "partial").member("y", "a", on="y-page").member("z", "a")
    selection = chosen(made, tmp_path)
    assert pairs(selection) == {("x", "a"), ("x", "b")}
    assert left_out(selection) == {
        "only-partial-list": (1, ("y",)),
        "no-list": (1, ("z",)),
        "not-on-list": (1, ("x",)),
    }


def test_a_list_is_judged_for_its_role_alone(tmp_path: Path) -> None:
    made = Made().complete("x", "a", role="consortium-partner").member("x", "b", "member")
    selection = chosen(made, tmp_path)
    assert pairs(selection) == {("x", "a")}
    assert left_out(selection) == {"not-on-list": (1, ("x",))}


def test_partial_lists_must_be_asked_for_and_do_not_dilute_a_complete_one(tmp_path: Path) -> None:
    made = Made().complete("x", "a").list("x-page", "x", "partial").member("x", "b", on="x-page")
    made.list("y-page", "y", "partial").member("y", "a", on="y-page").member("z", "a")
    selection = chosen(made, tmp_path / "partial", completeness="partial")
    assert pairs(selection) == {("x", "a"), ("y", "a")}
    assert as_json(selection)["warnings"] == ["partial"]
    everything = chosen(made, tmp_path / "any", completeness="any")
    assert pairs(everything) == {("x", "a"), ("x", "b"), ("y", "a"), ("z", "a")}
    assert everything.left_out == ()
    assert as_json(everything)["warnings"] == ["any"]


def test_of_two_complete_lists_the_later_one_holds(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b", as_of="2019-01-01").complete("x", "b", "c", as_of="2021-01-01")
    assert pairs(chosen(made, tmp_path / "now")) == {("x", "b"), ("x", "c")}
    then = chosen(made, tmp_path / "then", at="2019-01-01")
    assert pairs(then) == {("x", "a"), ("x", "b")}
    assert pairs(chosen(made, tmp_path / "year", at="2021")) == {("x", "b"), ("x", "c")}


def test_between_two_lists_who_was_on_either_is_not_known_as_a_whole(tmp_path: Path) -> None:
    made = Made().complete("x", "a", as_of="2019-01-01").complete("y", "a", as_of="2020-06-01")
    made.list("y-undated", "z", "complete").member("z", "a", on="y-undated", attested="2020-06-01")
    selection = chosen(made, tmp_path, at="2020-06")
    assert pairs(selection) == {("y", "a")}
    assert left_out(selection) == {"unknown-then": (1, ("x",)), "list-undated": (1, ("z",))}


def test_what_has_ended_is_left_out_without_a_date(tmp_path: Path) -> None:
    made = Made().complete("x", "a").member("x", "b", on="x-list", until="2020-01-01", state="ended-dated")
    selection = chosen(made, tmp_path)
    assert pairs(selection) == {("x", "a")}
    assert left_out(selection) == {"ended": (1, ("x",))}


def test_a_date_keeps_what_is_sure_and_counts_the_rest(tmp_path: Path) -> None:
    made = Made().member("x", "a", since="2019-01-01", until="2021-01-01").member("x", "b")
    made.member("x", "c", since="2022-01-01")
    selection = chosen(made, tmp_path, at="2020", completeness="any")
    assert pairs(selection) == {("x", "a")}
    assert left_out(selection) == {"unknown-then": (1, ("x",)), "not-then": (1, ("x",))}


def test_who_is_absent_from_a_complete_list_of_then_was_not_in(tmp_path: Path) -> None:
    selection = chosen(
        Made().complete("x", "a", as_of="2020-01-01").member("x", "b"), tmp_path, at="2020", completeness="any"
    )
    assert pairs(selection) == {("x", "a")}
    assert left_out(selection) == {"not-then": (1, ("x",))}


def test_the_answer_as_of_a_date_is_that_of_memberships(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b", as_of="2020-01-01").member("x", "c").member("y", "a", since="2021-01-01")
    made.member("y", "b", since="2019-01-01", until="2022-01-01").member("y", "c", attested="2020-06-01")
    folder = made.folder(tmp_path)
    for at in ("2018", "2020", "2020-01-01", "2020-06", "2021", "2022-01-02"):
        selection = select(Source(folder), Filters(at=at, completeness="any"))
        said = memberships_at(folder, at)
        assert pairs(selection) == set(said.filter(pl.col("answer") == "yes").select("alliance", "member").iter_rows())
        unknown, _ = left_out(selection).get("unknown-then", (0, ()))
        assert unknown == said.filter(pl.col("answer") == "unknown").height


def test_a_role_that_does_not_count_is_judged_by_what_is_said_of_it(tmp_path: Path) -> None:
    made = Made().member("x", "a", "carrier", attested="2020-01-01").member("x", "b", "carrier")
    selection = chosen(made, tmp_path, at="2020-01-01", role=("carrier",), completeness="any")
    assert pairs(selection) == {("x", "a")}


def test_a_return_is_one_membership(tmp_path: Path) -> None:
    made = Made().complete("x", "a").member("x", "a", on="x-list", spell=2)
    assert len(chosen(made, tmp_path).memberships) == 1


def test_founders_are_counted_apart_and_not_mixed_into_a_list_of_members(tmp_path: Path) -> None:
    made = Made().complete("x", "a", "b").complete("x", "b", "f", role="founding-member")
    made.complete("y", "a", role="founding-member")
    selection = chosen(made, tmp_path)
    assert pairs(selection) == {("x", "a"), ("x", "b"), ("y", "a")}
    assert selection.founding == ["y"]
    assert selection.from_complete_lists == ["x"]
    assert left_out(selection) == {"founder-not-listed": (1, ("x",))}
    numbers = as_json(selection)
    assert (numbers["alliances"], numbers["founding_alliances"], numbers["bodies"]) == (1, 1, 2)


def test_of_a_chain_the_latest_is_kept_over_any_number_of_steps(tmp_path: Path) -> None:
    made = Made().complete("old", "a").complete("mid", "a").complete("new", "a").complete("other", "a")
    made.succeeds("new", "mid").succeeds("mid", "old")
    selection = chosen(made, tmp_path)
    assert selection.alliances == ["new", "other"]
    (one,) = [one for one in selection.left_out if one.reason == "same-chain"]
    assert one.instead == {"mid": "new", "old": "new"}


def test_of_a_chain_the_one_of_the_time_is_kept(tmp_path: Path) -> None:
    made = Made().succeeds("new", "old", "2021-07-01")
    for alliance in ("old", "new"):
        made.member(alliance, "a", since="2020-01-01", until="2023-01-01")
    assert chosen(made, tmp_path / "before", at="2020-06-01", completeness="any").alliances == ["old"]
    assert chosen(made, tmp_path / "after", at="2022-06-01", completeness="any").alliances == ["new"]


def test_both_of_a_chain_are_in_if_both_are_named_and_that_is_said(tmp_path: Path) -> None:
    made = Made().complete("old", "a").complete("new", "a").succeeds("new", "old")
    assert chosen(made, tmp_path / "one", alliance=("old",)).alliances == ["old"]
    both = chosen(made, tmp_path / "both", alliance=("old", "new"))
    assert both.has_chains
    assert as_json(both)["warnings"] == ["chains"]


def test_topics_hold_what_is_below_them_and_say_who_has_none(tmp_path: Path) -> None:
    made = Made().complete("x", "a").complete("y", "a").complete("z", "a")
    made.add("topics", body="x", topic="anti-racism", label_de="Rassismus", broader="discrimination top")
    made.add("topics", body="y", topic="climate", label_de="Klima")
    for number, topic in enumerate(("anti-racism", "rassismus", "discrimination")):
        selection = chosen(made, tmp_path / str(number), topic=(topic,))
        assert selection.alliances == ["x"]
        assert left_out(selection) == {"no-topic": (0, ("z",)), "other-topic": (0, ("y",))}


def test_regions_are_federal_states_by_key_or_name(tmp_path: Path) -> None:
    made = (
        Made()
        .complete("x", "a")
        .complete("y", "a")
        .complete("z", "a")
        .complete("w", "a")
        .add("places", body="x", relation="area", place="ags-14", state="14")
        .add("places", body="z", relation="area", place="de")
        .add("places", body="w", relation="seat", place="ags-11", state="11")
    )
    for number, region in enumerate(("14", "Sachsen", "saxony")):
        selection = chosen(made, tmp_path / str(number), region=(region,))
        assert selection.alliances == ["x"]
        assert left_out(selection) == {"no-place": (0, ("y",)), "other-place": (0, ("w", "z"))}


def test_a_role_that_does_not_count_must_be_named_and_warns(tmp_path: Path) -> None:
    made = Made().complete("x", "a").complete("x", "b", role="carrier")
    assert pairs(chosen(made, tmp_path / "default")) == {("x", "a")}
    carriers = chosen(made, tmp_path / "carrier", role=("carrier",))
    assert pairs(carriers) == {("x", "b")}
    assert as_json(carriers)["warnings"] == ["uncounted"]
    assert any("carrier" in line for line in as_text(carriers, {}, "en"))


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        ({"topic": ("rasismus",)}, "Did you mean: Rassismus?"),
        ({"region": ("Sachse",)}, "Did you mean: Sachsen"),
        ({"role": ("membr",)}, "Did you mean: member"),
        ({"alliance": ("xyzzy",)}, "Alliances: buendnis query alliances"),
    ],
)
def test_unknown_names_are_errors_that_help(tmp_path: Path, filters: dict[str, Any], says: str) -> None:
    made = Made().complete("x", "a").add("topics", body="x", topic="racism", label_de="Rassismus")
    with pytest.raises(QueryError) as error:
        chosen(made, tmp_path, **filters)
    assert says in str(error.value)


def test_wrong_values_are_errors() -> None:
    with pytest.raises(UsageError, match="no date"):
        Filters(at="gestern")
    with pytest.raises(UsageError, match="completeness"):
        Filters(completeness="full")


def test_a_build_without_tables_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="buendnis build"):
        select(Source(tmp_path), Filters())


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_summary_says_all_in_both_languages(tmp_path: Path, language: str) -> None:
    made = Made().complete("x", "a", as_of="2020-01-01").member("z", "a")
    source = made.source(tmp_path)
    text = "\n".join(as_text(select(source, Filters()), source.labels, language))
    assert "2020-01-01" in text
    assert "Z" in text
    nothing = select(source, Filters(at="1990"))
    assert len(nothing.memberships) == 0
    assert len(as_text(nothing, source.labels, language)) >= 3


def test_an_alliance_goes_by_any_of_its_names_and_by_its_iri(graph: Graph) -> None:
    for name in ("Tolerantes Sachsen", "netzwerk tolerantes sachsen", f"{BASE}id/netzwerk-tolerantes-sachsen"):
        net = open_network(graph.folder, alliance=name, completeness="any")
        assert set(net.selection.memberships["alliance"]) == {"netzwerk-tolerantes-sachsen"}
    with pytest.raises(QueryError, match="Did you mean: Netzwerk Tolerantes Sachsen"):
        open_network(graph.folder, alliance="Tolerantes Sachen")
