"""What the service says of itself, in either version of the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from buendnis_graph import __version__
from buendnis_graph.namespaces import PREFIXES
from buendnis_graph.serve.reconcile.offer import Kind, kinds, named, part
from buendnis_graph.serve.reconcile.preview import HEIGHT, WIDTH
from buendnis_graph.serve.reconcile.questions import BATCH
from buendnis_graph.serve.reconcile.things import HOME

ROUTE, DRAFT = "reconcile", "reconcile/v1"
"""Where the service is below the root: for version 0.2, and for 1.0-draft."""
_SUGGESTED = ("entity", "type", "property")


def manifest(root: str, language: str, offered: Iterable[Kind]) -> dict[str, Any]:
    """Return the manifest of version 0.2.

    Args:
        root: address of the server, ending in a slash.
        language: of names.
        offered: the types that can be found.
    """
    own = root + ROUTE
    return {
        "versions": ["0.2"],
        **_common(root, language, offered),
        "identifierSpace": HOME,
        "schemaSpace": PREFIXES["bg"],
        "view": {"url": f"{own}/view?id={{{{id}}}}"},
        "preview": {"url": f"{own}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {one: _suggesting(own, one) for one in _SUGGESTED},
        "extend": {
            "propose_properties": {"service_url": own, "service_path": "/extend/propose"},
            "property_settings": [],
        },
    }


def _suggesting(own: str, what: str) -> dict[str, str]:
    """Return where things of a sort are suggested, and where what is shown beside is (OpenRefine asks in any case)."""
    flyout = {"flyout_service_url": own, "flyout_service_path": f"/flyout/{what}?id=${{id}}"}
    return {"service_url": own, "service_path": f"/suggest/{what}", **flyout}


def draft_manifest(root: str, language: str, offered: Iterable[Kind]) -> dict[str, Any]:
    """Return the manifest of version 1.0-draft; see :func:`manifest`."""
    return {
        "versions": ["1.0-draft"],
        **_common(root, language, offered),
        "view": {"url": f"{root}{DRAFT}/view?id={{id}}"},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": dict.fromkeys(_SUGGESTED, True),
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
        "lang": language,
        "dir": "ltr",
    }


def _common(root: str, language: str, offered: Iterable[Kind]) -> dict[str, Any]:
    return {
        "name": part("name")[language],
        "documentation": root,
        "serviceVersion": __version__,
        "defaultTypes": [_type(kind, language) for kind in offered],
        "batchSize": BATCH,
    }


def _type(kind: Kind, language: str) -> dict[str, Any]:
    broader = kinds().get(kind.broader)
    return named(kind, language) | ({"broader": [named(broader, language)]} if broader else {})
