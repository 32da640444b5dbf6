/** What the page shows, as the part of its address behind "#", so that it can be sent to somebody. */

const OWN = new Set(["question", "query", "view"]);

/**
 * Return the fragment (without "#") for a state.
 *
 * @param {{question?: string, parameters?: Record<string, string>, query?: string, view?: string}} state a question
 *   of the catalogue with its parameters, or a text of one's own
 */
export function encode({ question, parameters = {}, query, view }) {
  const parts = new URLSearchParams();
  if (question) {
    parts.set("question", question);
    for (const [name, value] of Object.entries(parameters)) parts.set(OWN.has(name) ? `p.${name}` : name, value);
  } else if (query) {
    parts.set("query", query);
  }
  if (view) parts.set("view", view);
  return parts.toString();
}

/** Return the state a fragment stands for; unknown parts are taken for parameters. */
export function decode(fragment) {
  const parts = new URLSearchParams(fragment.replace(/^#/, ""));
  const parameters = {};
  for (const [name, value] of parts) if (!OWN.has(name)) parameters[name.replace(/^p\./, "")] = value;
  return {
    question: parts.get("question") ?? "",
    query: parts.get("query") ?? "",
    view: parts.get("view") ?? "",
    parameters,
  };
}
