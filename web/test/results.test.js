import assert from "node:assert/strict";
import test from "node:test";
import { bars } from "../src/results/chart.js";
import { labels, names, numbers } from "../src/results/columns.js";
import { csv, harmless, json, ntriples, tsv } from "../src/results/download.js";
import { layout } from "../src/results/layout.js";
import { networkOf } from "../src/results/network.js";
import { turtle } from "../src/results/turtle.js";
import { labelsFrom, pageOf, shorten } from "../src/terms.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const iri = (name) => ({ type: "uri", value: `https://example.org/id/${name}` });
const text = (value, language) => ({ type: "literal", value, "xml:lang": language });
const typed = (value, type) => ({ type: "literal", value, datatype: XSD + type });
const number = (value) => typed(String(value), "integer");

test("no cell can be run as a formula, and numbers stay numbers", () => {
  for (const risky of ["=1+1", "+x", "-x", "@x", "\t=1", " =1", "\u200b=1", "＝1", "a;=1", "a\n=1"]) {
    assert.ok(/'/.test(harmless(risky)), risky);
  }
  for (const fine of ["-1", "+2.5e3", "a=b", "", "x"]) assert.equal(harmless(fine), fine);
  const answer = { columns: ["a", "b"], rows: [[text("=x"), null], [text('"q", r'), number(-3)]] };
  assert.equal(csv(answer), "a,b\r\n'=x,\r\n\"\"\"q\"\", r\",-3\r\n");
  assert.equal(csv(answer, { raw: true }), "a,b\r\n=x,\r\n\"\"\"q\"\", r\",-3\r\n");
  assert.equal(csv({ columns: ["a"], rows: [[null]] }), 'a\r\n""\r\n');
});

test("TSV and JSON keep the terms", () => {
  const answer = { columns: ["a", "b"], rows: [[iri("x"), text('t\t"', "de")], [null, typed("2023", "gYear")]] };
  assert.equal(tsv(answer), `?a\t?b\n<https://example.org/id/x>\t"t\\t\\""@de\n\t"2023"^^<${XSD}gYear>\n`);
  const read = JSON.parse(json(answer));
  assert.deepEqual(read.head, { vars: ["a", "b"] });
  assert.deepEqual(Object.keys(read.results.bindings[1]), ["b"]);
  assert.equal(ntriples({ type: "bnode", value: "b0" }), "_:b0");
});

test("Turtle has each triple once, sorted, with the prefixes it uses", () => {
  const type = { type: "uri", value: "http://www.w3.org/1999/02/22-rdf-syntax-ns#type" };
  const triples = [[iri("b"), iri("p"), typed("2", "integer")], [iri("a"), type, iri("T")], [iri("a"), iri("p"), text("x", "de")], [iri("a"), type, iri("T")]];
  const written = turtle(triples, { id: "https://example.org/id/", xsd: XSD, no: "https://none/" });
  assert.equal(
    written,
    `@prefix id: <https://example.org/id/> .\n@prefix xsd: <${XSD}> .\n\nid:a a id:T ;\n  id:p "x"@de .\n\nid:b id:p "2"^^xsd:integer .\n`,
  );
  assert.equal(turtle([], {}), "");
});

test("columns are taken for what they hold", () => {
  const rows = [[text("A"), number(3), typed("2020", "gYear"), iri("x")], [text("B"), number(1), typed("2019", "gYear"), iri("y")]];
  const answer = { columns: ["name", "n", "year", "thing"], rows };
  assert.deepEqual(numbers(answer), [1]);
  assert.deepEqual(names(answer), [3, 0, 2]);
  assert.deepEqual(labels(answer), [0, 2, 3]);
  const read = (term) => term.value;
  assert.deepEqual(bars(answer, 0, 1, read), [["A", 3], ["B", 1]]);
  assert.deepEqual(bars(answer, 2, 1, read), [["2019", 1], ["2020", 3]], "years stand in their order");
});

test("a network has each thing and each line once", () => {
  const rows = [[iri("a"), iri("b")], [iri("b"), iri("a")], [iri("a"), iri("c")], [iri("d"), iri("d")], [iri("a"), null]];
  const { nodes, edges, left } = networkOf({ rows }, 0, 1);
  assert.deepEqual(nodes.map(({ term, degree }) => [term.value.at(-1), degree]), [["a", 2], ["b", 1], ["c", 1], ["d", 0]]);
  assert.equal(edges.length, 2);
  assert.equal(left, 0);
});

test("a layout is the same each time, inside its square, and no two nodes are on one place", () => {
  const edges = [[0, 1], [1, 2], [3, 4]];
  const places = layout(6, edges);
  assert.deepEqual(places, layout(6, edges));
  assert.ok(places.flat().every((value) => value >= 0 && value <= 1));
  assert.equal(new Set(places.map(String)).size, 6);
  assert.deepEqual(layout(1, []), [[0.5, 0.5]]);
});

test("labels come in the reader's language, else German, else any", () => {
  const rows = [[iri("a"), text("Haus", "de")], [iri("a"), text("house", "en")], [iri("b"), text("Nur", "de")], [iri("c"), text("x", "fr")]];
  assert.deepEqual([...labelsFrom(rows, "en").values()], ["house", "Nur", "x"]);
  assert.deepEqual([...labelsFrom(rows, "de").values()], ["Haus", "Nur", "x"]);
});

test("an IRI of ours leads to its page, and no other does", () => {
  const site = { base: "https://w3id.org/g/", pages: ["id/", "source/", "ontology"] };
  assert.equal(pageOf("https://w3id.org/g/id/x", site, "de"), "id/x.html");
  assert.equal(pageOf("https://w3id.org/g/source/s/p/2023#m--a", site, "en"), "en/source/s/p/2023.html#m--a");
  assert.equal(pageOf("https://w3id.org/g/ontology#Alliance", site, "de"), "ontology.html#Alliance");
  for (const other of ["https://w3id.org/g/statement/x", "https://w3id.org/g/", "https://example.org/id/x", "javascript:alert(1)"]) {
    assert.equal(pageOf(other, site, "de"), undefined);
  }
  assert.equal(shorten("https://w3id.org/g/id/x", { g: "https://w3id.org/g/", id: "https://w3id.org/g/id/" }), "id:x");
});
