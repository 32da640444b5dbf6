"""Words by which organisations, persons and columns are told apart."""

from __future__ import annotations

import re
import unicodedata

_ORGANISATION = re.compile(
    r"\b(?:e\.?\s?v\.?|n\.?\s?e\.?\s?v\.?|g?gmbh|gug|ug|g?ag|e\.?\s?g\.?|gbr|se|k\.?\s?d\.?\s?ö\.?\s?r\.?|a\.?ö\.?r\.?)(?=\W|$)"
    r"|verein|verband|verbänd|vereinigung|bund\b|bunds|bundes|bünd|stiftung|gesellschaft|gemeinde|gemeinschaft|initiativ"
    r"|netzwerk|network|allianz|alliance|forum|zentrum|zentral|haus\b|häuser|büro|stelle\b|werk\b|werke\b|dienst|rat\b|räte"
    r"|jugend|kirch|bistum|diakonie|caritas|awo\b|drk\b|paritätisch|gewerkschaft|kammer|partei|fraktion|hochschule|universität"
    r"|schule|institut|akademie|museum|theater|archiv|bibliothek|gedenkstätte|synagog|moschee|club|klub|union|liga|föderation"
    r"|arbeitsgemeinschaft|arbeitskreis|ag\b|lag\b|bag\b|projekt|fach|koordin|agentur|amt\b|ministerium|senat|kanzlei|stadt|kreis"
    r"|land\b|landes|regional|ortsgruppe|gruppe|kollektiv|komitee|kommission|beirat|konferenz|organi[sz]ation|association"
    r"|foundation|council|society|centre|center|institute|committee|federation|community|collective|kultur|migra|flüchtling"
    r"|frauen|mädchen|männer|senioren|sport|feuerwehr|genossenschaft|unternehm|verlag|redaktion|radio|medien|treff|laden"
    r"|courage|demokratie|toleranz|vielfalt|antidiskriminierung|rassismus|beratung|hilfe\b|bildung|integration|e\.v",
    re.IGNORECASE,
)
# A German compound says at its end what it is: "Kirchner" is no church, "Stadtler" no town.
_HEAD = re.compile(
    r"\b(?:\w*(?:verein|verband|vereinigung|bund|bündnis|stiftung|gesellschaft|gemeinde|gemeinschaft|initiative|netzwerk|allianz"
    r"|forum|zentrum|haus|büro|stelle|werk|dienst|rat|jugend|kirche|diakonie|caritas|gewerkschaft|kammer|partei|schule|institut"
    r"|akademie|museum|theater|archiv|bibliothek|gedenkstätte|moschee|club|klub|union|liga|projekt|agentur|amt|kreis|gruppe"
    r"|kollektiv|komitee|organisation|organization|association|foundation|council|society|centre|center|committee|kultur|kolleg"
    r"|treff|laden|verlag)|e\.?\s?v|g?gmbh|gug|ag)\b",
    re.IGNORECASE,
)
_CHROME = re.compile(
    r"^(?:startseite|home|impressum|datenschutz.*|kontakt|über uns|about( us)?|news|aktuelles|presse|suche|login|anmelden"
    r"|mehr( lesen)?|weiter|zurück|cookies?|barrierefreiheit|sitemap|termine|spenden|newsletter|facebook|instagram|twitter|youtube)$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^(?:(?:sehr geehrte[r]?\s+)?(?:frau|herrn?|fr\.|hr\.|mrs?\.?|ms\.?|dr\.|prof\.?|professor(?:in)?|dipl\.|mag\.|pfarrer(?:in)?"
    r"|(?:ober)?bürgermeister(?:in)?|rabbiner(?:in)?|bischöf(?:in)?|bischof|landrat|landrätin|minister(?:in)?)(?:\s|-|$))",
    re.IGNORECASE,
)
_WORD = r"[A-ZÄÖÜÀ-Ý][a-zäöüßà-ÿ'’]+(?:-[A-ZÄÖÜÀ-Ý][a-zäöüßà-ÿ'’]+)?"
_PARTICLE = r"(?:(?:von|van|de|der|den|zu|zur|al|el|ben|del|di)\s+)*"
_SURNAME_FIRST = re.compile(
    rf"{_PARTICLE}{_WORD}\s*,\s*(?:(?:Dr\.|Prof\.)\s*)*(?P<given>{_WORD}(?:\s+(?:{_WORD}|[A-Z]\.))?)"
)
_TWO_OR_THREE = re.compile(rf"(?P<given>{_WORD})(?:\s+(?:{_WORD}|[A-Z]\.))?\s+{_PARTICLE}{_WORD}")
_GIVEN = frozenset(
    """
    Achim Agnes Ahmed Aisha Alexander Alexandra Ali Andrea Andreas Angela Angelika Anja Anke Anna Anne Annette Antje Astrid
    Aylin Ayse Axel Barbara Bärbel Beate Bernd Bernhard Birgit Björn Brigitte Britta Carla Carola Carsten Charlotte Christa
    Christel Christian Christiane Christina Christine Christoph Claudia Clemens Cornelia Dagmar Daniel Daniela David Denis
    Detlef Dieter Dietmar Dirk Dominik Doris Dorothea Eberhard Elena Elif Elisabeth Elke Emma Eric Erik Esra Eva Fabian Fatma
    Felix Florian Frank Franz Franziska Friederike Friedrich Fritz Gabi Gabriele Georg Gerd Gerhard Gisela Grit Günter Günther
    Hannah Hanna Hannes Hans Harald Hartmut Hassan Heike Heiko Heinrich Heinz Helga Helmut Henning Herbert Hermann Holger
    Horst Ina Ines Inge Ingo Ingrid Irene Iris Jan Jana Janina Jens Jessica Joachim Jochen Johanna Johannes Jonas Jörg Julia
    Juliane Jürgen Jutta Kai Karin Karl Karsten Katharina Kathrin Katja Katrin Kerstin Kirsten Klaus Konrad Kristin Kurt Lara
    Lars Laura Lea Lena Leon Lisa Lothar Lukas Lutz Maik Manfred Manuela Marc Marcel Marco Marcus Margit Maria Marianne Mario
    Marion Markus Marlies Martin Martina Matthias Max Maximilian Mehmet Melanie Michael Michaela Miriam Mirko Mohamed Mohammed
    Monika Nadine Nadja Nicole Nils Nina Nora Norbert Olaf Ole Oliver Paul Paula Peer Peter Petra Philipp Rainer Ralf Ralph
    Regina Reinhard Renate Rene René Richard Rita Robert Roland Rolf Ronny Rüdiger Sabine Sabrina Samuel Sandra Sarah Sascha
    Sebastian Selma Silke Silvia Simon Simone Sofia Sonja Sophie Stefan Stefanie Steffen Stephan Susanne Sven Svenja Sylvia
    Tanja Theresa Thomas Thorsten Tim Timo Tina Tobias Tom Torsten Ulf Ulrich Ulrike Ursula Ute Uwe Vera Verena Viktor Volker
    Waltraud Werner Wilfried Wilhelm Wolf Wolfgang Yasmin Yvonne Zeynep
    """.split()
)


