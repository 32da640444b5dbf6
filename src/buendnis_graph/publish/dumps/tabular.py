"""The tables of a build and the network of bodies and alliances, as files of an export."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from buendnis_graph.publish.dumps.licences import CC0, Licences
from buendnis_graph.publish.dumps.manifest import Dump, describe
from buendnis_graph.tables import TABLES, codebook, load
from buendnis_graph.tables.files import CODEBOOK


def tables(build: Path, licences: Licences, into: Path, kind: str) -> Iterator[Dump]:
    """Copy the tables of a build as ``csv``, with their codebook, or as ``parquet``.

    A table that would be the same without what is not under CC0 is under CC0.
    """
    (into / "dumps" / kind).mkdir()
    bound: dict[str, str] = {}
    for name in codebook():
        path = f"dumps/{kind}/{name}.{kind}"
        shutil.copyfile(build / TABLES / f"{name}.{kind}", into / path)
        table = load(build, name)
        is_free = not licences.by_graph or table.equals(licences.tables[name])
        licence = CC0 if is_free else licences.strictest
        bound |= {} if licence == CC0 else {f"{name}.csv": licence}
        yield describe(into, path, kind, len(table), licence)
    if kind == "csv":
        path = f"dumps/csv/{CODEBOOK}"
        told = (build / TABLES / CODEBOOK).read_text(encoding="utf-8")
        (into / path).write_text(_with_licences(told, bound), encoding="utf-8", newline="\n")
        yield describe(into, path, "csvw", len(codebook()), CC0)


def _with_licences(csvw: str, bound: dict[str, str]) -> str:
    """Return a CSVW table group with the licence of each table that is not under that of the group."""
    told: dict[str, Any] = json.loads(csvw)
    for table in told["tables"]:
        if table["url"] in bound:
            table["dc:license"] = {"@id": bound[table["url"]]}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def network(build: Path, licences: Licences, into: Path) -> Iterator[Dump]:
    """Write the memberships that count and have not ended as a network of bodies and alliances, as GraphML and GEXF.

    Lists of every completeness are in, each edge says of which; so it is no sample for measures as it stands. The file
    says itself what was left out.
    """
    from buendnis_graph.network import open_network

    opened = partial(open_network, completeness="any", language="de")
    net = opened(build)
    is_free = not licences.by_graph or net.content() == opened(licences.tables).content()
    licence = CC0 if is_free else licences.strictest
    (into / "dumps" / "network").mkdir()
    for kind in ("graphml", "gexf"):
        path = f"dumps/network/memberships.{kind}"
        net.export(into / path)
        yield describe(into, path, kind, net.selection.memberships.height, licence)
