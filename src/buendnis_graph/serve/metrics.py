"""What ``/metrics`` tells, in the text format of Prometheus. Nothing of it is about single clients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_EVENTS = {
    "workers_started": "Workers that were forked.",
    "killed_time": "Queries stopped as they took too long.",
    "workers_ended": "Workers that ended over a query, most as it took too much memory.",
    "put_back": "Queries that had to wait for a slow slot after a try in a quick one.",
    "refused_busy": "Queries refused as too many waited.",
    "refused_waited": "Queries refused as they had waited for too long.",
    "cache_hits": "Queries answered by an answer that was kept.",
    "cache_misses": "Queries whose answer could be kept, but was not yet.",
    "clients_left": "Queries ended as their clients left.",
}


class Metrics:
    """What has happened since the server started.

    Attributes:
        counts: of events, by name.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._statuses: Counter[tuple[str, int]] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0

    def note(self, route: str, status: int, seconds: float) -> None:
        """Note a request that was answered."""
        self._statuses[route, status] += 1
        self._seconds += seconds
        self._buckets[next((bound for bound in _BOUNDS if seconds <= bound), float("inf"))] += 1

    def text(self, gauges: Mapping[str, int], build: str) -> str:
        """Return all as text.

        Args:
            gauges: what there is at the moment, by name.
            build: the name of the build that is served.
        """
        lines = [
            *_head("build_info", "gauge", "The build that is served."),
            f'buendnis_build_info{{build="{build}"}} 1',
        ]
        lines += _head("requests_total", "counter", "Requests answered; 499: the client left before.")
        for (route, status), number in sorted(self._statuses.items()):
            lines.append(f'buendnis_requests_total{{route="{route}",status="{status}"}} {number}')
        lines += _head("request_seconds", "histogram", "Seconds until requests were answered.")
        total = 0
        for bound in (*_BOUNDS, float("inf")):
            total += self._buckets[bound]
            name = "+Inf" if bound == float("inf") else f"{bound:g}"
            lines.append(f'buendnis_request_seconds_bucket{{le="{name}"}} {total}')
        lines += [f"buendnis_request_seconds_sum {self._seconds:.6f}", f"buendnis_request_seconds_count {total}"]
        for name, meaning in _EVENTS.items():
            lines += [*_head(f"{name}_total", "counter", meaning), f"buendnis_{name}_total {self.counts[name]}"]
        for name, value in sorted(gauges.items()):
            lines += [
                *_head(name, "gauge", f"{name.replace('_', ' ').capitalize()} at the moment."),
                f"buendnis_{name} {value}",
            ]
        return "\n".join(lines) + "\n"


def _head(name: str, kind: str, meaning: str) -> list[str]:
    return [f"# HELP buendnis_{name} {meaning}", f"# TYPE buendnis_{name} {kind}"]
