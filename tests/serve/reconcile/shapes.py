"""JSON Schemas of what the service answers, written after those of the Reconciliation API, versions 0.2 and 1.0-draft.

Each demands what the specification's own schema of the same name demands (required fields, types, patterns, and where
no other field may be): https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/#json-schemas and
https://reconciliation-api.github.io/specs/draft/#json-schemas.
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
SIDE: dict[str, Schema] = {"lang": TEXT, "dir": {"enum": ["ltr", "rtl", "auto"]}}


def fields(*required: str, **properties: Schema) -> Schema:
    """Return the schema of an object."""
    return {"type": "object", "required": list(required), "properties": properties}


def only(**properties: Schema) -> Schema:
    """Return the schema of an object that has these fields and no others; those but a description it must have."""
    return fields(*(properties.keys() - {"description"}), **properties) | {"additionalProperties": False}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def each(values: Schema) -> Schema:
    """Return the schema of an object with any keys."""
    return {"type": "object", "additionalProperties": values}


def like(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


NAMED = fields("id", "name", id=TEXT, name=TEXT, description=TEXT, **SIDE)
TYPE = NAMED | {"properties": NAMED["properties"] | {"broader": many(NAMED)}}
TYPES = many({"oneOf": [fields("id", id=TEXT, name=TEXT, **SIDE), TEXT]})
OLD_URL, OLD_SERVICE = fields("url", url=like(r".*\{\{id\}\}.*")), fields(service_url=TEXT, service_path=TEXT)
COMMON: dict[str, Schema] = {
    "name": TEXT,
    "documentation": TEXT,
    "serviceVersion": TEXT,
    "logo": TEXT,
    "batchSize": WHOLE,
}
DEFAULTS: dict[str, Schema] = {"defaultTypes": many(TYPE) | {"uniqueItems": True}}

MANIFEST_02 = fields(
    *("versions", "name", "identifierSpace", "schemaSpace"),
    versions=many(TEXT) | {"contains": {"const": "0.2"}},
    identifierSpace=TEXT,
    schemaSpace=TEXT,
    view=OLD_URL,
    feature_view=OLD_URL,
    suggest=fields(entity=OLD_SERVICE, property=OLD_SERVICE, type=OLD_SERVICE),
    preview=fields("url", "width", "height", width=WHOLE, height=WHOLE, url=like(r".*\{\{id\}\}.*")),
    extend=fields(propose_properties=OLD_SERVICE, property_settings={"type": "array"}),
    **COMMON,
    **DEFAULTS,
)
MANIFEST_1 = fields(
    *("versions", "name", "view"),
    versions=many(TEXT) | {"contains": {"const": "1.0-draft"}},
    view=fields("url", url=like(r".*\{.*id.*\}.*")),
    suggest=fields("entity", "property", "type", entity=TRUTH, property=TRUTH, type=TRUTH),
    preview=fields("width", "height", width=WHOLE, height=WHOLE),
    extend=fields(proposeProperties=TRUTH, propertySettings={"type": "array"}),
    standardizedScore=TRUTH,
    **COMMON,
    **DEFAULTS,
    **SIDE,
)
VALUE: Schema = {"oneOf": [TRUTH, NUMBER]}
PARTS: dict[str, Schema] = {
    "id": TEXT,
    "name": TEXT,
    "description": TEXT,
    "score": NUMBER,
    "match": TRUTH,
    "type": TYPES,
    **SIDE,
}
RESULTS_02 = each(
    fields(
        "result",
        result=many(fields("id", "name", "score", features=many(fields(id=TEXT, value=VALUE)), **PARTS)),
    )
)
RESULTS_1 = fields(
    "results",
    results=many(
        fields(
            "candidates",
            candidates=many(
                fields(
                    "id", "name", features=many(fields("id", "name", "value", id=TEXT, name=TEXT, value=VALUE)), **PARTS
                )
            ),
        )
    ),
)
SUGGESTED_THINGS = fields("result", result=many(NAMED | {"properties": NAMED["properties"] | {"notable": TYPES}}))
SUGGESTED = fields("result", result=many(NAMED))
PROPOSED = fields("properties", properties=many(NAMED), type=TEXT, limit=NUMBER)
VALUES = many(
    {
        "oneOf": [
            only(),
            only(id=TEXT, name=TEXT, description=TEXT),
            only(str=TEXT),
            only(float=NUMBER),
            only(int=WHOLE),
            only(date=like(r"^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d")),
        ]
    }
)
META = many(fields("id", "name", id=TEXT, name=TEXT, type=fields("id", id=TEXT, name=TEXT), service=like("^https?://")))
EXTENDED_02 = fields("rows", "meta", meta=META, rows=each(each(VALUES)))
EXTENDED_1 = fields(
    "rows", "meta", meta=META, rows=many(fields(id=TEXT, properties=many(fields(id=TEXT, values=VALUES))))
)


def fits(schema: Schema, answer: object) -> bool:
    """Return whether an answer fits a schema.

    Raises:
        jsonschema.ValidationError: if it does not.
    """
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(answer)
    return True
