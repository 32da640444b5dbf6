"""Merge two entries that are one body: a redirect stays, and what was said of the one is said of the other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox

from buendnis_graph.errors import LayoutError, UsageError
from buendnis_graph.evidence import Corpus, Located, add_to_text, rewrite_text
from buendnis_graph.evidence.reader import format_of
from buendnis_graph.importing.judgements import (
    Judgement,
    Judgements,
    add_judgements,
    judgement_node,
    judgement_quads,
    judgements_path,
)
from buendnis_graph.importing.known import ID, Known
from buendnis_graph.importing.reviewfile import read_review, review_files, write_review
from buendnis_graph.namespaces import BASE, PREF_LABEL, RDF_TYPE, expand
from buendnis_graph.settings import Project

_ALT_LABEL, _REPLACED = expand("skos:altLabel"), expand("dcterms:isReplacedBy")
_MULTIPLE = {expand("dcterms:source"), RDF_TYPE, _ALT_LABEL}
_BODY, _NAME = expand("bg:judgedBody"), expand("bg:judgedName")
_OURS = re.compile(re.escape(BASE) + r"(?P<kind>source|coding|membership)/(?P<path>[^#]*)(?:#(?P<fragment>.*))?")


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge would write."""

    files: dict[Path, str | None]
    renamed: int


def plan_merge(project: Project, corpus: Corpus, old: str, new: str, date: str, reason: str) -> Merge:
    """Return the files after a merge.

    Args:
        project: what to change.
        corpus: what its files say.
        old: slug of the entry that becomes a redirect.
        new: slug of the entry that stays.
        date: day of the decision.
        reason: why they are one.

    Raises:
        UsageError: if the two can't be merged.
        LayoutError: naming file and line, if both stand where only one may.
    """
    known = Known(corpus)
    for slug in (old, new):
        if not known.is_body(slug) or slug in known.replaced:
            raise UsageError(f"there is no body '{slug}' in data/registry/, or it is a redirect.")
    if old == new:
        raise UsageError("the two are the same entry already.")
    renames = _Renames(old, new)
    _check_collisions(corpus, renames)
    _check_judgements(corpus, old, new)
    files: dict[Path, str | None] = {}
    for path in sorted({project.root / item.path for item in corpus.quads if item.path.parts[0] == "data"}):
        if path.parent.name == "registry" and path.stem in {old, new}:
            continue
        text = path.read_text(encoding="utf-8")
        if old in text:
            changed = rewrite_text(text, format_of(path), project.relative(path), renames.in_file(text, path))
            if changed != text:
                files[path] = changed
    count = len(files)
    files |= _registry(project, corpus, known, old, new)
    files |= _reviews(project, old, new)
    judged = _judged(project, files, corpus, Judgement(known.labels[old], new, True), date, reason)
    return Merge(files | judged, count)


