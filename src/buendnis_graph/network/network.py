"""A network, opened: what it rests on, its pairs, measures, tests, bounds, and its files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from buendnis_graph.errors import NetworkError, UsageError
from buendnis_graph.network import chance as null_model
from buendnis_graph.network.bounds import Drawing, assumptions, bounds
from buendnis_graph.network.evidence import places
from buendnis_graph.network.export import Content, save
from buendnis_graph.network.filters import COMPLETENESS, Filters, several
from buendnis_graph.network.minimum import require_enough
from buendnis_graph.network.projection import WEIGHTS, project
from buendnis_graph.network.select import select
from buendnis_graph.network.source import Source
from buendnis_graph.network.summary import as_json, as_text

if TYPE_CHECKING:
    import polars as pl

MODES = ("two-mode", "bodies", "alliances")
"""The network itself, and its projections."""


def _silent(_: str) -> None:
    """Say nothing of how far it is."""


class Network:
    """A network of bodies and alliances; made by :func:`open_network`.

    Attributes:
        selection: the memberships it rests on, and what was left out.
        language: of names and texts.
    """

    def __init__(self, source: Source, filters: Filters, language: str = "de") -> None:
        self._source, self.language = source, language
        self.selection = select(source, filters)

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {body: names[self.language != "de"] for body, names in self._source.labels.items()}

    def summary(self) -> dict[str, Any]:
        """Return how much remains, what was left out and why, and what to beware of (``warnings``)."""
        return as_json(self.selection)

    def describe(self, names: int = 3) -> str:
        """Return the summary as a text in the language of the network.

        Args:
            names: how many names to give of what was left out for a reason.
        """
        return "\n".join(as_text(self.selection, self._source.labels, self.language, names))

    def bodies(self) -> pl.DataFrame:
        """Return the bodies: ``body``, ``label``, ``kind``, ``memberships``; most memberships first, then by name."""
        import polars as pl

        counted = self.selection.memberships.group_by("body").agg(pl.len().cast(pl.Int64).alias("memberships"))
        kinds = self._source["bodies"].select("body", "kind")
        return (
            counted.join(kinds, on="body", how="left")
            .with_columns(self._label("body"))
            .select("body", "label", "kind", "memberships")
            .sort(["memberships", "body"], descending=[True, False])
        )

    def pairs(self, onto: str = "bodies", by: str = "shared", at_least: int = 1) -> pl.DataFrame:
        """Return the pairs that share something: ``a``, ``b``, their labels, ``shared``, ``jaccard``, ``cosine``.

        Args:
            onto: ``bodies`` (that share alliances) or ``alliances`` (that share bodies).
            by: ``shared``, ``jaccard`` or ``cosine``: what to sort by, largest first.
            at_least: how many they must share.

        Raises:
            UsageError: if there is no such projection or weight.
            NetworkError: if there are more pairs than can be listed.
        """
        import polars as pl

        _one_of(by, WEIGHTS)
        pairs = project(self.selection.memberships, _onto(onto), at_least)
        pairs = pairs.sort([by, "a", "b"], descending=[True, False, False])
        named = [self._label(end).alias(f"{end}_label") for end in "ab"]
        return pairs.with_columns(pl.col("a", "b").cast(pl.String), *named).select(
            "a", "a_label", "b", "b_label", *WEIGHTS
        )

    def measures(self, onto: str = "bodies", seed: int = 1, progress: Callable[[str], None] = _silent) -> pl.DataFrame:
        """Return centralities, constraint, core and community; see :mod:`buendnis_graph.network.measures`.

        Args:
            onto: ``bodies`` or ``alliances``.
            seed: of the search for communities.
            progress: called with what is being done.

        Raises:
            NetworkError: if the network is too small to bear them; ask for :meth:`bounds` then.
        """
        from buendnis_graph.network.measures import measure

        require_enough(self.selection, self.language)
        return measure(self.selection.memberships, self._labels, _onto(onto), seed, progress)

    def chance(
        self, samples: int = null_model.SAMPLES, seed: int = 1, progress: Callable[[str], None] = _silent
    ) -> pl.DataFrame:
        """Return for each two alliances whether they share more bodies than chance.

        See :mod:`buendnis_graph.network.chance`.

        Args:
            samples: how many networks to draw under the null model.
            seed: the same one gives the same result.
            progress: called with how far it is.

        Raises:
            NetworkError: if the network is too small for tests.
        """
        require_enough(self.selection, self.language)
        return null_model.more_than_chance(self.selection.memberships, self._labels, samples, seed, progress)

    def bounds(
        self,
        slack: float = 0.0,
        drawing: Drawing = Drawing(),  # noqa: B008 - frozen
        progress: Callable[[str], None] = _silent,
    ) -> pl.DataFrame:
        """Return what holds of each body over all networks that the evidence allows.

        All alliances asked for are in, whatever lists there are of them. :meth:`assumptions` says what is assumed;
        see :mod:`buendnis_graph.network.bounds`.

        Args:
            slack: by which share sizes without an upper end may be larger.
            drawing: how networks are drawn.
            progress: called with how far it is.

        Raises:
            NetworkError: if there is no body.
        """
        return bounds(places(self._source, self.selection.filters, slack), self._labels, drawing, progress)

    def assumptions(self, slack: float = 0.0, drawing: Drawing = Drawing()) -> list[str]:  # noqa: B008 - frozen
        """Return what :meth:`bounds` rests on, as sentences in the language of the network."""
        return assumptions(places(self._source, self.selection.filters, slack), drawing, slack, self.language)

    def to_igraph(self, mode: str = "two-mode", weight: str = "shared") -> Any:
        """Return an ``igraph.Graph``; nodes have ``name`` and the attributes of the exports, edges ``weight``."""
        from buendnis_graph.network.handed import to_igraph

        return to_igraph(self.content(mode, weight))

    def to_networkx(self, mode: str = "two-mode", weight: str = "shared") -> Any:
        """Return a ``networkx.Graph``; nodes have ``bipartite`` and the attributes of the exports, edges ``weight``."""
        from buendnis_graph.network.handed import to_networkx

        return to_networkx(self.content(mode, weight))

    def export(self, path: str | Path, mode: str = "two-mode", weight: str = "shared") -> list[Path]:
        """Write the network as GraphML, GEXF, Pajek or CSV, by the suffix; return the files written.

        Raises:
            UsageError: if the suffix names no format, or there is no such mode or weight.
            NetworkError: if nothing remains to be written.
        """
        if self.selection.memberships.is_empty():
            raise NetworkError("nothing remains to be written.", hint="Ask for more: other filters, or partial lists.")
        return save(self.content(mode, weight), Path(path))

    def content(self, mode: str = "two-mode", weight: str = "shared") -> Content:
        """Return nodes and edges with all attributes, as they are exported."""
        from buendnis_graph.network.contents import content

        _one_of(mode, MODES)
        _one_of(weight, WEIGHTS)
        about = self.describe(0).splitlines()
        return content(self.selection, self._source, self._labels, mode, weight, about)

    def _label(self, column: str) -> pl.Expr:
        import polars as pl

        return pl.col(column).cast(pl.String).replace(self._labels).alias("label")


def open_network(
    tables: str | Path | Mapping[str, pl.DataFrame],
    *,
    at: str | None = None,
    topic: str | Iterable[str] | None = None,
    region: str | Iterable[str] | None = None,
    role: str | Iterable[str] | None = None,
    alliance: str | Iterable[str] | None = None,
    completeness: str = COMPLETENESS[0],
    language: str = "de",
) -> Network:
    """Open a network on the tables of a build.

    Args:
        tables: the folder of a build, or its tables by name.
        at: a year, month or day; None: each list at its own time.
        topic: topics of alliances, by slug or name; what is below them belongs to them.
        region: federal states that alliances are or work in, by official key or name.
        role: roles by slug; None: those that count as membership.
        alliance: alliances by slug or name.
        completeness: ``complete``, ``partial`` or ``any``: how complete the lists must be.
        language: of names and texts, ``de`` or ``en``.

    Raises:
        NotBuiltError: if the build has no tables.
        QueryError: if nothing bears a name.
        UsageError: if the date, completeness or language is none.
    """
    _one_of(language, ("de", "en"))
    filters = Filters(at, several(topic), several(region), several(role), several(alliance), completeness)
    return Network(Source(Path(tables) if isinstance(tables, str) else tables), filters, language)


def _onto(mode: str) -> str:
    _one_of(mode, MODES[1:])
    return {"bodies": "body", "alliances": "alliance"}[mode]


def _one_of(value: str, known: Iterable[str]) -> None:
    if value not in known:
        raise UsageError(f"'{value}' is none of: {', '.join(known)}.")
