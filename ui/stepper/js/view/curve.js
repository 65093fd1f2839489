// A curve drawn by hand over the steps, and the true one beside it.
import { clamp } from "../core/numbers.js";
import { element, setAttr, svgElement } from "./dom.js";

const ACROSS = 240, DOWN = 110, RIM = 6; // the drawing's own units
const NUDGE = 0.05; // of the range, a key

// `curve` = { values, low, high } → { node, drawn, compare }: `drawn` gives the points that were drawn, null between them;
// `compare` shows them and the true curve, and gives how far they are off on average, as a share of the range.
export function createCurve({ values, low, high }, told) {
  const steps = values.length;
  const node = svgElement("svg", { class: "curve", viewBox: `0 0 ${ACROSS} ${DOWN}`, tabindex: 0, role: "slider", "aria-label": told.draw });
  const x = (t) => RIM + (t * (ACROSS - 2 * RIM)) / Math.max(1, steps - 1);
  const y = (value) => DOWN - RIM - ((value - low) / (high - low)) * (DOWN - 2 * RIM);
  let drawn = new Array(steps).fill(null), at = 0, over = false, last = null;

  for (const value of [low, (low + high) / 2, high]) {
    svgElement("line", { x1: RIM, x2: ACROSS - RIM, y1: y(value), y2: y(value), class: "rule" }, node);
    svgElement("text", { x: RIM + 1, y: y(value) + (value === high ? 9 : -2), class: "scale" }, node).textContent = String(Number(value.toPrecision(2))).replace("-", "−");
  }
  const truth = svgElement("polyline", { class: "truth", points: "" }, node), hers = svgElement("polyline", { class: "drawn", points: "" }, node);
  const spot = svgElement("circle", { class: "dot", r: 3, cx: x(0), cy: y((low + high) / 2) }, node);

  const filled = (t) => drawn[t] ?? (low + high) / 2;
  const points = (of) => Array.from({ length: steps }, (_, t) => `${x(t).toFixed(1)},${y(of(t)).toFixed(1)}`).join(" ");

  function draw() {
    setAttr(hers, "points", drawn.some((one) => one !== null) ? points(filled) : "");
    setAttr(spot, "cx", x(at));
    setAttr(spot, "cy", y(filled(at)));
    setAttr(node, "aria-valuenow", filled(at).toFixed(2));
    setAttr(node, "aria-valuetext", `${told.step} ${at + 1}: ${filled(at).toFixed(2)}`);
  }

  function lay(t, value) {
    drawn[t] = Math.max(low, Math.min(high, value));
    at = t;
  }

  // From the place where the pointer was last to where it is: a quick hand leaves no gap.
  function trace({ clientX, clientY }) {
    const box = node.getBoundingClientRect();
    const t = clamp(Math.round((((clientX - box.left) / box.width) * ACROSS - RIM) / ((ACROSS - 2 * RIM) / Math.max(1, steps - 1))), steps);
    const value = low + ((DOWN - RIM - ((clientY - box.top) / box.height) * DOWN) / (DOWN - 2 * RIM)) * (high - low);
    const [from, was] = last ?? [t, value];
    for (let k = Math.min(from, t); k <= Math.max(from, t); k++) lay(k, t === from ? value : was + ((value - was) * (k - from)) / (t - from));
    at = t;
    last = [t, value];
    draw();
  }

  node.addEventListener("pointerdown", (event) => {
    if (over) return;
    node.setPointerCapture(event.pointerId);
    last = null;
    trace(event);
  });
  node.addEventListener("pointermove", (event) => node.hasPointerCapture(event.pointerId) && trace(event));
  node.addEventListener("pointerup", () => (last = null));
  node.addEventListener("keydown", (event) => {
    const act = KEYS_OF_CURVE[event.key];
    if (!act || over) return;
    event.preventDefault();
    event.stopPropagation(); // the stepper stays where it is
    const [by, up] = act;
    if (by) at = clamp(at + by, steps);
    lay(at, (by ? drawn[at] ?? filled(at - by) : filled(at)) + up * NUDGE * (high - low));
    draw();
  });
  draw();

  return {
    node: element("div", { className: "drawing" }, node),
    drawn: () => drawn,
    compare(given) {
      drawn = given;
      over = true;
      draw();
      setAttr(truth, "points", points((t) => values[t]));
      return values.reduce((sum, value, t) => sum + Math.abs(filled(t) - value), 0) / steps / (high - low);
    },
  };
}

const KEYS_OF_CURVE = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
