"""Take the rows of a list: each cell is checked; personal data and traps stay out, and all that stays out is told."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from buendnis_graph.importing.columns import field_of
from buendnis_graph.importing.dates import is_before, parse_date
from buendnis_graph.importing.model import FIELDS, Limits, Listing, Remark, Row, Taken
from buendnis_graph.importing.names import legal_form_of
from buendnis_graph.importing.personal import personal_reason
from buendnis_graph.importing.roles import role_of
from buendnis_graph.importing.words import looks_like_person

_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!][^<]*>?|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});", re.IGNORECASE)
_FORMULA = ("=", "+", "@", "-", "\t")
_POSTCODE = re.compile(r"^(?:D[- ])?\d{5}\s+")
_CELL_CHARACTERS = 200
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029")


def take_rows(
    listing: Listing, mapping: dict[str, int], limits: Limits, places: frozenset[str]
) -> tuple[list[Taken], list[Remark]]:
    """Return the rows taken and remarks on every row or cell that was not.

    Args:
        listing: the list.
        mapping: index of the column that holds each field.
        limits: of size.
        places: names of known places, lower case.
    """
    taken: list[Taken] = []
    remarks: list[Remark] = []
    for row in listing.rows:
        name = _cell(row, mapping, "name")
        refused = refuse_name(name, limits, places)
        if refused:
            remarks.append(Remark(refused, row.line))
        else:
            taken.append(_take(row, name, mapping, listing, remarks))
    return taken, remarks


def _cell(row: Row, mapping: dict[str, int], field: str) -> str:
    return row.cells[mapping[field]].strip() if field in mapping else ""


def refuse_name(name: str, limits: Limits, places: frozenset[str]) -> str:
    """Return why a name can't be taken, or nothing."""
    if not any(c.isalnum() for c in name):
        return "no-name" if not name or not name.startswith(_FORMULA) else "formula"
    if has_control(name):
        return "control"
    if "\ufffd" in name:
        return "damaged"
    if name.startswith(_FORMULA):
        return "formula"
    if len(name) > limits.name_characters:
        return "too-long"
    if _MARKUP.search(name):
        return "markup"
    if field_of(name) in FIELDS or role_of(name).known:
        return "heading"
    reason = personal_reason(name)
    if reason:
        return f"name-{reason}"
    return "person" if looks_like_person(name, places) else ""


def has_control(text: str) -> bool:
    """Return whether a text holds characters that steer a terminal, a line or the direction of writing."""
    return any(unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} or c in _BIDI for c in text)


def _take(row: Row, name: str, mapping: dict[str, int], listing: Listing, remarks: list[Remark]) -> Taken:
    values: dict[str, str] = {}
    for field in ("role", "since", "until", "place", "website", "legal_form", "parent"):
        text = _cell(row, mapping, field)
        if not text:
            continue
        column = listing.columns[mapping[field]]
        reason = _refuse_cell(text, field)
        if reason:
            remarks.append(Remark(f"cell-{reason}", row.line, column))
            continue
        kept = _kept(field, text)
        if kept is None:
            code = {"website": "no-website", "legal_form": "no-legal-form"}.get(field, "no-date")
            remarks.append(Remark(code, row.line, column))
        else:
            values[field] = kept
    if "since" in values and "until" in values and is_before(values["until"], values["since"]):
        remarks.append(Remark("dates-swapped", row.line))
        del values["since"], values["until"]
    if "role" in values and not role_of(values["role"]).known:
        remarks.append(Remark("unknown-role", row.line, values["role"]))
    return Taken(row.line, name, **values)


def _refuse_cell(text: str, field: str) -> str:
    if has_control(text):
        return "control"
    if field in {"since", "until"}:
        return ""  # kept only if it is a date, and a date is nothing else
    # A postcode is finer than a municipality, but a list of places with them is still a list of places.
    reason = personal_reason(_POSTCODE.sub("", text) if field == "place" else text, website=field == "website")
    if reason:
        return reason
    if field in {"role", "place"} and looks_like_person(text, frozenset()):
        return "person"
    if text.startswith(_FORMULA):
        return "formula"
    return "too-long" if len(text) > _CELL_CHARACTERS and field != "website" else ""


def _kept(field: str, text: str) -> str | None:
    if field in {"since", "until"}:
        return parse_date(text)
    if field == "website":
        return web_address(text)
    if field == "legal_form":
        return legal_form_of(text) or None
    return _POSTCODE.sub("", text) if field == "place" else text


def web_address(text: str) -> str | None:
    """Return an address of a website as an IRI, or None if it is none; one without a scheme gets https."""
    plain = text.strip()
    if not re.match(r"[a-z][a-z0-9+.-]*:", plain, re.IGNORECASE):
        plain = f"https://{plain}"
    try:
        parts = urlsplit(plain)
        host = parts.hostname or ""
    except ValueError:
        return None
    allowed = parts.scheme.lower() in {"http", "https"} and "." in host and "@" not in parts.netloc
    clean = not re.search(r'[\s<>"{}|\\^`\x00-\x20]', plain) and len(plain) <= 2_000
    return plain if allowed and clean and re.fullmatch(r"[\w.-]+", host) else None
