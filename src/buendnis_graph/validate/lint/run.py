"""Run the lint's rules over shapes and ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from buendnis_graph.errors import RuleError
from buendnis_graph.evidence.reader import Located
from buendnis_graph.namespaces import PREFIXES, RDF_TYPE, expand
from buendnis_graph.validate.lint.facts import (
    LINT,
    cycle_facts,
    language_facts,
    lint,
    placeholder_facts,
    quad,
    shape_facts,
)
from buendnis_graph.validate.lint.index import Index
from buendnis_graph.validate.lint.inputs import Inputs
from buendnis_graph.validate.lint.known import Known
from buendnis_graph.validate.lint.rules import SEVERITIES, LintRule, read_lint_rules
from buendnis_graph.validate.lint.texts import Texts, is_iri
from buendnis_graph.validate.lint.words import Words
from buendnis_graph.validate.reading import file_node

GRAPHS = {name: expand(f"graph:{name}") for name in ("data", "ontology", "shacl")}
"""Named graphs that rules may ask; the default graph holds the shapes and the facts about them."""


@dataclass(frozen=True, slots=True)
class LintFinding:
    """A fault of a shape, rule, query or term: where, what, and what may be meant instead."""

    severity: str
    path: str
    line: int
    rule: str
    node: str
    value: str
    message: str
    suggestion: str

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class LintReport:
    """What the lint found, and the rules it had to leave out.

    Attributes:
        findings: sorted by severity, file and line.
        skipped: names of rules by what they lack (``ontology`` or ``project``).
        rules: how many rules ran.
    """

    findings: list[LintFinding]
    skipped: dict[str, list[str]]
    rules: int

    @property
    def has_errors(self) -> bool:
        """Whether a finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


def run_lint(inputs: Inputs, folder: Path, language: str) -> LintReport:
    """Return what is wrong with shapes, ontology, rules and queries.

    Args:
        inputs: what to look at.
        folder: the rules, and ``shacl.ttl`` beside them.
        language: ``de`` or ``en``.

    Raises:
        RuleError: if a rule can't be read or run.
        LimitError: if a shapes graph was made to keep a program busy.
    """
    rules = read_lint_rules(folder)
    bench = _Bench(inputs, folder, language)
    found: list[LintFinding] = []
    skipped: dict[str, list[str]] = {}
    for rule in rules:
        lacks = sorted(rule.needs - inputs.has)
        if lacks:
            skipped.setdefault("project" if "project" in lacks or "data" in lacks else lacks[0], []).append(rule.name)
        else:
            found += bench.run(rule)
    return LintReport(
        sorted(set(found), key=_order), dict(sorted(skipped.items())), len(rules) - sum(map(len, skipped.values()))
    )


def _order(f: LintFinding) -> tuple[int, str, int, str, str, str, str]:
    return (SEVERITIES.index(f.severity), f.path, f.line, f.rule, f.node, f.value, f.message)


PRIVACY = "privacy"
"""The layer whose shapes look for terms in order to forbid them: it is well that nothing in the project uses those."""