class _Renames:
    """What becomes of terms that name the old slug, in themselves or in their fragments."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def term(self, iri: str) -> str:
        """Return what becomes of an IRI."""
        if iri == f"{ID}{self._old}":
            return f"{ID}{self._new}"
        match = _OURS.fullmatch(iri)
        if match is None:
            return iri
        if match["kind"] == "source":
            return f"{BASE}source/{match['path']}#{self._parts(match['fragment'])}" if match["fragment"] else iri
        return f"{BASE}{match['kind']}/{self._coding(match['path'].split('/'))}"

    def _parts(self, text: str) -> str:
        return "--".join(self._new if part == self._old else part for part in text.split("--"))

    def _coding(self, parts: list[str]) -> str:
        # role/<site>/<page>/<fragment>[/<day>], date/<site>/<page>/<fragment>/<property>: the page's slug is no body's.
        skipped = 3 if parts[0] in {"role", "date", "completeness"} else 0
        return "/".join([*parts[:skipped], *(self._parts(part) for part in parts[skipped:])])

    def quad(self, quad: ox.Quad) -> ox.Quad:
        """Return what becomes of a quad."""
        subject, value = quad.subject, quad.object
        if isinstance(subject, ox.NamedNode):
            subject = ox.NamedNode(self.term(subject.value))
        if isinstance(value, ox.NamedNode):
            value = ox.NamedNode(self.term(value.value))
        return ox.Quad(subject, quad.predicate, value, quad.graph_name)

    def in_file(self, text: str, path: Path) -> _FileChange:
        """Return the change of a file."""
        return _FileChange(self, text, path)


class _FileChange:
    """Renames the quads of one file; where a coding of both becomes one, the values of the entry that stays win."""

    def __init__(self, renames: _Renames, text: str, path: Path) -> None:
        quads = list(ox.parse(text.encode(), format=format_of(path)))
        self._renames = renames
        self._kept = {(q.subject, q.predicate) for q in quads if renames.quad(q).subject == q.subject}
        judged = {q.subject: q.object for q in quads if q.predicate == _NAME and isinstance(q.object, ox.Literal)}
        self._judgements = {
            q.subject: judgement_node(judged[q.subject].value, renames.quad(q).object.value[len(ID) :])  # type: ignore[union-attr]
            for q in quads
            if q.predicate == _BODY and q.subject in judged and renames.quad(q).object != q.object
        }

    def __call__(self, quad: ox.Quad) -> list[ox.Quad]:
        """Return what becomes of a quad."""
        renamed = self._renames.quad(quad)
        if quad.subject in self._judgements:
            renamed = ox.Quad(self._judgements[quad.subject], renamed.predicate, renamed.object, renamed.graph_name)
        moved = renamed.subject != quad.subject and quad.predicate not in _MULTIPLE and not _is_fact(quad)
        return [] if moved and (renamed.subject, quad.predicate) in self._kept else [renamed]


def _is_fact(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(ID)


def _contradictions(corpus: Corpus, renames: _Renames) -> list[str]:
    """Return lines by which one source would relate the body to itself, or say two things where only one can be."""
    single = {q.quad.subject for q in corpus.quads if q.quad.object == expand("bg:SingleValuedProperty")}
    found, said = [], dict[tuple[object, ...], Located]()
    for item in corpus.quads:
        quad, renamed = item.quad, renames.quad(item.quad)
        if renamed.subject == renamed.object and quad.subject != quad.object:
            found.append(f"{item.path}:{item.line} (it would be related to itself)")
        if _is_fact(quad) and quad.predicate in single:
            other = said.setdefault((renamed.subject, quad.predicate, quad.graph_name), item)
            if other.quad.subject != quad.subject and renames.quad(other.quad).object != renamed.object:
                found.append(f"{other.path}:{other.line} and {item.path}:{item.line}")
    return found


def _check_collisions(corpus: Corpus, renames: _Renames) -> None:
    """Check that no source speaks of both where it may speak of one only, and that neither is in the other."""
    first = {item.quad.subject: item for item in reversed(corpus.quads)}
    found = []
    for subject, item in first.items():
        if not isinstance(subject, ox.NamedNode) or "#" not in subject.value:
            continue
        target = ox.NamedNode(renames.term(subject.value))
        if target != subject and target in first:
            found.append(f"{item.path}:{item.line} and {first[target].path}:{first[target].line}")
    by_subject: dict[object, set[object]] = {}
    for item in corpus.quads:
        if item.quad.predicate in (expand("org:member"), expand("org:organization")):
            renamed = renames.quad(item.quad).object
            if renamed in by_subject.setdefault(item.quad.subject, set()):
                found.append(f"{item.path}:{item.line} (one would be a member of itself)")
            by_subject[item.quad.subject].add(renamed)
    found += _contradictions(corpus, renames)
    if found:
        raise LayoutError(
            f"both are named apart in one source: {'; '.join(sorted(found))}.",
            hint="Look at these lines: if they are one body, remove one of the two there first. Nothing was changed.",
        )


def _check_judgements(corpus: Corpus, old: str, new: str) -> None:
    judgements = Judgements(corpus)
    for name, body in judgements.same.items():
        if body in (old, new):
            other = new if body == old else old
            if other in judgements.rejected.get(name, set()):
                judgements.knows(Judgement(name, other, True))


def _registry(project: Project, corpus: Corpus, known: Known, old: str, new: str) -> dict[Path, str | None]:
    """Return the redirect and the entry that stays, with the other's names and kinds."""
    old_node, new_node = ox.NamedNode(f"{ID}{old}"), ox.NamedNode(f"{ID}{new}")
    of_old = [i.quad for i in corpus.quads if i.quad.subject == old_node and i.path.parts[:2] == ("data", "registry")]
    of_new = {
        i.quad.object for i in corpus.quads if i.quad.subject == new_node and i.path.parts[:2] == ("data", "registry")
    }
    added = [
        ox.Quad(new_node, _ALT_LABEL, quad.object)
        for quad in of_old
        if quad.predicate in (PREF_LABEL, _ALT_LABEL) and quad.object not in of_new
    ]
    if known.is_alliance(old):
        added.append(ox.Quad(new_node, RDF_TYPE, expand("bg:Alliance")))
    redirect = [ox.Quad(q.subject, q.predicate, q.object) for q in of_old if q.predicate == PREF_LABEL]
    redirect += [ox.Quad(old_node, RDF_TYPE, expand("org:Organization")), ox.Quad(old_node, _REPLACED, new_node)]
    old_path, new_path = (project.data / "registry" / f"{slug}.ttl" for slug in (old, new))
    text = new_path.read_text(encoding="utf-8")
    return {
        old_path: add_to_text("", redirect, ox.RdfFormat.TURTLE, project.relative(old_path)),
        new_path: add_to_text(text, added, ox.RdfFormat.TURTLE, project.relative(new_path)),
    }


def _reviews(project: Project, old: str, new: str) -> dict[Path, str | None]:
    files: dict[Path, str | None] = {}
    for path in review_files(project):
        text = path.read_text(encoding="utf-8")
        pattern = re.compile(rf"(?<![a-z0-9-]){re.escape(old)}(?![a-z0-9-])")
        if pattern.search(text):
            rows = []
            for row in read_review(path, shown=project.relative(path)):
                choices = {c.slug: c for c in row.candidates if c.slug != old}
                for choice in row.candidates:
                    if choice.slug == old:
                        choices.setdefault(new, replace(choice, slug=new))
                decision = f"same:{new}" if row.decision == f"same:{old}" else row.decision
                alliance = new if row.alliance == old else row.alliance
                rows.append(replace(row, candidates=tuple(choices.values()), decision=decision, alliance=alliance))
            files[path] = write_review(rows)
    return files


def _judged(
    project: Project, files: dict[Path, str | None], corpus: Corpus, judgement: Judgement, date: str, reason: str
) -> dict[Path, str | None]:
    """Return the file of judgements with that of the merge: the old entry's name means the one that stays."""
    judgements = Judgements(corpus)
    if judgement.name in judgements.same:
        return {}  # judged before; the judgement itself was rewritten with all else
    path = judgements_path(project)
    rewritten = files.get(path)
    made = add_judgements(project, judgements, [(judgement, reason)], date)
    if rewritten is None or not made:
        return made
    quads = judgement_quads(judgement, date, reason)
    return {path: add_to_text(rewritten, quads, ox.RdfFormat.TURTLE, project.relative(path))}
