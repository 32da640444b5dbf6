"""What goes with a body, case by case, and what stays."""

from __future__ import annotations

import pyoxigraph as ox

from buendnis_graph.care.identity import mentions_of, names_of, with_redirects
from buendnis_graph.care.purge import Purge, purge
from buendnis_graph.namespaces import BASE
from tests.mini import MiniProject

BODY = "blaues-haus"


def _body(mini: MiniProject, slug: str = BODY, more: str = "") -> None:
    mini.write(
        f"data/registry/{slug}.ttl",
        f'id:{slug} a org:Organization ; skos:prefLabel "Blaues Haus am Markt"@de ; skos:altLabel "BHM"@de {more} .\n',
    )


def _purge(mini: MiniProject, slug: str = BODY) -> tuple[Purge, set[str]]:
    quads = [item.quad for item in mini.corpus().quads]
    bodies = with_redirects(quads, [ox.NamedNode(f"{BASE}id/{slug}")])
    gone = purge(quads, bodies, mentions_of(quads, bodies, names_of(quads, bodies)))
    return gone, {str(quad) for quad in quads if quad not in gone.dropped}


def _left(mini: MiniProject, text: str) -> bool:
    return any(text in quad for quad in _purge(mini)[1])


def _keep_in_use(mini: MiniProject) -> None:
    """Let a, b, c, x and y be spoken of elsewhere, so that none of them becomes unused."""
    facts = " ".join(f'id:{slug} bg:statedName "{slug}" .' for slug in "abcxy")
    mini.source("keep", facts)


def test_attestations_and_their_codings_go_and_others_of_the_source_stay(mini: MiniProject) -> None:
    _body(mini)
    iri = mini.attest("p", "a", "x")
    mini.attest("q", BODY, "x")
    mini.attest("r", "b", BODY)
    _keep_in_use(mini)
    gone, left = _purge(mini)
    assert any(iri in quad for quad in left)
    assert not any(BODY in quad for quad in left)
    assert {source.value.split("/")[-2] for source in gone.sources} == {"q", "r"}
    assert any("coding/role/p/" in quad for quad in left)
    assert not any("coding/role/q/" in quad for quad in left)


def test_counts_events_and_claims_about_or_by_it_go(mini: MiniProject) -> None:
    _body(mini)
    mini.source(
        "p",
        f"""
        :count-1 a bg:MemberCount ; bg:countOf id:{BODY} ; dcterms:source SRC .
        :change-1 a org:ChangeEvent ; org:originalOrganization id:a ; org:resultingOrganization id:{BODY} ; dcterms:source SRC .
        :claim-1 a schema:Claim ; schema:about id:a ; schema:author id:{BODY} ; dcterms:source SRC .
        :claim-2 a schema:Claim ; schema:about id:{BODY} , id:a ; dcterms:source SRC .
        :claim-3 a schema:Claim ; schema:about id:a ; schema:text "Das Blaue Haus am Markt war dabei."@de ; dcterms:source SRC .
        :claim-4 a schema:Claim ; schema:about id:a ; schema:text "A tagte mit BHM."@de ; dcterms:source SRC .
        :claim-5 a schema:Claim ; schema:about id:a ; schema:text "A tagte."@de ; dcterms:source SRC .
        """,
    )
    _keep_in_use(mini)
    gone, left = _purge(mini)
    assert {quad.split("#")[1].split(">")[0] for quad in left if "/p/2026-11-22#" in quad} == {"claim-5"}
    assert {node.value.partition("#")[2] for node in gone.named} == {"claim-3", "claim-4"}


