// The cell as a graph: what flows through each line and what each node yields, for one unit at one step.
import { allDigits, decimals, lengthOf } from "../core/numbers.js";
import { evaluate } from "../core/program.js";
import { setAttr, setText, svgElement, textNode } from "./dom.js";
import { timeClass } from "./equations.js";

const WIDTH = 560, HEIGHT = 240, EDGE = 26, RADIUS = 11.5; // the drawing's own units, about a pixel each on a projector
const GRADES = 15; // of strength, as in the style sheet

export function createDiagram(root) {
  const figure = root.querySelector(".diagram");
  let edges = [], nodes = [];
  return {
    build({ message, network: { graph, hues } }) {
      const svg = svgElement("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": message.words.diagram });
      edges = graph.edges.map((edge) => edgeOf(edge, graph.nodes, hues, svg));
      nodes = graph.nodes.map((node) => nodeOf(node, hues, svg));
      figure.replaceChildren(svg);
    },
    draw({ model, held }, { t, unit, operation }) {
      const now = operation ?? Infinity;
      for (const { path, program, row } of edges) {
        const value = evaluate(program, model, t, unit);
        setAttr(path, "class", `edge ${gradeClass(value / 1.4)}${value < 0 ? " minus" : ""}${timeClass(row, now)}`);
      }
      for (const { group, glow, shown, node } of nodes) {
        const hold = node.symbol && node.row >= 0 && held(node.symbol, t, unit);
        const value = hold ? model.row(node.symbol, t)[unit] : evaluate(node.program, model, t, unit);
        const says = node.symbol === "x" ? lengthOf(model.row("x", t)) : decimals(value);
        const changed = shown.nodeValue !== says && shown.nodeValue !== "";
        setText(shown, says);
        setAttr(glow, "class", `glow ${gradeClass(node.symbol === "x" ? 0.45 : value)}`);
        setAttr(group, "class", `node${node.glyph ? "" : " end"}${changed ? " changed" : ""}${hold ? " held" : ""}${timeClass(node.row, now)}`);
      }
    },
    updateTitles({ model }, { t, unit }) {
      for (const { title, says, program } of edges) setText(title, `${says} = ${allDigits(evaluate(program, model, t, unit))}`);
      for (const { title, shown, node } of nodes) {
        setText(title, `${node.says} = ${node.symbol === "x" ? shown.nodeValue : allDigits(evaluate(node.program, model, t, unit))}`);
      }
    },
  };
}

const gradeClass = (value) => `s${Math.round(GRADES * Math.min(1, Math.abs(value) || 0))}`;

const placeOf = ({ x, y }) => [EDGE + x * (WIDTH - 2 * EDGE), y * (HEIGHT - 16)];

function edgeOf({ source, target, symbol, says, program }, nodes, hues, svg) {
  const from = nodes[source], to = nodes[target];
  const [x1, y1] = placeOf(from), [x2, y2] = placeOf(to);
  const start = x1 + (from.glyph ? RADIUS : 21), end = x2 - (to.glyph ? RADIUS : 21), bend = Math.min(70, (end - start) * 0.55);
  const path = svgElement("path", {
    d: `M${start},${y1} C${start + bend},${y1} ${end - bend},${y2} ${end},${y2}`,
    class: "edge", stroke: hues[symbol] ?? "currentColor",
  }, svg);
  return { path, title: textNode(svgElement("title", {}, path)), says, program, row: to.row };
}

function nodeOf(node, hues, svg) {
  const [x, y] = placeOf(node), hue = hues[node.symbol] ?? "currentColor";
  const group = svgElement("g", { class: node.glyph ? "node" : "node end", transform: `translate(${x},${y})` }, svg);
  const title = textNode(svgElement("title", {}, group));
  const shape = node.glyph
    ? svgElement("circle", { r: RADIUS, class: "back" }, group)
    : svgElement("rect", { x: -21, y: -11, width: 42, height: 22, rx: 11, class: "back" }, group);
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
  if (node.symbol && node.row >= 0) group.dataset.symbol = node.symbol;
  return { group, title, glow, shown, node };
}

function letterIn(parent, [letter, subscript]) {
  svgElement("tspan", { "font-style": "italic" }, parent).textContent = letter;
  svgElement("tspan", { dy: 3, "font-size": "75%" }, parent).textContent = subscript;
}
