// What is said of trainings, from the words of a language, `says`: how they stand, and their numbers.
import { decimals, percent } from "./numbers.js";
import { fillIn } from "./sentences.js";

const counted = (count) => count.toLocaleString("en");

const moment = ({ update, steps }) => ({ update: counted(update), steps: counted(steps) });

// How an arm stands, in one sentence.
export function standingSaid(arm, says, lost = false) {
  const { phase, place, fault } = arm;
  if (lost) return says.lost;
  if (phase === "waiting") return fillIn(says.waiting, { place });
  if (fault) return faultSaid(fault, arm, says);
  return fillIn(says[phase], moment(arm));
}

// A fault is { name, update?, … }; what it tells of fills the blanks.
export function faultSaid({ name, ...details }, arm, says) {
  return fillIn(says[`fault_${name}`] ?? says.fault_nonsense, { ...moment(arm), ...details, ...("update" in details ? { update: counted(details.update) } : {}) });
}

// What the numbers beside a text are of: the run that goes on, or a look at it.
export function badgeSaid(arm, update, says, newest) {
  if (update === 0) return says.before;
  return fillIn(newest && arm.phase === "training" ? says.now : says.then, moment({ ...arm, update }));
}

export const momentSaid = (update, steps, says) => fillIn(says.moment, moment({ update, steps }));

// Three digits that count, of what may be very small or large.
export function brief(value) {
  if (!Number.isFinite(value)) return "–";
  if (value !== 0 && (Math.abs(value) < 0.001 || Math.abs(value) >= 1e5)) return value.toExponential(1).replaceAll("-", "−");
  return Math.abs(value) < 0.1 ? decimals(value, 4) : decimals(value, Math.abs(value) < 100 ? 2 : 0);
}

const SCORES_SAID = { longest: (value) => `n = ${value}`, squared_error: brief };

// A value of a chart, as it is read beside it.
export function valueSaid(chart, score, value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  if (chart === "score") return (SCORES_SAID[score] ?? percent)(value);
  if (chart === "saturated") return percent(value);
  return chart === "r" ? decimals(value) : brief(value);
}

// An array of weights by the letters of its formula: "layers.0.backward.W.c" as W_c ←.
export function arraySaid(path, says) {
  const parts = path.split(".");
  if (parts[0] === "embedding") return says.embedding;
  if (parts[0] === "readout") return `${says.readout} ${parts[1]}`;
  const [, layer, direction, kind, gate] = parts;
  return `${kind}_${gate}${Number(layer) ? ` ${Number(layer) + 1}` : ""}${direction === "backward" ? " ←" : ""}`;
}
