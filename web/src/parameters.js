/** Parameters of a question: what was typed becomes a term in the `VALUES` line that binds it. */

const IRI = /^https?:\/\/[^\s<>"{}|^`\\]+$/;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const DATES = { 4: "gYear", 7: "gYearMonth", 10: "date" };

const lineOf = (name) => new RegExp(`(VALUES \\?${name} \\{)[^}]*\\}`);

/** Return whether a text still has the line that binds a parameter. */
export const isBound = (text, name) => lineOf(name).test(text);

/** Return the text with a parameter bound to a term; unchanged if the line is not there any more. */
export function bind(text, name, term) {
  return text.replace(lineOf(name), (_line, start) => `${start} ${term} }`);
}

/** Return a default of a question as one would type it. */
export const typed = (term) => term.replace(/\^\^.*$/s, "").replace(/^"(.*)"$/s, "$1");

/** Return a text as a literal of SPARQL; nothing in it can end it. */
const literal = (text) => JSON.stringify(text);

/**
 * Return the term for what was typed, as SPARQL writes it; null if it is not of the parameter's kind.
 *
 * @param {{kind: string}} parameter
 * @param {string} value
 * @param {{prefixes: Record<string, string>, named?: Map<string, string>}} known names of things lead to their IRIs
 */
export function termOf({ kind }, value, { prefixes, named = new Map() }) {
  const text = value.trim();
  if (kind === "iri") return thing(text, prefixes, named);
  if (kind === "date") return date(text);
  if (kind === "number") return /^[+-]?[0-9]{1,18}$/.test(text) ? text : null;
  if (kind === "language") return /^(de|en)$/.test(text) ? literal(text) : null;
  return literal(value);
}

function thing(text, prefixes, named) {
  if (named.has(text)) return `<${named.get(text)}>`;
  const [prefix, ...rest] = text.split(":");
  const iri = SLUG.test(text) ? `${prefixes.id}${text}` : prefix in prefixes ? prefixes[prefix] + rest.join(":") : text;
  if (!IRI.test(iri)) return null;
  return SLUG.test(text) ? `id:${text}` : rest.length && /^[\w-]+$/.test(rest.join(":")) ? text : `<${iri}>`;
}

function date(text) {
  if (!/^\d{4}(-\d{2}(-\d{2})?)?$/.test(text)) return null;
  const full = (text + "-01-01").slice(0, 10);
  const day = new Date(`${full}T00:00:00Z`);
  const real = !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(full);
  return real ? `"${text}"^^xsd:${DATES[text.length]}` : null;
}
