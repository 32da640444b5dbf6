/**
 * Brackets that keep sums and products right.
 *
 * Oxigraph up to 0.5.11, the newest there is for browsers, reads `a - b - c` as `a - (b - c)` and `a / b / c` as
 * `a / (b / c)`; SPARQL, and the engine of the command line (0.5.13), read them from the left. So the brackets are put
 * in before the query is asked: `(a - b) - c`. A test fails once the engine does it itself; this file can go then.
 */
import { tokens } from "./sparql.js";

const OPEN = { "(": ")", "{": "}", "[": "]" };
const SUM = new Set(["+", "-"]);
const PRODUCT = new Set(["*", "/"]);
const ENDS = new Set([",", ";", "=", "!", "<", ">", "&", "|"]);
const BEFORE_ROWS = new Set(["VALUES", "A", "UNDEF"]); // a bracket behind these holds data or a path
const BETWEEN = new Set(["AS", "IN", "NOT", "DISTINCT", "EXISTS"]);

/** Return the query with brackets around the left parts of sums and products of three and more. */
export function associate(query) {
  const list = [...tokens(query)];
  const put = []; // [place in the text, "(" or ")"]
  group(list, 0, true, put);
  put.sort(([a], [b]) => a - b);
  let text = "";
  let done = 0;
  for (const [at, sign] of put) {
    text += query.slice(done, at) + sign;
    done = at;
  }
  return text + query.slice(done);
}

/** Go through a bracket's inside from a token on; return the number of the token that closes it. */
function group(list, start, isExpression, put) {
  const items = []; // operands, operators and what ends a sum, each `{text, at, operand}`
  let place = start;
  for (; place < list.length; place++) {
    const { kind, text, at } = list[place];
    if (Object.values(OPEN).includes(text)) break;
    if (text in OPEN) {
      place = group(list, place + 1, text === "(" && holdsExpression(list, place, isExpression), put);
      items.push({ text: "()", at, operand: text === "(", ends: text !== "(" });
    } else {
      const ends = (kind === "mark" && ENDS.has(text)) || (kind === "word" && BETWEEN.has(text.toUpperCase()));
      items.push({ text, at, operand: kind !== "mark", ends });
    }
  }
  if (isExpression && start > 0) sums(items, put);
  return place;
}

/** Return whether an opening bracket begins an expression: not a row of VALUES, a list of RDF, or a path. */
function holdsExpression(list, place, isInside) {
  if (isInside) return true;
  const before = list[place - 1];
  if (before?.kind === "word" && !BEFORE_ROWS.has(before.text.toUpperCase())) return true;
  for (let depth = 0, i = place + 1; i < list.length && depth >= 0; i++) {
    const { text } = list[i];
    if (text in OPEN) depth++;
    else if (Object.values(OPEN).includes(text)) depth--;
    else if (depth === 0 && /^as$/i.test(text)) return true;
  }
  return false;
}

function sums(items, put) {
  let part = [];
  for (const item of [...items, { ends: true }]) {
    if (!item.ends) part.push(item);
    else {
      chains(part, SUM, put);
      for (const product of split(part)) chains(product, PRODUCT, put);
      part = [];
    }
  }
}

const isBinary = (items, i, signs) => signs.has(items[i].text) && i > 0 && items[i - 1].operand;

function split(items) {
  const parts = [[]];
  items.forEach((item, i) => (isBinary(items, i, SUM) ? parts.push([]) : parts.at(-1).push(item)));
  return parts;
}

/** Put brackets around all but the last link of a chain; one of `+` or `*` alone needs none. */
function chains(items, signs, put) {
  const links = items.filter((_item, i) => isBinary(items, i, signs));
  if (links.length < 2 || links.every(({ text }) => text === "+" || text === "*")) return;
  for (const { at } of links.slice(1)) {
    put.push([items[0].at, "("]);
    put.push([at, ")"]);
  }
}
