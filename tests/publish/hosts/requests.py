"""What is asked of servers, and what they must answer."""

from __future__ import annotations

from tests.publish.hosts.test_negotiation import BROWSER

NEGOTIATED = "Accept,Accept-Language"
SOURCE = "source/example.org/list/2026-11-22"
TURTLE, HTML, JSONLD = "text/turtle;charset=utf-8", "text/html;charset=utf-8", "application/ld+json"

# path, Accept, Accept-Language; status, Location or type, Vary
REQUESTS = [
    ("", None, None, 200, HTML, NEGOTIATED),
    ("", BROWSER, "en", 302, "en/", NEGOTIATED),
    ("", "text/turtle", None, 303, "dataset.ttl", NEGOTIATED),
    ("en/", None, None, 200, HTML, ""),
    ("en", None, None, 302, "en/", ""),
    ("id/a", None, None, 303, "id/a.html", NEGOTIATED),
    ("id/a", BROWSER, "de,en;q=0.5", 303, "id/a.html", NEGOTIATED),
    ("id/a", BROWSER, "en-GB,en;q=0.9,de;q=0.5", 303, "en/id/a.html", NEGOTIATED),
    ("id/a", "text/turtle", "en", 303, "id/a.ttl", NEGOTIATED),
    ("id/a", "application/ld+json", None, 303, "id/a.jsonld", NEGOTIATED),
    ("id/a", "text/turtle;q=0.5,application/ld+json;q=0.55", None, 303, "id/a.jsonld", NEGOTIATED),
    ("id/a", "text/html;q=0.2,text/turtle;q=0.21", None, 303, "id/a.ttl", NEGOTIATED),
    ("id/a", "image/png", None, 303, "id/a.html", NEGOTIATED),
    ("topic", None, None, 303, "topic.html", NEGOTIATED),
    ("topic/racism", "text/turtle", None, 303, "topic/racism.ttl", NEGOTIATED),
    ("membership/x/a/2", None, None, 303, "membership/x/a/2.html", NEGOTIATED),
    ("membership/x/a", None, None, 303, "membership/x/a.html", NEGOTIATED),
    ("ontology", "text/turtle", None, 302, "ontology.ttl", NEGOTIATED),
    ("dataset", None, "en", 302, "en/dataset.html", NEGOTIATED),
    (SOURCE, None, None, 302, f"{SOURCE}.html", NEGOTIATED),
    ("search", None, "en", 302, "search.html", ""),
    ("en/search", None, None, 302, "en/search.html", ""),
    ("en/id/a", None, None, 302, "en/id/a.html", ""),
    ("overview/map", None, None, 302, "overview/map.html", ""),
    ("id/a.html", "text/turtle", "en", 200, HTML, ""),
    ("en/id/a.html", None, None, 200, HTML, ""),
    ("id/a.ttl", BROWSER, None, 200, TURTLE, ""),
    ("id/a.jsonld", None, None, 200, JSONLD, ""),
    ("context/v1.jsonld", None, None, 200, JSONLD, ""),
    ("schema/alliance.json", None, None, 200, "application/json", ""),
    ("dumps/graph.nq.gz", None, None, 200, "application/gzip", ""),
    ("dumps/graph.trig", None, None, 200, "application/trig;charset=utf-8", ""),
    ("dumps/csv/t.csv", None, None, 200, "text/csv;charset=utf-8", ""),
    ("linkset.json", None, None, 200, "application/linkset+json", ""),
    (".well-known/void", None, None, 200, TURTLE, ""),
    ("void.ttl", None, None, 200, TURTLE, ""),
    ("sparql-worker.js", None, None, 200, "text/javascript;charset=utf-8", ""),
    ("robots.txt", None, None, 200, "text/plain;charset=utf-8", ""),
    ("hosts/nginx/server.conf", None, None, 200, "text/plain;charset=utf-8", ""),
    ("sitemap.xml", None, None, 200, "application/xml", ""),
    ("id/old", "text/turtle", None, 301, "id/a", ""),
    ("id/old.ttl", None, None, 301, "id/a.ttl", ""),
    ("en/id/old.html", None, None, 301, "en/id/a.html", ""),
    ("membership/x/old", None, None, 301, "membership/x/a", ""),
    ("statement/a/name/0123", None, None, 303, "id/a#statement/a/name/0123", ""),
    ("conflict/membership/x/a/since", None, None, 303, "membership/x/a#conflict/membership/x/a/since", ""),
    ("link/b--wikidata-Q1", None, None, 303, "id/b#link/b--wikidata-Q1", ""),
    ("link/b--wikidata-Q2", None, None, 303, "topic/b#link/b--wikidata-Q2", ""),
    ("link/racism--gnd-1", None, None, 303, "topic/racism#link/racism--gnd-1", ""),
    ("coding/role/example.org/list/x--a", None, None, 303, f"{SOURCE}#coding/role/example.org/list/x--a", ""),
    ("dataset/0.1.0", None, None, 303, "dataset#dataset/0.1.0", ""),
    ("ontology/0.1.0", None, None, 303, "ontology#ontology/0.1.0", ""),
    *((path, None, None, 404, HTML, "") for path in (
        "id/unknown", "id/unknown.ttl", "id/", "id", "topic/", "statement/unknown/name/0123", "nothing", "en/nothing",
        "coding/role/example.org/list/x--unknown", "id/a.html/b", "id/a/b", ".htaccess", "coding/role/.htaccess",
        ".git/config",
    )),
]  # fmt: skip

STRANGE = [
    "../../etc/passwd", "..%2f..%2fetc/passwd", "%2e%2e/%2e%2e/etc/passwd", "id/a%0d%0aX-Injected:%20yes", "id/%ff%fe", "id/a%00.html",
    "id/%e2%80%ae", "id/a%20b", "id/%3Cscript%3E", "id//a", "id/a;b", "id/a%5c..%5c", "id/a.html%20", "statement/a/x%0d%0aX-Injected:%20yes",
    "coding/role/x/coding/role/example.org/list/x--b%0d%0aX-Injected:%20yes", "a" * 3000, "id/" + "a/" * 300 + "b",
]  # fmt: skip
