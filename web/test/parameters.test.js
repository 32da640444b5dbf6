import assert from "node:assert/strict";
import test from "node:test";
import { bind, isBound, termOf, typed } from "../src/parameters.js";

const known = { prefixes: { id: "https://w3id.org/x/id/", schema: "https://schema.org/" }, named: new Map([["Ein Name", "https://w3id.org/x/id/n"]]) };
const term = (kind, value) => termOf({ kind }, value, known);

test("things are named by slug, prefixed name, IRI or name", () => {
  assert.equal(term("iri", "haus-der-vielfalt"), "id:haus-der-vielfalt");
  assert.equal(term("iri", " schema:foundingDate "), "schema:foundingDate");
  assert.equal(term("iri", "https://example.org/a#b"), "<https://example.org/a#b>");
  assert.equal(term("iri", "Ein Name"), "<https://w3id.org/x/id/n>");
});

test("nothing that was typed leaves its place in the query", () => {
  for (const value of ["", "x> } #", "id:a> } DROP", "http://a b", 'https://x/"', "https://x/}", "javascript:alert(1)", "unknown:x"]) {
    assert.equal(term("iri", value), null, value);
  }
  assert.equal(term("text", 'a" } # \n\\'), '"a\\" } # \\n\\\\"');
  assert.equal(bind('VALUES ?x { "old" }', "x", term("text", "$& } $1")), 'VALUES ?x { "$& } $1" }');
});

test("dates, numbers and languages are of their kind or refused", () => {
  assert.equal(term("date", "2023"), '"2023"^^xsd:gYear');
  assert.equal(term("date", "2023-02"), '"2023-02"^^xsd:gYearMonth');
  assert.equal(term("date", "2024-02-29"), '"2024-02-29"^^xsd:date');
  for (const value of ["2023-02-29", "2023-13", "23", "2023-1-1", ""]) assert.equal(term("date", value), null, value);
  assert.equal(term("number", "12"), "12");
  assert.equal(term("number", "1.5"), null);
  assert.equal(term("language", "de"), '"de"');
  assert.equal(term("language", "fr"), null);
});

test("defaults are shown as one would type them", () => {
  assert.deepEqual(["id:a", '"de"', '"2018-06"^^xsd:gYearMonth', "3"].map(typed), ["id:a", "de", "2018-06", "3"]);
});

test("a line that the reader took out is not bound", () => {
  assert.equal(isBound("SELECT * {}", "x"), false);
  assert.equal(bind("SELECT * {}", "x", "1"), "SELECT * {}");
});
