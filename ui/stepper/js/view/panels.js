// A heatmap of a stepper on a canvas: its numbers as they are, as they were, or what is between the two; a click goes to its
// step and unit, and a hand that rests reads the number there.
import { allDigits, clamp, decimals } from "../core/numbers.js";
import { fillIn } from "../core/sentences.js";
import { element, setStyle, setText } from "./dom.js";
import { createColours, paintHeatmap } from "./heatmaps.js";

const TOKEN = 20; // letters of one on an axis, as in ui/figures/axes.py

// `panel` = { symbol, count: rows, width, height, colour, gaps, canvas, caption: an element with a text }. Of an edited run the
// ghosts are in the colours `paper` and `ink`, a difference in the scale of that name; `whole` unless all else is painted already.
export function paintPanel(stepper, panel, { paper, ink, difference, whole }) {
  const shown = stepper.shown(), { message, model, original, held, covered } = shown, { canvas, symbol, count, caption, width, height } = panel;
  const ofInput = symbol === "x", seen = ofInput ? "edited" : stepper.seen(), { steps } = model;
  const places = ofInput ? [...Array(count).keys()] : message.order;
  const seenOf = { edited: (t) => model.row(symbol, t), original: (t) => original.row(symbol, t), difference: (t) => changeAt(shown, symbol, t) }[seen];
  const nothing = new Float64Array(count).fill(NaN), stepOf = (t) => (covered(t) ? nothing : seenOf(t)); // NaN is not painted
  const most = seen === "difference" ? largestOf(stepOf, steps) : 0;
  const area = seen === "difference" ? { ...panel, colour: createColours(difference, -most || -1, most || 1) } : panel;
  const edited = seen === "edited" && original && !ofInput
    ? { row: stepOf, was: (t) => (covered(t) ? nothing : original.row(symbol, t)), held: (unit, t) => !covered(t) && held(symbol, t, unit), paper, ink } : null;
  paintHeatmap(canvas, area, { steps, row: whole ? stepOf : null }, places, edited);
  setText(caption.firstChild, { edited: "", original: message.words.original, difference: `Δ ±${most < 0.005 ? most.toPrecision(1) : decimals(most)}` }[seen]);
  const cellAt = ({ offsetX, offsetY }) => [clamp(Math.floor((offsetX * steps) / width), steps), places[clamp(Math.floor((offsetY * count) / height), count)]];
  canvas.onclick = (event) => {
    const [t, unit] = cellAt(event);
    stepper.dispatch({ type: "go", t, ...(ofInput ? {} : { unit }) });
    stepper.takes(symbol);
  };
  canvas.onpointermove = (event) => {
    const [t, unit] = cellAt(event), value = covered(t) ? message.words.covered : allDigits(model.row(symbol, t)[unit]);
    canvas.title = covered(t) || ofInput || !original ? value : cellTitle(message, symbol, t, unit, value, allDigits(original.row(symbol, t)[unit]));
  };
}

function cellTitle({ words, first, units }, symbol, t, unit, value, was) {
  return fillIn(words.cell_says, { symbol, unit: units[unit], step: first + t, value, was });
}

const changeAt = ({ model, original }, symbol, t) => {
  const was = original.row(symbol, t);
  return model.row(symbol, t).map((value, unit) => value - was[unit]);
};

function largestOf(row, steps) {
  let most = 0;
  for (let t = 0; t < steps; t++) for (const value of row(t)) if (Math.abs(value) > most) most = Math.abs(value);
  return most;
}

export function shortened(token) {
  const letters = [...token];
  return letters.length > TOKEN ? `${letters.slice(0, TOKEN - 1).join("")}…` : token;
}

// As many tokens below a panel of a width as there is room for: so many `letters`, as Python chooses them.
export function writeTicks(ticks, width, labels, letters) {
  if (!width) return;
  const widest = 1 + Math.max(...labels.map((one) => [...one].length));
  const stride = Math.ceil(labels.length / Math.max(1, Math.floor(letters / widest)));
  const chosen = labels.filter((_, t) => t % stride === 0);
  while (ticks.childElementCount > chosen.length) ticks.lastChild.remove();
  while (ticks.childElementCount < chosen.length) ticks.append(element("bdi", {}, ""));
  [...ticks.children].forEach((tick, place) => {
    setText(tick.firstChild, chosen[place]);
    setStyle(tick, "left", `${((100 * (place * stride + 0.5)) / labels.length).toFixed(3)}%`);
  });
}
