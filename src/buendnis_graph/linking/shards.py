"""What is taken in of a register: which entries, in which shards, as which lines; and the description of the source."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.care.withheld import Guard, Withheld
from buendnis_graph.evidence.bulk import shard_name
from buendnis_graph.importing.personal import personal_reason
from buendnis_graph.linking.register import LICENCE, Registered, entry_iri, slug_of
from buendnis_graph.namespaces import RDF_TYPE, SOURCE_CLASS, expand

SITE, SLUG = "offeneregister.de", "vereinsregister"
ADDRESS = "https://offeneregister.de/daten/"
HOLDER = "OffeneRegister.de, Open Knowledge Foundation Deutschland e. V."
SEAT_LEFT_OUT = "seat"
"""Under what name seats are counted that were left out, of entries that are taken in."""

_MAY_BE_PERSONAL = re.compile(
    r"[0-9@]|\((?:at)\)|mailto|ansprechp|vorsitz|vorstand|kontakt|leitung|inhaber|geschäftsf|\bfrau\b|\bherrn?\b"
    r"|\b(?:hr|fr|mrs?|ms|fam)\.|familie|z\.\s?h|tel|fon|phone|fax|mobil|handy|postfach",
    re.IGNORECASE,
)
"""What no text lacks that the importer's patterns find: they take a tenth of a millisecond each."""


def describe(source: ox.NamedNode, sha256: str, day: str) -> list[ox.Quad]:
    """Return the description of the register as a source read on a day."""
    page = ox.NamedNode(source.value.rpartition("/")[0])
    facts: tuple[tuple[str, ox.NamedNode | ox.Literal], ...] = (
        ("dcterms:isVersionOf", page),
        ("dcterms:issued", ox.Literal("2019", datatype=expand("xsd:gYear"))),
        ("dcterms:language", ox.NamedNode("http://publications.europa.eu/resource/authority/language/DEU")),
        ("dcterms:license", ox.NamedNode(LICENCE)),
        ("dcterms:rightsHolder", ox.Literal(HOLDER)),
        ("dcterms:title", ox.Literal("Vereinsregister, Datensatz von OffeneRegister.de", language="de")),
        ("dcterms:title", ox.Literal("Register of associations, data set of OffeneRegister.de", language="en")),
        ("dcterms:type", expand("source-kind:dataset")),
        ("schema:url", ox.NamedNode(ADDRESS)),
        ("bg:legalBasis", expand("legal-basis:open-licence")),
        ("bg:seenOn", ox.Literal(day, datatype=expand("xsd:date"))),
        ("bg:sha256", ox.Literal(sha256)),
    )
    return [ox.Quad(source, RDF_TYPE, SOURCE_CLASS), *(ox.Quad(source, expand(of), value) for of, value in facts)]


def kept(register: Iterable[Registered], guard: Guard, left_out: Counter[str]) -> Iterator[Registered]:
    """Yield the entries as they are taken in; of those left out, and of seats left out, only their number is kept."""
    for registered in register:
        name, seat = _clean(registered.name), _clean(registered.office)
        if guard.judge((name,), slug_of(registered.number)) is Withheld.YES:
            left_out["withheld"] += 1
        elif _is_personal(name):
            left_out["personal"] += 1
        else:
            if seat and _is_personal_seat(seat):
                left_out[SEAT_LEFT_OUT] += 1
                seat = ""
            yield replace(registered, name=name, office=seat)


def _clean(text: str) -> str:
    """Return a text as the shapes want texts: composed letters, single spaces; nothing else is changed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _is_personal(text: str) -> bool:
    return _MAY_BE_PERSONAL.search(text) is not None and personal_reason(text) != ""


_is_personal_seat = cache(_is_personal)  # some ten thousand seats, of which many stand often


def by_part(register: Iterable[Registered]) -> dict[str, list[Registered]]:
    """Return the entries by court: what stands before the first ``_`` of their number in the data set."""
    parts: dict[str, list[Registered]] = {}
    for registered in register:
        part = re.sub("[^A-Za-z0-9]", "", registered.number.partition("_")[0])
        parts.setdefault(part or "0", []).append(registered)
    return dict(sorted(parts.items()))


def write_shard(folder: Path, part: str, entries: Iterable[Registered], source: ox.NamedNode) -> Path:
    """Write the shard of a part into a folder; return its path."""
    content = "".join(sorted({line for one in entries for line in _lines(one, source)})).encode()
    path = folder / shard_name(part, content)
    path.write_bytes(content)
    return path


def _lines(registered: Registered, source: ox.NamedNode) -> Iterator[str]:
    """Yield what the register says of an entry, as N-Triples."""
    entry = entry_iri(registered.number)
    texts = {
        "bg:registerCourt": registered.court,
        "bg:registerNumber": registered.court_number,
        "bg:registeredName": registered.name,
        "bg:registeredSeat": registered.office,
    }
    yield f"{entry} {RDF_TYPE} {expand('bg:RegisterEntry')} .\n"
    yield f"{entry} {expand('dcterms:source')} {source} .\n"
    yield f"{entry} {expand('bg:isRegistered')} {ox.Literal(registered.is_current)} .\n"
    yield from (f"{entry} {expand(of)} {ox.Literal(text)} .\n" for of, text in texts.items() if text)
