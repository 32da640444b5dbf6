"""Random damage to graphs, for tests that two ways of checking them find the same.

Damage is three small numbers (what is done, to which quad, in which variant), so that a test library can draw it and a
failing case can be written down. So that thousands of damaged graphs are affordable, many share one graph: each is a
copy, under a name of its own, of a few things of a good graph, and sees the good graph beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from buendnis_graph.namespaces import BASE, PREFIXES, RDF_TYPE, expand

Quads = list[ox.Quad]
XSD = PREFIXES["xsd"]
DATATYPES = [
    ox.NamedNode(XSD + name)
    for name in (
        "string integer decimal double float boolean date dateTime time gYear gYearMonth gMonthDay duration anyURI "
        "nonNegativeInteger positiveInteger int byte unsignedByte language token"
    ).split()
] + [ox.NamedNode("urn:no:datatype")]
LANGUAGES = ["de", "en", "de-at", "de-CH-1996", "EN", "en-us", "fr", "x-none", "deu"]
LEXICAL = (
    "01|1|0|-0|+5|-1|1.0|1.50|007|1e3|NaN|INF|-INF|TRUE|true|false|True|999999999999999999|0x1F|1_000|1,5|.5|5.|"
    "2023-02-30|2023-02-29|2024-02-29|2023-13-01|2023-00-10|2023-1-1|2023-01-01Z|2023-01-01+14:00|2023-01-01+15:00|"
    "2023-01-01-00:00|-0001-01-01|0000-01-01|12023-01-01|02023-01-01|2023|0023|23|02023|-2023|2023Z|2023+01:00|2023-05|"
    "2023-5|2023-13|2023-05Z|2023-05+02:00|2023-01-01T24:00:00|2023-01-01T00:00:00|2023-01-01T00:00:00.000Z|24:00:00|"
    "--02-30|P1Y|PT|P|255|256|-129|abc|de"
).split("|")
ODD = [
    "",
    " ",
    " 5",
    "5 ",
    "5\n",
    "a\nb",
    "\t",
    '"',
    "\\",
    "'''",
    "{?value}",
    "<b>&amp;</b>",
    "\u202e\u2066",
    "\u200b",
    "e\u0301",
    "é",
    "İSTANBUL",
    "ß",
    "😀",
    "٢٠٢٣",
    "２０２３",
    "\x7f",
    "\r",
    "\ufeff",
    "x" * 5000,
    "info@example.org",
    "0341 1234567",
    "Hauptstraße 8",
    "51.3397, 12.3731",
    "https://example.org/",
]
OTHER_PREDICATES = [expand("bg:noSuchProperty"), expand("schema:email"), ox.NamedNode("urn:no:property"), RDF_TYPE]
_LABELS = {expand("skos:prefLabel"), expand("skos:altLabel"), expand("rdfs:label")}


class Damage(NamedTuple):
    """What is done, to which quad, in which variant: each taken modulo what there is."""

    kind: int
    place: int
    variant: int


def damaged(quads: Sequence[ox.Quad], damages: Iterable[Damage], pool: Sequence[ox.Quad]) -> Quads:
    """Return a graph with damages done one after another; what is put in comes from a pool."""
    result = list(quads)
    for damage in damages:
        if result:
            kind, place = KINDS[damage.kind % len(KINDS)], damage.place % len(result)
            result = kind(result, place, damage.variant, pool)
    return result


def name_of(damage: Damage) -> str:
    """Return what a damage does, for messages."""
    return KINDS[damage.kind % len(KINDS)].__name__.strip("_")


def _with(quads: Quads, place: int, *others: ox.Quad) -> Quads:
    return [*quads[:place], *others, *quads[place + 1 :]]


def _put(quads: Quads, place: int, value: object) -> Quads:
    q = quads[place]
    return _with(quads, place, ox.Quad(q.subject, q.predicate, value, q.graph_name))  # type: ignore[arg-type]


def _literal(quads: Quads, place: int) -> int:
    """Return the place of the next literal from a place on; the place itself if there is none."""
    for step in range(len(quads)):
        if isinstance(quads[(place + step) % len(quads)].object, ox.Literal):
            return (place + step) % len(quads)
    return place


def _text(quad: ox.Quad) -> str:
    return getattr(quad.object, "value", "")


def _remove(quads: Quads, place: int, _variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    return _with(quads, place)


def _datatype(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    place = _literal(quads, place)
    return _put(quads, place, ox.Literal(_text(quads[place]), datatype=DATATYPES[variant % len(DATATYPES)]))


def _lexical_form(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    place = _literal(quads, place)
    old, text = quads[place].object, LEXICAL[variant % len(LEXICAL)]
    kept = isinstance(old, ox.Literal) and not old.language
    return _put(quads, place, ox.Literal(text, datatype=old.datatype) if kept else ox.Literal(text))  # type: ignore[union-attr]


def _value(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    datatype, text = DATATYPES[variant % len(DATATYPES)], LEXICAL[variant // len(DATATYPES) % len(LEXICAL)]
    return _put(quads, place, ox.Literal(text, datatype=datatype))


def _language(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    place = _literal(quads, place)
    return _put(quads, place, ox.Literal(_text(quads[place]), language=LANGUAGES[variant % len(LANGUAGES)]))


def _odd_text(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    place = _literal(quads, place)
    text = ODD[variant % len(ODD)]
    language = getattr(quads[place].object, "language", None)
    return _put(quads, place, ox.Literal(text, language=language) if language else ox.Literal(text))


def _predicate(quads: Quads, place: int, variant: int, pool: Sequence[ox.Quad]) -> Quads:
    q = quads[place]
    other = pool[variant % len(pool)].predicate
    return _with(quads, place, ox.Quad(q.subject, other, q.object, q.graph_name))


def _unknown_predicate(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    q = quads[place]
    other = OTHER_PREDICATES[variant % len(OTHER_PREDICATES)]
    value = ox.NamedNode("urn:no:class") if other == RDF_TYPE else q.object
    return [*quads, ox.Quad(q.subject, other, value, q.graph_name)]


def _object(quads: Quads, place: int, variant: int, pool: Sequence[ox.Quad]) -> Quads:
    return _put(quads, place, pool[variant % len(pool)].object)


def _subject_as_object(quads: Quads, place: int, variant: int, pool: Sequence[ox.Quad]) -> Quads:
    return _put(quads, place, pool[variant % len(pool)].subject)


def _one_more(quads: Quads, place: int, variant: int, pool: Sequence[ox.Quad]) -> Quads:
    q, other = quads[place], pool[variant % len(pool)]
    return [*quads, ox.Quad(q.subject, q.predicate, other.object, q.graph_name)]


def _one_more_text(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    place = _literal(quads, place)
    q = quads[place]
    language = getattr(q.object, "language", None)
    text = f"{_text(q)} {LEXICAL[variant % len(LEXICAL)]}"
    value = ox.Literal(text, language=language) if language else ox.Literal(text)
    return [*quads, ox.Quad(q.subject, q.predicate, value, q.graph_name)]


def _type(quads: Quads, place: int, variant: int, pool: Sequence[ox.Quad]) -> Quads:
    types = [n for n, q in enumerate(quads) if q.predicate == RDF_TYPE]
    others = [q.object for q in pool if q.predicate == RDF_TYPE]
    return _put(quads, types[place % len(types)], others[variant % len(others)]) if types else quads


def _rename_object(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    return _put(quads, place, ox.NamedNode(f"{BASE}id/nobody-{variant % 3}"))


def _rename_subject(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    old = quads[place].subject
    return _exchange(quads, old, ox.NamedNode(f"{BASE}id/Renamed_{variant % 3}"))


def _blank_subject(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    return _exchange(quads, quads[place].subject, ox.BlankNode(f"b{variant % 3}"))


def _blank_object(quads: Quads, place: int, variant: int, _pool: Sequence[ox.Quad]) -> Quads:
    return _put(quads, place, ox.BlankNode(f"o{variant % 3}"))


def _cycle(quads: Quads, place: int, variant: int, pool: Sequence[ox.Quad]) -> Quads:
    q, other = quads[place], pool[variant % len(pool)]
    if isinstance(q.object, ox.Literal):
        return [*quads, ox.Quad(q.subject, other.predicate, q.subject, q.graph_name)]
    return [*quads, ox.Quad(q.object, q.predicate, q.subject, q.graph_name)]


def _exchange(quads: Quads, old: object, new: object) -> Quads:
    def put(term: object) -> object:
        return new if term == old else term

    return [ox.Quad(put(q.subject), q.predicate, put(q.object), put(q.graph_name)) for q in quads]  # type: ignore[arg-type]


KINDS: list[Callable[[Quads, int, int, Sequence[ox.Quad]], Quads]] = [
    _remove,
    _datatype,
    _lexical_form,
    _value,
    _language,
    _odd_text,
    _predicate,
    _unknown_predicate,
    _object,
    _subject_as_object,
    _one_more,
    _one_more_text,
    _type,
    _rename_object,
    _rename_subject,
    _blank_subject,
    _blank_object,
    _cycle,
]


class Parts:
    """A good graph by the things it speaks of, so that a few of them can be copied under other names.

    Args:
        quads: the graph.
        named: IRIs that shapes name, which keep their names.
    """

    def __init__(self, quads: Sequence[ox.Quad], named: set[str]) -> None:
        self.quads = quads
        used = {q.predicate.value for q in quads} | {
            getattr(q.object, "value", "") for q in quads if q.predicate == RDF_TYPE
        }
        self._of: dict[str, Quads] = {}
        for quad in quads:
            subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
            if subject.startswith(BASE) and subject not in named | used:
                self._of.setdefault(subject, []).append(quad)
        self._subjects = sorted(self._of)

    def copy(self, chosen: Iterable[int], damages: Iterable[Damage], number: int) -> Quads:
        """Return damaged copies of some things, each renamed after the number, labels too."""
        subjects = {self._subjects[place % len(self._subjects)] for place in chosen}
        quads = [quad for subject in sorted(subjects) for quad in self._of[subject]]
        return [_renamed(quad, subjects, number) for quad in damaged(quads, damages, self.quads)]


def _renamed(quad: ox.Quad, subjects: set[str], number: int) -> ox.Quad:
    def name(term: object) -> object:
        if isinstance(term, ox.NamedNode) and (term.value in subjects or re.search("/id/(nobody|Renamed)", term.value)):
            return ox.NamedNode(_name(term.value, number))
        return ox.BlankNode(f"c{number}{term.value}") if isinstance(term, ox.BlankNode) else term

    value = quad.object
    if quad.predicate in _LABELS and isinstance(value, ox.Literal) and value.language:
        value = ox.Literal(f"{value.value} c{number}", language=value.language)
    return ox.Quad(name(quad.subject), quad.predicate, name(value), name(quad.graph_name))  # type: ignore[arg-type]


def _name(iri: str, number: int) -> str:
    if "#" in iri:
        return f"{iri}--c{number}"
    kind, _, rest = iri.removeprefix(BASE).partition("/")
    return f"{BASE}{kind}/c{number}-{rest}"


def number_of(text: str) -> int | None:
    """Return the number of the copy that a term in N-Triples syntax names."""
    found = re.search(r"(?:/|--|_:)c([0-9]+)", text)
    return int(found[1]) if found else None
