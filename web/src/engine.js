/** The page's side of the engine: fetches it and the graph once, on demand, and ends a worker that takes too long. */
import { associate } from "./associate.js";
import { formOf, missingPrologue, placeOf, usesGraphs } from "./sparql.js";

/** What went wrong, as a key of the texts with its parts. */
export class EngineError extends Error {
  constructor(key, parts = {}) {
    super(parts.message ?? key);
    this.key = key;
    this.parts = parts;
  }
}

/** Fetch a file and tell how far it is. Lengths of packed answers are unknown; then only what came is told. */
async function fetched(url, told) {
  let response;
  try {
    response = await fetch(url);
  } catch {
    throw new EngineError("load", { file: url, status: "–" });
  }
  if (!response.ok) throw new EngineError("load", { file: url, status: response.status });
  const total = response.headers.get("content-encoding") ? 0 : Number(response.headers.get("content-length") ?? 0);
  const parts = [];
  let got = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    told(url, (got += value.length), total);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

export class Engine {
  /**
   * @param {{worker: string, wasm: string, dump: string, quads: string, prefixes: Record<string, string>}} where
   *   addresses, and the prefixes that need not be declared
   * @param {(url: string, got: number, total: number) => void} told is called while files come
   */
  constructor(where, told) {
    this.where = where;
    this.told = told;
    this.files = {}; // url → promise of bytes, kept packed for workers to come
    this.waiting = new Map();
    this.number = 0;
    this.loaded = new Set(); // the files the present worker holds
  }

  #file(url) {
    this.files[url] ??= fetched(url, this.told).catch((error) => {
      delete this.files[url]; // the next try asks anew
      throw error;
    });
    return this.files[url];
  }

  /** Start a worker with the graph in it, unless there is one. */
  start() {
    this.starting ??= this.#start().catch((error) => {
      this.#end();
      throw error;
    });
    return this.starting;
  }

  async #start() {
    const [wasm, bytes] = await Promise.all([this.#file(this.where.wasm), this.#file(this.where.dump)]);
    this.module ??= await WebAssembly.compile(wasm);
    this.worker = new Worker(this.where.worker);
    this.worker.onmessage = ({ data }) => this.#answered(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.#failAll(new EngineError("crashed"));
    };
    await this.#send({ task: "start", module: this.module, files: [{ bytes, name: this.where.dump }] });
    this.loaded = new Set([this.where.dump]);
  }

  /** Load the named graphs too, which few questions need. */
  async #addQuads() {
    const { quads } = this.where;
    if (!quads || this.loaded.has(quads)) return;
    await this.#send({ task: "add", files: [{ bytes: await this.#file(quads), name: quads }] });
    this.loaded.add(quads);
  }

  /**
   * Return the answer to a query: `{columns, rows}`, `{yes}` or `{triples}`.
   *
   * @param {string} query prefixes known here need not be declared
   * @param {number} seconds the worker is ended then
   * @throws {EngineError} `syntax` (line, column, message), `timeout`, `stopped`, `crashed`, `load`
   */
  async ask(query, seconds) {
    await this.start();
    if (usesGraphs(query)) await this.#addQuads();
    const limit = setTimeout(() => this.stop(new EngineError("timeout", { seconds })), seconds * 1000);
    try {
      return await this.#answer(query);
    } finally {
      clearTimeout(limit);
    }
  }

  async #answer(query) {
    const before = missingPrologue(query, this.where.prefixes);
    const send = (text) => this.#send({ task: "ask", query: before + text, form: formOf(text) });
    const told = associate(query);
    try {
      return await send(told).catch((error) => {
        if (told === query || error.key !== "said") throw error;
        return send(query).then(() => Promise.reject(error)); // for the place of the error in what the reader wrote
      });
    } catch (error) {
      if (error.key !== "said") throw error;
      const place = placeOf(error.message, before.length);
      throw new EngineError(place.line ? "syntax" : "refused", place);
    }
  }

  /** End what is being worked on. The next question starts a new worker with the files already here. */
  stop(why = new EngineError("stopped")) {
    this.#failAll(why);
  }

  #send(message) {
    const id = ++this.number;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, ...message });
    });
  }

  #answered({ id, value, error, fatal }) {
    const { resolve, reject } = this.waiting.get(id) ?? {};
    this.waiting.delete(id);
    if (fatal) this.#failAll(new EngineError("crashed"), reject);
    else if (error !== undefined) reject?.(new EngineError("said", { message: error }));
    else resolve?.(value);
  }

  #failAll(error, reject) {
    const rejects = [...this.waiting.values()].map((waiting) => waiting.reject);
    this.#end();
    for (const each of [reject, ...rejects]) each?.(error);
  }

  #end() {
    this.worker?.terminate();
    this.waiting.clear();
    this.loaded.clear();
    this.worker = this.starting = undefined;
  }
}
