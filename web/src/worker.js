/**
 * The worker: holds Oxigraph and the graph, and answers one question after another.
 *
 * Messages in: `{id, task: "start", module, files}`, `{id, task: "add", files}`, `{id, task: "ask", query, form}`;
 * files are `{bytes, name}`. Messages out: `{id, value}` or `{id, error, fatal}`.
 * An answer is `{columns, rows}` (terms as in SPARQL's JSON results), `{yes}` or `{triples}`.
 */
import { initSync, Store } from "oxigraph/web.js";

const FORMATS = { nt: "application/n-triples", nq: "application/n-quads", ttl: "text/turtle", trig: "application/trig" };
const JSON_RESULTS = "application/sparql-results+json";
let store;

const isGzip = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Return the bytes of a file, unpacked; some servers unpack `.gz` on the way, so the bytes decide, not the name. */
async function unpacked(bytes) {
  if (!isGzip(bytes)) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function load(files) {
  for (const { bytes, name } of files) {
    const ending = name.replace(/\.gz$/, "").split(".").pop();
    store.load(await unpacked(new Uint8Array(bytes)), { format: FORMATS[ending], no_transaction: true });
  }
  return { size: store.size };
}

const term = (node) =>
  node.termType === "NamedNode" ? { type: "uri", value: node.value }
  : node.termType === "BlankNode" ? { type: "bnode", value: node.value }
  : { type: "literal", value: node.value, "xml:lang": node.language || undefined, datatype: node.datatype.value };

function ask(query, form) {
  if (form === "CONSTRUCT" || form === "DESCRIBE") {
    return { triples: store.query(query).map((quad) => [quad.subject, quad.predicate, quad.object].map(term)) };
  }
  const { head, results, boolean } = JSON.parse(store.query(query, { results_format: JSON_RESULTS }));
  if (boolean !== undefined) return { yes: boolean };
  return { columns: head.vars, rows: results.bindings.map((row) => head.vars.map((name) => row[name] ?? null)) };
}

const TASKS = {
  start: ({ module, files }) => {
    initSync({ module });
    store = new Store();
    return load(files);
  },
  add: ({ files }) => load(files),
  ask: ({ query, form }) => ask(query, form),
};

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ id: data.id, value: await TASKS[data.task](data) });
  } catch (error) {
    // After a trap or a full stack the engine's memory can't be trusted: the page starts a new worker.
    const fatal = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    self.postMessage({ id: data.id, error: String(error?.message ?? error), fatal });
  }
};
