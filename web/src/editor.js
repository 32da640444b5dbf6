/** The editor: CodeMirror with highlighting, completion and the place of an error. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { completionSource } from "./complete.js";

// Colours are those of the page, so that light and dark need no second table here.
const theme = EditorView.theme({
  "&": { color: "var(--ink, #1b1b1b)", backgroundColor: "var(--paper, #fff)", fontSize: "0.875rem" },
  "&.cm-focused, &:focus-within": { outline: "2px solid var(--accent, #0b5cad)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "var(--mono, ui-monospace, monospace)", lineHeight: "1.5", maxHeight: "32rem" },
  ".cm-content": { caretColor: "var(--ink, #1b1b1b)", minHeight: "9rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink, #1b1b1b)" },
  ".cm-gutters": { color: "var(--muted, #595959)", backgroundColor: "transparent", borderRight: "1px solid var(--line, #ccc)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent, #0b5cad) 6%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent, #0b5cad) 25%, transparent)",
  },
  ".cm-tooltip": { color: "var(--ink, #1b1b1b)", backgroundColor: "var(--paper, #fff)", border: "1px solid var(--line, #ccc)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxWidth: "min(40rem, 92vw)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--paper, #fff)",
    backgroundColor: "var(--accent, #0b5cad)",
  },
  ".cm-completionDetail": { fontStyle: "normal", opacity: "1", marginLeft: "1em" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "bold" },
});
const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent, #0b5cad)", fontWeight: "bold" },
  { tag: tags.comment, color: "var(--muted, #595959)", fontStyle: "italic" },
  { tag: [tags.atom, tags.meta], color: "var(--accent, #0b5cad)" },
  { tag: tags.string, fontStyle: "italic" },
  { tag: tags.local(tags.variableName), fontWeight: "600" },
]);

/**
 * Type over a selection without the browser's own editing: that puts styles into the markup, which the policy forbids
 * and the console tells.
 */
const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    const { data: text } = event;
    if (event.inputType !== "insertText" || !text || empty || view.composing) return false;
    event.preventDefault();
    const change = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, change));
    if (!handled) view.dispatch(change());
    return true;
  },
});

/**
 * Make the editor inside an element.
 *
 * It lives in a shadow root: there CodeMirror uses constructed style sheets, which a strict policy for styles allows.
 *
 * @param {HTMLElement} host
 * @param {{label: string, described: string, phrases: object, prefixes: object, options: () => object[],
 *   run: () => void, changed: () => void}} given the label for screen readers, texts, terms, and what happens
 */
export function makeEditor(host, given) {
  const root = host.attachShadow({ mode: "open" });
  const run = keymap.of([{ key: "Mod-Enter", run: () => (given.run(), true) }]);
  const extensions = [
    Prec.highest(run),
    typedOver,
    history(),
    lineNumbers(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    EditorView.lineWrapping,
    StreamLanguage.define(sparql),
    syntaxHighlighting(highlighting),
    autocompletion({ override: [completionSource(given.options, given.prefixes)], icons: false, maxRenderedOptions: 60 }),
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
    theme,
    EditorState.phrases.of(given.phrases),
    EditorView.contentAttributes.of({ "aria-label": given.label, "aria-description": given.described, tabindex: "0" }),
    EditorView.updateListener.of((update) => update.docChanged && given.changed()),
  ];
  const view = new EditorView({ parent: root, root, state: EditorState.create({ extensions }) });
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
    /** Mark the place of an error, or none. */
    mark(place) {
      view.dispatch(setDiagnostics(view.state, place?.line ? [diagnostic(view.state.doc, place)] : []));
    },
  };
}

function diagnostic(doc, { line, column, message }) {
  const at = doc.line(Math.min(line, doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  return { from, to: Math.min(from + 1, doc.length), severity: "error", message };
}
