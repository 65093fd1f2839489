// A run that the page computes by itself, shown as the server's until that comes.
import { isRight } from "./answers.js";
import { modelOf } from "./decode.js";
import { parseEdits } from "./edits.js";
import { clamp } from "./numbers.js";
import { run } from "./pass.js";
import { tokenize } from "./tokenize.js";

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

// How many rows of x two readings have in common at their heads.
export function sharedRows(before, after) {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && after[head].every((value, place) => value === before[head][place])) head++;
  return head;
}

// Where the token of a step stands in another text; the nearest step where it is gone.
export function stepAfter(before, after, t) {
  const { head, tail } = shared(before, after);
  if (t < head) return t;
  return clamp(t >= before.length - tail ? t + after.length - before.length : t, after.length);
}

// A text as a network reads it by its `alphabet`: as tokenize gives it, or of the very text that was answered its rows of x.
export function readingOf({ message, network, model }, text, alphabet = network.alphabet) {
  if (text !== message.text || alphabet !== network.alphabet) return tokenize(text, alphabet);
  if (model.first) return { tokens: message.tokens, names: message.tokens, rows: rowsOf(model.first), strange: message.unknown };
  if (message.layer || message.first > 1 || message.total !== message.steps) return text === null ? null : tokenize(text, network.alphabet);
  const { tokens } = message, rows = tokens.map((_, t) => model.row("x", t));
  return { tokens, names: tokens, rows, strange: message.unknown };
}

const rowsOf = ({ shape: [count, width], values }) => Array.from({ length: count }, (_, t) => values.subarray(t * width, (t + 1) * width));

// What is shown of a pass that the page made, in place of the answered run: `wanted` is { text, edits, altered }, `made` holds
// what was read, the pass `plain` of the network as it came and the `whole` of it as it was changed. What only the server
// knows stays as it was, or empty.
export function predictedOf({ message, model, base }, wanted, { reading, plain, network, whole }) {
  const { layer, direction } = message, { head } = shared(message.tokens, reading.names);
  const sure = wanted.text === message.text || whole.layers.every(({ backward }) => !backward) ? head : 0, changed = whole !== plain;
  const passes = changed ? [[whole, message.words.edited], [plain, message.words.original]] : [[plain, ""]];
  const own = wanted.text === message.text ? message.own : null; // where what the network writes itself begins
  const tracks = model.tracks.length ? passes.map(([{ output }, who]) => trackOf(model.tracks[0], output, who, sure)) : [];
  return {
    message: { ...message, ...wanted, tokens: reading.names, unknown: reading.strange, total: reading.rows.length, steps: reading.rows.length, run: "", own, tracks },
    network, base,
    model: { ...modelIn(whole, reading, message, network, model.starts), weights: network.layers[layer][direction], products: null, tracks, starts: model.starts, first: model.first },
    original: changed ? modelIn(plain, reading, message, base, model.starts) : null,
    predicted: true,
  };
}

// One layer and direction of a pass.
function modelIn({ layers }, { rows }, { layer, direction }, { states }, starts) {
  const { units, steps, reverse, arrays } = layers[layer][direction];
  const symbols = { x: flat(layer ? inputsOf(layers[layer - 1]) : rows) };
  for (const [symbol, values] of Object.entries(arrays)) symbols[symbol] = { shape: [steps, units], values };
  return modelOf({ steps, reverse, symbols, before: Object.fromEntries(states.map((state) => [state, { values: starts?.[layer][direction][state] ?? new Float64Array(units) }])) });
}

// Of the steps up to which the text is the same the truth is known.
function trackOf(known, output, who, sure) {
  const track = { ...known, who, values: flat(output), right: [], truth: output.map((_, t) => (t < sure ? known.truth[t] : "")) };
  track.right = output.map((_, t) => (t < sure && known.right[t] !== null ? isRight(track, t) : null));
  return track;
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

// What is wrong with a run that the page computed, in a sentence, against the server's of the same; "" where nothing is.
// Where rounding the weights that it was made from moves a number by as much, the network is chaotic there, and nobody's
// digits are the right ones.
export function differenceBetween({ message: { tokens, edits, own }, model }, server, { network, reading, whole }) {
  const read = own === null ? server.message.tokens.slice(0, server.message.own ?? Infinity) : server.message.tokens;
  if (tokens.join("\n") !== read.join("\n")) return `The page reads ${tokens.length} tokens otherwise than the server.`;
  const symbols = Object.keys(model.symbols);
  if (!differenceOf(model, server.model, symbols)) return "";
  const { layer, direction } = server.message, rounded = run(roundedOf(network), reading.rows, { initial: server.model.starts, edits: parseEdits(edits) }).layers[layer][direction].arrays;
  const exact = whole.layers[layer][direction].arrays;
  const moved = Math.max(...Object.keys(exact).map((symbol) => exact[symbol].reduce((most, value, at) => Math.max(most, Math.abs(value - rounded[symbol][at])), 0)));
  const found = differenceOf(model, server.model, symbols, Math.max(BOUND, ROUNDINGS * moved));
  return found ? `${found.symbol} of unit ${found.unit + 1} at step ${found.t + 1} is off by ${found.by} from the server's run.` : "";
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
