/** Answers as files. */

const UNSEEN = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x20\\x7f\\xa0\\xad\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff]";
const SIGNS = "[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]";
// As `formulas.py`: a cell begins at the start and, where a spreadsheet splits there, behind semicolons, tabs, line ends.
const RISKY = new RegExp(`(?:^|(?<=[;\\t\\r\\n]))(?=${UNSEEN}*${SIGNS})|^(?=[\\t\\r])`, "g");
const NUMBER = /^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Return a text with an apostrophe before whatever in it a spreadsheet would run as a formula. */
export const harmless = (text) => (NUMBER.test(text) ? text : text.replace(RISKY, "'"));

const cell = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Return CSV (RFC 4180); `raw` as SPARQL 1.1 has it, otherwise safe in a spreadsheet. */
export function csv({ columns, rows }, { raw = false } = {}) {
  const text = (term) => (raw ? (term?.value ?? "") : harmless(term?.value ?? ""));
  // A single empty cell is quoted, as an empty line would be no row.
  const line = (cells) => (cells.length === 1 && cells[0] === "" ? '""' : cells.map(cell).join(","));
  return [columns, ...rows.map((row) => row.map(text))].map((cells) => `${line(cells)}\r\n`).join("");
}

const XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";
const LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" };

/** Return a term as N-Triples and SPARQL's TSV write it. */
export function ntriples(term) {
  if (!term) return "";
  if (term.type === "uri") return `<${term.value}>`;
  if (term.type === "bnode") return `_:${term.value}`;
  const text = `"${term.value.replace(/[\\"\n\r\t\b\f]/g, (sign) => ESCAPES[sign])}"`;
  if (term["xml:lang"]) return `${text}@${term["xml:lang"]}`;
  const plain = !term.datatype || term.datatype === XSD_STRING || term.datatype === LANG_STRING;
  return plain ? text : `${text}^^<${term.datatype}>`;
}

/** Return SPARQL 1.1 Query Results TSV. */
export const tsv = ({ columns, rows }) =>
  [columns.map((name) => `?${name}`), ...rows.map((row) => row.map(ntriples))]
    .map((cells) => `${cells.join("\t")}\n`)
    .join("");

/** Return SPARQL 1.1 Query Results JSON. */
export function json({ columns, rows }) {
  const bindings = rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]).filter(([, t]) => t)));
  return `${JSON.stringify({ head: { vars: columns }, results: { bindings } }, null, 1)}\n`;
}

/** Hand a text to the reader as a file. */
export function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
