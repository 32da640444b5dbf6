/** Make elements: `el("p", {class: "x"}, "text", child)`. Texts are texts, never markup. */

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

/** Return a new element of HTML. */
export const el = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);

/** Return a new element of SVG. */
export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, name), attributes, children);

/** Fill the places `{name}` of a text. */
export const fillIn = (text, parts) => text.replace(/\{(\w+)\}/g, (all, name) => parts[name] ?? all);
