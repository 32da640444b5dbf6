"""Bounds over all networks that the evidence allows: what holds of a body however the gaps are filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from buendnis_graph.errors import NetworkError
from buendnis_graph.network.evidence import COMPLETE, NOTHING, STATED, Places
from buendnis_graph.network.ranks import ranks
from buendnis_graph.network.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import polars as pl

SAMPLES, TOP = 1_000, 10


@dataclass(frozen=True, slots=True)
class Drawing:
    """How networks are drawn.

    Attributes:
        samples: how many.
        seed: the same one gives the same networks.
        inside: the share of open places that go to bodies in the graph; None: any, each equally likely, each time.
        top: a body's share is given of the networks in which its rank is this or better.
    """

    samples: int = SAMPLES
    seed: int = 1
    inside: float | None = None
    top: int = TOP


def bounds(
    places: Mapping[str, Places],
    labels: Mapping[str, str],
    drawing: Drawing,
    progress: Callable[[str], None] = lambda _: None,
) -> pl.DataFrame:
    """Return what holds of each body over all networks that the evidence allows.

    Args:
        places: of each alliance.
        labels: a name for each body.
        drawing: how networks are drawn.
        progress: called with how far it is.

    Returns:
        A table with ``body``, ``label``, ``degree_low`` and ``degree_high`` (memberships), ``rank_best``,
        ``rank_worst``, ``worst_exact``, and over the networks drawn ``rank_median``, ``rank_p05``, ``rank_p95`` and
        ``in_top`` (share with a rank of ``drawing.top`` or better). Sorted by ``degree_low``, most first, then by
        ``rank_median``, then by name.

    Raises:
        NetworkError: if there is no body.
    """
    import numpy as np
    import polars as pl

    ground = _Ground(places)
    if not ground.bodies:
        raise NetworkError("no body is in any of the alliances asked for.", hint="Ask for more: fewer filters.")
    exact = ranks(ground.low, [frozenset(open_to) for open_to in ground.open_to], ground.capacity)
    drawn = np.array([_ranks(np, degrees) for degrees in _degrees(np, ground, drawing, progress)])
    quantiles = np.quantile(drawn, [0.5, 0.05, 0.95], axis=0, method="inverted_cdf").astype(int)
    table = pl.DataFrame(
        {
            "body": ground.bodies,
            "label": [labels.get(body, body) for body in ground.bodies],
            "degree_low": ground.low,
            "degree_high": [low + len(to) for low, to in zip(ground.low, ground.open_to, strict=True)],
            "rank_best": [rank.best for rank in exact],
            "rank_worst": [rank.worst for rank in exact],
            "worst_exact": [rank.exact for rank in exact],
            "rank_median": quantiles[0],
            "rank_p05": quantiles[1],
            "rank_p95": quantiles[2],
            "in_top": (drawn <= drawing.top).mean(axis=0),
        }
    )
    return table.sort(["degree_low", "rank_median", "body"], descending=[True, False, False])


class _Ground:
    """The same places on numbers."""

    def __init__(self, places: Mapping[str, Places]) -> None:
        self.places = [places[alliance] for alliance in sorted(places)]
        everyone = _everyone(self.places)
        self.bodies = sorted(everyone)
        number = {body: n for n, body in enumerate(self.bodies)}
        self.low = [0] * len(self.bodies)
        self.open_to: list[list[int]] = [[] for _ in self.bodies]
        self.capacity: dict[int, int] = {}
        self.eligible: dict[int, list[int]] = {}
        for n, place in enumerate(self.places):
            for member in place.members:
                self.low[number[member]] += 1
            if place.high:
                those = (everyone if place.candidates is None else place.candidates) - place.members - place.barred
                self.capacity[n], self.eligible[n] = place.high, sorted(number[body] for body in those)
                for one in self.eligible[n]:
                    self.open_to[one].append(n)


def _degrees(np: Any, ground: _Ground, drawing: Drawing, progress: Callable[[str], None]) -> Iterator[Any]:
    """Yield how many memberships each body has, for each network drawn.

    The size of an alliance is drawn from those it can have, each equally likely; then how many of its open places go to
    bodies in the graph; then which bodies, each equally likely.
    """
    rng = np.random.default_rng(drawing.seed)
    low = np.array(ground.low)
    eligible = {n: np.array(those, dtype=int) for n, those in ground.eligible.items() if those}
    for sample in range(drawing.samples):
        if sample % 50 == 0:
            progress(f"{sample}/{drawing.samples}")
        degrees = low.copy()
        for n, those in eligible.items():
            size = int(rng.integers(ground.places[n].low, ground.places[n].high + 1))
            share = rng.random() if drawing.inside is None else drawing.inside
            taken = min(int(rng.binomial(size, share)), len(those))
            degrees[rng.choice(those, taken, replace=False, shuffle=False)] += 1
        yield degrees


def _ranks(np: Any, degrees: Any) -> Any:
    """Return for each body one more than the number of those with more memberships."""
    return 1 + len(degrees) - np.searchsorted(np.sort(degrees), degrees, side="right")


def assumptions(places: Mapping[str, Places], drawing: Drawing, slack: float, language: str) -> list[str]:
    """Return what bounds rest on, as sentences."""
    of = {basis: sum(place.basis == basis for place in places.values()) for basis in (COMPLETE, STATED, NOTHING)}
    unbounded = sum(place.unbounded for place in places.values())
    exceeded = sum(place.exceeded for place in places.values())
    keys = ["ground", *of, *(["unbounded"] if unbounded else []), *(["exceeded"] if exceeded else [])]
    keys += ["slack"] if slack else []
    keys += ["outside" if drawing.inside is None else "inside", "drawn"]
    numbers = {**of, "unbounded": unbounded, "exceeded": exceeded}
    parts = {"slack": f"{slack:.0%}", "inside": drawing.inside, "samples": drawing.samples, "seed": drawing.seed}
    ground = {"alliances": len(places), "bodies": len(_everyone(places.values()))}
    return [say("bounds", key, language, n=numbers.get(key), **parts, **ground) for key in keys]


def _everyone(places: Iterable[Places]) -> set[str]:
    """Return the bodies that are in one of the places or can be."""
    return {body for place in places for body in place.members | (place.candidates or frozenset())}
