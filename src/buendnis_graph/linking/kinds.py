"""What a name says its body is, as far as that tells a part or a programme from the body it belongs to."""

from __future__ import annotations

from functools import lru_cache

from buendnis_graph.resolving.lexicon import LEVELS
from buendnis_graph.resolving.normalise import Name
from buendnis_graph.resolving.translated import german_for

_KINDS = {
    "archive": "archiv",
    "branch": "zweigstelle niederlassung standort ortsgruppe",
    "clinic": "klinik klinikum kliniken krankenhaus krankenhaeuser poliklinik spital uniklinik",
    "faculty": "fakultaet fachbereich department abteilung lehrstuhl",
    "foundation": "stiftung",
    "friends": "foerderverein foerderkreis freundeskreis freunde",
    "institute": "institut institute",
    "library": "bibliothek bibliotheken buecherei",
    "memorial": "gedenkstaette mahnmal",
    "museum": "museum museen",
    "orchestra": "orchester chor",
    "press": "verlag presse zeitschrift",
    "programme": "programm projekt kampagne preis stipendium",
    "ministry": "ministerium",
    "school": "schule fachhochschule hochschule",
    "university": "universitaet uni",
    "works-council": "personalrat betriebsrat",
}
_ENDINGS = {form: kind for kind, forms in _KINDS.items() for form in forms.split()}


def kinds_of(name: Name) -> frozenset[str]:
    """Return the kinds of body that a name speaks of, and the levels of a federation; empty if it says nothing."""
    return _kinds(name.words)


@lru_cache(maxsize=65_536)
def _kinds(words: tuple[str, ...]) -> frozenset[str]:
    found = set()
    for german in (german for word in words for german in (word, *german_for(word)[:1])):
        ending = max((e for e in _ENDINGS if german.endswith(e)), key=len, default="")
        if ending:
            found.add(_ENDINGS[ending])
        if german in LEVELS:
            found.add(LEVELS[german])
    return frozenset(found)
