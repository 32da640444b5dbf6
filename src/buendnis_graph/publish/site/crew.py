"""Documents made by several processes: each reads the store by itself and writes files aside, to be put in place here.

The processes are new ones of Python that are sent what to do, as pickles, through their standard input. Those of
:mod:`multiprocessing` would run the user's own program once more, or inherit a store that is open.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from buendnis_graph.errors import BuendnisError, LostProcessError
from buendnis_graph.graph import Graph
from buendnis_graph.processors import processors
from buendnis_graph.publish.dumps.licences import Licences
from buendnis_graph.publish.search import Found
from buendnis_graph.publish.site.beside import read_beside
from buendnis_graph.publish.site.folder import Drafted, Drafts, Files
from buendnis_graph.publish.site.make import Site
from buendnis_graph.publish.site.pages import WholeSite, batches, made, progress
from buendnis_graph.settings import Project
from buendnis_graph.store.bulk import shards_of

_FEW = 1000
"""Documents that one process makes sooner than others begin."""
_MOST = 8
"""Processes at most: each holds up to some 800 MB, and all write to one disk."""
_AHEAD = 100
"""Batches that are begun before the first of them is done: some take long."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a process needs to know to make documents of a site.

    Attributes:
        root: of the project.
        build: the folder of the build.
        output: the folder of the site.
        site_url: address of the site, or empty.
        rows: of a list on a page.
        further: as :class:`~buendnis_graph.publish.site.make.Site` takes it.
        uses: likewise.
    """

    root: Path
    build: Path
    output: Path
    site_url: str
    rows: int
    further: Mapping[str, Sequence[str]]
    uses: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents to be made, by IRI, and the folder for their files, on the same disk as the site."""

    iris: Sequence[str]
    aside: str


@dataclass(frozen=True, slots=True)
class Done:
    """Files that were written aside, and what their documents give to be found."""

    files: list[tuple[str, Drafted]]
    found: list[Found]


def made_by_crew(site: WholeSite, output: Path, aside: Path) -> Files:
    """Yield path and content of the files of all documents of a site, made by a process for each processor, up to 8.

    Args:
        site: the site.
        output: its folder.
        aside: a folder in the same file system for this alone.

    Raises:
        LostProcessError: if a process is gone.
        BuendnisError: if one can't do its work.
        OSError: likewise.
    """
    graph, survey = site.graph, site.survey
    order = Order(graph.project.root, graph.folder, output, site.site_url, site.rows, survey.further, survey.uses)
    work = [Batch(iris, str(aside / f"batch-{n}")) for n, iris in enumerate(batches(survey.documents))]
    with closing(_crew(order, work, min(processors(), _MOST, len(work)))) as crew:
        for number in range(len(work)):
            site.step(progress(site, number))
            done = next(crew)
            site.found += done.found
            yield from done.files


def is_worth_it(site: WholeSite) -> bool:
    """Return whether several processes make the documents of a site sooner than one does.

    Where a bulk source was taken in, each would load all that is published into memory, and not know of its pages.
    """
    is_large = len(site.survey.documents) >= _FEW and not shards_of(site.graph.folder)
    return is_large and processors() > 1


def _crew(order: Order, work: Iterable[Batch], number: int) -> Generator[Done, None, None]:
    """Yield what a number of processes make of some work, in its order."""
    left, free = iter(work), SimpleQueue[_Process]()
    processes: list[_Process] = []
    pool = ThreadPoolExecutor(number)

    def do(batch: Batch) -> Done:
        process = free.get()
        try:
            return process.do(batch)
        finally:
            free.put(process)

    try:
        for _ in range(number):
            processes.append(_Process(order))
            free.put(processes[-1])
        waiting = deque(pool.submit(do, batch) for batch in islice(left, _AHEAD))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(do, batch) for batch in islice(left, 1))
    finally:
        for process in processes:
            process.kill()  # before its thread is waited for: what it still does is for nothing
        pool.shutdown(cancel_futures=True)
        for process in processes:
            process.close()


class _Process:
    """A process that makes documents.

    Args:
        order: for it.
    """

    def __init__(self, order: Order) -> None:
        command = [sys.executable, "-P", "-c", f"from {__name__} import work; work()"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - of our own
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        assert self._process.stdout is not None  # noqa: S101
        self._to: IO[bytes] = self._process.stdin
        self._from: IO[bytes] = self._process.stdout
        self._order: Order | None = order

    def do(self, batch: Batch) -> Done:
        """Return what it makes of a batch.

        Raises:
            LostProcessError: if it is gone.
            Exception: that kept it from its work.
        """
        try:
            if self._order is not None:
                _send(self._to, self._order)
                self._order = None
            _send(self._to, batch)
            done = pickle.load(self._from)  # noqa: S301 - it is ours
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            raise LostProcessError(
                "a process that makes pages has ended before it was done. Nothing was written.",
                hint="It may have been killed, or had too little memory: begin again.",
            ) from error
        if isinstance(done, Exception):
            raise done
        assert isinstance(done, Done)  # noqa: S101
        return done

    @property
    def number(self) -> int:
        """The number that the system knows it by."""
        return self._process.pid

    def kill(self) -> None:
        """End it: it holds nothing that could be lost."""
        self._process.kill()

    def close(self) -> None:
        """Wait for its end, and close what led to it: nobody may be waiting for its answer."""
        self._process.communicate()


def work() -> None:
    """Make documents as the standard input says, until it ends; what was made is told on the standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began this one ends it
    to, batches_ = os.fdopen(os.dup(1), "wb"), sys.stdin.buffer
    os.dup2(2, 1)  # what others print is no answer
    order: Order = pickle.load(batches_)  # noqa: S301 - it is ours
    site: Site | None = None
    gc.disable()  # what is let go is collected then
    gc.freeze()  # what is there stays
    while True:
        try:
            batch: Batch = pickle.load(batches_)  # noqa: S301
        except EOFError:
            return
        try:
            site = site or _site(order)
            told: Done | Exception = _done(site, order, batch)
        except Exception as error:  # noqa: BLE001 - told as what it is
            if not isinstance(error, BuendnisError | OSError):
                error.add_note(traceback.format_exc())
            told = error
        try:
            _send(to, told)
        except BrokenPipeError:  # who asked is gone
            return


def _site(order: Order) -> Site:
    from buendnis_graph.publish.site.whole import site_with  # here, as that needs this module

    graph = Graph(Project(order.root))
    graph.folder = order.build
    site = site_with(Site, graph, read_beside(graph, order.output, order.site_url), Licences.of(graph, current=True))
    site.rows, site.further, site.uses = order.rows, order.further, order.uses
    return site


def _done(site: Site, order: Order, batch: Batch) -> Done:
    drafts, found = Drafts(str(order.output), batch.aside), list[Found]()
    return Done([(path, drafts.put(path, text)) for path, text in made(site, batch.iris, found)], found)


def _send(to: IO[bytes], what: object) -> None:
    pickle.dump(what, to, protocol=pickle.HIGHEST_PROTOCOL)
    to.flush()
