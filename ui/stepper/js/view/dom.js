// Making and changing nodes as cheaply as a step needs it.

const SVG = "http://www.w3.org/2000/svg";

// A page's translator replaces texts, and a step would write to those that are gone.
export const KEPT = { translate: false };

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

// A term that says what it means to who points at it or comes to it by the keyboard.
export function termElement(text, means) {
  const term = element("span", { className: "term", tabIndex: 0, textContent: text });
  term.setAttribute("aria-description", means);
  term.dataset.means = means;
  return term;
}

export function svgElement(name, attributes, parent) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

// A text that changes at every step: its node is written, never replaced, so that nobody is told of new children.
export function textNode(parent) {
  const node = document.createTextNode("");
  parent.replaceChildren(node);
  return node;
}

// The browser lays a text out anew even where the same is written again.
export function setText(node, value) {
  if (node.nodeValue !== value) node.nodeValue = value;
}

export function setAttr(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

export function setStyle(node, name, value) {
  if (node.style[name] !== value) node.style[name] = value;
}

// What changes at each step lies in a box of fixed size that is no grid's item: only then is it laid out alone.
// One box a row: each box is a layer to be painted, and all layers of the page are counted again at each step.
export const boxed = (...content) => element("span", { className: "box" }, ...content);

// How wide a text is, in Latin letters: Chinese ones take two.
export const lettersWide = (label) => [...label].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);

// One timeout at a time, none after the end.
export function createTimer(signal) {
  let id = 0;
  const stop = () => clearTimeout(id);
  signal.addEventListener("abort", stop);
  return {
    stop,
    start(act, milliseconds) {
      stop();
      if (!signal.aborted) id = setTimeout(act, milliseconds);
    },
  };
}

export function observe(observer, signal, ...where) {
  observer.observe(...where);
  signal.addEventListener("abort", () => observer.disconnect());
}
