/** An answer as a network: two columns are its ends, each row a line. */
import { el, fillIn, svg } from "../dom.js";
import { choice, names, withChoices } from "./columns.js";
import { layout } from "./layout.js";

const NODES = 250;
const NAMED = 60;
const [WIDTH, HEIGHT, EDGE] = [1000, 700, 90];
const LONGEST = 30;
const [LETTER, LINE] = [6.6, 15]; // about the width of a letter and the height of a line

/** Return whether an answer can be drawn as a network. */
export const canDraw = (answer) => names(answer).length > 1;

/**
 * Return `{nodes, edges, left}`: nodes `{key, term, degree, first}` by falling degree, edges as pairs of their numbers,
 * each once, and how many nodes were left out.
 */
export function networkOf({ rows }, from, to) {
  const nodes = new Map();
  const node = (term, first) => {
    const key = `${term.type} ${term.value}`;
    if (!nodes.has(key)) nodes.set(key, { key, term, first, degree: 0 });
    return nodes.get(key);
  };
  const pairs = new Map();
  for (const row of rows) {
    if (!row[from] || !row[to]) continue;
    const [a, b] = [node(row[from], true), node(row[to], false)];
    const ends = [a, b].sort((x, y) => (x.key < y.key ? -1 : 1));
    if (a !== b) pairs.set(`${ends[0].key}\n${ends[1].key}`, ends);
  }
  for (const ends of pairs.values()) for (const end of ends) end.degree += 1;
  const sorted = [...nodes.values()].sort((a, b) => b.degree - a.degree || (a.key < b.key ? -1 : 1));
  const kept = new Map(sorted.slice(0, NODES).map((each, i) => [each.key, i]));
  const edges = [...pairs.values()].map((ends) => ends.map((end) => kept.get(end.key)));
  return {
    nodes: sorted.slice(0, NODES),
    edges: edges.filter(([a, b]) => a !== undefined && b !== undefined),
    left: Math.max(0, sorted.length - NODES),
  };
}

const cut = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** Return the places of labels by node: the most connected first, and none over another or over the edge. */
function labelled(nodes, places, size, show) {
  const taken = [];
  const found = new Map();
  for (let i = 0; i < nodes.length && found.size < NAMED; i++) {
    const half = (cut(show.text(nodes[i].term)).length * LETTER) / 2;
    const [x, y] = [Math.min(Math.max(places[i][0], half), WIDTH - half), places[i][1] - size(nodes[i]) - 4];
    if (taken.some(([a, b, wide]) => Math.abs(a - x) < wide + half && Math.abs(b - y) < LINE)) continue;
    taken.push([x, y, half]);
    found.set(i, { x: (x - places[i][0]).toFixed(1), y: (y - places[i][1]).toFixed(1), "text-anchor": "middle" });
  }
  return found;
}

function drawn({ nodes, edges }, show, title) {
  const places = layout(nodes.length, edges).map(([x, y]) => [
    EDGE + x * (WIDTH - 2 * EDGE),
    EDGE / 3 + y * (HEIGHT - EDGE / 1.5),
  ]);
  const line = ([a, b]) => svg("line", { x1: places[a][0], y1: places[a][1], x2: places[b][0], y2: places[b][1] });
  const size = (node) => 4 + Math.min(10, Math.sqrt(node.degree) * 1.6);
  const labels = labelled(nodes, places, size, show);
  const dot = (node, i) =>
    svg(
      "g",
      { transform: `translate(${places[i].map((v) => v.toFixed(1)).join(" ")})`, class: node.first ? "first" : "second" },
      svg("title", {}, `${show.text(node.term)} (${node.degree})`),
      svg("circle", { r: size(node).toFixed(1) }),
      labels.has(i) ? svg("text", labels.get(i), cut(show.text(node.term))) : undefined,
    );
  const attributes = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": title, class: "sparql-network" };
  return svg("svg", attributes, svg("g", { class: "lines" }, ...edges.map(line)), ...nodes.map(dot).reverse());
}

/** Return the network with choices of its columns. */
export function network(answer, show) {
  let [from, to] = names(answer);
  const place = el("div", { class: "sparql-scroll", tabindex: "0", role: "region", "aria-label": show.words.network });
  const note = el("p", { class: "sparql-hint" });
  const draw = () => {
    const found = networkOf(answer, from, to);
    const parts = { nodes: found.nodes.length, edges: found.edges.length, left: found.left };
    note.textContent = fillIn(found.left ? show.words.network_part : show.words.network_note, parts);
    place.replaceChildren(drawn(found, show, note.textContent));
  };
  draw();
  return withChoices(
    place,
    note,
    choice(show.words.from, answer, names(answer), from, show, (c) => ((from = c), draw())),
    choice(show.words.to, answer, names(answer), to, show, (c) => ((to = c), draw())),
  );
}
