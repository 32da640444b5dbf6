"""The figures of the method report, read from the tables and the report of a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from buendnis_graph.graph import Graph
from buendnis_graph.store.builds import read_report
from buendnis_graph.tables import load
from buendnis_graph.wording import read_toml

if TYPE_CHECKING:
    import polars as pl

_SAXONY = "14"


def figures(graph: Graph) -> dict[str, int | float]:
    """Return all figures by name; shares are between 0 and 1."""
    report = read_report(graph.folder)
    corpus = read_toml(__file__, "corpus.toml")
    counts = {name.replace("-", "_"): number for name, number in report["counts"].items()}
    return {
        **{f"rows_{name}": number for name, number in corpus.items()},
        **counts,
        **_coverage(report["coverage"]),
        **_lists(load(graph.folder, "lists")),
        **_evidence(load(graph.folder, "incidence"), load(graph.folder, "attestations")),
        **_places(load(graph.folder, "places")),
    }


def _coverage(rows: list[dict[str, str]]) -> dict[str, int | float]:
    stated = [(int(row["known"]), int(row["number"])) for row in rows if int(row["number"]) > 0]
    return {
        "with_size": len(stated),
        "with_half": sum(2 * known >= number for known, number in stated),
        "with_none": sum(known == 0 for known, _ in stated),
    }


def _lists(lists: pl.DataFrame) -> dict[str, int | float]:
    by = dict(lists.group_by("completeness").len().iter_rows())
    return {
        "lists": len(lists),
        "lists_complete": by.get("complete", 0),
        "lists_partial": by.get("partial", 0),
        "lists_examples": by.get("examples", 0),
    }


def _evidence(incidence: pl.DataFrame, attestations: pl.DataFrame) -> dict[str, int | float]:
    import polars as pl

    dated = (
        incidence.filter(pl.col("counts"))
        .group_by("membership")
        .agg(pl.col("first_attested").is_not_null().any().alias("is_dated"))
    )
    by_membership = (
        attestations.filter(pl.col("counts"))
        .group_by("membership")
        .agg(
            pl.col("page").n_unique().alias("pages"),
            (pl.col("publisher") == pl.col("member")).fill_null(value=False).all().alias("is_own_word"),
        )
    )
    single, undated = int(by_membership["pages"].eq(1).sum()), int((~dated["is_dated"]).sum())
    sites = attestations.select(pl.col("source").str.split("/").list.first().alias("site"))["site"]
    largest = int(sites.value_counts(sort=True)["count"].head(5).sum())
    total = max(len(dated), 1)
    return {
        "single_page": single,
        "single_page_share": single / total,
        "undated": undated,
        "undated_share": undated / total,
        "own_word": int(by_membership["is_own_word"].sum()),
        "sites": sites.n_unique(),
        "largest_sites_share": largest / max(len(sites), 1),
    }


def _places(places: pl.DataFrame) -> dict[str, int | float]:
    import polars as pl

    located = places.filter(pl.col("relation").is_in(["location", "seat"]) & pl.col("state").is_not_null())
    bodies = located.group_by("body").agg((pl.col("state") == _SAXONY).any().alias("saxon"))
    saxon = int(bodies["saxon"].sum())
    return {
        "located": len(bodies),
        "saxon": saxon,
        "saxon_share": saxon / max(len(bodies), 1),
    }
