/** Terms of an answer as people read them: labels, prefixed names, and the page an IRI leads to. */

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"].map((n) => XSD + n));
const LABELS_AT_ONCE = 500;
const LABELS_AT_MOST = 5000;

/** Return `prefix:local` for an IRI of a known namespace (the longest that fits), else the IRI itself. */
export function shorten(iri, prefixes) {
  let best = "";
  for (const [prefix, space] of Object.entries(prefixes)) {
    if (iri.startsWith(space) && (!best || space.length > prefixes[best].length)) best = prefix;
  }
  return best ? `${best}:${iri.slice(prefixes[best].length)}` : iri;
}

/** Return a term as people read it. */
export function readable(term, labels, prefixes) {
  if (!term) return "";
  return term.type === "uri" ? (labels.get(term.value) ?? shorten(term.value, prefixes)) : term.value;
}

/** Return whether a term is a number. */
export const isNumber = (term) => term?.type === "literal" && NUMBERS.has(term.datatype);

/**
 * Return the address of the page of an IRI of ours, relative to the site's root; undefined if it has none.
 *
 * @param {string} iri
 * @param {{base: string, pages: string[]}} site what the IRIs of things with pages begin with, behind the base
 * @param {string} language "de" or "en"
 */
export function pageOf(iri, { base, pages }, language) {
  if (!iri.startsWith(base)) return undefined;
  const [path, fragment] = iri.slice(base.length).split("#");
  if (!path || !pages.some((start) => (start.endsWith("/") ? path.startsWith(start) : path === start))) return undefined;
  return `${language === "en" ? "en/" : ""}${path}.html${fragment ? `#${fragment}` : ""}`;
}

/** Return the queries that ask for labels of the IRIs in rows of terms; at most some thousand IRIs. */
export function labelQueries(rows) {
  const iris = [...new Set(rows.flat().filter((term) => term?.type === "uri").map((term) => term.value))];
  const queries = [];
  for (let start = 0; start < Math.min(iris.length, LABELS_AT_MOST); start += LABELS_AT_ONCE) {
    const listed = iris.slice(start, start + LABELS_AT_ONCE).map((iri) => `<${iri}>`).join(" ");
    queries.push(
      `SELECT ?thing ?name { VALUES ?thing { ${listed} } ` +
        "{ ?thing skos:prefLabel ?name } UNION { ?thing rdfs:label ?name } UNION { ?thing dcterms:title ?name } }",
    );
  }
  return queries;
}

/** Return labels by IRI from rows of IRI and name: in the language, else German, else English, else any. */
export function labelsFrom(rows, language) {
  const order = [language, "de", "en", undefined];
  const rank = (name) => (order.includes(name["xml:lang"]) ? order.indexOf(name["xml:lang"]) : order.length);
  const best = new Map();
  for (const [thing, name] of rows) {
    const now = best.get(thing.value);
    if (!now || rank(name) < rank(now) || (rank(name) === rank(now) && name.value < now.value)) best.set(thing.value, name);
  }
  return new Map([...best].map(([iri, name]) => [iri, name.value]));
}
