"""Run the server until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any, cast

from buendnis_graph.errors import UsageError
from buendnis_graph.extras import need
from buendnis_graph.serve.seal import say_if_not_sealed
from buendnis_graph.serve.settings import Settings
from buendnis_graph.settings import Project

_DRAIN = 5
"""Seconds that answers may take to be sent when the server stops, beside the time that queries may take."""


def run(project: Project | None, settings: Settings, started: Callable[[str], None]) -> None:
    """Serve the current build of a project until SIGTERM or SIGINT; what is being answered then is answered.

    Args:
        project: whose builds are served; None if another endpoint answers.
        settings: of the server.
        started: told the address when the server answers.

    Raises:
        NotBuiltError: if there is no build.
        EndpointError: if another endpoint is to answer and does not.
        UsageError: if the address can't be listened at.
        MissingExtraError: if a package of the extra ``serve`` is not installed.
    """
    for package in ("uvicorn", "httptools", "h11"):
        need(package)
    _allow_connections(settings.connections)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if project is not None:  # else nothing is evaluated here
        say_if_not_sealed()
    with _listening(settings) as listener, asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(project, settings, listener, started))


async def _serve(
    project: Project | None, settings: Settings, listener: socket.socket, started: Callable[[str], None]
) -> None:
    import uvicorn

    from buendnis_graph.serve.connection import Connections, protocol
    from buendnis_graph.serve.service import Service

    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    service = Service(project, settings, address)
    await service.builds.start()
    try:
        config = uvicorn.Config(
            cast("Any", service),
            http=protocol(Connections(settings)),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,  # it would write addresses of persons
            server_header=False,
            timeout_keep_alive=settings.idle,
            timeout_graceful_shutdown=round(settings.time + settings.wait + _DRAIN),
        )
        logging.getLogger("uvicorn").setLevel(logging.ERROR)  # what it warns of is what clients do
        server: Any = uvicorn.Server(config)
        server.capture_signals = contextlib.nullcontext  # uvicorn would raise them again at the end
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, _stop, server)
        started(address)
        await server.serve(sockets=[listener])
    finally:
        await service.builds.stop()


def _stop(server: Any) -> None:
    """Stop when all is answered; told twice, at once."""
    server.force_exit = server.should_exit
    server.should_exit = True


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=1024)
    except OSError as error:
        raise UsageError(
            f"can't listen at {settings.host}, port {settings.port}: {error.strerror or error}.",
            hint="Choose another: buendnis serve --port 0 takes a free one.",
        ) from error
    with listener:
        yield listener


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    """Return what makes event loops: uvloop's if it is installed."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop
    return uvloop.new_event_loop


def _allow_connections(connections: int) -> None:
    """Raise the bound on open files, if it is too low for as many connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + 256
    if soft != resource.RLIM_INFINITY and soft < wanted:
        top = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (top, hard))
