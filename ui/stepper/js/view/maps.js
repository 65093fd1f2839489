// Heatmaps in a grid of their own: a canvas each, units at the left, tokens below, the present step and unit framed.
import { boundOf } from "../core/unit_lines.js";
import { createCover } from "./cover.js";
import { element, observe, setStyle } from "./dom.js";
import { createColours, pixelOf } from "./heatmaps.js";
import { listenToSwipes } from "./keys.js";
import { walkOver } from "./walk.js";
import { paintPanel, shortened, writeTicks } from "./panels.js";

const PER_LETTER = 7; // px below a heatmap
const PER_NAME = 13; // px at its left
const APART = { steps: 80, rows: 20 }; // up to which cells lie apart

// `panels` are { symbol, title, hue, range, scale, low, high, names: of its rows }, `difference` is the scale of what changed.
// Where numbers outgrow what they were drawn in, `ranges` says how far a symbol's colours reach: reach(symbol, bound of what
// is shown) → bound. → { update() }: to be told that the stepper shows something else.
export function createMaps(parent, stepper, { panels, difference, columns }, ranges = null) {
  const { signal } = stepper, heading = element("h2", { className: "unseen" }), maps = panels.map((panel) => mapOf(panel, createCover(stepper)));
  let look = null;
  parent.style.setProperty("--columns", columns);
  parent.style.setProperty("--rows", Math.ceil(maps.length / columns));
  parent.replaceChildren(heading, ...maps.map(({ figure }) => figure));

  function measure() {
    const style = getComputedStyle(stepper.root);
    look = { paper: pixelOf(style.getPropertyValue("--paper")), ink: pixelOf(style.color), difference, whole: true };
    for (const map of maps) {
      Object.assign(map, { width: map.area.clientWidth, height: map.area.clientHeight });
      writeNames(map, map.symbol === "x" ? map.names : stepper.shown().message.order.map((unit) => map.names[unit]));
    }
    update();
  }

  function update() {
    const { model, message } = stepper.shown();
    if (!model.steps) return;
    const labels = message.tokens.map(shortened);
    heading.textContent = message.words.part_heatmaps;
    for (const map of maps) {
      map.tell ??= walkOver(map.area, map.symbol, stepper);
      if (ranges && map.low < 0) widen(map, ranges.reach(map.symbol, boundOf(model.symbols[map.symbol].values, map.symbol)));
      map.gaps = [labels.length <= APART.steps ? 1 : 0, map.count <= APART.rows ? 1 : 0];
      paintPanel(stepper, map, look);
      writeTicks(map.ticks, map.width, labels, map.width / PER_LETTER);
      map.over.lay({ left: 0, top: 0, wide: map.width, high: map.height, unit: map.width / model.steps });
    }
    frame(stepper.player());
    tell();
  }

  function frame({ t, unit }) {
    const { model: { steps }, message: { order } } = stepper.shown(), row = order.indexOf(unit);
    for (const { cursor, cell, count } of maps) {
      setStyle(cursor, "left", `${(100 * t) / steps}%`);
      setStyle(cursor, "width", `${100 / steps}%`);
      setStyle(cell, "top", `${(100 * row) / count}%`);
      setStyle(cell, "height", `${100 / count}%`);
    }
  }

  const seen = () => stepper.shown() && measure();
  listenToSwipes(parent, signal, (by) => stepper.dispatch({ type: "by", by }));
  const tell = () => maps.forEach((map) => map.tell?.());
  stepper.follow((player, before) => {
    if (look) frame(player);
    if (player.unit !== before.unit) tell();
  });
  observe(new ResizeObserver(seen), signal, parent);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", seen, { signal });
  return { update: () => (look ? update() : measure()) };
}

function widen(map, bound) {
  if (bound <= map.high) return;
  Object.assign(map, { low: -bound, high: bound, colour: createColours(map.scale, -bound, bound) });
  map.range.textContent = `±${bound}`;
}

function mapOf({ symbol, title, hue, range, scale, low, high, names }, over) {
  const canvas = element("canvas"), caption = element("small", {}, ""), cell = element("div", { className: "stepper-cell" });
  const cursor = element("div", { className: "stepper-cursor" }, ...(symbol === "x" ? [] : [cell]));
  const area = element("div", { className: "area" }, canvas, over.cover, cursor), ticks = element("div", { className: "stepper-ticks" });
  const rows = element("div", { className: "rows", ariaHidden: "true" });
  const square = element("span", { textContent: "■", style: `color: ${hue}`, ariaHidden: "true" });
  const reaches = element("i", { textContent: range }), head = element("figcaption", {}, square, ` ${title} `, reaches, " ", caption);
  const figure = element("figure", { className: "map notranslate", translate: false }, head, rows, area, ticks);
  canvas.setAttribute("aria-hidden", "true"); // the area says what it shows
  area.dataset.symbol = symbol;
  cursor.dataset.testid = "cursor";
  return { figure, symbol, scale, low, high, range: reaches, count: names.length, names, canvas, over, caption, area, ticks, rows, cursor, cell, colour: createColours(scale, low, high) };
}

// As many names of rows as there is room for.
function writeNames({ rows, height, count }, names) {
  const stride = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(height / PER_NAME))));
  const chosen = names.flatMap((name, place) => (place % stride ? [] : [[name, place]]));
  setStyle(rows, "width", `${Math.max(...names.map((name) => [...shortened(name)].length)) * 0.62}em`);
  rows.replaceChildren(...chosen.map(([name, place]) => element("bdi", { textContent: shortened(name), style: `top: ${(100 * (place + 0.5)) / count}%` })));
}
