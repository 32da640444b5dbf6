"""The files about JSON-LD that are published beside the documents."""

from __future__ import annotations

import json

from buendnis_graph.namespaces import BASE
from buendnis_graph.publish.documents import Kind
from buendnis_graph.publish.jsonld.frames import frame
from buendnis_graph.publish.jsonld.schemas import schema
from buendnis_graph.publish.jsonld.table import CONTEXT, context_text


def files() -> dict[str, str]:
    """Return the context, the frames and the JSON Schemas by path, sorted: the same for every graph."""
    made = {CONTEXT.removeprefix(BASE): context_text()}
    for kind in Kind:
        made[f"frame/{kind}.jsonld"] = _text(frame(kind))
        made[f"schema/{kind}.json"] = _text(schema(kind))
    return dict(sorted(made.items()))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