def test_its_entry_in_the_register_goes_and_others_stay(mini: MiniProject) -> None:
    _body(mini)
    links = [(BODY, 1, "same"), ("a", 1, "not-same"), (BODY, 2, "unsure"), (BODY, 3, "unsure"), ("a", 3, "unsure")]
    texts = [
        f"link:register--{slug}--VR{number} a owl:Axiom , sssom:Mapping ; owl:annotatedProperty schema:sameAs ; "
        f"owl:annotatedSource id:{slug} ; owl:annotatedTarget <{BASE}register/U1104_VR{number}> ; "
        f"bg:judgement judgement:{judgement} .\n"
        for slug, number, judgement in [*links, ("a", 4, "same")]
    ]
    texts += [f'<{BASE}register/U1104_VR{n}> a bg:RegisterEntry ; bg:registerNumber "VR {n}" .\n' for n in range(1, 5)]
    mini.write("data/links/register.ttl", "".join(texts))
    _keep_in_use(mini)
    _, left = _purge(mini)
    assert {quad.partition("_VR")[2][0] for quad in left if "_VR" in quad} == {"3", "4"}
    assert not any(BODY in quad for quad in left)


def test_a_grant_to_several_stays_for_the_others(mini: MiniProject) -> None:
    _body(mini)
    mini.source(
        "p",
        f"""
        :grant-1 a bg:Grant ; schema:fundedItem id:x ; schema:funder id:a ; bg:recipient id:b , id:{BODY} ; dcterms:source SRC .
        :grant-2 a bg:Grant ; schema:fundedItem id:x ; schema:funder id:{BODY} ; dcterms:source SRC .
        :grant--x--{BODY} a bg:Grant ; schema:fundedItem id:x ; schema:funder id:a ; bg:recipient id:b , id:{BODY} ; dcterms:source SRC .
        """,
    )
    _keep_in_use(mini)
    assert _left(mini, "#grant-1")
    assert not _left(mini, BODY)
    assert not _left(mini, "#grant-2")


def test_plain_facts_go_one_by_one(mini: MiniProject) -> None:
    _body(mini)
    mini.source(
        "p",
        f'id:{BODY} bg:statedName "Blaues Haus" . id:a org:subOrganizationOf id:{BODY} ; bg:statedName "A bei BHM" , "A allein" .',
    )
    _keep_in_use(mini)
    assert _left(mini, "A allein")
    assert not _left(mini, "A bei BHM")
    assert not _left(mini, BODY)


def test_a_source_loses_its_publisher_or_goes_if_its_address_tells(mini: MiniProject) -> None:
    _body(mini)
    mini.source("own", 'id:a bg:statedName "A" .', publisher=BODY)
    mini.source(f"besuch-bei-{BODY}", 'id:b bg:statedName "B" .')
    _keep_in_use(mini)
    gone, left = _purge(mini)
    assert [source.value.split("/")[-2] for source in gone.sources] == [f"besuch-bei-{BODY}"]
    assert any("/own/2026-11-22" in quad for quad in left)
    assert not any("publisher" in quad and "/own/" in quad for quad in left)


def test_an_entry_merged_into_it_goes_too_with_its_names(mini: MiniProject) -> None:
    _body(mini)
    mini.write(
        "data/registry/old-house.ttl",
        f'id:old-house a org:Organization ; skos:prefLabel "Villa Kunterbunt"@de ; dcterms:isReplacedBy id:{BODY} .\n',
    )
    mini.source("p", ':claim-1 a schema:Claim ; schema:about id:a ; schema:text "In der Villa Kunterbunt."@de .')
    _keep_in_use(mini)
    assert not _left(mini, "Kunterbunt")
    assert not _left(mini, "old-house")


def test_the_completeness_of_a_list_stays_and_goes_with_its_last_attestation(mini: MiniProject) -> None:
    _body(mini)
    for slug, members in (("p", ["a", BODY]), ("q", [BODY])):
        facts = "".join(
            f':m--x--{m} a bg:Attestation ; org:member id:{m} ; org:organization id:x ; bg:listedName "{m}" ; dcterms:source SRC . '
            for m in members
        )
        iri = mini.source(slug, facts + ' id:c bg:statedName "c" .')
        mini.write(
            f"data/codings/list-{slug}.ttl",
            f"<{BASE}coding/completeness/{slug}> a bg:ListCompleteness ; dcterms:source <{iri}> ; org:organization id:x ; "
            "org:role role:member ; bg:completeness completeness:complete ; bg:basis basis:reader .\n",
        )
    _keep_in_use(mini)
    assert _left(mini, "coding/completeness/p>")
    assert not _left(mini, "coding/completeness/q>")


