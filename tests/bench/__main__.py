"""``make bench``: every bench in a process of its own, and the report of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench import report
from tests.bench.benches import BENCHES, NAMES
from tests.bench.machine import SETTINGS, missing
from tests.bench.runner import run

DOCS = Path(__file__).parents[2] / "docs"
LIMIT = 2 * 3600.0
_SETTINGS = {
    "BUENDNIS_REGISTER": "a register as buendnis register reads it, for names, reconciling, register, linking",
    "BUENDNIS_ROR": "bodies as ROR's CSV gives them, for linking",
    "BUENDNIS_NAMES": "names with Wikidata ids, for linking",
    "BUENDNIS_BENCH_LARGE": "the largest sizes, too: 100,000 organisations, and 600,000 of what is done on columns; "
    "2: 600,000 of all",
    "BUENDNIS_BENCH_KEPT": "where synthetic projects stay for the next bench, with their builds: some 40 GB of 600,000",
    "BUENDNIS_BENCH_PEERS": "pySHACL at 10,000 organisations, too",
    "BUENDNIS_BENCH_LIMIT": "seconds that one run of validation may take",
}


def _epilog() -> str:
    settings = "".join(f"  {f'{name}={SETTINGS[name]}':34} {what}\n" for name, what in _SETTINGS.items())
    benches = "".join(f"  {bench.name:12} {bench.what}\n" for bench in BENCHES)
    return f"benches:\n{benches}\nenvironment:\n{settings}\npeers: make peers installs those that no lock file has."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Without names: run all benches and write docs/benchmarks.md, .json and .svg, each part as soon as it is "
        "there: what a run that is ended has written stays, and --write with names goes on. With names: run these and print.",
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="of a bench")
    parser.add_argument("--list", action="store_true", help="list the benches")
    parser.add_argument("--write", action="store_true", help="replace the parts of the named benches in the report")
    parser.add_argument(
        "--again", action="store_true", help="measure nothing, write the report again: with new reasons"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="the folder of the report, to be written there")
    parser.add_argument(
        "--limit", type=float, default=LIMIT, metavar="SECONDS", help="that a bench may take (%(default)g)"
    )
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see that it runs; written only with --out")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run benches; return 1 if one of them did not come to its end."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.names if name not in NAMES]
    if unknown:
        parser.error(f"no bench is called {', '.join(unknown)}; there are: {', '.join(NAMES)}")
    if asked.write and asked.quick and not asked.out:
        parser.error("the figures of --quick say nothing: name another folder for them with --out")
    if asked.list:
        sys.stdout.write("".join(f"{bench.name:12} {bench.what}\n" for bench in BENCHES))
        return 0
    if asked.again:
        if asked.names or asked.write or asked.quick:
            parser.error("--again measures nothing: it goes with --out only")
        report.write(asked.out or DOCS, (), NAMES)
        return 0
    folder = asked.out or (DOCS if asked.write or not (asked.names or asked.quick) else None)
    names = asked.names or NAMES
    absent = missing([package for name in names for package in BENCHES[NAMES.index(name)].packages])
    sys.stderr.write(f"{absent}\n" if absent else "")
    parts = []
    for number, name in enumerate(names, 1):
        parts.append(_ran(name, f"{name} ({number} of {len(names)})", asked.limit, quick=asked.quick))
        if folder:  # at once: a run takes hours, and may be interrupted
            report.write(folder, parts[-1:], NAMES)
    sys.stderr.write(f"Written: {folder / report.NAME}.md, .json and .svg\n" if folder else "")
    failed = [f"{part.name}: {part.failed}\n" for part in parts if part.failed]
    sys.stderr.write("".join(["Not complete:\n", *failed] if failed else []))
    return 1 if failed else 0


def _ran(name: str, shown: str, limit: float, *, quick: bool) -> report.Part:
    """Run a bench and print its tables as they come."""
    bench = BENCHES[NAMES.index(name)]
    sys.stdout.write(f"## {name.capitalize()}\n\n{bench.what}\n\n")
    sys.stdout.flush()
    step = _progress(shown)
    part, printed = run(bench, limit, step, _show, quick=quick)
    step("")
    sys.stdout.write(f"{part.told()}\n\n")
    sys.stdout.flush()
    if part.failed:
        sys.stderr.write(f"{printed[-4000:]}\n{name}: {part.failed}\n")
    return part


def _show(table: report.Table) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    sys.stdout.write(table.markdown() + "\n")
    sys.stdout.flush()


def _progress(name: str) -> Callable[[str], None]:
    """Return what shows what a bench does: on one line of a terminal, else a line each; an empty text ends it."""

    def step(text: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\x1b[K{name}: {text}" if text else "\r\x1b[K")
        elif text:
            sys.stderr.write(f"{name}: {text}\n")
        sys.stderr.flush()

    return step


if __name__ == "__main__":
    sys.exit(main())
