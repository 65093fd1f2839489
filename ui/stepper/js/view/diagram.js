// The cell as a graph: what flows through each line and what each node yields, for one unit at one step. The keyboard walks
// along its lines.
import { allDigits, decimals, lengthOf } from "../core/numbers.js";
import { evaluate } from "../core/program.js";
import { meaningOf } from "../core/readings.js";
import { fillIn } from "../core/sentences.js";
import { setAttr, setText, svgElement, textNode } from "./dom.js";
import { createWalk, stepAlong } from "../core/graph_walk.js";
import { timeClass } from "./equations.js";
import { createTip } from "./tip.js";

const WIDTH = 560, HEIGHT = 240, EDGE = 26, RADIUS = 11.5; // the drawing's own units, about a pixel each on a projector
const HALVES = { end: 21, word: 15, sign: RADIUS }; // how far a node reaches to each side: what comes and goes, "tanh", "σ"
const GRADES = 15; // of strength, as in the style sheet

export function createDiagram(root, signal) {
  const figure = root.querySelector(".diagram");
  let edges = [], nodes = [], present = null, walk = null;
  const tip = createTip(root, signal, figure, { partAt, says });

  const valueOf = ({ program }) => evaluate(program, present.model, present.t, present.unit);

  function partAt(target) {
    const at = present && target.closest(".node, .edge");
    return at ? nodes.find(({ group }) => group === at) ?? edges.find(({ path }) => path === at) ?? null : null;
  }

  // A node says its name, its number and what that means, a line from where to where it goes and what it brings there.
  function says({ group, path, node, from, to, program, shown }) {
    if (path) return { title: `${from.says} → ${to.says}: ${allDigits(valueOf({ program }))}`, means: "", at: path, spread: true };
    const x = node.symbol === "x", value = valueAt(node);
    const title = `${node.says} = ${x ? shown.nodeValue : allDigits(value)}`, means = x ? present.words.legend_length : meaningOf(node.reads, value);
    setAttr(group, "aria-label", means ? `${title}: ${means}` : title);
    return { title, means, at: group, spread: false };
  }

  // Of what is held the value that it is held at.
  function valueAt(node) {
    const { model, t, unit, held } = present;
    return node.symbol && node.row >= 0 && held(node.symbol, t, unit) ? model.row(node.symbol, t)[unit] : valueOf(node);
  }

  // One node at a time can be come to; of a line that was walked along it says what that brings.
  function goTo(next) {
    const { group } = nodes[next.at], edge = edges.find(({ from, to }) => [from, to].includes(nodes[next.at].node) && [from, to].includes(nodes[walk.at].node));
    nodes[walk.at].group.setAttribute("tabindex", "-1");
    group.setAttribute("tabindex", "0");
    says(nodes[next.at]);
    if (edge && next.at !== walk.at) setAttr(group, "aria-description", fillIn(present.words.diagram_line, { from: edge.from.says, value: decimals(valueOf(edge)) }));
    else group.removeAttribute("aria-description");
    walk = next;
    group.focus({ preventScroll: true });
  }

  // Enter and Space on a node that the keyboard came to, as a click; arrows lead to its neighbours.
  figure.addEventListener("keydown", (event) => {
    const group = event.target.closest(".node"), { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (!group || shiftKey || ctrlKey || metaKey || altKey) return;
    const pressed = (key === "Enter" || key === " ") && group.dataset.symbol, at = nodes.findIndex((one) => one.group === group);
    const next = stepAlong(at === walk.at ? walk : createWalk(walk.graph, at), key);
    if (!pressed && !next) return;
    event.preventDefault();
    if (pressed) group.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    else goTo(next);
  }, { signal });

  return {
    build({ message, network: { graph, hues } }) {
      const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": message.words.diagram, "aria-description": message.words.diagram_keys });
      edges = graph.edges.map((edge) => edgeOf(edge, graph.nodes, hues, svg));
      nodes = graph.nodes.map((node) => nodeOf(node, hues, svg));
      walk = createWalk(graph, 0);
      nodes.forEach(({ group }, place) => group.setAttribute("tabindex", place ? "-1" : "0"));
      figure.replaceChildren(svg);
      tip.leave();
    },
    draw({ message: { words }, model, held }, { t, unit, operation }) {
      present = { words, model, held, t, unit };
      const now = operation ?? Infinity;
      for (const { path, program, row } of edges) {
        const value = evaluate(program, model, t, unit);
        setAttr(path, "class", `edge ${gradeClass(value / 1.4)}${value < 0 ? " minus" : ""}${timeClass(row, now)}`);
      }
      for (const { group, glow, shown, node } of nodes) {
        const hold = node.symbol && node.row >= 0 && held(node.symbol, t, unit), value = valueAt(node);
        const number = node.symbol === "x" ? lengthOf(model.row("x", t)) : decimals(value);
        const changed = shown.nodeValue !== number && shown.nodeValue !== "";
        setText(shown, number);
        setAttr(glow, "class", `glow ${gradeClass(node.symbol === "x" ? 0.45 : value)}`);
        setAttr(group, "class", `node${node.glyph ? "" : " end"}${changed ? " changed" : ""}${hold ? " held" : ""}${timeClass(node.row, now)}`);
      }
      tip.update();
    },
  };
}

const gradeClass = (value) => `s${Math.round(GRADES * Math.min(1, Math.abs(value) || 0))}`;

const halfOf = ({ glyph }) => HALVES[!glyph ? "end" : glyph.length > 2 ? "word" : "sign"];

const placeOf = ({ x, y }) => [EDGE + x * (WIDTH - 2 * EDGE), y * (HEIGHT - 16)];

function edgeOf({ source, target, symbol, program }, nodes, hues, svg) {
  const from = nodes[source], to = nodes[target];
  const [x1, y1] = placeOf(from), [x2, y2] = placeOf(to);
  const start = x1 + halfOf(from), end = x2 - halfOf(to), bend = Math.min(70, (end - start) * 0.55);
  const path = svgElement("path", {
    d: `M${start},${y1} C${start + bend},${y1} ${end - bend},${y2} ${end},${y2}`,
    class: "edge", stroke: hues[symbol] ?? "currentColor",
  }, svg);
  return { path, from, to, program, row: to.row };
}

function nodeOf(node, hues, svg) {
  const [x, y] = placeOf(node), hue = hues[node.symbol] ?? "currentColor";
  const group = svgElement("g", { class: node.glyph ? "node" : "node end", transform: `translate(${x},${y})` }, svg);
  const half = halfOf(node), tall = node.glyph ? RADIUS : 11;
  const shape = svgElement("rect", { x: -half, y: -tall, width: 2 * half, height: 2 * tall, rx: tall, class: "back" }, group);
  const glow = shape.cloneNode();
  glow.setAttribute("class", "glow");
  glow.setAttribute("fill", node.symbol ? hue : "none");
  group.append(glow);
  const rim = shape.cloneNode();
  rim.setAttribute("class", "rim");
  rim.setAttribute("stroke", node.symbol ? hue : "currentColor");
  group.append(rim);
  const glyph = svgElement("text", { class: node.glyph.length > 2 ? "glyph long" : "glyph", y: 4.5 }, group);
  if (node.glyph) glyph.textContent = node.glyph;
  else letterIn(glyph, node.label);
  const named = node.glyph && node.symbol;
  // Letter and number are two texts: at a step only the number is laid out anew, and the letter stays where it is.
  if (named) letterIn(svgElement("text", { class: "value of", x: -6, y: 22 }, group), node.label);
  const shown = textNode(svgElement("text", { class: named ? "value is" : "value", x: named ? -3 : 0, y: 22 }, group));
  if (node.symbol && node.row >= 0) {
    group.dataset.symbol = node.symbol;
  }
  group.setAttribute("role", group.dataset.symbol ? "button" : "img");
  group.setAttribute("aria-label", node.says);
  return { group, glow, shown, node };
}

function letterIn(parent, [letter, subscript]) {
  svgElement("tspan", { "font-style": "italic" }, parent).textContent = letter;
  svgElement("tspan", { dy: 3, "font-size": "75%" }, parent).textContent = subscript;
}
