/** An answer as a table: labels in place of IRIs, links to pages, some rows at a time. */
import { el, fillIn } from "../dom.js";
import { isNumber } from "../terms.js";
import { numbers } from "./columns.js";

const ROWS = 200;
const ADDRESS = /^https?:\/\/\S+$/;

/** Return the cell of a term. `show` has `text(term)` and `page(iri)`, the address of a page of ours or undefined. */
function cell(term, show) {
  if (!term) return el("td");
  const text = show.text(term);
  if (term.type === "uri" || ADDRESS.test(term.value)) {
    const page = term.type === "uri" ? show.page(term.value) : undefined;
    if (!page && !ADDRESS.test(term.value)) return el("td", {}, text);
    return el("td", {}, el("a", { href: page ?? term.value, title: term.value, rel: page ? false : "noreferrer" }, text));
  }
  const language = term["xml:lang"];
  return el("td", { class: isNumber(term) ? "sparql-number" : false, lang: language || false, dir: "auto" }, text);
}

/**
 * Return the table.
 *
 * @param {{columns: string[], rows: object[][]}} answer
 * @param {object} show how terms and columns are shown: `text`, `page`, `column(name)`, and `words`
 */
export function table({ columns, rows }, show) {
  const body = el("tbody");
  const more = el("button", { type: "button", hidden: true });
  const add = () => {
    const from = body.children.length;
    body.append(...rows.slice(from, from + ROWS).map((row) => el("tr", {}, ...row.map((term) => cell(term, show)))));
    const left = rows.length - body.children.length;
    more.hidden = left <= 0;
    more.textContent = fillIn(show.words.more, { n: Math.min(left, ROWS), left });
  };
  more.addEventListener("click", add);
  add();
  const amounts = new Set(numbers({ columns, rows }));
  const th = (name, i) =>
    el("th", { scope: "col", title: `?${name}`, class: amounts.has(i) ? "sparql-number" : false }, show.column(name));
  const head = el("tr", {}, ...columns.map(th));
  return el(
    "div",
    {},
    el(
      "div",
      { class: "sparql-scroll", tabindex: "0", role: "region", "aria-label": show.words.table },
      el("table", {}, el("thead", {}, head), body),
    ),
    more,
  );
}
