/** The form above the editor: the catalogue of questions and the fields of their parameters. */
import { el } from "./dom.js";
import { bind, isBound, termOf, typed } from "./parameters.js";

/**
 * Fill the list of questions, grouped by theme.
 *
 * @param {HTMLSelectElement} select
 */
export function fillList(select, { questions, themes }, language) {
  const groups = new Map();
  for (const question of questions) {
    if (!groups.has(question.theme)) groups.set(question.theme, el("optgroup", { label: themes[question.theme]?.[language] ?? question.theme }));
    groups.get(question.theme).append(el("option", { value: question.name }, question.titles[language]));
  }
  select.append(...groups.values());
}

/** Return the values a question starts with, as typed; labels in the language of the page. */
export function startValues(question, language) {
  const value = ({ kind, default: term }) => (kind === "language" ? language : typed(term));
  return Object.fromEntries(question.parameters.map((parameter) => [parameter.name, value(parameter)]));
}

/** Return the text of a question below its title, with values bound; those that are no such values are left out. */
export function textWith(question, values, known, language) {
  return question.parameters.reduce((text, parameter) => {
    const term = termOf(parameter, values[parameter.name] ?? "", known);
    return term === null ? text : bind(text, parameter.name, term);
  }, `# ${question.titles[language]}\n${question.sparql.trimEnd()}`);
}

function input(parameter, id, value, language) {
  if (parameter.kind === "language") {
    const names = { de: { de: "Deutsch", en: "Englisch" }, en: { de: "German", en: "English" } }[language];
    const option = (code) => el("option", { value: code, selected: code === value }, names[code]);
    return el("select", { id }, option("de"), option("en"));
  }
  const type = parameter.kind === "number" ? { inputmode: "numeric" } : {};
  const list = parameter.kind === "iri" ? { list: `${id}-list`, spellcheck: "false" } : {};
  return el("input", { id, value, autocomplete: "off", "aria-describedby": `${id}-note`, ...type, ...list });
}

/**
 * Show the fields of a question's parameters.
 *
 * @param {HTMLFieldSetElement} fieldset
 * @param {object} question
 * @param {Record<string, string>} values as typed
 * @param {{language: string, words: object, known: object, text: () => string, changed: (text: string) => void,
 *   things: (ofClass: string) => Promise<{name: string, label: string}[]>}} given the text they are bound in, and what
 *   can be chosen
 */
export function showFields(fieldset, question, values, given) {
  const fields = question.parameters.map((parameter) => {
    const id = `sparql-p-${parameter.name}`;
    const field = input(parameter, id, values[parameter.name], given.language);
    const note = el("p", { id: `${id}-note`, class: "sparql-hint" });
    field.addEventListener("change", () => taken(parameter, field, note, given));
    const list = parameter.kind === "iri" ? el("datalist", { id: `${id}-list` }) : undefined;
    if (list) field.addEventListener("focus", () => offer(parameter, list, note, field, given), { once: true });
    return el("div", { class: "sparql-field" }, el("label", { for: id }, parameter.labels[given.language]), field, list, note);
  });
  fieldset.querySelectorAll(".sparql-field").forEach((old) => old.remove());
  fieldset.append(...fields);
  fieldset.hidden = fields.length === 0;
}

function taken(parameter, field, note, { known, text, changed, words }) {
  const term = termOf(parameter, field.value, known);
  field.setAttribute("aria-invalid", String(term === null));
  note.textContent = term === null ? words[`wrong_${parameter.kind}`] : isBound(text(), parameter.name) ? "" : words.unbound;
  if (term !== null) changed(bind(text(), parameter.name, term));
}

async function offer(parameter, list, note, field, { things, words }) {
  note.textContent = words.names_loading;
  try {
    list.append(...(await things(parameter.class)).map(({ name, label }) => el("option", { value: name }, label)));
    note.textContent = words.names_ready;
  } catch {
    note.textContent = words.names_missing;
  }
}
