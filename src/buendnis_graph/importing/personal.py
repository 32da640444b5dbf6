"""Personal data in a list: recognised, left out, and reported without repeating it."""

from __future__ import annotations

import re

_STREET = (
    r"(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|damm|ufer|chaussee|promenade|stieg|markt|ring|graben|steig"
    r"|street|road|avenue)"
)
_PATTERNS = {
    "email": re.compile(
        r"[\w.+-]+\s*(?:@|\(at\)|\[at\]|\{at\})\s*[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|mailto:", re.IGNORECASE
    ),
    "phone": re.compile(
        r"(?:\+|\b00)\d{1,3}[ /()\-.]*\d[\d /()\-.]{5,}|(?<![\d.,])\(?0\d{1,5}\)?[ /()\-–.]+\d[\d /()\-–]{4,}|\b0\d{7,}"
        r"|\b(?:tel|fon|telefon|phone|fax|mobil|handy)\b\.?\s*:?\s*[\d+(]",
        re.IGNORECASE,
    ),
    "street": re.compile(
        rf"\b[A-ZÄÖÜ][\w.-]*(?:{_STREET[3:-1]})\s*\d+\s?[a-z]?\b|\b(?:{_STREET[3:-1]})\s+\d+\s?[a-z]?\b"
        r"|\b(?:D-)?\d{5}\s+[A-ZÄÖÜ][a-zäöüß]+|\bpostfach\s*\d",
        re.IGNORECASE,
    ),
    "iban": re.compile(r"\b[A-Z]{2}\d{2}(?: ?\d{4}){3,}"),
    "person": re.compile(
        r"\b(?:ansprechpartner|ansprechperson|vorsitzende|vorstand:|kontakt:|leitung:|inhaber|geschäftsführer)\w*"
        r"|\bz\.\s?h(?:d|ä)?n?\.|[,(]\s*(?:frau|herrn?|hr\.|fr\.|mrs?\.|ms\.)\s+\w|c/o\s+(?:frau|herrn?|familie|fam\.)\s",
        re.IGNORECASE,
    ),
}

_COLUMN_PARTS = (
    "ansprechpart|ansprechpers|kontaktpers|kontaktdat|vorstand|vorsitz|geschäftsführ|leitung|leiter|vertreter|vertretung"
    "|delegiert|e-mail|email|telefon|telefax|handy|mobil|rufnummer|straße|strasse|anschrift|adress|postleit|hausnummer"
    "|vorname|nachname|familienname|geburt|iban|bankverb|kontonummer|kontoinh|privat|unterschrift|contact|phone|street"
    "|address|postal|postcode|zip code|zipcode|chair|director|representative|first name|last name|surname|forename"
    "|given name|family name|birth|signature|koordinaten|latitude|longitude"
)
_COLUMN_PART = re.compile(_COLUMN_PARTS)
_COLUMN_WORD = re.compile(
    r"\b(?:mail|tel|fon|fax|plz|str|kontakt|kontakte|person|personen|zip|board|anrede|titel|lat|lon|lng|geo|mobile|cell)\b"
)


def personal_reason(text: str, *, website: bool = False) -> str:
    """Return why a cell holds personal data (a key of the messages), or nothing.

    Args:
        text: the cell.
        website: whether it is an address of a website: digits and street words in it mean nothing.
    """
    for reason, pattern in _PATTERNS.items():
        if (not website or reason == "email") and pattern.search(text):
            return reason
    return ""


def is_personal_column(header: str) -> bool:
    """Return whether a column is for persons, or for addresses finer than the municipality, by its name."""
    name = header.casefold()
    return _COLUMN_PART.search(name) is not None or _COLUMN_WORD.search(name) is not None
