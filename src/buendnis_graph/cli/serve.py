"""``buendnis serve``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from buendnis_graph.cli.common import Session

_STARTED = {
    "de": "Bündnis-Graph unter {url} (SPARQL: {url}sparql); Strg-C beendet.",
    "en": "Serving the graph at {url} (SPARQL: {url}sparql); Ctrl-C ends.",
}


@click.command("serve", epilog="Example: buendnis serve --port 8787 --site public --url https://example.org/graph/")
@click.option("--config", type=click.Path(path_type=Path, dir_okay=False), help="A file of settings (TOML).")
@click.option("--host", help="Address to listen at (default: 127.0.0.1; a proxy with TLS belongs in front).")
@click.option("--port", type=int, help="Port to listen at (default: 8787); 0 takes a free one.")
@click.option("--url", help="The service's public address, ending in a slash.")
@click.option("--site", help="Folder of the site (buendnis site), whose pages are served too.")
@click.option("--endpoint", metavar="URL", help="Another SPARQL endpoint, which answers in the place of a build.")
@click.option("--time", type=float, metavar="SECONDS", help="How long a query may take (default: 10).")
@click.option("--memory", type=int, metavar="MIB", help="How much memory a query may take (default: 1024).")
@click.pass_obj
def command(session: Session, /, config: Path | None, **flags: Any) -> None:
    """Serve the current build: SPARQL 1.1 Protocol at /sparql, linked data, /healthz, /metrics.

    At /reconcile names are matched, for OpenRefine and others. Read-only. Every setting can stand in the file or in the
    environment (BUENDNIS_SERVE_PORT …), too; flags overrule the environment, and that the file: see docs/serving.md. A
    new build is taken up by itself.
    """
    from buendnis_graph.serve.run import run
    from buendnis_graph.serve.settings import read_settings

    settings = read_settings(config, **flags)
    project = None if settings.endpoint else session.project
    run(project, settings, lambda url: click.echo(_STARTED[session.language].format(url=url), err=True))
