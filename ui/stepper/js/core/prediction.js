// A run that the page computes by itself, shown as the server's until that comes.
import { modelOf } from "./decode.js";
import { clamp } from "./numbers.js";
import { run } from "./pass.js";

export const BOUND = 2e-6; // between two runs of the same text: what float32 does to what is sent
const ULP = 2 ** -24; // of a float32, half of it, as a share
const ROUNDINGS = 100; // so many times as far as one rounding of all weights does may chaos lead

// How many entries two lists have in common at their heads, and behind those at their ends.
export function shared(before, after) {
  const least = Math.min(before.length, after.length);
  let head = 0, tail = 0;
  while (head < least && before[head] === after[head]) head++;
  while (tail < least - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { head, tail };
}

// Where the token of a step stands in another text; the nearest step where it is gone.
export function stepAfter(before, after, t) {
  const { head, tail } = shared(before, after);
  if (t < head) return t;
  return clamp(t >= before.length - tail ? t + after.length - before.length : t, after.length);
}

// What is shown with the `whole` of a pass (core/pass.js) in place of its numbers: `reading` as tokenize gives it, of another text or
// the same. What only the server knows stays as it was, or empty.
export function predictedOf({ message, network, model }, reading, whole) {
  const { layer, direction } = message, trace = whole.layers[layer][direction], { units, steps, reverse, arrays } = trace;
  const { head } = shared(message.tokens, reading.names), sure = whole.layers.every(({ backward }) => !backward) ? head : 0;
  const of = (list, rest) => reading.names.map((_, t) => (t < sure ? list[t] : rest));
  const symbols = { x: flat(layer ? inputsOf(whole.layers[layer - 1]) : reading.rows) };
  for (const [symbol, values] of Object.entries(arrays)) symbols[symbol] = { shape: [steps, units], values };
  const before = Object.fromEntries(network.states.map((state) => [state, { values: new Float64Array(units) }]));
  return {
    message: { ...message, tokens: reading.names, unknown: reading.strange, total: steps, steps, run: "", own: null },
    network,
    model: {
      ...modelOf({ steps, reverse, symbols, before }),
      weights: model.weights, products: null,
      tracks: model.tracks.map((track) => ({ ...track, values: flat(whole.output), right: of(track.right, null), truth: of(track.truth, "") })),
    },
    predicted: true,
  };
}

function flat(rows) {
  const width = rows[0].length, values = new Float64Array(rows.length * width);
  rows.forEach((row, t) => values.set(row, t * width));
  return { shape: [rows.length, width], values };
}

function inputsOf({ forward, backward }) {
  return Array.from({ length: forward.steps }, (_, t) => [forward, backward].flatMap((trace) =>
    trace ? [...trace.arrays.h.subarray(t * trace.units, (t + 1) * trace.units)] : []));
}

// What is wrong with a run that the page computed, in a sentence, against the server's of the same text; "" where nothing is.
// `made` is what it was computed from: where rounding its weights moves a number by as much, the network is chaotic there,
// and nobody's digits are the right ones.
export function differenceBetween({ message: { tokens }, model }, server, { network, reading, whole }) {
  const { own, tokens: all } = server.message, typed = own === null ? all : all.slice(0, own); // what it writes itself comes behind
  if (tokens.join("\n") !== typed.join("\n")) return `The page reads ${tokens.length} tokens otherwise than the server.`;
  if (server.network !== network) return "";
  const found = differenceOf(model, server.model, Object.keys(model.symbols));
  if (!found) return "";
  const { layer, direction } = server.message, rounded = run(roundedOf(network), reading.rows).layers[layer][direction].arrays;
  const exact = whole.layers[layer][direction].arrays;
  const moved = Math.max(...Object.keys(exact).map((symbol) => exact[symbol].reduce((most, value, at) => Math.max(most, Math.abs(value - rounded[symbol][at])), 0)));
  const { symbol, t, unit, by } = found;
  return by <= ROUNDINGS * moved ? "" : `${symbol} of unit ${unit + 1} at step ${t + 1} is off by ${by} from the server's run.`;
}

// The network with every weight off by as much as float32 may round it.
function roundedOf({ layers, ...network }) {
  const off = ({ shape, values }) => ({ shape, values: Float64Array.from(values, (value, at) => value * (1 + (at % 2 ? ULP : -ULP))) });
  const blocks = (some) => Object.fromEntries(Object.entries(some).map(([name, block]) => [name, off(block)]));
  const weights = (some) => some && Object.fromEntries(Object.entries(some).map(([name, those]) => [name, blocks(those)]));
  return { ...network, layers: layers.map(({ forward, backward }) => ({ forward: weights(forward), backward: weights(backward) })) };
}

// Where two models of the same steps differ by more than the bound, first in time; null where they don't.
export function differenceOf(one, other, symbols, bound = BOUND) {
  for (let t = 0; t < one.steps; t++) {
    for (const symbol of symbols) {
      const row = one.row(symbol, t), expected = other.row(symbol, t);
      for (let unit = 0; unit < row.length; unit++) {
        const by = Math.abs(row[unit] - expected[unit]);
        if (by > bound * Math.max(1, Math.abs(expected[unit]))) return { symbol, t, unit, by };
      }
    }
  }
  return null;
}