class _Bench:
    """Everything a rule needs, laid out once."""

    def __init__(self, inputs: Inputs, folder: Path, language: str) -> None:
        table = folder / "shacl.ttl"
        try:
            terms = [t.triple for t in ox.parse(table.read_bytes(), format=ox.RdfFormat.TURTLE)]
        except (OSError, SyntaxError) as error:
            raise RuleError(f"can't be read: {error}.", path=table, hint="Restore it.") from error
        self._language, self._content = language, inputs.content
        self._shapes, self._ontology = Index(inputs.shapes), Index(inputs.ontology)
        self._texts = Texts(self._shapes, inputs.texts)
        shacl = {node for t in terms for node in (t.subject, t.object) if str(node).startswith(f"<{PREFIXES['sh']}")}
        is_project = "project" in inputs.has
        self._known = Known(self._ontology, (str(node)[1:-1] for node in shacl), is_project=is_project)
        self._words = Words(self._shapes, self._texts, terms, language)
        self._store = ox.Store()
        constrains = {t.subject for t in terms if t.predicate == lint("constrains")}
        facts = [
            *(item.quad for item in self._shapes.quads),
            *shape_facts(self._shapes, constrains),
            *placeholder_facts(self._shapes),
            *self._texts.facts(),
            *cycle_facts(self._ontology),
            *language_facts(self._ontology, self._shapes, is_project=is_project),
        ]
        self._store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in facts)
        self._store.bulk_extend(self._about_terms(inputs))
        self._store.bulk_extend(self._about_files())
        graphs: dict[str, Iterable[Any]] = {
            "data": inputs.data,
            "ontology": (i.quad for i in inputs.ontology),
            "shacl": terms,
        }
        for name, said in graphs.items():
            graph = GRAPHS[name]
            self._store.bulk_extend(ox.Quad(s.subject, s.predicate, s.object, graph) for s in said)
        for node in shacl:
            self._store.add(ox.Quad(node, RDF_TYPE, lint("Term"), GRAPHS["shacl"]))

    def _about_terms(self, inputs: Inputs) -> Iterator[ox.Quad]:
        used: dict[str, None] = dict(self._texts.mentioned)
        for index in (self._shapes, self._ontology):
            for item in index.quads:
                q = item.quad
                used.update((t.value, None) for t in (q.predicate, q.object) if isinstance(t, ox.NamedNode))
        for iri in filter(is_iri, used):
            if self._known.is_undeclared(iri):
                yield ox.Quad(ox.NamedNode(iri), RDF_TYPE, lint("Undeclared"))
            elif self._known.is_foreign(iri):
                yield quad(ox.NamedNode(iri), "isForeign")
        for iri in filter(is_iri, inputs.fixtures):
            yield quad(lint("Fixtures"), "name", ox.NamedNode(iri))
        for item in self._ontology.quads:
            subject = item.quad.subject
            if isinstance(subject, ox.NamedNode) and self._known.is_own(subject.value):
                yield quad(subject, "isOwn")

    def _about_files(self) -> Iterator[ox.Quad]:
        is_shape = (None, RDF_TYPE, lint("Shape"), ox.DefaultGraph())
        shapes = {q.subject for q in self._store.quads_for_pattern(*is_shape)}
        for item in self._shapes.quads:
            node = file_node(item.path)
            if node not in self._texts.paths:
                self._texts.add_file(node, item.path, item.line)
                yield ox.Quad(node, RDF_TYPE, lint("ShapesFile"))
            if item.quad.subject in shapes:
                yield quad(node, "hasShape")
            if PRIVACY in item.path.parts:
                yield quad(item.quad.subject, "forbids")  # type: ignore[arg-type]

    def run(self, rule: LintRule) -> Iterator[LintFinding]:
        """Yield the findings of a rule."""
        try:
            rows = self._store.query(rule.sparql, prefixes={**PREFIXES, "lint": LINT})
        except (SyntaxError, OSError, ValueError) as error:
            raise RuleError(f"can't be run: {error}.", path=rule.path, hint="It must be a SELECT.") from error
        if not isinstance(rows, ox.QuerySolutions):
            raise RuleError("is no SELECT.", path=rule.path)
        names = [variable.value for variable in rows.variables]
        for row in rows:
            yield self._finding(rule, {name: row[name] for name in names if row[name] is not None})

    def _finding(self, rule: LintRule, row: dict[str, Any]) -> LintFinding:
        node, value = row.get("node"), row.get("value")
        suspect = row.get(rule.suggest)
        close = self._known.closest(suspect.value) if isinstance(suspect, ox.NamedNode) else ""
        path, line = self._place(node, row.get("property"), value)
        return LintFinding(
            severity=rule.severity,
            path=path,
            line=line,
            rule=rule.name,
            node=self._words.of(node),
            value="" if value is None else self._words.of(value),
            message=self._words.fill(rule.messages[self._language], row),
            suggestion=self._words.of(ox.NamedNode(close)) if close else "",
        )

    def _place(self, node: Any, prop: Any, value: Any) -> tuple[str, int]:
        line_of_text = self._texts.line(node, getattr(value, "value", ""))
        if node in self._texts.paths:
            return str(self._texts.paths[node]), line_of_text
        text_property, text = self._texts.in_shapes.get(node, (None, None))
        if text is not None and prop in {None, text_property}:
            place = self._shapes.locate(node, text_property, text)
            if place:
                return str(place.path), self._line_within(place, text.value, line_of_text)
        # Where it is described goes before where it is merely named.
        for index in sorted((self._shapes, self._ontology), key=lambda index: node not in index):
            place = index.locate(node, prop, value)
            if place:
                return str(place.path), place.line
        return "", 0

    def _line_within(self, place: Located, text: str, line: int) -> int:
        """Return the file's line for a line of a text that ends at a place, if it stands there in long quotes."""
        start = place.line - text.count("\n")
        before = self._content.get(place.path, [])[start - 1 : start]
        return start + line - 1 if before and (b'"""' in before[0] or b"'''" in before[0]) else place.line
