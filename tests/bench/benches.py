"""Which benches there are. Each is a module of its name here with a function ``tables(run)``, run in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """How a bench is run.

    Attributes:
        step: told what is being done, so that somebody who waits sees it.
        quick: whether tiny sizes will do: to see that it runs, not to measure.
    """

    step: Callable[[str], None]
    quick: bool = False


@dataclass(frozen=True)
class Bench:
    """A bench.

    Attributes:
        name: of its module.
        what: it measures, and beside which peer; for the report.
        packages: whose versions the report names: ours that do the work, and the peers.
    """

    name: str
    what: str
    packages: tuple[str, ...]


BENCHES = (
    Bench(
        "building",
        "How long a build takes from files, with nothing to do and after one file has changed, and how soon a question is "
        "answered, all as whole processes; beside bare pyoxigraph, which only loads the same files.",
        ("pyoxigraph", "polars", "numpy"),
    ),
    Bench(
        "sites",
        "How long a site takes as a whole, with nothing to do, and after one file has changed, as whole processes; beside "
        "copying its files.",
        ("pyoxigraph", "jinja2", "polars"),
    ),
    Bench(
        "profiles",
        "Where the time of a build, of a renewal and of the site goes, step by step, beside what parsing and disk alone take.",
        ("pyoxigraph", "polars", "numpy"),
    ),
    Bench(
        "questions",
        "The catalogue's questions on the project's own graph, beside rdflib on the same graph.",
        ("pyoxigraph", "rdflib"),
    ),
    Bench(
        "instructions",
        "What whole commands cost in instructions, counted by callgrind, so that a small change is seen.",
        ("pyoxigraph",),
    ),
    Bench(
        "catalogue",
        "The catalogue's questions on synthetic data that the real rules have derived, beside the same text in bare pyoxigraph.",
        ("pyoxigraph",),
    ),
    Bench(
        "names",
        "Listed names resolved against the register of associations, beside a scan of all its names with rapidfuzz.",
        ("rapidfuzz",),
    ),
    Bench(
        "reconciling",
        "Names reconciled by HTTP against the register of associations, beside a scan of all its names with rapidfuzz, and "
        "csv-reconcile.",
        ("rapidfuzz", "uvicorn", "csv-reconcile"),
    ),
    Bench(
        "register",
        "The whole register of associations taken in beside the project's own data: built, checked, opened and asked; beside "
        "bare pyoxigraph, which only loads the same lines.",
        ("pyoxigraph", "polars", "numpy"),
    ),
    Bench(
        "networks",
        "Which bodies meet in an alliance, on columns, beside the same join in DuckDB and in SPARQL in bare pyoxigraph.",
        ("numpy", "polars", "pyoxigraph", "duckdb"),
    ),
    Bench(
        "validation",
        "Synthetic data with planted defects validated by the everyday engine, beside pySHACL.",
        ("numpy", "polars", "pyoxigraph", "pyshacl", "rdflib"),
    ),
    Bench(
        "publishing",
        "Documents as Turtle, JSON-LD and HTML, beside PyLD's framing and rdflib's serialiser on the same triples.",
        ("pyoxigraph", "PyLD", "rdflib"),
    ),
    Bench(
        "exports",
        "All dumps of synthetic data, by size.",
        ("pyoxigraph", "polars"),
    ),
    Bench(
        "documents",
        "All documents of synthetic data found, and written as Turtle and JSON-LD, by size.",
        ("pyoxigraph", "polars"),
    ),
    Bench(
        "serving",
        "Queries by HTTP with all walls up, beside Oxigraph's own server and rdflib-endpoint.",
        ("pyoxigraph", "uvicorn", "oxigraph", "rdflib-endpoint"),
    ),
    Bench(
        "pushing",
        "Pushes of a build into a store elsewhere: all of it, nothing new, one label changed; beside loading its dump anew.",
        ("pyoxigraph", "oxigraph"),
    ),
    Bench(
        "linking",
        "How often the right body of another data set is found and accepted, beside a scan of all its names with rapidfuzz.",
        ("rapidfuzz",),
    ),
)
NAMES = tuple(bench.name for bench in BENCHES)