def test_links_and_comments_that_tell_go(mini: MiniProject) -> None:
    _body(mini)
    judged = "owl:annotatedProperty schema:sameAs ; bg:judgement judgement:same"
    mini.write(
        "data/links/bodies.ttl",
        f"""link:1 a owl:Axiom ; owl:annotatedSource id:{BODY} ; owl:annotatedTarget <https://example.org/1> ; {judged} .
        link:2 a owl:Axiom ; owl:annotatedSource id:a ; owl:annotatedTarget <https://example.org/2> ; {judged} ;
          rdfs:comment "nicht BHM" .
        link:3 a owl:Axiom ; owl:annotatedSource id:a ; owl:annotatedTarget <https://example.org/blaues-haus-am-markt> ; {judged} .
        link:4 a bg:NameJudgement ; bg:judgedBody id:a ; bg:judgedName "Blaues Haus am Markt" .\n""",
    )
    _keep_in_use(mini)
    assert not _left(mini, "link/1")
    assert _left(mini, "link/2")
    assert not _left(mini, "nicht BHM")
    assert not _left(mini, "link/3")
    assert not _left(mini, "link/4")


def test_entries_nothing_speaks_of_any_more_go_unless_their_kind_may_stand_alone(mini: MiniProject) -> None:
    _body(mini)
    mini.write("data/registry/ags-1.ttl", 'id:ags-1 a schema:Place ; skos:prefLabel "Ort"@de .\n')
    mini.source("p", f"id:{BODY} bg:seat id:ags-1 .")
    _keep_in_use(mini)
    assert not _left(mini, "id/ags-1")
    mini.write("data/registry/ags-2.ttl", 'id:ags-2 a schema:Place ; skos:prefLabel "Anderswo"@de .\n')
    assert _left(mini, "id/ags-1")


def test_names_of_others_are_left_alone(mini: MiniProject) -> None:
    _body(mini)
    mini.write(
        "data/registry/friends.ttl",
        'id:friends a org:Organization ; skos:prefLabel "Freunde Blaues Haus am Markt"@de ; skos:altLabel "BHM"@de .\n',
    )
    mini.source(
        "p", 'id:friends bg:statedName "F" . :claim-1 a schema:Claim ; schema:about id:a ; schema:text "BHM, A."@de .'
    )
    mini.attest("q", BODY, "x", more="")
    _keep_in_use(mini)
    quads = [item.quad for item in mini.corpus().quads]
    names = names_of(quads, frozenset({ox.NamedNode(f"{BASE}id/{BODY}")}), ["Weißes Haus"], ["Weißes Haus"])
    assert names.shared == {"BHM"}
    assert names.known == {"Blaues Haus am Markt", BODY}
    assert _left(mini, "Freunde Blaues Haus am Markt")
    assert _left(mini, "BHM, A.")


def test_listed_names_count_only_if_they_are_alike(mini: MiniProject) -> None:
    _body(mini)
    for number, listed in enumerate(["wir", "Blaues Haus am Markt e. V.", "BlHM", "Der Verein"]):
        facts = f':m--x--{BODY} a bg:Attestation ; org:member id:{BODY} ; org:organization id:x ; bg:listedName "{listed}" .'
        mini.source(f"p{number}", facts)
    quads = [item.quad for item in mini.corpus().quads]
    names = names_of(quads, frozenset({ox.NamedNode(f"{BASE}id/{BODY}")}))
    assert names.unlike == {"wir", "Der Verein"}
    assert {"BlHM", "BHM", "Blaues Haus am Markt e. V."} < names.known
