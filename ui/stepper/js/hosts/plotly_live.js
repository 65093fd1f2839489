// What Plotly has not drawn yet: canvases in the place of its heatmaps, within a still of all else that it drew, with the
// numbers that the stepper shows, from when these are of another run than Plotly's picture until that has followed.
import { allDigits, clamp, decimals } from "../core/numbers.js";
import { createColours, paintHeatmap, pixelOf } from "../view/heatmaps.js";
import { element, setStyle, setText } from "../view/dom.js";

const TOKEN = 20; // letters of one on an axis, as in ui/figures/axes.py

// → { place(plot, host), update(), forget(), remove() }: to be told where panels lie, that the stepper shows something else, and
// that Plotly's picture is gone.
export function createLiveHeatmaps(stepper) {
  const layer = element("div", { className: "stepper-live" });
  layer.dataset.testid = "live";
  let panels = [], still = null, host = null, look = null, meta = null, pictured = null; // the run that is seen in Plotly's picture

  function place(plot, parent) {
    [host, meta] = [parent, plot.layout.meta];
    if (layer.parentElement !== host) host.append(layer);
    const frame = host.getBoundingClientRect(), placed = meta;
    const style = getComputedStyle(stepper.root); // asked once a chart: a key has no time to wait for an answer
    look = { paper: pixelOf(style.getPropertyValue("--paper")), ink: pixelOf(style.color) };
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
  const fits = ({ model }) => panels.length > 0 && panels.every(({ symbol, count }) => model.symbols[symbol]?.shape[1] === count);

  // Plotly has the run as it was edited, at rest.
  const isLive = ({ message, predicted }) => predicted || stepper.seen() !== "edited" || pictured !== message.run || meta.run !== message.run;

  function update() {
    const shown = stepper.shown(), live = fits(shown) && isLive(shown), over = fits(shown) && (live || shown.original !== null);
    layer.toggleAttribute("data-live", live);
    layer.toggleAttribute("data-over", over && !live);
    dressHost();
    if (!over) return layer.replaceChildren();
    const parts = panels.flatMap(({ canvas, ticks, caption }) => [canvas, ...(live ? [ticks] : []), caption]);
    const wanted = live ? [still, ...parts] : parts;
    if (wanted.length !== layer.childElementCount || wanted.some((node, place) => layer.children[place] !== node)) layer.replaceChildren(...wanted);
    const labels = shown.message.tokens.map(shortened);
    for (const panel of panels) {
      paint(panel, shown, live);
      if (live) writeTicks(panel, labels, meta.letters);
    }
  }

  function paint(panel, shown, live) {
    const { message, model, original, held } = shown, { canvas, symbol, count, caption } = panel, seen = symbol === "x" ? "edited" : stepper.seen();
    const places = symbol === "x" ? [...Array(count).keys()] : message.order, { steps } = model;
    const stepOf = { edited: (t) => model.row(symbol, t), original: (t) => original.row(symbol, t), difference: (t) => changeAt(shown, symbol, t) }[seen];
    const most = seen === "difference" ? largestOf(stepOf, steps) : 0;
    const area = seen === "difference" ? { ...panel, colour: createColours(meta.difference, -most || -1, most || 1) } : panel;
    const edited = seen === "edited" && original && symbol !== "x"
      ? { row: stepOf, was: (t) => original.row(symbol, t), held: (unit, t) => held(symbol, t, unit), ...look } : null;
    paintHeatmap(canvas, area, { steps, row: live ? stepOf : null }, places, edited);
    setText(caption.firstChild, { edited: "", original: message.words.original, difference: `Δ ±${most < 0.005 ? most.toPrecision(1) : decimals(most)}` }[seen]);
    const cellAt = ({ offsetX, offsetY }) => [Math.min(steps - 1, Math.floor((offsetX * steps) / panel.width)), places[clamp(Math.floor((offsetY * count) / panel.height), count)]];
    canvas.onclick = (event) => {
      const [t, unit] = cellAt(event);
      stepper.dispatch({ type: "go", t, ...(symbol === "x" ? {} : { unit }) });
      stepper.takes(symbol);
    };
    canvas.onpointermove = (event) => {
      const [t, unit] = cellAt(event), value = allDigits(model.row(symbol, t)[unit]);
      canvas.title = symbol === "x" || !original ? value : told(message, symbol, t, unit, value, allDigits(original.row(symbol, t)[unit]));
    };
  }

  function told({ words, first, units }, symbol, t, unit, value, was) {
    const says = { symbol, unit: units[unit], step: first + t, value, was };
    return words.cell_says.replace(/\{(\w+)\}/g, (_, name) => says[name]);
  }

  // Streamlit may take the picture away before another is there.
  function forget() {
    pictured = null;
    update();
  }

  // Streamlit may mount the stepper anew in the midst of typing, and for a moment two of them: each says it for itself
  // whether Plotly's picture is to be hidden, and what one that goes away has said goes with it.
  const dressHost = () => host?.toggleAttribute("data-live", host.querySelector(".stepper-live[data-live]") !== null);

  function remove() {
    layer.remove();
    dressHost();
  }

  return { place, update, forget, remove };
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
    caption: element("small", { className: "stepper-caption", style: `left: ${left + across._length - 30}px; top: ${top - 20}px` }, document.createTextNode("")),
    canvas: element("canvas", { style: `left: ${left}px; top: ${top}px` }),
    ticks: element("div", { className: "stepper-ticks", style: under ? `left: ${left}px; top: ${under.top - frame.top}px; line-height: ${under.height}px` : "" }),
  };
}

const changeAt = ({ model, original }, symbol, t) => {
  const was = original.row(symbol, t);
  return model.row(symbol, t).map((value, unit) => value - was[unit]);
};

function largestOf(row, steps) {
  let most = 0;
  for (let t = 0; t < steps; t++) for (const value of row(t)) most = Math.max(most, Math.abs(value));
  return most;
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
