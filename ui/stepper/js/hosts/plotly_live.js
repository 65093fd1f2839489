// What Plotly has not drawn yet: canvases in the place of its heatmaps, within a still of all else that it drew, with the
// numbers that the stepper shows, from when these are of another run than Plotly's picture until that has followed.
import { createColours, pixelOf } from "../view/heatmaps.js";
import { element } from "../view/dom.js";
import { paintPanel, shortened, writeTicks } from "../view/panels.js";

// → { place(plot, host), update(), forget(), remove(), canShow() }: to be told where panels lie, that the stepper shows something
// else, and that Plotly's picture is gone; whether what the stepper shows has these panels, and lies within their scales.
export function createLiveHeatmaps(stepper) {
  const layer = element("div", { className: "stepper-live" });
  layer.dataset.testid = "live";
  let panels = [], still = null, host = null, look = null, meta = null, pictured = null; // the run that is seen in Plotly's picture
  let drawing = 0; // which drawing of the chart counts: an image of an older one may be decoded later

  function place(plot, parent) {
    [host, meta] = [parent, plot.layout.meta];
    if (layer.parentElement !== host) host.append(layer);
    const frame = host.getBoundingClientRect(), mine = ++drawing;
    const style = getComputedStyle(stepper.root); // asked once a chart: a key has no time to wait for an answer
    look = { paper: pixelOf(style.getPropertyValue("--paper")), ink: pixelOf(style.color) };
    panels = meta?.run ? plot.data.map((trace) => panelOf(trace, plot, frame)) : [];
    still = panels.length ? stillOf(plot, frame) : null;
    // An image that is drawn is seen once it is decoded.
    const images = [...plot.querySelectorAll(".hm image")];
    Promise.allSettled(images.map((image) => image.decode?.())).then(() => {
      if (mine !== drawing || images.length < panels.length) return;
      pictured = meta?.run;
      update();
    });
    update();
  }

  // Panels of another network, with other symbols or units, stay Plotly's until it draws them anew.
  const fits = ({ model }) => panels.length > 0 && panels.every(({ symbol, count }) => model.symbols[symbol]?.shape[1] === count);

  // Colours are those of Plotly's scales: what lies beyond one would look like its end.
  const withinScales = ({ model }) => panels.every(({ symbol, largest }) => model.symbols[symbol].values.every((value) => Math.abs(value) <= largest));

  function canShow() {
    const shown = stepper.shown();
    return fits(shown) && withinScales(shown);
  }

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
      paintPanel(stepper, panel, { ...look, difference: meta.difference, whole: live });
      if (live) writeTicks(panel.ticks, panel.under ? panel.width : 0, labels, meta.letters);
    }
  }

  // Streamlit may take the picture away before another is there.
  function forget() {
    drawing++;
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

  return { place, update, forget, remove, canShow };
}

// Titles and axes: Streamlit takes a chart away before it draws the next one.
function stillOf(plot, frame) {
  const box = plot.getBoundingClientRect(), style = `left: ${box.left - frame.left}px; top: ${box.top - frame.top}px`;
  const pictures = [...plot.querySelectorAll(".main-svg")].map((svg) => svg.cloneNode(true));
  for (const moving of pictures.flatMap((svg) => [...svg.querySelectorAll(".hm, .xaxislayer-above, .hoverlayer, .draglayer, .over-chart")])) moving.remove();
  return element("div", { className: "stepper-still", style }, ...pictures);
}

function panelOf({ name, xaxis, yaxis, xgap, ygap, colorscale, zmin, zmax }, plot, frame) {
  const box = plot.getBoundingClientRect(), layout = plot._fullLayout;
  const across = layout[`xaxis${xaxis.slice(1)}`], down = layout[`yaxis${yaxis.slice(1)}`];
  const left = box.left - frame.left + across._offset, top = box.top - frame.top + down._offset;
  const under = plot.querySelector(`.${xaxis}tick text`)?.getBoundingClientRect();
  return {
    symbol: name, count: Math.round(Math.abs(down.range[1] - down.range[0])),
    largest: Math.max(Math.abs(zmin), Math.abs(zmax)),
    left, top, width: across._length, height: down._length, under,
    colour: createColours(colorscale, zmin, zmax), gaps: [xgap, ygap],
    caption: element("small", { className: "stepper-caption", style: `left: ${left + across._length - 30}px; top: ${top - 20}px` }, document.createTextNode("")),
    canvas: element("canvas", { style: `left: ${left}px; top: ${top}px` }),
    ticks: element("div", { className: "stepper-ticks", style: under ? `left: ${left}px; width: ${across._length}px; top: ${under.top - frame.top}px; line-height: ${under.height}px` : "" }),
  };
}
