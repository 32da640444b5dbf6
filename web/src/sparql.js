/** Words and signs of a SPARQL text, read as the engine reads it: the same table as in `sparql_text.py`. */

const TOKEN = new RegExp(
  [
    /(?<skip>\s+|#[^\r\n]*)/,
    /(?<iri><[^<>"{}|^`\\\s]*>)/,
    /(?<string>"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')/,
    /(?<variable>[?$][\p{L}\p{N}_]+)/,
    /(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/,
    /(?<name>(?:[\p{L}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?)?:(?:[\p{L}\p{N}_:]|%[0-9A-Fa-f]{2}|\\[^\s\w]|[.-](?=[\p{L}\p{N}_:.%\\-]))*)/,
    /(?<language>@[\p{L}\p{N}_-]+)/,
    /(?<word>[\p{L}\p{N}_]+)/,
    /(?<mark>.)/,
  ].map((part) => part.source).join("|"),
  "gsu",
);

const PROLOGUE = new Set(["PREFIX", "BASE", "VERSION"]);

/** Yield `{kind, text, at}` of the words and signs of a query, without space and comments. */
export function* tokens(text) {
  for (const match of text.matchAll(TOKEN)) {
    const [kind] = Object.entries(match.groups).find(([, found]) => found !== undefined);
    if (kind !== "skip") yield { kind, text: match[0], at: match.index };
  }
}

/** Return the word a query begins with behind its prologue, in capitals; empty if there is none. */
export function formOf(text) {
  for (const token of tokens(text)) {
    const word = token.text.toUpperCase();
    if (token.kind === "word" && !PROLOGUE.has(word)) return word;
  }
  return "";
}

/** Return whether a query reaches for named graphs, which are in a dump of their own. */
export function usesGraphs(text) {
  return [...tokens(text)].some((token) => token.kind === "word" && /^(GRAPH|FROM)$/i.test(token.text));
}

/** Return the prefixes a query declares, and those it uses, as two sets. */
export function prefixesIn(text) {
  const declared = new Set();
  const used = new Set();
  let before = "";
  for (const { kind, text: piece } of tokens(text)) {
    if (kind === "name" && !piece.startsWith("_:")) {
      (before === "PREFIX" ? declared : used).add(piece.split(":", 1)[0]);
    }
    before = kind === "word" ? piece.toUpperCase() : "";
  }
  return { declared, used };
}

/** Return the declarations a query lacks, on one line, so that the lines of the query keep their numbers. */
export function missingPrologue(text, prefixes) {
  const { declared, used } = prefixesIn(text);
  const lacking = [...used].filter((prefix) => !declared.has(prefix) && prefix in prefixes).sort();
  return lacking.map((prefix) => `PREFIX ${prefix}: <${prefixes[prefix]}> `).join("");
}

/**
 * Return `{line, column, message}` of what the engine's parser said, in the query as the reader sees it.
 *
 * @param {string} said "error at 3:14: expected …", or anything else (line and column are then missing)
 * @param {number} before characters that were put before the first line
 */
export function placeOf(said, before) {
  const match = /^error at (\d+):(\d+): (.*)$/s.exec(said);
  if (!match) return { message: said };
  const line = Number(match[1]);
  return { line, column: Math.max(1, Number(match[2]) - (line === 1 ? before : 0)), message: match[3] };
}
