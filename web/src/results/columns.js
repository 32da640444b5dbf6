/** Which columns of an answer can be drawn, and how a reader picks others. */
import { el } from "../dom.js";
import { isNumber } from "../terms.js";

const terms = (answer, column) => answer.rows.map((row) => row[column]).filter(Boolean);
const all = (answer, column, test) => terms(answer, column).length > 0 && terms(answer, column).every(test);
const indices = (answer) => answer.columns.map((_name, index) => index);

const YEAR = /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/;

/** Return whether a column holds nothing but dates or years. */
export const isTime = (answer, column) => all(answer, column, (term) => term.type === "literal" && YEAR.test(term.value));

/** Return the columns of numbers. */
export const numbers = (answer) =>
  indices(answer).filter((c) => all(answer, c, isNumber) && !isTime(answer, c)); // a year is no amount

/** Return the columns of names: IRIs and texts, no numbers; columns of IRIs first. */
export function names(answer) {
  const found = indices(answer).filter((c) => terms(answer, c).length > 0 && !all(answer, c, isNumber));
  const things = found.filter((c) => all(answer, c, (term) => term.type === "uri"));
  return [...things, ...found.filter((c) => !things.includes(c))];
}

/** Return the columns that can label the bars of a chart: names, and years. */
export const labels = (answer) => [...new Set([...indices(answer).filter((c) => isTime(answer, c)), ...names(answer)])].sort((a, b) => a - b);

/** Return a choice among columns, which calls `changed` with the one chosen. */
export function choice(label, answer, columns, chosen, show, changed) {
  const options = columns.map((c) => el("option", { value: String(c), selected: c === chosen }, show.column(answer.columns[c])));
  return el("label", {}, `${label} `, el("select", { onchange: (event) => changed(Number(event.target.value)) }, ...options));
}

/** Return a drawing and what is noted of it, below a row of choices. */
export const withChoices = (place, note, ...choices) => el("div", {}, el("p", { class: "sparql-row" }, ...choices), place, note);
