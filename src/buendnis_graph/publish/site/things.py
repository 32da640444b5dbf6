"""What the page of a thing shows: from the view to the context of its template, the same for both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents.tables import borrowing
from buendnis_graph.publish.site import facts as stating
from buendnis_graph.publish.site import memberships, numbers
from buendnis_graph.publish.site.plan import plan
from buendnis_graph.publish.site.view import Term, View, sort_key

Context = dict[str, Any]
_PART = 100


def body(view: View, thing: str) -> Context:
    """Return what the page of an alliance, organisation or programme shows."""
    stated = stating.facts(view, thing)
    members = memberships.members_of(view, thing)
    sits_in = memberships.alliances_of(view, thing)
    counted = [row for row in members if row.counts and not row.ended]
    context: Context = {
        "thing": thing,
        "facts": stated,
        "conflicts": [fact for fact in stated if fact.conflict],
        "names": names(view, thing, sits_in),
        "members": counted,
        "known_span": numbers.span(counted),
        "roles": [row for row in members if not row.counts and not row.ended],
        "ended": [row for row in members if row.ended],
        "sits_in": sits_in,
        "coverage": numbers.coverage(view, thing),
        "counts": numbers.counts(view, thing),
        "claims": claims(view, thing),
        "grants": grants(view, thing),
        "changes": view.order(
            view.subjects("org:originalOrganization", thing) + view.subjects("org:resultingOrganization", thing)
        ),
        "reverse": reverse(view, thing, plan("reverse")),
        "lists": lists(view, thing),
        "links": links(view, thing),
        "topics": view.order(view.things(thing, "bg:topic")),
    }
    context["sources"] = _all_sources(view, context)
    return context


def names(view: View, thing: str, sits_in: list[memberships.Row]) -> dict[str, tuple[str, ...]]:
    """Return the other names of a body: ours of the registry, and those under which lists name it."""
    labels = {value.value for value in view.values(thing, "skos:prefLabel")}
    others = {value.value for value in view.values(thing, "skos:altLabel")} - labels
    listed = {one.listed_name for row in sits_in for one in row.attested if one.listed_name} - labels - others
    return {
        key: tuple(sorted(said, key=lambda name: (sort_key(name), name)))
        for key, said in (("other", others), ("listed", listed))
    }


def lists(view: View, thing: str) -> list[list[str]]:
    """Return the codings of lists of an alliance, those together that say the same of the same role."""
    alike: dict[tuple[tuple[Term, ...], ...], list[str]] = {}
    for node in view.subjects("bg:listOf", thing):
        said = tuple(view.values(node, name) for name in ("bg:listRole", "bg:completeness", "rdfs:comment"))
        alike.setdefault(said, []).append(node)
    return list(alike.values())


def claims(view: View, thing: str) -> list[str]:
    """Return claims about a thing: by kind, then by name of the node."""
    found = view.subjects("schema:about", thing)
    return sorted(found, key=lambda one: (view.text(one, "bg:claimKind"), one))


def grants(view: View, thing: str) -> list[str]:
    """Return the grants in which a body or programme has a part, each once."""
    parts = ("schema:fundedItem", "schema:funder", "bg:programme", "bg:recipient")
    return sorted({grant for part in parts for grant in view.subjects(part, thing) if view.is_a(grant, "bg:Grant")})


def reverse(view: View, thing: str, relations: Mapping[str, str]) -> list[tuple[str, list[str] | None]]:
    """Return what leads to a thing, for each relation that anything bears.

    Returns:
        Name of a text, and bodies and places by name; None if they are too many for a page.
    """
    found = ((text, _bodies(view, thing, name)) for name, text in relations.items())
    return [(text, bodies) for text, bodies in found if bodies != []]


def _bodies(view: View, thing: str, *relations: str) -> list[str] | None:
    """Return bodies and places that lead to a thing, by name; None if more do by one relation than a page takes."""
    found = [view.few_subjects(name, thing, borrowing().at_most) for name in relations]
    things = [one for some in found for one in some or ()]
    return None if None in found else view.order(one for one in things if one.startswith(f"{BASE}id/"))


def links(view: View, thing: str) -> list[str]:
    """Return the judgements on what a thing is the same as elsewhere: the accepted first."""
    found = view.subjects("owl:annotatedSource", thing)
    return sorted(found, key=lambda one: (view.text(one, "bg:judgement"), view.text(one, "owl:annotatedTarget")))


def _all_sources(view: View, context: Context) -> list[str]:
    """Return every source that a page cites, by site."""
    found = {source for fact in context["facts"] for stated in fact.values for source in stated.sources}
    for name in ("members", "roles", "ended", "sits_in"):
        found.update(source for row in context[name] for source in row.sources)
    found.update(one.source for one in context["counts"])
    for name in ("claims", "grants", "changes"):
        found.update(source for node in context[name] for source in view.things(node, "dcterms:source"))
    return sorted(found)


def place(view: View, thing: str) -> Context:
    """Return what the page of a place shows: who is there, and what lies within."""
    around, current = [], thing
    while (current := view.text(current, "schema:containedInPlace")) and current not in around:
        around.append(current)
    return {
        "thing": thing,
        "around": around,
        "within": view.order(view.subjects("schema:containedInPlace", thing)),
        "here": reverse(view, thing, plan("at_place")),
        "facts": stating.facts(view, thing),
        "names": {"other": tuple(value.value for value in view.values(thing, "skos:altLabel")), "listed": ()},
        "links": links(view, thing),
    }


def concept(view: View, thing: str) -> Context:
    """Return what the page of a topic, role or other code shows."""
    users = _bodies(view, thing, "bg:topic", "bg:sector", "bg:legalForm", "bg:memberSector")
    bodies = [one for one in users or () if view.is_a(one, "org:Organization")]
    scheme = view.text(thing, "skos:inScheme")
    return {
        "thing": thing,
        "scheme": scheme,
        "is_scheme": view.is_a(thing, "skos:ConceptScheme"),
        "top_concepts": view.order(view.things(thing, "skos:hasTopConcept")),
        "siblings": view.order(one for one in view.subjects("skos:inScheme", scheme) if one != thing) if scheme else [],
        "relations": [(name, view.order(view.things(thing, name))) for name in plan("relations")],
        "alliances": [one for one in bodies if view.is_a(one, "bg:Alliance")],
        "organisations": [one for one in bodies if not view.is_a(one, "bg:Alliance")],
        "are_too_many": users is None,
        "links": links(view, thing),
    }


def membership(view: View, node: str) -> Context:
    """Return what the page of a membership shows: every attestation with the coding of its role."""
    row = memberships.membership(view, node)
    return {
        "row": row,
        "codings": {one.node: stating.codings(view, one.node) for one in row.attested},
        "conflicts": row.conflicts,
    }


def source(view: View, thing: str) -> Context:
    """Return what the page of a source shows: where it is from, and all it says."""
    classes = {
        "attestations": "bg:Attestation",
        "counts": "bg:MemberCount",
        "claims": "schema:Claim",
        "grants": "bg:Grant",
        "changes": "org:ChangeEvent",
        "facts": "rdf:Statement",
        "codings": "bg:Coding",
    }
    said: dict[str, list[str]] = {name: [] for name in classes}
    for node in view.subjects("dcterms:source", thing):
        for name, of_class in classes.items():
            if view.is_a(node, of_class):
                said[name].append(node)
                break
    said["attestations"].sort(
        key=lambda one: (view.text(one, "org:organization"), view.text(one, "bg:listedName").casefold())
    )
    of = view.text(thing, "dcterms:isVersionOf") or thing
    readings = [one for one in view.subjects("dcterms:isVersionOf", of) if one != thing]
    coded = {node: stating.codings(view, node) for node in (thing, *said["attestations"], *said["counts"])}
    ours = [node for node in said["codings"] if view.text(node, "rdf:subject").startswith(BASE + "id/")]
    counts = [numbers.count(view, node) for node in said.pop("counts")]
    said["codings"] = ours
    return {
        "thing": thing,
        "said": said,
        "facts": _in_parts(view, said.pop("facts")),
        "counts": counts,
        "readings": readings,
        "codings": coded,
    }


def _in_parts(view: View, facts: list[str]) -> list[list[tuple[str, list[str]]]]:
    """Return statements by what they are about, in order of its name, in parts that can be read at one go."""
    about: dict[str, list[str]] = {}
    for node in facts:
        about.setdefault(view.text(node, "rdf:subject"), []).append(node)
    ordered = [(thing, about[thing]) for thing in view.order(about)]
    return [ordered[start : start + _PART] for start in range(0, len(ordered), _PART)]


BUILDERS: Mapping[str, Callable[[View, str], Context]] = {
    "alliance": body,
    "body": body,
    "place": place,
    "concept": concept,
    "membership": membership,
    "source": source,
}
"""What a template of a thing needs, by its name."""
