/** An answer as bars: one a row, by a column of names or years and a column of numbers. */
import { el, fillIn, svg } from "../dom.js";
import { choice, isTime, labels, numbers, withChoices } from "./columns.js";

const BARS = 60;
const [ROW, LEFT, WIDTH, RIGHT] = [26, 260, 760, 60];
const LONGEST = 38;

/** Return whether an answer can be drawn as a chart. */
export const canChart = (answer) => labels(answer).length > 0 && numbers(answer).length > 0;

const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** Return the bars: `[name, number]`; years in their order, all else as the answer has it; times of one year added. */
export function bars(answer, byColumn, numberColumn, text) {
  const rows = answer.rows.filter((row) => row[byColumn] && row[numberColumn]);
  const found = rows.map((row) => [text(row[byColumn]), Number(row[numberColumn].value)]);
  return isTime(answer, byColumn) ? found.sort(([a], [b]) => (a < b ? -1 : Number(a > b))) : found;
}

function drawn(found, title) {
  const most = Math.max(...found.map(([, n]) => n), 0);
  const least = Math.min(...found.map(([, n]) => n), 0);
  const x = (n) => LEFT + ((n - least) / (most - least || 1)) * (WIDTH - LEFT - RIGHT);
  const row = ([name, n], i) =>
    svg(
      "g",
      {},
      svg("title", {}, `${name}: ${n}`),
      svg("text", { x: LEFT - 8, y: i * ROW + 17, "text-anchor": "end" }, cut(name)),
      svg("rect", { x: Math.min(x(n), x(0)), y: i * ROW + 4, width: Math.abs(x(n) - x(0)), height: ROW - 8 }),
      svg("text", { x: Math.max(x(n), x(0)) + 6, y: i * ROW + 17 }, String(n)),
    );
  const box = `0 0 ${WIDTH} ${found.length * ROW + 4}`;
  return svg("svg", { viewBox: box, role: "img", "aria-label": title, class: "sparql-chart" }, ...found.map(row));
}

/** Return the chart with choices of its columns. */
export function chart(answer, show) {
  let [by] = labels(answer).filter((c) => isTime(answer, c) || c === labels(answer)[0]);
  let [number] = numbers(answer);
  const place = el("div", { class: "sparql-scroll", tabindex: "0", role: "region", "aria-label": show.words.chart });
  const note = el("p", { class: "sparql-hint" });
  const draw = () => {
    const found = bars(answer, by, number, show.text);
    const shown = found.slice(0, BARS);
    const title = fillIn(show.words.chart_of, { number: show.column(answer.columns[number]), by: show.column(answer.columns[by]) });
    place.replaceChildren(drawn(shown, title));
    note.textContent = fillIn(show.words.bars, { n: shown.length, all: answer.rows.length });
  };
  draw();
  return withChoices(
    place,
    note,
    choice(show.words.by, answer, labels(answer), by, show, (c) => ((by = c), draw())),
    choice(show.words.number, answer, numbers(answer), number, show, (c) => ((number = c), draw())),
  );
}
