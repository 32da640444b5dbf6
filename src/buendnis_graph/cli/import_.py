"""``buendnis import``."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from buendnis_graph.cli.common import Progress, Session
from buendnis_graph.errors import BuendnisError, UsageError

if TYPE_CHECKING:
    from buendnis_graph.importing.model import Limits, Selection, Table
    from buendnis_graph.importing.plan import Plan

_EPILOG = """Examples:

\b
  buendnis import members.csv --alliance netzwerk-tolerantes-sachsen \\
      --address https://www.example.org/mitglieder --seen 2026-11-22 --dry-run
  buendnis import https://www.example.org/mitglieder --alliance 'Tolerantes Sachsen' \\
      --select 'ul.members' --seen 2026-11-22
  buendnis import list.xlsx --column name=Verein --column since='Mitglied seit' …
  buendnis import --statement list.csv --seen 2026-11-22 --preview

A statement is the alliance's own list: buendnis template statement > list.csv, filled in.

What the flags say can stand in a file beside the list, members.csv.toml: seen = 2026-11-22, alliance = "…".

Example: buendnis import --statement list.csv --seen 2026-11-22 --check
"""


_SOURCE_DATA = (
    *("alliance", "new_alliance", "address", "seen", "issued", "kind", "publisher", "title", "language", "role"),
    *("site", "slug"),
)


@click.command("import", epilog=_EPILOG)
@click.argument("file", metavar="FILE|URL|-")
@click.option("--alliance", help="Whose members these are: slug, IRI or name.")
@click.option("--new-alliance", metavar="NAME", help="The same for an alliance that is not in the registry yet.")
@click.option("--address", metavar="URL", help="Address of the page the list was read from.")
@click.option("--seen", metavar="DAY", help="Day on which it was read. Needed: no clock is asked.")
@click.option("--issued", metavar="DATE", help="The page's own date.")
@click.option("--source-kind", "kind", metavar="KIND", help="Kind of source, such as alliance-website or news-media.")
@click.option("--publisher", help="Who publishes the page: slug, IRI or name.")
@click.option("--title", help="Title of the page.")
@click.option("--language", metavar="CODE", help="Language of the page, such as de.")
@click.option("--role", help="Role of all rows that name none; without it: member.")
@click.option("--site", help="Folder of the site, if not the address's host.")
@click.option("--slug", help="Folder of the page, if not made of its address.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=COLUMN", help="Which column holds a field.")
@click.option("--kind", "form", help="Kind of list, if not clear: csv, tsv, xlsx, ods, html, json-ld, text.")
@click.option("--header/--no-header", "header", default=None, help="Whether there is a header row, if not clear.")
@click.option("--delimiter", default="", help="What stands between cells, if not clear.")
@click.option("--sheet", default="", help="Sheet of a spreadsheet: its name or number.")
@click.option(
    "--select", "css", default="", metavar="CSS", help="Which elements of a page are the list or its entries."
)
@click.option("--max-rows", type=click.IntRange(1), help="How many rows a list may have (default 20,000).")
@click.option("--statement", is_flag=True, help="The alliance's own dated list; see: buendnis template statement.")
@click.option("--check", is_flag=True, help="Only say what is wrong, row by row; write nothing.")
@click.option("--preview", is_flag=True, help="Show how the list will look; write nothing.")
@click.option("--dry-run", is_flag=True, help="Show what was understood and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was understood as JSON.")
@click.pass_obj
def command(session: Session, /, file: str, **options: Any) -> None:
    """Turn a member list into a source file, registry entries and a file to review.

    FILE is CSV, TSV, XLSX, ODS, an HTML page, JSON-LD or plain text with one name a line; - is standard input, a URL
    is fetched once and not kept. Personal data is left out and reported. Running it again changes nothing.
    """
    from buendnis_graph.care.refuse import refuse_withheld_in
    from buendnis_graph.evidence import read_corpus, replace_files, writing
    from buendnis_graph.importing.plan import Desk, make_plan
    from buendnis_graph.resolving import resolver_for

    project, progress = session.project, Progress()
    limits, selection, given = _understand(file, options)
    writes = not (options["dry_run"] or options["check"] or options["preview"])
    try:
        progress("reading the list")
        table, given = _read(file, selection, limits, given, statement=options["statement"])
        with writing(project):
            progress("reading the project")
            corpus = read_corpus(project)
            desk = Desk(project, corpus, resolver_for(corpus))
            progress(f"looking up {len(table.rows):,} names")
            plan = make_plan(desk, table, selection, given, limits)
            refuse_withheld_in(project, plan.files)
            changed = replace_files(project, plan.files) if writes else []
    except BuendnisError as error:
        if error.path is None and not isinstance(error, UsageError):
            error.of = str(file)  # readers know the content, not the name
        raise
    finally:
        progress.done()
    _report(session, plan, [project.relative(path) for path in changed], options, table.kind)


def _understand(file: str, options: dict[str, Any]) -> tuple[Limits, Selection, dict[str, Any]]:
    """Return limits, selection and data of the source from flags and the file beside the list."""
    from buendnis_graph.importing.fetch import is_address
    from buendnis_graph.importing.given import read_sidecar
    from buendnis_graph.importing.model import FIELDS, Limits, Selection
    from buendnis_graph.importing.read import KINDS

    beside = {} if file == "-" or is_address(file) else read_sidecar(Path(f"{file}.toml"))
    columns = dict(beside.pop("columns", {}))
    for pair in options["columns"]:
        field, equals, column = pair.partition("=")
        if not equals or not field or not column:
            raise UsageError(f"'{pair}' is not of the form FIELD=COLUMN.", hint=f"Fields are {', '.join(FIELDS)}.")
        columns[field.replace("-", "_")] = column
    form = options["form"] or ""
    if form and form not in KINDS:
        raise UsageError(f"there is no kind of list '{form}'.", hint=f"Known are {', '.join(KINDS)}.")
    css, sheet = options["css"] or beside.pop("select", ""), options["sheet"] or beside.pop("sheet", "")
    selection = Selection(form, sheet, css, options["delimiter"], options["header"], columns)
    limits = Limits(rows=options["max_rows"]) if options["max_rows"] else Limits()
    given = beside | {key: options[key] for key in _SOURCE_DATA if options[key]}
    if is_address(file):
        given.setdefault("address", file)
    return limits, selection, given


def _read(
    file: str, selection: Selection, limits: Limits, given: dict[str, Any], *, statement: bool
) -> tuple[Table, dict[str, Any]]:
    from buendnis_graph.importing.fetch import fetch, is_address
    from buendnis_graph.importing.read import read_bytes_limited, read_table
    from buendnis_graph.importing.statement import complete, split_statement

    media = charset = ""
    if is_address(file):
        page = fetch(file, limits)
        content, media, charset = page.content, page.media, page.charset
    elif file == "-":
        content = sys.stdin.buffer.read(limits.file_bytes + 1)
    else:
        content = read_bytes_limited(Path(file), limits)
    if statement:
        own, content = split_statement(content)
        given = complete(own | given)
    table = read_table(content, file, selection, limits, media=media, charset=charset)
    if statement:  # the lines above its table, emptied by us, are no empty rows of the list
        table = replace(table, remarks=tuple(remark for remark in table.remarks if remark.code != "empty-rows"))
    return table, given


def _report(session: Session, plan: Plan, changed: list[Path], options: dict[str, Any], kind: str) -> None:
    from buendnis_graph.importing import show

    language = session.language
    if options["as_json"]:
        click.echo(json.dumps(show.as_json(plan, changed, language), ensure_ascii=False, indent=1, sort_keys=True))
    elif options["check"]:
        click.echo("\n".join(show.wrong(plan, language)))
    elif options["preview"]:
        click.echo(show.preview(plan, language))
    else:
        click.echo(show.summary(plan, kind, language))
        click.echo(show.written(plan, changed, session.project, language, dry_run=options["dry_run"]))
    if options["check"] and show.is_wrong(plan):
        raise click.exceptions.Exit(1)
