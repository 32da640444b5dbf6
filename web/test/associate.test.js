import assert from "node:assert/strict";
import test from "node:test";
import { Store } from "oxigraph";
import { associate } from "../src/associate.js";

const store = new Store();
const value = (expression, repair = associate) => {
  const query = repair(`SELECT (${expression} AS ?x) {}`);
  const { results } = JSON.parse(store.query(query, { results_format: "application/sparql-results+json" }));
  return Number(results.bindings[0].x?.value ?? NaN); // unbound: something was divided by zero
};

/** A pseudo-random number below n, the same each time. */
function dice(seed) {
  let state = seed;
  return (n) => ((state = (state * 1103515245 + 12345) % 2147483648), Math.floor((state / 2147483648) * n));
}

function expression(roll, depth = 0) {
  const operand = () => {
    const kind = roll(depth > 2 ? 2 : 4);
    if (kind === 2) return `(${expression(roll, depth + 1)})`;
    if (kind === 3) return `ABS(${expression(roll, depth + 1)})`;
    return kind === 1 ? `-${1 + roll(9)}` : String(1 + roll(9));
  };
  let text = operand();
  for (let n = roll(5); n > 0; n--) text += ` ${"+-*/"[roll(4)]} ${operand()}`;
  return text;
}

test("sums and products are read from the left, as JavaScript reads them", () => {
  const roll = dice(7);
  let compared = 0;
  for (let n = 0; n < 400; n++) {
    const text = expression(roll);
    const expected = eval(text.replaceAll("ABS", "Math.abs"));
    if (!Number.isFinite(expected) || Math.abs(expected) > 1e9) continue;
    const found = value(text);
    if (Number.isNaN(found)) continue;
    compared++;
    assert.ok(Math.abs(found - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${text} = ${expected}, not ${found}`);
  }
  assert.ok(compared > 300, `only ${compared}`);
});

test("the engine does not read them so itself; once it does, associate.js can go", () => {
  assert.equal(value("1 - 0 - 1", (query) => query), 2);
});

test("what is no sum stays as it is", () => {
  for (const query of [
    "SELECT * { ?s a/b:c/d:e ?o }",
    "SELECT * { ?s (a:b/c:d/e:f)* ?o . ?x a:b* ?y }",
    "SELECT * { VALUES (?a ?b ?c) { (1 -1 -2) } }",
    "SELECT * { ?s ?p (1 -1 -2) ; a:p (1 -1 -2) }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(?o - 1 > 2 && ?o + 1 + 2 < 3) }",
    "SELECT * { ?s ?p 'a - b - c' } # (1 - 2 - 3)",
    "SELECT (?a * ?b - ?c AS ?n) { FILTER(?a IN (1, -1, -2)) }",
  ]) {
    assert.equal(associate(query), query);
  }
});

const tight = (text) => text.replaceAll(" ", "");

test("brackets go in wherever expressions are", () => {
  const cases = {
    "BIND(1 - ?own - ?self AS ?third)": "BIND((1 - ?own) - ?self AS ?third)",
    "FILTER(?a = 8/2/2 || ?b - 1 - ?c > 0)": "FILTER(?a = (8/2)/2 || (?b - 1) - ?c > 0)",
    "FILTER(STRLEN(?a) - ex:f(?b) - -1 > 0)": "FILTER((STRLEN(?a) - ex:f(?b)) - -1 > 0)",
    "FILTER NOT EXISTS { ?s ?p ?o FILTER(?a-?b-?c = 0) }": "FILTER NOT EXISTS { ?s ?p ?o FILTER((?a-?b)-?c = 0) }",
    "{ SELECT ?x (?a - ?b - ?c AS ?d) { } }": "{ SELECT ?x ((?a - ?b) - ?c AS ?d) { } }",
  };
  for (const [before, after] of Object.entries(cases)) {
    assert.equal(tight(associate(`SELECT * { ${before} }`)), tight(`SELECT * { ${after} }`));
  }
});
