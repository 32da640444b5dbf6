/** What can be completed while a query is typed: our terms by name and by label, prefixes, keywords, variables. */
import { prefixesIn } from "./sparql.js";

const KEYWORDS = (
  "ASK BIND CONSTRUCT COUNT DESCRIBE DISTINCT EXISTS FILTER GRAPH GROUP_CONCAT LANG LIMIT MINUS NOT OFFSET OPTIONAL " +
  "PREFIX REGEX SAMPLE SELECT STRSTARTS UNION VALUES WHERE"
).split(" ").concat("GROUP BY", "ORDER BY");
const TYPED = /[?$]?[\p{L}\p{N}_:*-]+$/u;
const GOES_ON = /^[\p{L}\p{N}_:*-]*$/u;

/** Return where a declaration of a prefix goes: before the first one, else behind the comments at the top. */
export function placeOfPrologue(text) {
  const declared = /^[ \t]*PREFIX\b/im.exec(text);
  return declared ? declared.index : /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(text)[0].length;
}

/** Return the changes that put a term in, and its prefix, if that is not declared yet: for other engines' sake. */
export function insertion(text, curie, from, to, prefixes) {
  const prefix = curie.split(":", 1)[0];
  const changes = [{ from, to, insert: curie }];
  const place = placeOfPrologue(text);
  if (prefix in prefixes && !prefixesIn(text).declared.has(prefix) && place <= from) {
    changes.unshift({ from: place, insert: `PREFIX ${prefix}: <${prefixes[prefix]}>\n` });
  }
  return changes;
}

function applied(curie, prefixes) {
  return (view, _completion, from, to) => {
    const changes = insertion(view.state.doc.toString(), curie, from, to, prefixes);
    const anchor = from + changes.reduce((sum, change) => sum + change.insert.length, 0);
    view.dispatch({ changes, selection: { anchor }, userEvent: "input.complete" });
  };
}

/**
 * Return all options for terms `{name, de, en, kind}`: each by its prefixed name and by its labels.
 *
 * @param {"de" | "en"} language of what is shown beside a name; both languages are found
 */
export function optionsOf(terms, prefixes, language) {
  return terms.flatMap(({ name, de, en, kind }) => {
    const apply = applied(name, prefixes);
    const shown = (language === "de" ? de || en : en || de) ?? "";
    const byLabel = [...new Set([de, en])].filter(Boolean);
    return [
      { label: name, detail: shown, type: kind, apply, boost: 1 },
      ...byLabel.map((label) => ({ label, detail: name, type: kind, apply })),
    ];
  });
}

/**
 * Return a source of completions for CodeMirror.
 *
 * @param {() => object[]} options of terms, asked each time, as things are added once the graph is loaded
 */
export function completionSource(options, prefixes) {
  const fixed = [
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...Object.entries(prefixes).map(([prefix, space]) => ({ label: `${prefix}:`, detail: space, type: "namespace" })),
  ];
  return (context) => {
    const word = context.matchBefore(TYPED);
    if (!word && !context.explicit) return null;
    const text = context.state.doc.toString();
    const from = word?.from ?? context.pos;
    if (/[?$]/.test(word?.text[0] ?? "")) {
      const known = new Set([...text.matchAll(/\?[\p{L}\p{N}_]+/gu)].map(([name]) => name));
      known.delete(word.text);
      return { from, options: [...known].map((label) => ({ label, type: "variable" })), validFor: /^\?[\p{L}\p{N}_]*$/u };
    }
    if (/PREFIX\s+$/i.test(text.slice(0, from))) {
      const declarations = Object.entries(prefixes).map(([prefix, space]) => ({ label: `${prefix}: <${space}>` }));
      return { from, options: declarations };
    }
    return { from, options: [...options(), ...fixed], validFor: GOES_ON };
  };
}
