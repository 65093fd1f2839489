// What Plotly has not drawn yet: canvases in the place of its heatmaps, within a still of all else that it drew, with the
// numbers that the stepper shows, from when these are of another run than Plotly's picture until that has followed.
import { clamp } from "../core/numbers.js";
import { createColours, paintHeatmap } from "../view/heatmaps.js";
import { element, setStyle, setText } from "../view/dom.js";

const TOKEN = 20; // letters of one on an axis, as in ui/figures/axes.py

// → { place(plot, host), update(), remove() }: to be told where panels lie, and that the stepper shows something else.
export function createLiveHeatmaps(stepper) {
  const layer = element("div", { className: "stepper-live" });
  layer.dataset.testid = "live";
  let panels = [], still = null, host = null, meta = null, pictured = null; // the run that is seen in Plotly's picture

  function place(plot, parent) {
    [host, meta] = [parent, plot.layout.meta];
    if (layer.parentElement !== host) host.append(layer);
    const frame = host.getBoundingClientRect(), placed = meta;
    panels = meta?.run ? plot.data.map((trace) => panelOf(trace, plot, frame)) : [];
    still = panels.length ? stillOf(plot, frame) : null;
    // An image that is drawn is seen once it is decoded.
    const images = [...plot.querySelectorAll(".hm image")];
    Promise.allSettled(images.map((image) => image.decode?.())).then(() => {
      if (meta !== placed || images.length < panels.length) return;
      pictured = meta?.run;
      update();
    });
    update();
  }

  // Panels of another network, with other symbols or units, stay Plotly's until it draws them anew.
  function isLive({ message, model, predicted }) {
    const fit = ({ symbol, count }) => model.symbols[symbol]?.shape[1] === count;
    return panels.length > 0 && panels.every(fit) && (predicted || pictured !== message.run || meta.run !== message.run);
  }

  function update() {
    const shown = stepper.shown(), live = isLive(shown);
    host?.toggleAttribute("data-live", live);
    if (!live) return layer.replaceChildren();
    if (layer.firstChild !== still) layer.replaceChildren(still, ...panels.flatMap(({ canvas, ticks }) => [canvas, ticks]));
    const labels = shown.message.tokens.map(shortened);
    for (const panel of panels) {
      paint(panel, shown);
      writeTicks(panel, labels, meta.letters);
    }
  }

  function paint(panel, { message, model }) {
    const { canvas, symbol, count } = panel, places = symbol === "x" ? [...Array(count).keys()] : message.order;
    paintHeatmap(canvas, panel, { steps: model.steps, row: (t) => model.row(symbol, t) }, places);
    canvas.onclick = ({ offsetX, offsetY }) => {
      const unit = symbol === "x" ? {} : { unit: places[clamp(Math.floor((offsetY * count) / panel.height), count)] };
      stepper.dispatch({ type: "go", t: Math.floor((offsetX * model.steps) / panel.width), ...unit });
    };
  }

  return { place, update, remove: () => layer.remove() };
}

// Titles and axes: Streamlit takes a chart away before it draws the next one.
function stillOf(plot, frame) {
  const box = plot.getBoundingClientRect(), style = `left: ${box.left - frame.left}px; top: ${box.top - frame.top}px`;
  const pictures = [...plot.querySelectorAll(".main-svg")].map((svg) => svg.cloneNode(true));
  for (const moving of pictures.flatMap((svg) => [...svg.querySelectorAll(".hm, .xaxislayer-above, .hoverlayer, .draglayer")])) moving.remove();
  return element("div", { className: "stepper-still", style }, ...pictures);
}

function panelOf({ name, xaxis, yaxis, xgap, ygap, colorscale, zmin, zmax }, plot, frame) {
  const box = plot.getBoundingClientRect(), layout = plot._fullLayout;
  const across = layout[`xaxis${xaxis.slice(1)}`], down = layout[`yaxis${yaxis.slice(1)}`];
  const left = box.left - frame.left + across._offset, top = box.top - frame.top + down._offset;
  const under = plot.querySelector(`.${xaxis}tick text`)?.getBoundingClientRect();
  return {
    symbol: name, count: Math.round(Math.abs(down.range[1] - down.range[0])),
    left, top, width: across._length, height: down._length, under,
    colour: createColours(colorscale, zmin, zmax), gaps: [xgap, ygap],
    canvas: element("canvas", { style: `left: ${left}px; top: ${top}px` }),
    ticks: element("div", { className: "stepper-ticks", style: under ? `left: ${left}px; top: ${under.top - frame.top}px; line-height: ${under.height}px` : "" }),
  };
}

function shortened(token) {
  const letters = [...token];
  return letters.length > TOKEN ? `${letters.slice(0, TOKEN - 1).join("")}…` : token;
}

// As many tokens under a panel as there is room for, as Python chooses them.
function writeTicks({ ticks, width, under }, labels, letters) {
  if (!under) return;
  const widest = 1 + Math.max(...labels.map((one) => [...one].length)), column = width / labels.length;
  const stride = Math.ceil(labels.length / Math.max(1, Math.floor(letters / widest)));
  const chosen = labels.filter((_, t) => t % stride === 0);
  while (ticks.childElementCount > chosen.length) ticks.lastChild.remove();
  while (ticks.childElementCount < chosen.length) ticks.append(element("bdi", {}, ""));
  [...ticks.children].forEach((tick, place) => {
    setText(tick.firstChild, chosen[place]);
    setStyle(tick, "left", `${((place * stride + 0.5) * column).toFixed(2)}px`);
  });
}
