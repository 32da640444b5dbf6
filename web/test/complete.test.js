import assert from "node:assert/strict";
import test from "node:test";
import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { completionSource, insertion, optionsOf } from "../src/complete.js";

const PREFIXES = { bg: "https://example.org/bg#", org: "https://example.org/org#" };
const TERMS = [{ name: "bg:Alliance", kind: "class", de: "Bündnis", en: "alliance" }];

function offered(text, explicit = false) {
  const options = optionsOf(TERMS, PREFIXES, "de");
  const context = new CompletionContext(EditorState.create({ doc: text }), text.length, explicit);
  return completionSource(() => options, PREFIXES)(context)?.options.map(({ label }) => label) ?? [];
}

test("terms are offered by name and by their labels in both languages", () => {
  const found = offered("SELECT * { ?x a Bü");
  for (const label of ["bg:Alliance", "Bündnis", "alliance", "bg:", "FILTER"]) assert.ok(found.includes(label), label);
  assert.deepEqual(offered("SELECT * { "), []);
  assert.ok(offered("SELECT * { ", true).includes("bg:Alliance"));
});

test("behind a question mark only the query's variables are offered, behind PREFIX only declarations", () => {
  assert.deepEqual(offered("SELECT ?member { ?member ?is ?m"), ["?member", "?is"]);
  assert.deepEqual(offered("PREFIX o"), ["bg: <https://example.org/bg#>", "org: <https://example.org/org#>"]);
});

function applied(text) {
  const changes = insertion(text, "bg:Alliance", text.length, text.length, PREFIXES);
  return EditorState.create({ doc: text }).update({ changes }).state.doc.toString();
}

test("a term brings its prefix along, once, before the first declaration or below the comments", () => {
  assert.equal(applied("# title\nSELECT * { ?x a "), "# title\nPREFIX bg: <https://example.org/bg#>\nSELECT * { ?x a bg:Alliance");
  const declared = "PREFIX bg: <https://example.org/bg#>\nSELECT * { ?x a ";
  assert.equal(applied(declared), `${declared}bg:Alliance`);
});
