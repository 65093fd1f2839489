// The curves of trainings on canvases: one or two runs in two inks, solid and dashed. A hand that rests reads the numbers of
// an update, and a press goes to the look there. Updates lie on a scale of square roots, as looks do: most is learned early.
import { endsOf, shareOn, shareOfUpdate, QUARTERS, updateAt } from "../core/learning_charts.js";
import { fillIn } from "../core/sentences.js";
import { momentSaid, valueSaid } from "../core/learning_words.js";
import { element, observe, setAttr } from "./dom.js";
import { putIn } from "./learning.js";

const AROUND = 3; // px around the curves
const DASH = [[], [5, 3]]; // of the arms
const FAINT = 0.45; // of the batches' own loss, beside that held out

// `goes` takes the update that was pressed.
export function createCurves(place, signal, goes) {
  const figures = new Map(), sizes = new Map(); // of the canvases: to ask for them has the page laid out anew, at each look
  const inks = ["arm-0", "arm-1", "line", "ink"].map((name) => place.appendChild(element("i", { className: "ink", style: `color: var(--${name})` })));
  const sizing = new ResizeObserver((changed) => {
    for (const { target, contentRect: { width, height } } of changed) sizes.set(target, [width, height]);
    if (last) draw(last);
  });
  let last = null, hovered = null;

  function figureOf(name) {
    if (figures.has(name)) return figures.get(name);
    const canvas = element("canvas"), title = element("b"), reads = element("span", { className: "reads" }), high = element("i", { className: "end high" }), low = element("i", { className: "end low" });
    const ticks = element("div", { className: "ticks", ariaHidden: "true" });
    const node = element("figure", { className: "chart" }, element("figcaption", {}, title, reads), element("div", { className: "area" }, canvas, high, low), ticks);
    node.dataset.testid = "chart";
    node.dataset.chart = name;
    canvas.setAttribute("role", "img");
    canvas.addEventListener("pointermove", (event) => hover(updateUnder(canvas, event)), { signal });
    canvas.addEventListener("pointerleave", () => hover(null), { signal });
    canvas.addEventListener("pointerdown", (event) => last && goes(updateUnder(canvas, event)), { signal });
    observe(sizing, signal, canvas);
    (figures.size ? [...figures.values()].at(-1).node : inks.at(-1)).after(node);
    const made = { node, canvas, title, reads, high, low, ticks };
    figures.set(name, made);
    return made;
  }

  function updateUnder(canvas, { offsetX }) {
    const wanted = updateAt((offsetX - AROUND) / Math.max(1, sizes.get(canvas)[0] - 2 * AROUND), last.steps);
    return last.updates.reduce((best, update) => (Math.abs(update - wanted) < Math.abs(best - wanted) ? update : best), last.updates[0] ?? 0);
  }

  function hover(update) {
    if (update === hovered) return;
    hovered = update;
    if (last) draw(last);
  }

  // `view` = { charts, steps, updates, at: the update shown, arms, says }.
  function draw(view) {
    last = view;
    const colours = inks.map((node) => getComputedStyle(node).color);
    for (const chart of view.charts) {
      const figure = figureOf(chart.name), [low, high] = endsOf(chart.axis), read = readAt(chart, hovered ?? view.at, view);
      putIn(figure.title, titleOf(chart, view));
      putIn(figure.low, low);
      putIn(figure.high, high);
      figure.reads.replaceChildren(...read.map(({ arm, said }) => element("bdi", { textContent: said, style: `color: ${colours[arm]}` })));
      setAttr(figure.canvas, "aria-label", `${titleOf(chart, view)}: ${read.map(({ said }) => said).join(", ")}`);
      figure.canvas.title = hovered === null ? "" : momentSaid(hovered, view.steps, view.says);
      paint(figure.canvas, chart, view, colours);
      writeUpdates(figure.ticks, view.steps);
    }
  }

  function paint(canvas, { axis, lines, clips }, { steps, at }, colours) {
    const ratio = devicePixelRatio || 1, [wide, high] = sizes.get(canvas) ?? [0, 0];
    if (!wide || !high) return;
    if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) Object.assign(canvas, { width: Math.round(wide * ratio), height: Math.round(high * ratio) });
    const context = canvas.getContext("2d"), [, , line, ink] = colours, x = (update) => AROUND + shareOfUpdate(update, steps) * (wide - 2 * AROUND), y = (value) => AROUND + (1 - shareOn(axis, value)) * (high - 2 * AROUND);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, wide, high);
    const rule = (from, to, colour, dash = [], width = 1) => stroke(context, [from, to], colour, dash, width);
    for (const end of axis.log ? Array.from({ length: axis.high - axis.low + 1 }, (_, k) => 10 ** (axis.low + k)) : [axis.low, (axis.low + axis.high) / 2, axis.high]) rule([AROUND, y(end)], [wide - AROUND, y(end)], line);
    for (const { arm, value } of clips) rule([AROUND, y(value)], [wide - AROUND, y(value)], colours[arm], [1, 3]);
    rule([x(at), 0], [x(at), high], ink);
    if (hovered !== null) rule([x(hovered), 0], [x(hovered), high], ink, [2, 2]);
    for (const { arm, part, points } of lines) {
      context.globalAlpha = part === "trained" ? FAINT : 1;
      for (const stretch of runsOf(points)) stroke(context, stretch.map(([update, value]) => [x(update), y(value)]), colours[arm], DASH[arm], part === "trained" ? 1 : 2);
    }
    context.globalAlpha = 1;
  }

  function writeUpdates(ticks, steps) {
    if (ticks.dataset.steps === String(steps)) return;
    ticks.dataset.steps = steps;
    ticks.replaceChildren(...QUARTERS.map((share) => element("span", { textContent: Math.round(updateAt(share, steps)).toLocaleString("en"), style: `left: ${100 * share}%` })));
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => last && draw(last), { signal });
  return { draw };
}

function titleOf({ name, score }, { arms, says }) {
  if (name === "score") return says[`score_${score}`] ?? says.score;
  if (name === "loss") return arms.length > 1 ? says.chart_losses : says.chart_loss;
  const tells = arms.find(({ looks }) => looks.length)?.looks.at(-1).tells ?? "";
  return fillIn(says[`chart_${name}`], { tells: says[`tells_${tells}`] ?? (tells || "…") });
}

// What each line is at an update, or at the look before it; beside two trainings there is no room for the batches' loss.
function readAt({ name, score, lines }, at, { arms, says }) {
  return lines.filter(({ part }) => part !== "trained" || arms.length < 2).map(({ arm, part, points }) => {
    const found = points.findLast(([update]) => update <= at) ?? [0, NaN], said = valueSaid(name, score, found[1]);
    return { arm, said: name === "loss" && arms.length < 2 ? fillIn(says[`loss_${part}`], { value: said }) : said };
  });
}

// Without gaps: a point alone is a short stroke.
function runsOf(points) {
  const runs = [];
  let open = null;
  for (const point of points) {
    if (!Number.isFinite(point[1])) open = null;
    else if (open) open.push(point);
    else runs.push((open = [point]));
  }
  return runs.map((stretch) => (stretch.length > 1 ? stretch : [stretch[0], [stretch[0][0] + 1e-9, stretch[0][1]]]));
}

function stroke(context, points, colour, dash, width) {
  Object.assign(context, { strokeStyle: colour, lineWidth: width, lineCap: "round", lineJoin: "round" });
  context.setLineDash(dash);
  context.beginPath();
  points.forEach(([x, y], place) => (place ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
}
