"""Write judgements on identity into a project: those of a rule never over a person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from buendnis_graph.care.refuse import refuse_withheld_in
from buendnis_graph.errors import JudgementError
from buendnis_graph.evidence import read_file, replace_files, writing
from buendnis_graph.linking.mappings import Mapping, mappings_of, mappings_text, read_mappings
from buendnis_graph.linking.targets import Target
from buendnis_graph.settings import Project


def add_judgements(project: Project, target: Target, new: Sequence[Mapping]) -> tuple[int, Path]:
    """Write judgements to the file of a data set; return how many are new there, and the file.

    A pair that is judged already stays as it is if a rule judges anew. A person's judgement replaces one of a rule,
    or an *unsure*; it does not replace another person's.

    Raises:
        JudgementError: if a person has judged otherwise before, or two of the new ones differ; nothing is written.
    """
    path = project.data / "links" / f"{target.key}.ttl"
    with writing(project):
        judged = {(m.subject, m.object): m for m in read_mappings(project)}
        wanted, said = [], dict(judged)
        for mapping in new:
            if _is_wanted(mapping, said.get((mapping.subject, mapping.object))):
                wanted.append(mapping)
                said[mapping.subject, mapping.object] = mapping
        if wanted:
            present = path.read_text(encoding="utf-8") if path.exists() else ""
            kept = {m.slug: m for m in mappings_of(item.quad for item in read_file(path))} if present else {}
            for mapping in wanted:
                old = judged.get((mapping.subject, mapping.object))
                if old is not None and old.slug not in kept:
                    raise JudgementError(f"{old.slug} judges the same pair in another file.", hint="Change it there.")
                slug = old.slug if old is not None else mapping.slug
                kept[slug] = replace(mapping, slug=slug)
            files = {path: mappings_text(kept.values(), present, path)}
            refuse_withheld_in(project, files)
            replace_files(project, files)
    return len(wanted), path


def _is_wanted(new: Mapping, old: Mapping | None) -> bool:
    if old is None:
        return True
    if new.reviewer == "rule" or (new.judgement == old.judgement and old.reviewer != "rule"):
        return False
    if old.reviewer != "rule" and old.judgement != "unsure":
        raise JudgementError(
            f"{old.slug} is judged {old.judgement} already, not {new.judgement}.",
            hint="Change the earlier judgement in its file if it errs.",
        )
    return True
