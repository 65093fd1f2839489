// What is edited by hand: where an edit falls, how far its value goes, what its ends mean, and the list of those made.
import { writeAlteration } from "./alterations.js";
import { parseEdits, writeEdit } from "./edits.js";

// What the reader's hand is on. `part` is "value", or of a gate "b" or "U"; `when` is "step", "from" or "always".
export const AIM = { symbol: "", part: "value", all: false, when: "step" };

const RANGES = { sigmoid: [0, 1], hard_sigmoid_5: [0, 1], hard_sigmoid_6: [0, 1], tanh: [-1, 1] };
const NICE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const BIAS = 8; // magnitude of a bias: beyond it a gate is shut or open
const MOST_TIMES = 3; // of what a recurrent weight is

// What a value at an end of its range means, as words of the message name it.
export const MEANINGS = {
  f: { erase: 0, keep: 1 }, i: { write_nothing: 0, write_all: 1 }, o: { hide: 0, show: 1 },
  u: { keep: 0, replace: 1 }, r: { ignore_past: 0, use_past: 1 },
  c_tilde: { nothing_new: 0 }, c: { empty: 0 }, h: { empty: 0 },
};

// Of a cell's symbols those that can be edited, in the order of its rows.
export const symbolsOf = ({ rows }) => rows.map(({ symbol }) => symbol);

export const isGate = ({ rows }, symbol) => rows.find((row) => row.symbol === symbol)?.program[0].includes("sigmoid");

// The weights' name of what a row computes: the candidate's is that of its state, c in an LSTM and in a GRU.
export const gateOf = (symbol) => symbol.replace("_tilde", "");

// Whether a row has weights of its own.
export const hasWeights = ({ layers }, symbol) => symbol !== "c" && Boolean(layers?.[0].forward.b[gateOf(symbol)]);

// Where a value may be moved: [least, most, step].
export function rangeOf({ network, model, original }, { symbol, part }) {
  if (part === "b") return [-BIAS, BIAS, 0.05];
  if (part === "U") return [0, MOST_TIMES, 0.01];
  const [low, high] = RANGES[network.rows.find((row) => row.symbol === symbol).program[0]] ?? stateRange(original ?? model, symbol);
  return [low, high, (high - low) / 200];
}

function stateRange({ symbols }, symbol) {
  const largest = symbols[symbol].values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const most = NICE.find((one) => one >= 1.2 * largest) ?? NICE.at(-1);
  return symbol === "h" && most <= 2 ? [-1, 1] : [-most, most];
}

// The edit under the hand, without its value. "From here" follows the direction in which the layer reads.
export function editAt({ symbol, all, when }, { t, unit }, { message: { layer, direction }, model: { reverse } }) {
  const [from, to] = { step: [t, t], from: reverse ? [0, t] : [t, null], always: [0, null] }[when];
  return { symbol, units: all ? null : [unit], from, to, how: "set", value: 0, layer: layer + 1, direction };
}

// Where the hand lies for an edit that is there.
export function aimOf({ symbol, units, from, to }, { model: { reverse }, message: { total } }) {
  const on = reverse ? from === 0 && to !== null && to < total - 1 : to === null && from > 0;
  return { symbol, part: "value", all: !units, when: from === to ? "step" : on ? "from" : "always" };
}

export function alterationAt({ symbol, part, all }, { unit }, { message: { layer, direction } }) {
  return { kind: part, gate: gateOf(symbol), units: all ? null : [unit], how: part === "b" ? "set" : "scale", value: 0, layer: layer + 1, direction };
}

// Where two fall on the same, whatever value they give it.
const unvalued = (write, one) => write({ ...one, how: "set", value: 0 });
const sameAt = (write) => (one, other) => unvalued(write, one) === unvalued(write, other);
export const sameEdit = sameAt(writeEdit);
export const sameAlteration = sameAt(writeAlteration);

// A list with one in it, in the place of the same, or behind all others; `same` compares.
export function put(list, one, same) {
  const place = list.findIndex((other) => same(one, other));
  return place < 0 ? [...list, one] : list.with(place, one);
}

// Whether an edit, or what it asks of a network and a text, is not there: it rests.
export function restsHere({ symbol, gate, kind, units, from = 0, layer, direction }, { base, message: { total }, model }) {
  const weights = base.layers ? base.layers[layer - 1]?.[direction] : model.weights ?? {};
  if (!weights || from >= total) return true;
  const known = kind ? !gate || !weights[kind] || gate in weights[kind] : symbolsOf(base).includes(symbol);
  return !known || (units?.every((unit) => unit >= model.symbols.h.shape[1]) ?? false);
}

// Of those that fall on a value the last, which is in force; null where none does.
export function inForce(edits, symbol, t, unit, { layer, direction }) {
  return edits.findLast((edit) => edit.symbol === symbol && edit.layer === layer + 1 && edit.direction === direction
    && edit.from <= t && (edit.to === null || t <= edit.to) && (!edit.units || edit.units.includes(unit))) ?? null;
}

// Whether a value at a step shown is one that the reader put there.
export function holding(message) {
  const edits = parseEdits(message.edits);
  return (symbol, t, unit) => edits.length > 0 && inForce(edits, symbol, message.first - 1 + t, unit, message) !== null;
}

const wholly = (symbol, value, from = 0, to = null) => ({ symbol, units: null, from, to, how: "set", value });

// What a reader may try at one click: [name, edits at a step, alterations]; which there are is the cell's.
const PRESETS = [
  ["never_forget", "f", () => [wholly("f", 1)]],
  ["always_forget", "f", () => [wholly("f", 0)]],
  ["never_write", "i", () => [wholly("i", 0)]],
  ["open_output", "o", () => [wholly("o", 1)]],
  ["never_replace", "u", () => [wholly("u", 0)]],
  ["always_replace", "u", () => [wholly("u", 1)]],
  ["never_reset", "r", () => [wholly("r", 1)]],
  ["cut", "h", () => [], () => [{ kind: "U", gate: null, units: null, how: "scale", value: 0 }]],
  ["only_from_here", "h", (t, states) => (t ? states.map((state) => wholly(state, 0, t - 1, t - 1)) : [])],
];

export const presetsOf = (network) => PRESETS.filter(([, symbol]) => symbolsOf(network).includes(symbol)).map(([name]) => name);

// → { edits, alterations } of a preset at a step.
export function presetAt(name, { t }, { network: { states }, message: { layer, direction } }) {
  const [, , edits, alterations = () => []] = PRESETS.find(([one]) => one === name), where = { layer: layer + 1, direction };
  return { edits: edits(t, states).map((edit) => ({ ...edit, ...where })), alterations: alterations().map((one) => ({ ...one, ...where })) };
}

// Steps until a gate of its mean over a run has halved what it keeps; Infinity where it keeps all.
export function halfLifeOf({ steps, symbols }, symbol, unit) {
  const { shape: [, count], values } = symbols[symbol];
  let sum = 0;
  for (let t = 0; t < steps; t++) sum += values[t * count + unit];
  return Math.log(0.5) / Math.log(sum / steps);
}
