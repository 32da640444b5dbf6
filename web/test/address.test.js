import assert from "node:assert/strict";
import test from "node:test";
import { decode, encode } from "../src/address.js";

test("a question with its parameters comes back as it went", () => {
  const state = { question: "shared-members", parameters: { first: "id:a", query: "=&#+ä", view: "x y" }, view: "chart" };
  assert.deepEqual(decode(`#${encode(state)}`), { ...state, query: "" });
});

test("a text comes back as it went, with line ends and signs", () => {
  const query = 'SELECT * {\n  ?s ?p "a+b & c%20#d"@de . # ✓\n}';
  assert.deepEqual(decode(encode({ query })), { question: "", query, view: "", parameters: {} });
});

test("an empty fragment says nothing", () => {
  assert.deepEqual(decode(""), { question: "", query: "", view: "", parameters: {} });
});
