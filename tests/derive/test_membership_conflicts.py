"""Conflicts of memberships against a plain comparison of every two attestations."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buendnis_graph.namespaces import BASE, expand
from tests.mini import REAL, MiniProject, rows

RULE = (REAL.ontology / "rules" / "71-membership-conflicts.rq").read_text(encoding="utf-8")
ROLES = {
    True: ox.NamedNode("http://example.org/counts"),
    False: ox.NamedNode("http://example.org/does-not"),
    None: None,
}

Bounds = tuple[int, int] | None
Attestation = tuple[bool | None, Bounds, Bounds]  # whether its role counts, if it has one; beginning; end
Conflicts = dict[tuple[str, str], set[str]]  # by path of the membership and name of the property: the attestations

_bounds = st.none() | st.tuples(st.integers(1, 12), st.integers(0, 6)).map(lambda days: (days[0], sum(days)))
_attestations = st.tuples(st.sampled_from((True, True, False, None)), _bounds, _bounds)


def _by_comparison(memberships: list[list[Attestation]]) -> Conflicts:
    found: Conflicts = defaultdict(set)
    for number, attestations in enumerate(memberships):
        counts = any(role for role, _, _ in attestations)
        heard = [(name, since, until) for name, (role, since, until) in enumerate(attestations) if role is counts]
        for (one, since, until), (two, other_since, other_until) in permutations(heard, 2):
            for property_, first, last in (
                ("since", since, other_since),
                ("until", until, other_until),
                ("until", since, other_until),
            ):
                if first and last and first[0] > last[1]:
                    found[f"x/{number}", property_] |= {f"{number}-{one}", f"{number}-{two}"}
    return dict(found)


def _store(memberships: list[list[Attestation]]) -> ox.Store:
    store = ox.Store()

    def add(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        store.add(ox.Quad(subject, expand(name), value))

    for counts, role in ROLES.items():
        if role is not None:
            add(role, "bg:countsAsMember", ox.Literal(bool(counts)))
    for number, attestations in enumerate(memberships):
        membership = ox.NamedNode(f"{BASE}membership/x/{number}")
        add(membership, "rdf:type", expand("org:Membership"))
        add(membership, "bg:countsAsMember", ox.Literal(any(role for role, _, _ in attestations)))
        for name, (counts, since, until) in enumerate(attestations):
            attestation = ox.NamedNode(f"http://example.org/{number}-{name}")
            add(membership, "bg:attestation", attestation)
            if (role := ROLES[counts]) is not None:
                add(attestation, "org:role", role)
            for property_, bounds in (("since", since), ("until", until)):
                for end, day in zip(("Earliest", "Latest"), bounds or (), strict=False):
                    add(
                        attestation,
                        f"bg:{property_}{end}",
                        ox.Literal(f"2020-01-{day:02}", datatype=expand("xsd:date")),
                    )
    return store


def _by_rule(memberships: list[list[Attestation]]) -> Conflicts:
    result = _store(memberships).query(RULE)
    assert isinstance(result, ox.QueryTriples)
    found: Conflicts = defaultdict(set)
    for triple in result:
        if triple.predicate == expand("bg:attestation"):
            path, _, property_ = triple.subject.value.removeprefix(f"{BASE}conflict/membership/").rpartition("/")
            found[path, property_].add(triple.object.value.removeprefix("http://example.org/"))
    return dict(found)


@given(st.lists(st.lists(_attestations, max_size=5), max_size=4))
def test_the_rule_finds_what_a_comparison_of_every_two_attestations_finds(memberships: list[list[Attestation]]) -> None:
    assert _by_rule(memberships) == _by_comparison(memberships)


def _conflicts(mini: MiniProject, *dated: tuple[str, str]) -> list[tuple[str, ...]]:
    """Return property and number of attestation of each conflict of a membership; attested by roles and dates as given."""
    for number, (role, dates) in enumerate(dated):
        mini.attest(str(number), "a", "x", role, more=f"; {dates}")
    return rows(
        mini.derived(),
        """SELECT ?property ?number { ?c a bg:Conflict ; bg:conflictKind conflict-kind:contradiction ; rdf:predicate ?p ;
             bg:attestation ?t . BIND(STRAFTER(STR(?p), "#") AS ?property)
             BIND(SUBSTR(STRAFTER(STR(?t), "example.org/"), 1, 1) AS ?number) } ORDER BY ?property ?number""",
    )


SINCE_2001, SINCE_2005, SINCE_2009 = (f'bg:since "{year}"^^xsd:gYear' for year in (2001, 2005, 2009))
UNTIL_2003, UNTIL_2007 = (f'bg:until "{year}"^^xsd:gYear' for year in (2003, 2007))


@pytest.mark.parametrize(
    ("dated", "conflicts"),
    [
        ([SINCE_2001, SINCE_2001], []),
        ([SINCE_2001, SINCE_2005], [("since", "0"), ("since", "1")]),
        ([UNTIL_2007, UNTIL_2003], [("until", "0"), ("until", "1")]),
        ([UNTIL_2003, SINCE_2005], [("until", "0"), ("until", "1")]),
        ([SINCE_2001, UNTIL_2003], []),
        ([f"{SINCE_2005} ; {UNTIL_2003}"], []),  # a source at odds with itself is no conflict of sources
        ([SINCE_2005, SINCE_2001, SINCE_2005, UNTIL_2007], [("since", "0"), ("since", "1"), ("since", "2")]),
        ([SINCE_2001, SINCE_2009, UNTIL_2007], [("since", "0"), ("since", "1"), ("until", "1"), ("until", "2")]),
    ],
)
def test_a_conflict_names_the_attestations_that_exclude_another(
    mini: MiniProject, dated: list[str], conflicts: list[tuple[str, ...]]
) -> None:
    assert _conflicts(mini, *(("member", dates) for dates in dated)) == conflicts


def test_a_beginning_that_agrees_with_both_sides_is_no_side(mini: MiniProject) -> None:
    vague, one, two = (
        f'bg:since "{date}"^^xsd:{kind}'
        for date, kind in (("2023", "gYear"), ("2023-03", "gYearMonth"), ("2023-05-02", "date"))
    )
    found = _conflicts(mini, ("member", vague), ("member", one), ("founding-member", two))
    assert found == [("since", "1"), ("since", "2")]


def test_dates_of_roles_that_do_not_count_exclude_only_each_other(mini: MiniProject) -> None:
    assert _conflicts(mini, ("member", SINCE_2001), ("carrier", SINCE_2005), ("carrier", SINCE_2009)) == []


def test_where_no_role_counts_the_dates_of_the_others_are_compared(mini: MiniProject) -> None:
    assert _conflicts(mini, ("carrier", SINCE_2005), ("active", SINCE_2009)) == [("since", "0"), ("since", "1")]
