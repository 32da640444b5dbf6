/** The answer: as table, chart, network or Turtle, and as files. */
import { el, fillIn } from "./dom.js";
import { canChart, chart } from "./results/chart.js";
import { csv, json, save, tsv } from "./results/download.js";
import { canDraw, network } from "./results/network.js";
import { table } from "./results/table.js";
import { turtle } from "./results/turtle.js";

const FILES = {
  csv: ["text/csv", csv],
  tsv: ["text/tab-separated-values", tsv],
  json: ["application/sparql-results+json", json],
};

/** Return what can be shown and saved of what the engine answered. Triples are a table of three columns, too. */
function forms(value, show, prefixes) {
  const answer = value.triples ? { columns: ["subject", "predicate", "object"], rows: value.triples } : value;
  const views = { table: () => table(answer, show) };
  if (value.triples) {
    const text = turtle(value.triples, prefixes);
    const code = () => el("pre", { tabindex: "0", class: "sparql-scroll", "aria-label": show.words.turtle }, text);
    return { answer, views: { turtle: code, ...views, network: () => network(drawable(answer), show) }, text };
  }
  if (canChart(answer)) views.chart = () => chart(answer, show);
  if (canDraw(answer)) views.network = () => network(answer, show);
  return { answer, views };
}

/** Of triples, only those that lead from a thing to a thing can be drawn. */
const drawable = (answer) => ({ ...answer, rows: answer.rows.filter((row) => row[2].type === "uri") });

/**
 * Show an answer.
 *
 * @param {{section: HTMLElement, title: HTMLElement, views: HTMLElement, files: HTMLElement, place: HTMLElement}} parts
 * @param {object} value what the engine answered: `{columns, rows}` or `{triples}`
 * @param {object} show how terms are shown: `text`, `page`, `column`, `words`
 * @param {{name: string, view: string, prefixes: object, chosen: (view: string) => void}} how the name of files, the
 *   view to begin with, and who is told of another
 */
export function showAnswer(parts, value, show, { name, view, prefixes, chosen }) {
  const { answer, views, text } = forms(value, show, prefixes);
  const put = (key) => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === key));
    parts.place.replaceChildren(views[key]());
  };
  const buttons = Object.keys(views).map((key) => {
    const onclick = () => (put(key), chosen(key));
    return el("button", { type: "button", "data-view": key, "aria-pressed": "false", onclick }, show.words[key]);
  });
  const file = ([ending, [type, write]]) => {
    const click = () => save(`${name}.${ending}`, type, write(answer));
    return el("button", { type: "button", "data-file": ending, onclick: click }, ending.toUpperCase());
  };
  const files = Object.entries(FILES).map(file);
  if (text !== undefined) {
    const click = () => save(`${name}.ttl`, "text/turtle", text);
    files.unshift(el("button", { type: "button", "data-file": "ttl", onclick: click }, "Turtle"));
  }
  parts.views.replaceChildren(...buttons);
  parts.files.replaceChildren(...files);
  parts.title.textContent = fillIn(show.words.rows, { n: answer.rows.length });
  parts.section.hidden = false;
  put(view in views ? view : Object.keys(views)[0]);
}

/** Show an answer of yes or no. */
export function showYes(parts, yes, words) {
  parts.views.replaceChildren();
  parts.files.replaceChildren();
  parts.title.textContent = yes ? words.yes : words.no;
  parts.place.replaceChildren();
  parts.section.hidden = false;
}
