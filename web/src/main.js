/** The SPARQL page: wires the form, the editor, the engine and the answer together. */
import { decode, encode } from "./address.js";
import { showAnswer, showYes } from "./answer.js";
import { putAside } from "./aside.js";
import { optionsOf } from "./complete.js";
import { fillIn } from "./dom.js";
import { makeEditor } from "./editor.js";
import { Engine } from "./engine.js";
import { fillList, showFields, startValues, textWith } from "./questions.js";
import { labelQueries, labelsFrom, pageOf, readable, shorten } from "./terms.js";

const LABEL_SECONDS = 20;
const part = (name) => document.getElementById(`sparql-${name}`);

/** Ask for all things of a class, `{name, label, iri}`, sorted by label. */
async function thingsOf(engine, data, ofClass, language) {
  if (ofClass === "rdf:Property") {
    const properties = data.terms.filter((term) => term.kind === "property");
    return properties.map(({ name, de, en }) => ({ name, label: (language === "de" ? de : en) || name }));
  }
  const query = `SELECT ?thing ?name { ?thing a ${ofClass || "org:Organization"} ; skos:prefLabel ?name }`;
  const { rows } = await engine.ask(query, LABEL_SECONDS);
  const found = [...labelsFrom(rows, language)];
  return found
    .map(([iri, label]) => ({ iri, label, name: shorten(iri, data.prefixes) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

class Page {
  constructor(host, data) {
    this.data = data;
    this.language = host.dataset.language;
    this.words = data.texts[this.language];
    this.root = new URL(host.dataset.root, location.href).href;
    const at = (path) => (path ? new URL(path, this.root).href : "");
    this.where = {
      worker: at("sparql-worker.js"),
      wasm: at("assets/sparql/oxigraph.wasm"),
      dump: at(host.dataset.dump),
      quads: at(host.dataset.quads),
      prefixes: data.prefixes,
    };
    this.engine = new Engine(this.where, (...told) => this.#progress(...told));
    this.options = optionsOf(data.terms, data.prefixes, this.language);
    this.named = new Map();
    this.things = {};
    this.values = {};
    this.view = "";
    this.editor = makeEditor(part("editor"), {
      label: this.words.query,
      described: this.words.keys,
      phrases: this.words.phrases ?? {},
      prefixes: data.prefixes,
      options: () => this.options,
      run: () => this.run(),
      changed: () => this.#edited(),
    });
  }

  start() {
    fillList(part("question"), this.data, this.language);
    part("question").addEventListener("change", (event) => this.choose(event.target.value));
    part("form").addEventListener("submit", (event) => (event.preventDefault(), this.run()));
    part("stop").addEventListener("click", () => this.engine.stop());
    part("share").addEventListener("click", () => this.share());
    window.addEventListener("hashchange", () => this.fromAddress());
    if (!this.fromAddress()) this.choose(this.data.questions[0].name);
    part("run").disabled = false;
  }

  /** Show what the address says; return whether it says anything. */
  fromAddress() {
    const state = decode(location.hash);
    this.view = state.view;
    const known = this.data.questions.some(({ name }) => name === state.question);
    if (known) this.choose(state.question, state.parameters);
    else if (state.query) {
      this.choose("");
      this.editor.setText(state.query);
    }
    return known || Boolean(state.query);
  }

  /** Take a question of the catalogue; or none, to ask one's own. */
  choose(name, values = {}) {
    this.question = this.data.questions.find((question) => question.name === name);
    part("question").value = name;
    part("description").textContent = this.question?.descriptions[this.language] ?? "";
    if (!this.question) {
      part("parameters").hidden = true;
      return;
    }
    const start = startValues(this.question, this.language);
    this.values = Object.fromEntries(Object.entries(start).map(([key, value]) => [key, values[key] ?? value]));
    this.editor.setText(textWith(this.question, this.values, this.#known(), this.language));
    showFields(part("parameters"), this.question, this.values, {
      language: this.language,
      words: this.words,
      known: this.#known(),
      text: () => this.editor.text(),
      changed: (text) => this.#bound(text),
      things: (ofClass) => this.#thingsOf(ofClass),
    });
  }

  #known() {
    return { prefixes: this.data.prefixes, named: this.named };
  }

  #bound(text) {
    for (const { name } of this.question.parameters) this.values[name] = part(`p-${name}`).value;
    this.editor.setText(text);
  }

  async #thingsOf(ofClass) {
    this.things[ofClass] ??= thingsOf(this.engine, this.data, ofClass, this.language);
    const found = await this.things[ofClass].catch((error) => {
      delete this.things[ofClass];
      throw error;
    });
    for (const { iri, label } of found) if (iri) this.named.set(label, iri);
    return found;
  }

  #edited() {
    this.editor?.mark();
  }

  /** Return whether the text is that of the question as it stands in the catalogue, with these parameters. */
  #isOfCatalogue() {
    return this.question && this.editor.text() === textWith(this.question, this.values, this.#known(), this.language);
  }

  /** Put what is shown into the address. */
  remember() {
    const state = this.#isOfCatalogue()
      ? { question: this.question.name, parameters: this.values, view: this.view }
      : { query: this.editor.text(), view: this.view };
    history.replaceState(null, "", `#${encode(state)}`);
  }

  async share() {
    this.remember();
    try {
      await navigator.clipboard.writeText(location.href);
      this.say(this.words.copied);
    } catch {
      this.say(this.words.in_address);
    }
  }

  say(text) {
    part("status").textContent = text;
  }

  #progress(url, got, total) {
    const bar = part("progress");
    bar.hidden = false;
    if (total) Object.assign(bar, { max: total, value: got });
    else bar.removeAttribute("value");
    const size = (got / 1e6).toLocaleString(this.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    bar.title = fillIn(this.words.loading_file, { file: url.split("/").pop(), size });
  }

  /** Ask what is in the editor, and show the answer. */
  async run() {
    if (this.running) return;
    this.running = true;
    const query = this.editor.text();
    part("error").hidden = true;
    this.editor.mark();
    this.remember();
    try {
      this.say(this.words.loading);
      part("run").disabled = true;
      await this.engine.start();
      part("progress").hidden = true;
      part("stop").disabled = false;
      this.say(this.words.asking);
      await this.#show(await this.engine.ask(query, Number(part("limit").value)));
      this.#offline();
    } catch (error) {
      this.#failed(error);
    } finally {
      this.running = false;
      part("run").disabled = false;
      part("stop").disabled = true;
      part("progress").hidden = true;
    }
  }

  async #show(value) {
    const places = { section: part("answer"), title: part("answer-title"), views: part("views"), files: part("files"), place: part("view") };
    this.say(this.words.answered);
    if (value.yes !== undefined) return showYes(places, value.yes, this.words);
    const labels = await this.#labels(value.rows ?? value.triples);
    const explained = this.#isOfCatalogue() ? this.question.columns : {};
    const show = {
      words: this.words,
      text: (term) => readable(term, labels, this.data.prefixes),
      page: (iri) => this.#page(iri),
      column: (name) => explained[name]?.[this.language] ?? this.words[`column_${name}`] ?? name,
    };
    showAnswer(places, value, show, {
      name: this.question?.name ?? "answer",
      view: this.view,
      prefixes: this.data.prefixes,
      chosen: (view) => ((this.view = view), this.remember()),
    });
  }

  #page(iri) {
    const path = pageOf(iri, this.data, this.language);
    return path && new URL(path, this.root).href;
  }

  /** Labels are a help: without them, names are shown. */
  async #labels(rows) {
    const found = [];
    try {
      for (const query of labelQueries(rows)) found.push(...(await this.engine.ask(query, LABEL_SECONDS)).rows);
    } catch (error) {
      if (error.key === "stopped") throw error;
    }
    return labelsFrom(found, this.language);
  }

  #failed(error) {
    const parts = { ...error.parts, file: error.parts?.file?.split("/").pop() };
    const key = error instanceof RangeError ? "crashed" : error.key; // a text too long for the page itself
    const said = this.words[`error_${key}`] ?? this.words.error_other;
    part("error").textContent = fillIn(said, { message: error.message, ...parts });
    part("error").hidden = false;
    part("answer").hidden = true;
    this.say("");
    if (error.key === "syntax") this.editor.mark(error.parts);
  }

  async #offline() {
    if (this.isAside || !(await putAside(this.root, [this.where.worker, this.where.quads].filter(Boolean)))) return;
    this.isAside = true;
    part("offline").hidden = false;
  }
}

/** Begin, unless the page lacks what its note names; then the note stays. */
async function begin(host) {
  if (!location.protocol.startsWith("http") || !("WebAssembly" in window)) return;
  part("needs").hidden = true;
  part("form").hidden = false;
  const response = await fetch(new URL(`${host.dataset.root}assets/sparql/data.json`, location.href));
  new Page(host, await response.json()).start();
}

const host = part("needs")?.parentElement;
if (host) begin(host);
