"""What is said to the user about a list, in German and English."""

from __future__ import annotations

from collections.abc import Iterable

from buendnis_graph.importing.model import Remark
from buendnis_graph.terminal import printable

TEXTS: dict[str, tuple[str, str]] = {
    # how the list was read
    "cp1252": ("als Windows-1252 gelesen, weil es kein UTF-8 ist", "read as Windows-1252, since it is not UTF-8"),
    "bullets": ("Aufzählungszeichen am Zeilenanfang weggelassen", "bullets at the beginning of lines dropped"),
    "empty-rows": ("leere Zeilen: {detail}", "empty rows: {detail}"),
    "sheet": ("Blatt '{detail}' gelesen; ein anderes mit --sheet", "sheet '{detail}' read; another one with --sheet"),
    "merged": (
        "verbundene Zellen gelten für jede Zeile, über die sie reichen",
        "merged cells count for each row they span",
    ),
    "header": ("Kopfzeile", "header row"),
    "above-header": ("steht über der Kopfzeile, nicht übernommen", "stands above the header, not taken"),
    "table": (
        "die größte Tabelle mit Namen gelesen ({detail} gefunden); eine andere mit --select",
        "the largest table of names read ({detail} found); another one with --select",
    ),
    "list": (
        "die längste Liste von Organisationen gelesen ({detail} gefunden); eine andere mit --select",
        "the longest list of organisations read ({detail} found); another one with --select",
    ),
    "definitions": ("eine Definitionsliste gelesen ({detail} gefunden)", "a definition list read ({detail} found)"),
    "cards": (
        "gleichartige Blöcke mit Überschriften gelesen ({detail} Gruppen gefunden); andere mit --select",
        "alike blocks with headings read ({detail} groups found); others with --select",
    ),
    "lines": (
        "einen Absatz mit einem Namen je Zeile gelesen ({detail} gefunden); einen anderen mit --select",
        "a paragraph with one name a line read ({detail} found); another one with --select",
    ),
    "json-ld": (
        "die eingebetteten Daten (JSON-LD) gelesen: {detail} Einträge; die Seite selbst mit --select",
        "the embedded data (JSON-LD) read: {detail} entries; the page itself with --select",
    ),
    # columns
    "personal-column": (
        "Spalte '{detail}' enthält personenbezogene Daten: weggelassen",
        "column '{detail}' holds personal data: left out",
    ),
    "column-not-taken": ("Spalte '{detail}' nicht übernommen", "column '{detail}' not taken"),
    "parent-not-kept": (
        "Spalte '{detail}': hilft beim Erkennen, wird nicht übernommen",
        "column '{detail}': helps to tell bodies apart, is not taken",
    ),
    "note-not-kept": (
        "Spalte '{detail}': freier Text wird nicht übernommen",
        "column '{detail}': free text is not taken",
    ),
    # rows refused
    "heading": ("eine Überschrift, kein Name: Zeile nicht übernommen", "a heading, no name: row not taken"),
    "no-name": ("kein Name: Zeile nicht übernommen", "no name: row not taken"),
    "control": ("Steuerzeichen im Namen: Zeile nicht übernommen", "control characters in the name: row not taken"),
    "damaged": (
        "beschädigtes Zeichen im Namen: Zeile nicht übernommen",
        "broken character in the name: row not taken",
    ),
    "withheld": (
        "zurückgehalten (docs/withholding.md): Zeile nicht übernommen",
        "withheld (docs/withholding.md): row not taken",
    ),
    "withheld-unchecked": (
        "nicht geprüft, ob Zurückgehaltenes darunter ist: der Schlüssel fehlt",
        "not checked whether anything withheld is among it: the key is not here",
    ),
    "formula": ("der Name ist eine Formel: Zeile nicht übernommen", "the name is a formula: row not taken"),
    "too-long": ("der Name ist zu lang: Zeile nicht übernommen", "the name is too long: row not taken"),
    "markup": ("der Name enthält Auszeichnungen (HTML): Zeile nicht übernommen", "markup in the name: row not taken"),
    "person": ("sieht aus wie ein Personenname: Zeile nicht übernommen", "looks like a person's name: row not taken"),
    "name-email": ("E-Mail-Adresse beim Namen: Zeile nicht übernommen", "e-mail address in the name: row not taken"),
    "name-phone": ("Telefonnummer beim Namen: Zeile nicht übernommen", "telephone number in the name: row not taken"),
    "name-street": ("Anschrift beim Namen: Zeile nicht übernommen", "street address in the name: row not taken"),
    "name-iban": ("Kontonummer beim Namen: Zeile nicht übernommen", "bank account in the name: row not taken"),
    "name-person": ("nennt eine Person: Zeile nicht übernommen", "names a person: row not taken"),
    "is-alliance": ("das Bündnis selbst: Zeile nicht übernommen", "the alliance itself: row not taken"),
    # cells left out
    "cell-email": ("{detail}: E-Mail-Adresse, weggelassen", "{detail}: e-mail address, left out"),
    "cell-phone": ("{detail}: Telefonnummer, weggelassen", "{detail}: telephone number, left out"),
    "cell-street": ("{detail}: Anschrift, weggelassen", "{detail}: street address, left out"),
    "cell-iban": ("{detail}: Kontonummer, weggelassen", "{detail}: bank account, left out"),
    "cell-person": ("{detail}: nennt eine Person, weggelassen", "{detail}: names a person, left out"),
    "cell-control": ("{detail}: Steuerzeichen, weggelassen", "{detail}: control characters, left out"),
    "cell-formula": ("{detail}: Formel, weggelassen", "{detail}: a formula, left out"),
    "cell-too-long": ("{detail}: zu lang, weggelassen", "{detail}: too long, left out"),
    "no-date": (
        "{detail}: kein Datum, das sich halten lässt, weggelassen",
        "{detail}: no date that can be kept, left out",
    ),
    "dates-swapped": ("Ende liegt vor dem Beginn: beide weggelassen", "the end is before the beginning: both left out"),
    "no-website": ("{detail}: keine Webadresse, weggelassen", "{detail}: no web address, left out"),
    "no-legal-form": ("{detail}: unbekannte Rechtsform, weggelassen", "{detail}: unknown legal form, left out"),
    "unknown-place": (
        "Ort '{detail}' steht nicht im Register, nicht übernommen",
        "place '{detail}' is not in the registry, not taken",
    ),
    "unknown-role": (
        "Rollenwort '{detail}' unbekannt, als Mitglied eingeordnet",
        "role word '{detail}' unknown, classed as member",
    ),
    # rows decided
    "duplicate": (
        "schon genannt in Zeile {detail}; was hier mehr steht, ist nicht übernommen",
        "named already in line {detail}; what is said beyond that is not taken",
    ),
    "duplicate-body": (
        "diese Einrichtung steht schon in der Liste: {detail}; was hier mehr steht, ist nicht übernommen",
        "this body is in the list already: {detail}; what is said beyond that is not taken",
    ),
    "in-future": (
        "Beginn {detail} liegt nach dem Tag, an dem die Liste gelesen wurde: weggelassen",
        "the beginning {detail} is after the day on which the list was read: left out",
    ),
    "legal-forms-differ": (
        "verschiedene Rechtsformen für {detail}: beide weggelassen",
        "different legal forms for {detail}: both left out",
    ),
    "differs": (
        "{detail} ist in der Quelle schon anders beschrieben; das Vorhandene bleibt",
        "{detail} is described otherwise in the source already; what is there stays",
    ),
}


def say(remark: Remark, language: str) -> str:
    """Return a remark in words."""
    german, english = TEXTS[remark.code]
    text = (german if language == "de" else english).format(detail=printable(remark.detail))
    if not remark.line:
        return text
    return f"{'Zeile' if language == 'de' else 'line'} {remark.line}: {text}"


def say_all(remarks: Iterable[Remark], language: str, limit: int = 50) -> list[str]:
    """Return remarks in words; many of one kind are cut short with their number."""
    by_code: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_code.setdefault(remark.code, []).append(remark)
    lines = []
    for found in by_code.values():
        lines += [say(remark, language) for remark in found[:limit]]
        if len(found) > limit:
            rest = found[limit:]
            numbers = _ranges([remark.line for remark in rest])
            german, english = TEXTS[found[0].code]
            text = (german if language == "de" else english).format(detail="…")
            more = f"und {len(rest)} weitere: " if language == "de" else f"and {len(rest)} more: "
            lines.append(f"{more}{text} ({'Zeilen' if language == 'de' else 'lines'} {numbers})")
    return lines


def _ranges(numbers: list[int]) -> str:
    """Return 3, 4, 5, 9 as "3–5, 9": every line is named, however many there are."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(str, part)) for part in parts)
