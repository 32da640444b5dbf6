"""Who has used least lately is served next, and who floods a queue takes no place from others."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.serve.fair import HALF_LIFE, Client, Queue, Usage


@dataclass(eq=False)
class Job:
    client: Client


def job(address: str, port: int = 1) -> Job:
    return Job(Client(address, port))


def test_the_first_is_first_among_equals() -> None:
    queue = Queue[Job](9, Usage())
    jobs = [job("a", port) for port in range(5)]
    for one in jobs:
        assert queue.put(one, 0.0) is None
    assert [queue.take(0.0) for _ in jobs] == jobs


def test_who_used_less_goes_before_who_used_more() -> None:
    usage = Usage()
    usage.charge(Client("a", 1), 9.0, 0.0)
    usage.charge(Client("b", 1), 1.0, 0.0)
    queue = Queue[Job](9, usage)
    jobs = [job("a", 2), job("b", 1), job("b", 2), job("c")]
    for one in jobs:
        queue.put(one, 0.0)
    assert [queue.take(0.0) for _ in jobs] == [jobs[3], jobs[2], jobs[1], jobs[0]]


def test_use_fades() -> None:
    usage = Usage()
    usage.charge(Client("a", 1), 8.0, 0.0)
    assert usage.rank(Client("a", 2), HALF_LIFE) == (4.0, 0.0)
    assert usage.rank(Client("a", 1), 3 * HALF_LIFE) == (1.0, 1.0)


@given(st.lists(st.sampled_from("aaab"), min_size=1, max_size=60))
def test_a_full_queue_drops_the_greediest(addresses: list[str]) -> None:
    usage = Usage()
    usage.charge(Client("a", 1), 5.0, 0.0)
    queue = Queue[Job](10, usage)
    waiting: list[Job] = []
    for address in addresses:
        waiting.append(one := job(address))
        gone = queue.put(one, 0.0)
        if gone is not None:
            waiting.remove(gone)
            assert gone.client.address == "a" or all(other.client.address == "b" for other in waiting)
        assert len(queue) == len(waiting) <= 10


def test_what_is_dropped_waits_no_more() -> None:
    queue = Queue[Job](9, Usage())
    one, two = job("a"), job("a")
    queue.put(one, 0.0)
    queue.put(two, 0.0)
    queue.drop(one)
    queue.drop(one)
    assert queue.take(0.0) is two
    assert len(queue) == 0
