"""From rows to files: what is written, and that nothing is lost, repeated or overwritten."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from buendnis_graph.errors import ListError, UsageError
from buendnis_graph.evidence import format_file, read_corpus
from buendnis_graph.evidence.corpus import data_files
from buendnis_graph.importing.decide import Kind
from buendnis_graph.importing.model import Selection
from buendnis_graph.importing.names import take_apart
from buendnis_graph.importing.reviewfile import read_review
from buendnis_graph.importing.roles import role_of
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.validate import Fast, findings, validate_files
from tests.importing.desk import KEY, codes, do, names, plan, state
from tests.mini import MiniProject, ask, rows

LIST = """Mitglieder des Netzwerks;;;;
Verein;Rolle;Mitglied seit;bis;Ort;Homepage
A;Mitglied;2023;;Leipzig;https://www.a.example/
Neuer Verein für Vielfalt e. V. (NVV);Gründungsmitglied;27.03.2020;03/2024;Zwickau;www.nvv.example
B e.V.;;März 2021;;;
Weltladen gGmbH;Fahnenträger;irgendwann;;;
"""


@pytest.fixture
def leipzig(mini: MiniProject) -> MiniProject:
    mini.write(
        "data/registry/ags-14713.ttl", 'id:ags-14713 a schema:Place , schema:City ; skos:prefLabel "Leipzig"@de .\n'
    )
    mini.source("b", "id:b bg:legalForm legal-form:ggmbh .")  # so that "B e.V." is no sure match
    return mini


def source(project: MiniProject, key: str = KEY) -> str:
    return (project.data / "sources" / f"{key}.trig").read_text(encoding="utf-8")


def test_a_list_becomes_a_source_entries_codings_and_a_review_file(leipzig: MiniProject) -> None:
    made = do(leipzig, LIST)
    assert made.counts() | {"there": 0} == {
        "same": 1,
        "new": 2,
        "unsure": 1,
        "duplicate": 0,
        "left-out": 0,
        "there": 0,
        "refused": 0,
    }
    written = {path.relative_to(leipzig.root).as_posix() for path in made.files}
    assert written == {
        f"data/sources/{KEY}.trig",
        f"data/review/{KEY}.csv",
        "data/codings/roles/example.org.ttl",
        "data/registry/neuer-verein-fuer-vielfalt.ttl",
        "data/registry/weltladen.ttl",
    }
    store = leipzig.derived()
    assert rows(
        store,
        "SELECT ?name ?role ?since ?until { ?a a bg:Attestation ; bg:listedName ?name ; org:role ?role OPTIONAL { ?a bg:since ?since }"
        " OPTIONAL { ?a bg:until ?until } } ORDER BY ?name",
    ) == [
        ("A", f"{BASE}role/member", "2023", ""),
        ("Neuer Verein für Vielfalt e. V. (NVV)", f"{BASE}role/founding-member", "2020-03-27", "2024-03"),
        ("Weltladen gGmbH", f"{BASE}role/member", "", ""),
    ]
    assert ask(store, "id:a schema:location id:ags-14713 ; schema:url <https://www.a.example/>")
    assert ask(
        store,
        "id:neuer-verein-fuer-vielfalt a org:FormalOrganization ; bg:legalForm legal-form:ev ; skos:altLabel 'NVV'@de ; skos:prefLabel 'Neuer Verein für Vielfalt'@de",
    )
    assert {"no-date", "unknown-role", "unknown-place", "above-header", "header"} <= codes(made)


def test_what_is_written_is_valid_and_canonical(leipzig: MiniProject) -> None:
    do(leipzig, LIST, issued="2024", title="Mitglieder", language="de", publisher="x")
    corpus = leipzig.corpus()
    assert findings(validate_files(corpus, leipzig, Fast()), corpus, "en") == []
    made = [
        p
        for p in data_files(leipzig)
        if p.parent.name not in {"registry", "b"} or p.stem in {"weltladen", "neuer-verein-fuer-vielfalt"}
    ]
    assert [p for p in made if "ontology" not in p.parts and len(set(format_file(p))) != 1] == []


def test_twice_is_once_and_other_files_stay(leipzig: MiniProject) -> None:
    leipzig.attest("p", "b", "y")
    leipzig.write("data/codings/roles/example.org.ttl", "# A comment stays.\ncoding:k rdfs:comment 'kept'@en .\n")
    do(leipzig, LIST)
    once = state(leipzig.root)
    assert "# A comment stays." in once["data/codings/roles/example.org.ttl"].decode()
    made = do(leipzig, LIST)
    assert state(leipzig.root) == once
    assert made.counts()["there"] == 4


def test_a_hand_kept_source_is_added_to_and_never_overwritten(leipzig: MiniProject) -> None:
    do(leipzig, LIST)
    path = leipzig.data / "sources" / f"{KEY}.trig"
    text = (
        path.read_text(encoding="utf-8")
        .replace('"2023"^^xsd:gYear', '"2022"^^xsd:gYear')
        .replace("    a bg:Source ;", "    a bg:Source ; dcterms:title 'Mine' ;", 1)
    )
    path.write_text("# By hand.\n" + text, encoding="utf-8")
    made = do(leipzig, LIST + "C;;;;;\n")
    after = source(leipzig)
    assert "# By hand." in after
    assert '"2022"^^xsd:gYear' in after
    assert '"Mine"' in after
    assert ":m--x--c" in after
    assert "differs" in codes(made)


def test_duplicates_are_one_attestation_and_other_roles_another(mini: MiniProject) -> None:
    made = do(mini, "Verein;Rolle\nA;Mitglied\nA;Mitglied\nA;Träger\nNeu e.V.;\nNeu;\n")
    assert [(o.row.line, o.kind, o.fragment) for o in made.outcomes] == [
        (2, Kind.SAME, "m--x--a"),
        (3, Kind.DUPLICATE, ""),
        (4, Kind.SAME, "m--x--a--carrier"),
        (5, Kind.NEW, "m--x--neu"),
        (6, Kind.DUPLICATE, "m--x--neu"),
    ]
    assert '"Neu"@de' in source(mini), "the other spelling is kept"
    once = state(mini.root)
    do(mini, "Verein;Rolle\nA;Mitglied\nA;Mitglied\nA;Träger\nNeu e.V.;\nNeu;\n")
    assert state(mini.root) == once


def test_one_list_with_two_legal_forms_for_a_body_states_none(mini: MiniProject) -> None:
    made = do(mini, "Verein;Rechtsform\nNeu;e.V.\nNeu ;gGmbH\n")
    assert [o.kind for o in made.outcomes] == [Kind.NEW, Kind.DUPLICATE]
    made = do(mini, "Verein\nHaus Süd e.V.\nHaus Süd gGmbH\n", slug="other")
    assert [o.kind for o in made.outcomes] == [Kind.NEW, Kind.UNSURE]
    assert made.outcomes[1].candidates[0].slug == "haus-sued"


def test_a_second_reading_of_a_page_is_a_second_source_with_codings_of_its_own(mini: MiniProject) -> None:
    do(mini, "Verein\nA\n")
    do(mini, "Verein\nA\n", seen="2027-01-01")
    corpus = mini.corpus()
    assert len(corpus.sources) == 2
    assert findings(validate_files(corpus, mini, Fast()), corpus, "en") == []
    assert len(rows(mini.derived(), "SELECT ?a { ?a a bg:Attestation ; org:role role:member }")) == 2


def test_the_alliance_is_no_member_of_itself(mini: MiniProject) -> None:
    made = do(mini, "Verein\nX\nA\n")
    assert "is-alliance" in codes(made)
    assert "m--x--x" not in source(mini)
    assert made.counts()["refused"] == 1


def test_a_name_without_latin_letters_waits_for_a_slug(mini: MiniProject) -> None:
    made = do(mini, "Verein\nבית הכנסת\n")
    assert made.counts()["unsure"] == 1


def test_a_new_alliance_is_entered(mini: MiniProject) -> None:
    do(mini, "Verein\nA\n", alliance="", new_alliance="Bündnis Neu")
    assert ask(mini.derived(), "id:a org:memberOf id:buendnis-neu . id:buendnis-neu a bg:Alliance")
    once = state(mini.root)
    do(mini, "Verein\nA\n", alliance="", new_alliance="Bündnis Neu")
    assert state(mini.root) == once


def test_columns_can_be_named_and_unknown_ones_are_reported(mini: MiniProject) -> None:
    made = plan(mini, "Wer;Wann;Farbe\nA;2020;rot\n", selection=Selection(columns={"name": "Wer", "since": "2"}))
    assert made.columns == {"name": "Wer", "since": "Wann"}
    assert [r.detail for r in made.remarks if r.code == "column-not-taken"] == ["Farbe"]
    with pytest.raises(UsageError, match="no column 'Nix'"):
        plan(mini, "Wer;Wann\nA;2020\n", selection=Selection(columns={"name": "Nix"}))
    with pytest.raises(UsageError, match="no field 'color'"):
        plan(mini, "Wer;Wann\nA;2020\n", selection=Selection(columns={"color": "Wer"}))
    with pytest.raises(UsageError, match="no column looks like names"):
        plan(mini, "1;2\n3;4\n")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"seen": ""}, "--seen is missing"),
        ({"seen": "yesterday"}, "no day"),
        ({"address": ""}, "address of the page is missing"),
        ({"address": "ftp://example.org/"}, "no address"),
        ({"alliance": ""}, "whose members"),
        ({"alliance": "a"}, "no alliance 'a'"),
        ({"issued": "spring"}, "no date"),
        ({"kind": "hearsay"}, "there is no 'hearsay'"),
        ({"role": "Zuschauer"}, "not known"),
        ({"slug": "../x"}, "can't be a name of a folder"),
        ({"site": "../x"}, "can't be a name of a folder"),
        ({"publisher": "nobody"}, "no body"),
    ],
)
def test_what_is_missing_or_wrong_is_said_before_anything_is_written(
    mini: MiniProject, change: dict[str, str], says: str
) -> None:
    before = state(mini.root)
    with pytest.raises(UsageError, match=says):
        do(mini, "Verein\nA\n", **change)
    assert state(mini.root) == before


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Alpha e.V.;Mitglied\nBeta;Mitglied\n", ["Alpha e.V.", "Beta"]),
        ("Verein Alpha;Mitglied\nBeta;Träger\n", ["Verein Alpha", "Beta"]),
        ("Nr;Mitgliedsorganisation (Stand 2024);Kürzel\n1;Alpha e.V.;AL\n2;Beta;BE\n", ["Alpha e.V.", "Beta"]),
        ("Träger;Projekt\nAlpha e.V.;Foo\nBeta gGmbH;Bar\n", ["Alpha e.V.", "Beta gGmbH"]),
        ("Verein;Ort\nAlpha;Leipzig\nVerein;Ort\nBeta;Dresden\n", ["Alpha", "Beta"]),
        ("Mitglieder\nAlpha e.V.\nGründungsmitglieder\nBeta e.V.\n", ["Alpha e.V.", "Beta e.V."]),
        ("Alpha e.V.\nBeta e.V.\n", ["Alpha e.V.", "Beta e.V."]),
    ],
)
def test_a_first_row_is_no_header_and_a_heading_no_name(mini: MiniProject, text: str, taken: list[str]) -> None:
    made = plan(mini, text)
    assert names(made) == taken


def test_two_pages_do_not_share_a_place(mini: MiniProject) -> None:
    do(mini, "Verein\nA\n")
    do(mini, "Verein\nB\n", address="http://example.org/mitglieder")
    with pytest.raises(UsageError, match="taken by"):
        do(mini, "Verein\nA\n", address="https://example.org/Mitglieder?")


def test_a_list_of_which_nothing_can_be_taken_writes_nothing(mini: MiniProject) -> None:
    before = state(mini.root)
    made = do(mini, "Verein\n=1+1\nMuster, Maria\n")
    assert made.counts()["refused"] == 2
    assert state(mini.root) == before


def test_judgements_bind_the_resolver(mini: MiniProject) -> None:
    mini.write(
        "data/links/names.ttl",
        'link:n1 a bg:NameJudgement ; bg:judgedName "Der Verein" ; bg:judgedBody id:c ; bg:judgement judgement:same .\n'
        'link:n2 a bg:NameJudgement ; bg:judgedName "B" ; bg:judgedBody id:b ; bg:judgement judgement:not-same .\n',
    )
    made = plan(mini, "Verein\nDer Verein\nB\n")
    assert [(o.kind, o.slug) for o in made.outcomes] == [(Kind.SAME, "c"), (Kind.UNSURE, "")]


def test_redirects_are_followed(mini: MiniProject) -> None:
    mini.write(
        "data/registry/old.ttl",
        'id:old a org:Organization ; skos:prefLabel "Alter Name"@de ; dcterms:isReplacedBy id:b .\n',
    )
    made = plan(mini, "Verein\nAlter Name\n")
    assert [(o.kind, o.slug) for o in made.outcomes] == [(Kind.SAME, "b")]


@pytest.mark.parametrize(
    ("word", "slug", "known", "ended"),
    [
        ("Mitglied", "member", True, False),
        ("Gründungsmitglied, Vorstandsorganisation", "founding-member", True, False),
        ("Netzwerkpartner; Koordination", "consortium-partner", True, False),
        ("Träger/Geschäftsstelle", "carrier", True, False),
        ("Träger im Verbund", "consortium-partner", True, False),
        ("ehemaliges Mitglied", "member", True, True),
        ("Ankerstifter", "endower", True, False),
        ("Initiator*innen", "initiator", True, False),
        ("founding member", "founding-member", True, False),
        ("Mitglied (Selbstauskunft)", "member", True, False),
        ("Fahnenträger", "member", False, False),
    ],
)
def test_role_words(word: str, slug: str, known: bool, ended: bool) -> None:
    role = role_of(word)
    assert (role.slug, role.known, role.ended) == (slug, known, ended)


def test_legal_forms_and_acronyms_of_the_facts_are_taken_apart() -> None:
    assert take_apart("Treibhaus e.V. in Döbeln").legal_form == "ev"
    assert take_apart("Courage-Werkstatt e.V./Netzwerk für Demokratie und Courage").legal_form == ""
    assert take_apart("Zentrum für Kultur e. V. (ZEOK)").acronym == "ZEOK"
    assert take_apart("Foo gUG (haftungsbeschränkt)").label == "Foo"


NAME = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    listed=st.lists(NAME, min_size=1, max_size=8),
    roles=st.lists(st.sampled_from(["", "Mitglied", "Träger", "?"]), min_size=8, max_size=8),
)
def test_every_row_is_accounted_for_names_are_kept_byte_for_byte_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, listed: list[str], roles: list[str]
) -> None:
    project = MiniProject(tmp_path_factory.mktemp("p"))
    file = Path(tmp_path_factory.mktemp("l")) / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerow(["Verein", "Rolle"])
        writer.writerows(zip(listed, roles, strict=False))
    content = file.read_bytes()
    try:
        made = do(project, content)
    except ListError:
        assume(False)  # names that look like text gone through a wrong encoding
    corpus = read_corpus(project)
    attested = {
        i.quad.object.value
        for i in corpus.quads
        if i.quad.predicate in (expand("bg:listedName"), expand("bg:statedName"))
        and isinstance(i.quad.object, ox.Literal)
    }
    review = project.data / "review" / f"{KEY}.csv"
    waiting = {row.row.name for row in read_review(review)}
    told = {remark.line for remark in made.remarks if remark.line}
    lines = [number for number, name in enumerate(listed) if name.strip() or roles[number]]
    assert made.rows == len(lines)
    for outcome in made.outcomes:
        assert outcome.row.name in attested | waiting or outcome.row.line in told
    taken = {name.strip() for name in listed}
    assert (attested | waiting) <= taken
    assert len(made.outcomes) + len({r.line for r in made.remarks if r.code in REFUSALS}) == made.rows
    once = state(project.root)
    do(project, content)
    assert state(project.root) == once


REFUSALS = {
    "heading",
    "no-name",
    "control",
    "damaged",
    "formula",
    "too-long",
    "markup",
    "person",
    "name-email",
    "name-phone",
    "name-street",
    "name-iban",
    "name-person",
}


def test_names_are_taken_in_the_order_of_the_list(mini: MiniProject) -> None:
    assert names(plan(mini, "Verein\nB\nA\n")) == ["B", "A"]


def test_an_address_with_a_password_is_refused(mini: MiniProject) -> None:
    with pytest.raises(UsageError, match="would be published") as caught:
        plan(mini, "Verein\nA\n", address="https://user:secret@www.example.org/mitglieder/")
    assert "secret" not in str(caught.value)


def test_a_new_alliance_is_no_other_body_and_no_person(mini: MiniProject) -> None:
    mini.write("data/registry/net.ttl", 'id:net a org:Organization , bg:Alliance ; skos:prefLabel "Netz Muster"@de .\n')
    for name, said in (
        ("Netz Muster", "--alliance net"),
        ("A", "not as a bg:Alliance"),
        ("Erika Mustermann", "no name of an alliance"),
        ("<b>X</b>", "no name"),
    ):
        with pytest.raises(UsageError, match=said):
            plan(mini, "Verein\nA\n", new_alliance=name, alliance="")
    with pytest.raises(UsageError, match="both"):
        plan(mini, "Verein\nA\n", new_alliance="Bündnis Neu")


def test_no_date_lies_after_the_day_of_reading(mini: MiniProject) -> None:
    with pytest.raises(UsageError, match="was read on"):
        plan(mini, "Verein\nA\n", issued="2030")
    made = do(mini, "Verein;seit\nA;2031\nB;2020\n")
    assert [(r.line, r.detail) for r in made.remarks if r.code == "in-future"] == [(2, "2031")]
    assert "2031" not in source(mini)


def test_what_a_repeated_row_says_beyond_the_first_is_told(mini: MiniProject) -> None:
    made = plan(mini, "Verein;seit\nA;2019\nA;2020\n")
    assert [(r.line, r.detail) for r in made.remarks if r.code == "duplicate"] == [(3, "2 (– 2020)")]


def test_no_e_mail_address_in_the_address_of_the_page(mini: MiniProject) -> None:
    with pytest.raises(UsageError, match="e-mail"):
        plan(mini, "Verein\nA\n", address="https://www.example.org/l?mail=max%40muster.example")


def test_a_list_without_rows_is_an_error(mini: MiniProject) -> None:
    with pytest.raises(ListError, match="no rows"):
        plan(mini, "Verein;Rolle\n")


def test_a_column_of_parents_tells_bodies_apart_and_is_not_kept(mini: MiniProject) -> None:
    for slug, parent in (("one", "a"), ("two", "b")):
        mini.write(
            f"data/registry/{slug}.ttl", f'id:{slug} a org:Organization ; skos:prefLabel "Jugendwerk Dresden"@de .\n'
        )
        mini.source(slug, f"id:{slug} org:subOrganizationOf id:{parent} .")
    made = plan(mini, "Verein;Dachverband\nJugendwerk Dresden;B\n")
    assert [(o.kind, o.slug) for o in made.outcomes] == [(Kind.SAME, "two")]
    assert "parent-not-kept" in codes(made)


def test_an_address_that_is_none_is_refused(mini: MiniProject) -> None:
    with pytest.raises(UsageError, match="no address of a page"):
        plan(mini, "Verein\nA\n", address="https://[example.org/list")
