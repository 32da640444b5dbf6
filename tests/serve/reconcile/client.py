"""A client of the service, as OpenRefine and others are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tests.serve.live import FORM, Answer, Live

JSON = "application/json"


@dataclass(frozen=True)
class Client:
    live: Live

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.live.port}/"

    def get(self, path: str = "", *, language: str = "de", **parameters: object) -> Any:
        """Return what a GET below ``/reconcile`` is answered, which must go well."""
        got = self.ask(path, language=language, **parameters)
        assert (got.status, got.type) == (200, JSON), got.text
        return json.loads(got.body)

    def ask(self, path: str = "", *, language: str = "de", **parameters: object) -> Answer:
        query = f"?{urlencode(parameters)}" if parameters else ""
        return self.live.ask(path=f"/reconcile{path}{query}", accept_language=language)

    def form(self, **fields: object) -> Answer:
        """Post a form of version 0.2; what is no text is sent as JSON."""
        texts = {name: v if isinstance(v, str) else json.dumps(v) for name, v in fields.items()}
        return self.live.ask("POST", "/reconcile", urlencode(texts), content_type=FORM)

    def post(self, path: str, body: object) -> Answer:
        """Post JSON of version 1.0-draft."""
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.live.ask("POST", f"/reconcile{path}", text, content_type=JSON)

    def match(self, **queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """Return the candidates of each query of version 0.2."""
        got = self.form(queries=queries)
        assert got.status == 200, got.text
        return {name: found["result"] for name, found in json.loads(got.body).items()}

    def best(self, query: str, **more: Any) -> dict[str, Any]:
        """Return the first candidate for a name."""
        return self.match(q=more | {"query": query})["q"][0]


def named(name: str | list[str], **more: object) -> dict[str, Any]:
    """Return a query of version 1.0-draft for a name, or one of several."""
    return {"conditions": [{"matchType": "name", "propertyValue": name}], **more}
