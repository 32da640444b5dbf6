import assert from "node:assert/strict";
import test from "node:test";
import { formOf, missingPrologue, placeOf, prefixesIn, usesGraphs } from "../src/sparql.js";

const PREFIXES = { bg: "https://example.org/bg#", org: "https://example.org/org#" };

test("the form is the first word behind the prologue, whatever comments and IRIs say", () => {
  assert.equal(formOf("# SELECT\nPREFIX a: <http://select/ASK> CONSTRUCT { } WHERE { }"), "CONSTRUCT");
  assert.equal(formOf("base <http://x/> select * {}"), "SELECT");
  assert.equal(formOf(""), "");
});

test("GRAPH counts as a word only", () => {
  assert.equal(usesGraphs("SELECT * { graph ?g { ?s ?p ?o } }"), true);
  assert.equal(usesGraphs('SELECT * { ?graph a:GRAPH "GRAPH" } # GRAPH'), false);
  assert.equal(usesGraphs("SELECT * FROM <http://x> { ?s ?p ?o }"), true);
});

test("prefixes that are used and known, but not declared, are added on one line", () => {
  const query = "PREFIX org: <x>\nSELECT * { ?a a bg:Alliance ; org:x 'bg:y' ; other:z _:b }";
  assert.deepEqual(prefixesIn(query), { declared: new Set(["org"]), used: new Set(["bg", "org", "other"]) });
  assert.equal(missingPrologue(query, PREFIXES), "PREFIX bg: <https://example.org/bg#> ");
  assert.equal(missingPrologue("SELECT * {}", PREFIXES), "");
});

test("the place of an error is that in what the reader wrote", () => {
  assert.deepEqual(placeOf("error at 1:45: expected x", 40), { line: 1, column: 5, message: "expected x" });
  assert.deepEqual(placeOf("error at 3:7: expected x", 40), { line: 3, column: 7, message: "expected x" });
  assert.deepEqual(placeOf("no such thing", 40), { message: "no such thing" });
});
