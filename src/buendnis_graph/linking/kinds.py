"""What a body is, as far as that tells a part, a programme or a place from the body that it is named like."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from buendnis_graph.resolving.lexicon import LEVELS
from buendnis_graph.resolving.normalise import Name, parse
from buendnis_graph.resolving.translated import german_for

_KINDS = {
    "archive": "archiv",
    "branch": "zweigstelle niederlassung ortsgruppe",
    "clinic": "klinik klinikum kliniken krankenhaus krankenhaeuser poliklinik spital",
    "faculty": "fakultaet fachbereich lehrstuhl",
    "foundation": "stiftung",
    "friends": "foerderverein foerderkreis freundeskreis",
    "library": "bibliothek bibliotheken buecherei",
    "memorial": "gedenkstaette mahnmal",
    "museum": "museum museen",
    "orchestra": "orchester",
    "press": "verlag zeitschrift",
    "programme": "programm projekt kampagne preis stipendium",
    "staff-council": "personalrat betriebsrat",
}
_OTHER_CLASSES = {
    "event": "event ereignis veranstaltung demonstration conference konferenz",
    "person": "human person mensch",
    "place": "gemeinde municipality town village ort street strasse building gebaeude country staat",
    "work": "film book buch song album article artikel newspaper zeitung website software",
}
_ENDINGS = {form: kind for table in (_KINDS, _OTHER_CLASSES) for kind, forms in table.items() for form in forms.split()}
_IN_NAMES = frozenset(_KINDS)


def kinds_of(name: Name) -> frozenset[str]:
    """Return the kinds of part or programme, and the levels of a federation, that a name speaks of."""
    return frozenset(kind for kind in _kinds(name.words) if kind in _IN_NAMES) | name.levels


def kinds_stated(classes: Iterable[str]) -> frozenset[str]:
    """Return the kinds that classes name which a data set states, such as ``public library`` or ``human``."""
    return frozenset[str]().union(*(_kinds(parse(label).words) for label in classes))


@lru_cache(maxsize=65_536)
def _kinds(words: tuple[str, ...]) -> frozenset[str]:
    found = set()
    for german in (german for word in words for german in (word, *german_for(word))):
        ending = max((ending for ending in _ENDINGS if german.endswith(ending)), key=len, default="")
        if ending:
            found.add(_ENDINGS[ending])
        if german in LEVELS:
            found.add(LEVELS[german])
    return frozenset(found)
