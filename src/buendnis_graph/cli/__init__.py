"""The command line: ``buendnis <verb>``. Verbs are loaded when they are called, so that ``--help`` is quick."""

from __future__ import annotations

import io
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from buendnis_graph import __version__
from buendnis_graph.cli.common import Session, asked_language, default_language, show_error
from buendnis_graph.errors import BuendnisError, disk_error
from buendnis_graph.messages import in_language

_STOPPED = {"de": "Abgebrochen; nichts wurde geändert.", "en": "stopped; nothing was changed."}
# "import" is a word of Python's and can't be the name of a module.
_MODULES = {"import": "import_"}
_VERBS = {
    "build": "Build the graph from the files and say what is in it.",
    "completion": "Print the completion script for a shell.",
    "diff": "Say what has changed between two revisions or builds.",
    "duplicates": "List registry entries that look alike.",
    "export": "Write the graph as files: RDF, tables, networks, catalogue metadata, method report.",
    "fmt": "Put Turtle and TriG files into canonical form.",
    "import": "Turn a member list into a source file, registry entries and a file to review.",
    "link": "Propose which entries of Wikidata, the GND, ROR and others our bodies are; check the links there are.",
    "lint": "Find faults in shapes and ontology that no validation reports.",
    "mcp": "Offer the graph to assistants (Model Context Protocol), with the sources of every answer.",
    "merge": "Make two registry entries one; the old one becomes a redirect.",
    "network": "Say what a network of bodies and alliances rests on, and what can be said of it.",
    "plot": "Draw a plot that a paper can print: matrix, network, overlap, sizes or timeline.",
    "push": "Load or update a store elsewhere from the build, by difference.",
    "query": "Ask a question of the catalogue, or any SPARQL query.",
    "questions": "List, search or export the questions of the catalogue.",
    "register": "Propose entries of the register of associations for our e. V., or take it in.",
    "release": "Release a version of the data: graph, patch, notes, redirects and feed.",
    "resolve": "Say which body of the registry a name stands for, and why.",
    "review": "Decide on names of which the import was not sure.",
    "serve": "Serve the graph: SPARQL endpoint and linked data, behind limits that hold.",
    "shapes": "List what the data is checked for.",
    "site": "Write the site: pages in German and English, with data beside them.",
    "stale": "List what has not been attested for years.",
    "template": "Print a file to fill in, such as an alliance's own list of members.",
    "terms": "List the terms to ask with, and what they mean.",
    "validate": "Check the files against the shapes.",
    "withhold": "Remove an organisation that asked not to be listed, and keep it out.",
}


def _give_up_stdout() -> None:
    """Let what is left to print go nowhere; else Python would try again at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _LazyGroup(click.Group):
    """Knows its verbs by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in _VERBS:
            return None
        command = import_module(f"buendnis_graph.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        assert isinstance(command, click.Command)  # noqa: S101 - each verb's module holds one
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # `buendnis query … | head` is no failure; click itself would make it one
            _give_up_stdout()
            return 0
        except OSError as error:
            try:
                sys.stdout.flush()
            except OSError:
                _give_up_stdout()
            raise disk_error(error) from error
        return code

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Verbs"):
            formatter.write_dl(list(_VERBS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: buendnis query members-of-alliance --param alliance='Tolerantes Sachsen'",
)
@click.option(
    "--root", type=click.Path(path_type=Path), help="The project's folder (default: found upwards from here)."
)
@click.option(
    "--lang",
    type=click.Choice(["de", "en"]),
    default=default_language,
    help="Language of messages (default: the locale's).",
)
@click.version_option(__version__, prog_name="buendnis")
@click.pass_context
def cli(ctx: click.Context, root: Path | None, lang: str) -> None:
    """Alliances against racism and antisemitism in Germany: who belongs to them, since when, and who says so."""
    ctx.obj = Session(root, lang)


def main() -> None:
    """Run the command line; exit code 0 is success, 1 findings or a failure, 2 a wrong call."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="backslashreplace"
            )  # a terminal that can't show ä gets an escape, not a traceback
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that files put aside are removed
    language = asked_language(sys.argv[1:])
    try:
        code = cli(prog_name="buendnis", standalone_mode=False)
    except BuendnisError as error:
        show_error(error, language)
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo(_STOPPED[language], err=True)
        sys.exit(130)
    except click.ClickException as error:
        _show(error, language)
        sys.exit(error.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


def _show(error: click.ClickException, language: str) -> None:
    """Print what click finds wrong with a call."""
    if language == "en":
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        usage = context.get_usage().replace("Usage:", "Aufruf:", 1)
        click.echo(f"{usage}\nHilfe: {context.command_path} --help\n", err=True)
    click.echo(f"Fehler: {in_language(error.format_message(), language)}", err=True)