def has_organisation_word(text: str) -> bool:
    """Return whether a text holds a word that names of organisations hold and names of persons do not."""
    return _ORGANISATION.search(unicodedata.normalize("NFC", text)) is not None


def looks_like_organisation(text: str) -> bool:
    """Return whether a text has the shape of a name, and a word of an organisation in it."""
    return looks_like_name(text) and has_organisation_word(text)


def looks_like_name(text: str) -> bool:
    """Return whether a text has the shape of a name: short, no sentence, nothing of a page's furniture."""
    stripped = text.strip()
    return 1 < len(stripped) <= 200 and not _CHROME.fullmatch(stripped) and not stripped.endswith((":", "…", "?", "!"))


def looks_like_person(text: str, places: frozenset[str] = frozenset()) -> bool:
    """Return whether a text looks like the name of a person and not like that of an organisation.

    Args:
        text: the text.
        places: names of places, lower case; "Miteinander, Magdeburg" is no surname with a first name.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if _HEAD.search(name):
        return False
    if _TITLE.match(name):
        return True
    surname_first = _SURNAME_FIRST.fullmatch(name)
    if surname_first:
        if surname_first["given"].split()[0].partition("-")[0] in _GIVEN:
            return True
        return surname_first["given"].casefold() not in places and not has_organisation_word(name)
    given_first = _TWO_OR_THREE.fullmatch(name)
    return given_first is not None and given_first["given"].partition("-")[0] in _GIVEN
