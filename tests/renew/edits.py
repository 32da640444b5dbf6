"""Edits of a small project, chosen at random: what sources, registry, codings and links may say, in small domains."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import strategies as st

from buendnis_graph.build import build
from buendnis_graph.errors import BuendnisError
from buendnis_graph.namespaces import BASE
from tests.mini import MiniProject, date

Edit = Callable[[MiniProject], object]

_BODY, _ALLIANCE = st.sampled_from("abc"), st.sampled_from("xy")
_ANY = st.sampled_from("abcxy")
_DATE = st.sampled_from(["2019", "2020", "2020-03", "2020-03-27", "2023-05-01"])
_ISSUED, _PUBLISHER = st.sampled_from(["", "2020", "2021-05", "2021-05-03"]), st.sampled_from(["", "a", "x"])
_NUMBER = st.integers(1, 2)
_LINKS = st.sampled_from(["organisations", "register"])
_SOURCE = f"{BASE}source/example.org"


def _attested(member: str, alliance: str, number: int) -> str:
    return f"<{_SOURCE}/{member}{alliance}{number}/2026-11-22#m--{alliance}--{member}>"


def count_renewals(monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> Counter[bool]:
    """Return a count, from now on, of how often a renewal was enough and how often it was not.

    Args:
        monkeypatch: puts back what was there.
        module: what renews.
        name: of its function that gives None if it can't.
    """
    found: Counter[bool] = Counter()
    renew = getattr(module, name)

    def counted(*arguments: object) -> object:
        known = renew(*arguments)
        found[known is not None] += 1
        return known

    monkeypatch.setattr(module, name, counted)
    return found


def edited(project: MiniProject, edit: Edit) -> Path | None:
    """Edit, build, and return a new build; None if there is none. An edit that leaves something invalid is taken back."""
    before = {path: path.read_bytes() for path in project.data.rglob("*") if path.is_file()}
    edit(project)
    try:
        folder, is_new = build(project)
    except BuendnisError:
        shutil.rmtree(project.data)
        for path, said in before.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(said)
        return None
    return folder if is_new else None


@st.composite
def _stated(draw: st.DrawFn) -> Edit:
    body, number = draw(_ANY), draw(_NUMBER)
    value = draw(_DATE)
    form = draw(st.sampled_from(["", "; bg:legalForm legal-form:ev", "; bg:legalForm legal-form:ggmbh"]))
    page = {"publisher": draw(_PUBLISHER), "issued": draw(_ISSUED)}
    return lambda p: p.source(f"s{number}", f"id:{body} schema:foundingDate {date(value)} {form} .", **page)


@st.composite
def _reported(draw: st.DrawFn) -> Edit:
    number, one, two = draw(_NUMBER), draw(_ANY), draw(_ANY)
    forms = draw(
        st.sampled_from(["", "; bg:fromLegalForm legal-form:ev ; bg:toLegalForm legal-form:ggmbh"]),
    )
    fact = (
        f":change--merger a org:ChangeEvent ; dcterms:source SRC ; org:originalOrganization id:{one} ; "
        f'org:resultingOrganization id:{two} ; schema:startDate "2020"^^xsd:gYear {forms} .'
    )
    return lambda p: p.source(f"s{number}", fact)


@st.composite
def _counted(draw: st.DrawFn) -> Edit:
    number, alliance, day, issued = draw(_NUMBER), draw(_ALLIANCE), draw(_DATE), draw(_ISSUED)
    kind, count = draw(st.sampled_from(["members", "founding-members"])), draw(st.integers(1, 3))
    bound = draw(st.sampled_from(["exact", "about", "more-than"]))
    fact = (
        f":count--{alliance}--{kind}--{day} a bg:MemberCount ; dcterms:source SRC ; bg:asOf {date(day)} ; "
        f"bg:bound bound:{bound} ; bg:count {count} ; bg:countKind count-kind:{kind} ; bg:countOf id:{alliance} ."
    )
    return lambda p: p.source(f"s{number}", fact, publisher=alliance, issued=issued)


@st.composite
def _attest(draw: st.DrawFn) -> Edit:
    member, alliance, number = draw(_BODY), draw(_ALLIANCE), draw(_NUMBER)
    role = draw(st.sampled_from(["member", "founding-member", "carrier"]))
    since, more = draw(_DATE), draw(st.sampled_from(["", "since", "until", "ended", "attestedOn"]))
    value = "true" if more == "ended" else date(since)
    page = {"publisher": draw(_PUBLISHER), "issued": draw(_ISSUED)}
    said = f"; bg:{more} {value}" if more else ""
    return lambda p: p.attest(f"{member}{alliance}{number}", member, alliance, role, more=said, **page)


@st.composite
def _withdraw(draw: st.DrawFn) -> Edit:
    member, alliance, number = draw(_BODY), draw(_ALLIANCE), draw(_NUMBER)

    def edit(p: MiniProject) -> None:
        slug = f"{member}{alliance}{number}"
        _remove(p, f"data/sources/example.org/{slug}/2026-11-22.trig")
        for path in (p.data / "codings").glob(f"*{slug}*.ttl"):
            path.unlink()

    return edit


@st.composite
def _judge(draw: st.DrawFn) -> Edit:
    member, alliance, number = draw(_BODY), draw(_ALLIANCE), draw(_NUMBER)
    slug, degree = f"{member}{alliance}{number}", draw(st.sampled_from(["complete", "partial"]))
    source = f"<{_SOURCE}/{slug}/2026-11-22>"
    kind = draw(st.sampled_from(["list", "attestedOn", "issued", "topic"]))
    coding = f"<{BASE}coding/{kind}/{slug}>"
    basis = f"bg:basis basis:reader ; dcterms:source {source}"
    if kind == "list":
        text = (
            f"{coding} a bg:ListCompleteness ; bg:completeness completeness:{degree} ; bg:listOf id:{alliance} ; "
            f"bg:listRole role:member ; {basis} ."
        )
    else:
        about = {"attestedOn": _attested(member, alliance, number), "issued": source, "topic": f"id:{alliance}"}[kind]
        value = "topic:racism" if kind == "topic" else date(draw(_DATE))
        property_ = {"attestedOn": "bg:attestedOn", "issued": "dcterms:issued", "topic": "bg:topic"}[kind]
        text = (
            f"{coding} a bg:Coding ; rdf:subject {about} ; rdf:predicate {property_} ; rdf:object {value} ; "
            f"bg:confidence confidence:medium ; {basis.replace('reader', 'inferred-date' if kind != 'topic' else 'reader')} ."
        )
    return lambda p: p.write(f"data/codings/{kind}-{slug}.ttl", text)


def link(body: str, judgement: str, name: str = "organisations") -> str:
    """Return what a file says that links a body to one elsewhere, and how that was judged."""
    return (
        f"link:{body}--q{ord(body)}-{name} a sssom:Mapping , owl:Axiom ; owl:annotatedProperty schema:sameAs ; "
        f"owl:annotatedSource id:{body} ; owl:annotatedTarget <https://example.org/{name}/{body}> ; "
        f"bg:judgement judgement:{judgement} ; bg:reviewer reviewer:editor ; "
        'sssom:mapping_date "2026-11-29"^^xsd:date ; sssom:mapping_justification semapv:ManualMappingCuration ; '
        'sssom:object_label "One" ; bg:seenIn "a list, 2026" .\n'
    )


@st.composite
def _link(draw: st.DrawFn) -> Edit:
    text = link(draw(_ANY), draw(st.sampled_from(["same", "not-same", "unsure"])), file := draw(_LINKS))
    return lambda p: p.write(f"data/links/{file}.ttl", text)


@st.composite
def _enter(draw: st.DrawFn) -> Edit:
    body, name = draw(st.sampled_from("abcxyd")), draw(st.sampled_from(["", " neu"]))
    kinds = "org:Organization" + (" , bg:Alliance" if body in "xy" else "")
    other = draw(st.sampled_from(["", ' ; skos:altLabel "B"@de', ' ; skos:altLabel "Anders"@de']))
    return lambda p: p.write(
        f"data/registry/{body}.ttl", f'id:{body} a {kinds} ; skos:prefLabel "{body.upper()}{name}"@de{other} .\n'
    )


@st.composite
def _drop(draw: st.DrawFn) -> Edit:
    path = draw(
        st.sampled_from(
            [
                "data/registry/d.ttl",
                "data/registry/b.ttl",
                "data/links/register.ttl",
                "data/sources/example.org/s1/2026-11-22.trig",
                "data/codings/list-ax1.ttl",
            ]
        )
    )
    return lambda p: _remove(p, path)


def _remove(project: MiniProject, path: str) -> None:
    (project.root / path).unlink(missing_ok=True)


EDITS = st.one_of(
    _stated(),
    _reported(),
    _counted(),
    _attest(),
    _attest(),
    _withdraw(),
    _judge(),
    _judge(),
    _link(),
    _enter(),
    _drop(),
)
"""One edit: a function of the project; what it leaves may be invalid."""
