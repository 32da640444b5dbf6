/** Triples as Turtle: one predicate and object a line, sorted, prefixes declared as used. */
import { shorten } from "../terms.js";
import { ntriples } from "./download.js";

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LOCAL = /^[A-Za-z_][\w-]*:(?:[A-Za-z0-9_][\w-]*)?$/;

/** Return Turtle of triples, each `[subject, predicate, object]` of terms; each is written once. */
export function turtle(triples, prefixes) {
  const used = new Set();
  const iri = (value) => {
    const short = shorten(value, prefixes);
    if (short === value || !LOCAL.test(short)) return `<${value}>`;
    used.add(short.split(":", 1)[0]);
    return short;
  };
  const write = (term) => {
    if (term.type === "uri") return iri(term.value);
    const text = ntriples(term);
    const typed = /^(".*"\^\^)<([^>]*)>$/s.exec(text);
    return typed ? typed[1] + iri(typed[2]) : text;
  };
  const verb = (term) => (term.value === TYPE ? "a" : write(term));
  const lines = [...new Set(triples.map(([s, p, o]) => `${write(s)}\u0000${verb(p)}\u0000${write(o)}`))].sort();
  let body = "";
  let before = "";
  for (const line of lines) {
    const [subject, predicate, object] = line.split("\u0000");
    body += subject === before ? ` ;\n  ${predicate} ${object}` : `${before && " .\n\n"}${subject} ${predicate} ${object}`;
    before = subject;
  }
  const head = [...used].sort().map((prefix) => `@prefix ${prefix}: <${prefixes[prefix]}> .\n`).join("");
  return body ? `${head}\n${body} .\n` : "";
}
