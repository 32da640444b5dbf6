"""Answers worked out another way: plain Python over the triples of the consolidated view, no SPARQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

import pyoxigraph as ox
import pytest

from buendnis_graph.graph import Graph
from buendnis_graph.namespaces import BASE, expand
from buendnis_graph.queries import Table
from buendnis_graph.store import consolidate

ID = BASE + "id/"
Rows = list[dict[str, str]]


class View:
    """The triples of the consolidated view by predicate."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.by: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.names: dict[str, str] = {}
        for quad in consolidate(graph.store):
            assert isinstance(quad.subject, ox.NamedNode)
            self.by[quad.predicate.value].append((quad.subject.value, getattr(quad.object, "value", "")))
            if quad.predicate == expand("skos:prefLabel") and getattr(quad.object, "language", "") == "de":
                self.names[quad.subject.value] = getattr(quad.object, "value", "")

    def pairs(self, curie: str) -> list[tuple[str, str]]:
        return self.by[expand(curie).value]

    def map(self, curie: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for subject, value in self.pairs(curie):
            found[subject].add(value)
        return found

    def of_type(self, curie: str) -> set[str]:
        return {subject for subject, kind in self.pairs("rdf:type") if kind == expand(curie).value}

    def ask(self, name: str, **parameters: str) -> Rows:
        table = self.graph.query(name, **parameters)
        assert isinstance(table, Table)
        return [{key: "" if term is None else term.value for key, term in row.items()} for row in table]


@pytest.fixture(scope="module")
def view(graph: Graph) -> View:
    return View(graph)


def _members(view: View) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for member, alliance in view.pairs("org:memberOf"):
        groups[alliance].add(member)
    return groups


def test_overlap(view: View) -> None:
    groups = _members(view)
    shared = {(a, b): groups[a] & groups[b] for a, b in combinations(sorted(groups), 2)}
    many = {(view.names[a], view.names[b]): len(both) for (a, b), both in shared.items() if len(both) >= 3}
    found = {(r["alliance"], r["other"]): r for r in view.ask("pairs-of-alliances")}
    assert {pair: int(row["shared"]) for pair, row in found.items()} == many
    assert all(int(row["shared"]) <= min(int(row["known"]), int(row["knownOther"])) for row in found.values())
    changes = [
        view.map("org:originalOrganization")[c] | view.map("org:resultingOrganization")[c]
        for c in view.of_type("org:ChangeEvent")
    ]
    changes += [{new, old} for new, old in _judged_successions(view)]
    succession = {pair for pair in shared if any(set(pair) <= change for change in changes)}
    assert {p for p, row in found.items() if row["successor"] == "true"} == {
        (view.names[a], view.names[b]) for a, b in succession if len(shared[a, b]) >= 3
    }
    alone = Counter(view.names[next(iter(m))] for p, m in shared.items() if len(m) == 1 and p not in succession)
    assert {r["organisation"]: int(r["pairs"]) for r in view.ask("brokers")} == alone
    first, second = ID + "netzwerk-tolerantes-sachsen", ID + "buendnis-gegen-antisemitismus-in-dresden-und-ostsachsen"
    assert {r["organisation"] for r in view.ask("shared-members")} == {
        view.names[m] for m in groups[first] & groups[second]
    }
    body = ID + "soziale-dienste-und-jugendhilfe"
    others = Counter(m for group in groups.values() if body in group for m in group - {body})
    assert {r["companion"]: int(r["number"]) for r in view.ask("companions-of-organisation")} == {
        view.names[m]: n for m, n in others.items()
    }


def test_members_at_a_date(view: View) -> None:
    rows = {r["member"]: (r["answer"], r["reason"]) for r in view.ask("members-at-date", lang="en")}
    assert rows["Treemedia"] == ("no", "after the latest end"), "it ended in 2017; asked for June 2018"
    assert rows["Jugend und Kulturverein EWerk Oschatz"][0] == "unknown", "it ended some day in 2018"
    assert {r["answer"] for r in view.ask("members-at-date", date="2018", lang="en")} >= {"yes"}
    assert {r["answer"] for r in view.ask("members-at-date", date="1990", lang="en")} <= {"no", "unknown"}
    answers = {lang: [r["member"] for r in view.ask("members-at-date", lang=lang)] for lang in ("de", "en")}
    assert sorted(answers["de"]) == sorted(answers["en"])


def test_time(view: View) -> None:
    alliances = view.of_type("bg:Alliance")
    founded = {view.names[b]: v for b, v in view.pairs("schema:foundingDate") if b in alliances}
    rows = view.ask("founding-dates")
    assert {r["alliance"]: r["founded"] for r in rows} == founded
    conflicts = {s for s, p in view.pairs("rdf:predicate") if p == expand("schema:foundingDate").value} & view.of_type(
        "bg:Conflict"
    )
    disputed = {view.names[b] for c in conflicts for b in view.map("rdf:subject")[c] if b in alliances}
    assert {r["alliance"] for r in rows if r["contradiction"] == "true"} == disputed
    changes = view.of_type("org:ChangeEvent")
    before, after = view.map("org:originalOrganization"), view.map("org:resultingOrganization")
    rows = view.ask("predecessors-and-successors")
    assert {(r["before"], r["after"]) for r in rows if r["judged"] == "false"} == {
        (view.names[a], view.names[b]) for c in changes for a in before[c] for b in after[c]
    }
    assert {(r["before"], r["after"]) for r in rows if r["judged"] == "true"} == {
        (view.names[old], view.names[new]) for new, old in _judged_successions(view)
    }
    over = {m for m, s in view.pairs("bg:state") if "/ended-" in s} | set(view.map("bg:noLongerListedIn"))
    assert len(view.ask("ended-memberships")) == len(over)
    growth = {r["alliance"]: (r["first"], r["last"], r["growth"]) for r in view.ask("growth-of-stated-sizes")}
    assert growth["Netzwerk Tolerantes Sachsen"] == ("100", "160", "60")
    assert growth["Entwicklungspolitisches Netzwerk Sachsen"] == ("59", "58", "-1")
    counting = {r for r, c in view.pairs("bg:countsAsMember") if c == "true"}
    counted = {a for a, r in view.pairs("org:role") if r in counting}
    dated = Counter(g for a, g in view.pairs("org:organization") if a in counted and a in view.map("bg:attestedOn"))
    assert {r["alliance"]: int(r["dated"]) for r in view.ask("span-of-evidence")} == {
        view.names[g]: n for g, n in dated.items()
    }


def _judged_successions(view: View) -> set[tuple[str, str]]:
    """Who followed whom in our judgement, from the codings."""
    successor = expand("bg:successorOf").value
    codings = [c for c, p in view.pairs("rdf:predicate") if p == successor]
    subject, value = view.map("rdf:subject"), view.map("rdf:object")
    return {(new, old) for c in codings for new in subject[c] for old in value[c]}


def _above(view: View, topic: str) -> set[str]:
    found, todo = set(), {topic}
    while todo:
        found |= todo
        todo = {b for t in todo for b in view.map("skos:broader")[t]} - found
    return found


def test_topics(view: View) -> None:
    alliances = view.of_type("bg:Alliance")
    on: dict[str, set[str]] = defaultdict(set)
    for body, topic in view.pairs("bg:topic"):
        if body in alliances:
            for above in _above(view, topic):
                on[above].add(body)
    topics = {t for t, s in view.pairs("skos:inScheme") if s == BASE + "topic"}
    tree = {r["topic"]: int(r["withNarrower"]) for r in view.ask("topic-tree")}
    assert tree == {view.names[t]: len(on[t]) for t in topics}
    assert {r["topic"] for r in view.ask("topics-without-alliance")} == {view.names[t] for t in topics if not on[t]}
    asked = BASE + "topic/countering-hostility-and-discrimination"
    assert {r["alliance"] for r in view.ask("alliances-on-topic")} == {view.names[b] for b in on[asked]}
    mine = ID + "buendnis-gegen-antimuslimischen-rassismus-in-sachsen"
    of = view.map("bg:topic")
    same = {view.names[b]: len(of[b] & of[mine]) for b in alliances - {mine} if of[b] & of[mine]}
    rows = view.ask("alliances-with-same-topics")
    assert {r["other"]: int(r["number"]) for r in rows} == same
    groups = _members(view)
    by_name = {view.names[a]: a for a in alliances}
    assert all(int(r["shared"]) == len(groups[mine] & groups[by_name[r["other"]]]) for r in rows)


def test_geography(view: View) -> None:
    ags = {place: next(iter(keys)) for place, keys in view.map("bg:ags").items()}
    bodies = view.of_type("org:Organization")
    at = {(b, p) for name in ("bg:seat", "schema:location") for b, p in view.pairs(name) if b in bodies}
    members = {m for m, _ in view.pairs("org:memberOf")}
    states = Counter(land for _, land in {(b, ags[p][:2]) for b, p in at if b in members})
    rows = view.ask("members-by-state")
    assert len(rows) == 16
    assert {r["state"]: int(r["members"]) for r in rows} == {
        view.names[f"{ID}ags-{k}"]: states[k] for k in {a[:2] for a in ags.values()}
    }
    saxon = {view.names[b] for b, p in at if ags[p].startswith("14")}
    assert {r["organisation"] for r in view.ask("organisations-in-place")} == saxon
    districts = {a for a in ags.values() if len(a) == 5 and a.startswith("14")}
    assert {r["ags"] for r in view.ask("districts-without-members")} == districts - {
        ags[p][:5] for b, p in at if b in members
    }
    network = _members(view)[ID + "netzwerk-tolerantes-sachsen"]
    rows = view.ask("places-of-members")
    assert sum(int(r["members"]) for r in rows if not r["state"]) == len(network - {b for b, _ in at})


def test_structure(view: View) -> None:
    alliances, groups = view.of_type("bg:Alliance"), _members(view)
    nested = {(a, b) for b, members in groups.items() for a in members & alliances}
    rows = view.ask("alliances-in-alliances")
    assert {(r["alliance"], r["memberOf"]): (int(r["members"]), int(r["ofThemDirect"])) for r in rows} == {
        (view.names[a], view.names[b]): (len(groups[a]), len(groups[a] & groups[b])) for a, b in nested
    }
    top = ID + "netzwerk-tolerantes-sachsen"
    inner: set[str] = set()
    todo = {top}
    while todo:
        inner |= todo
        todo = {a for a, b in nested if b in todo} - inner
    reach = {m for g in inner for m in groups[g]} - {top}
    rows = view.ask("reach-of-alliance")
    assert {r["organisation"] for r in rows} == {view.names[m] for m in reach}
    assert {r["organisation"] for r in rows if r["direct"] == "true"} == {view.names[m] for m in groups[top]}
    offices = {r for r, c in view.pairs("bg:countsAsMember") if c == "false" and "/role/" in r}
    role, member, group = view.map("org:role"), view.map("org:member"), view.map("org:organization")
    held = {(*member[a], *role[a], *group[a]) for a in view.of_type("bg:Attestation") if role[a] & offices}
    assert len(view.ask("offices-in-alliances")) == len(held)
    assert len(view.ask("parents-and-hosts")) == len(view.pairs("org:subOrganizationOf")) + len(
        view.pairs("bg:housedAt")
    )
    assert len(view.ask("shared-places")) == len(view.pairs("bg:sharedWith"))


def test_funding(view: View) -> None:
    grants, item = view.of_type("bg:Grant"), view.map("schema:fundedItem")
    by_programme: dict[str, set[str]] = defaultdict(set)
    for grant, programme in view.pairs("bg:programme"):
        by_programme[programme] |= item[grant]
    assert {r["programme"]: int(r["number"]) for r in view.ask("programmes")} == {
        view.names[p]: len(i) for p, i in by_programme.items()
    }
    funded = {b for g in grants for b in item[g] | view.map("bg:recipient")[g]}
    rows = view.ask("alliances-without-known-funding")
    assert {r["alliance"] for r in rows} == {view.names[a] for a in view.of_type("bg:Alliance") - funded}


def test_provenance(view: View) -> None:
    source, publisher = view.map("dcterms:source"), view.map("dcterms:publisher")
    member, group, role = view.map("org:member"), view.map("org:organization"), view.map("org:role")
    counting = {r for r, c in view.pairs("bg:countsAsMember") if c == "true"}
    counted = {a for a in view.of_type("bg:Attestation") if role[a] & counting}
    own = Counter(g for a in counted for g in group[a] for s in source[a] if g in publisher[s])
    rows = view.ask("who-says-so")
    assert {r["alliance"]: int(r["byAlliance"]) for r in rows if r["byAlliance"] != "0"} == {
        view.names[g]: n for g, n in own.items()
    }
    assert sum(int(r[c]) for r in rows for c in ("byAlliance", "byMember", "byOthers")) == len(counted)
    attestations = view.map("bg:attestation")
    memberships = [m for m in view.of_type("org:Membership") if view.map("bg:countsAsMember")[m] == {"true"}]
    only = {
        m for m in memberships if all(member[m] & publisher[s] for a in attestations[m] & counted for s in source[a])
    }
    assert len(view.ask("claimed-by-member-only")) == len(only)
    sites = Counter(s.removeprefix(BASE + "source/").split("/")[0] for s in view.of_type("bg:Source"))
    assert {r["site"]: int(r["sources"]) for r in view.ask("sources-per-site")} == sites
    earliest: dict[str, str] = {}
    for attestation, day in view.pairs("bg:attestedEarliest"):
        for g in group[attestation]:
            earliest[g] = min(day, earliest.get(g, day))
    oldest = view.ask("oldest-evidence")
    assert {r["alliance"] for r in oldest} == {view.names[g] for g in earliest}
    assert all(
        earliest[g].startswith(r["attestedOn"]) for r in oldest for g in earliest if view.names[g] == r["alliance"]
    )
    licences = {
        r["licence"].split("/")[-3]: (int(r["graphs"]), int(r["sources"])) for r in view.ask("licences-of-graphs")
    }
    assert licences["by"] == (2, 0), "the links to the register of associations, judged and accepted"
    assert licences["zero"][1] == len(view.of_type("bg:Source"))


def test_coverage_names_links_claims_and_words(view: View) -> None:
    alliances = view.of_type("bg:Alliance")
    assert len(view.ask("completeness-of-lists")) == len(view.of_type("bg:ListCompleteness"))
    kind = view.map("bg:countKind")
    sized = {b for c, b in view.pairs("bg:countOf") if BASE + "count-kind/members" in kind[c] and "/coverage/" not in c}
    assert {r["alliance"] for r in view.ask("alliances-without-stated-size")} == {
        view.names[a] for a in alliances - sized
    }
    names = view.ask("names-of-organisation", lang="en")
    assert {r["name"] for r in names} >= {
        "Haus der sozialen Vielfalt",
        "Haus SoVi",
        "Zentrum für Extremismusprävention e.V.",
    }
    assert len(view.ask("former-names")) == len(view.pairs("bg:formerName"))
    same = view.map("schema:sameAs")
    known = {b for b, items in same.items() if any("wikidata.org/entity/" in i for i in items)}
    size = Counter(m for m, _ in view.pairs("org:memberOf"))
    gaps = {b for b in view.of_type("org:Organization") - known if b in alliances or size[b] >= 3}
    assert {r["organisation"] for r in view.ask("organisations-without-wikidata")} == {view.names[b] for b in gaps}
    entries = view.of_type("bg:RegisterEntry")
    ev = {b for b, f in view.pairs("bg:legalForm") if f.endswith("/ev")} & view.of_type("org:Organization")
    assert {r["organisation"] for r in view.ask("associations-without-register-number")} == {
        view.names[b] for b in ev if not same[b] & entries
    }
    about = ID + "buendnis-gegen-antimuslimischen-rassismus-in-sachsen"
    claims = {c for c, b in view.pairs("schema:about") if b == about}
    assert len(view.ask("claims-about")) == sum(max(len(view.map("schema:author")[c]), 1) for c in claims)
    used = Counter(r for _, r in view.pairs("org:role"))
    assert {r["role"]: int(r["attestations"]) for r in view.ask("roles")} == {
        view.names[r]: used[r] for r in view.of_type("org:Role")
    }
    assert sum(int(r["attestations"]) for r in view.ask("role-words")) == len(view.of_type("bg:Attestation"))
    topics = {t for t, s in view.pairs("skos:inScheme") if s == BASE + "topic"}
    matches = ("exactMatch", "closeMatch", "relatedMatch", "broadMatch", "narrowMatch")
    linked = {(s, m, o) for m in matches for s, o in view.pairs(f"skos:{m}") if s in topics}
    assert len(view.ask("topic-matches")) == len(linked)
