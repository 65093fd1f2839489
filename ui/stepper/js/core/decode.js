// The two messages as numbers. A block is { shape, f4 }: little-endian float32 in base64, row by row.
import { placesOf } from "./tokenize.js";

function decodeBlock({ shape, f4 }) {
  const text = atob(f4), bytes = new Uint8Array(text.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at); // `from` takes 20 times as long
  return { shape, values: new Float32Array(bytes.buffer) };
}

const mapValues = (record, change) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const decodeBlocks = (blocks) => mapValues(blocks, decodeBlock);

const decodeWeights = (weights) => weights && mapValues(weights, decodeBlocks);

// What is sent once a network: the cell's rows and graph, and where they are sent the weights of all layers.
export function decodeNetwork({ id, states, rows, graph, hues, layers, readout, alphabet }) {
  return {
    id, states, rows, graph, hues, ...decodeNumbers({ layers, readout }),
    alphabet: alphabet && decodeAlphabet(alphabet),
  };
}

// What training changes of it.
function decodeNumbers({ layers, readout }) {
  return {
    layers: layers && layers.map(({ forward, backward }) => ({ forward: decodeWeights(forward), backward: decodeWeights(backward) })),
    readout: readout && { W: decodeBlock(readout.W), b: decodeBlock(readout.b), kind: readout.kind },
  };
}

// A network at another moment of its training: `rows` are sent where what stands for its tokens is trained, too.
export function decodeMoment(sent, base) {
  const alphabet = sent.rows ? { ...base.alphabet, rows: decodeBlock(sent.rows), learnt: new Map() } : base.alphabet;
  return { ...base, ...decodeNumbers(sent), alphabet };
}

// A network along its training: `checkpoints` as they are shown, in order, and the network `at` one of them, null where
// there is no such; `base` is the network at another.
export function decodeTraining({ checkpoints }) {
  const made = new Map();
  return {
    checkpoints: checkpoints.map(({ name, label, reached, says }) => ({ name, label, reached, says })),
    at(name, base) {
      const known = made.get(name), sent = checkpoints.find((one) => one.name === name);
      if (!sent || known?.rows === base.rows) return known ?? null;
      const network = decodeMoment(sent, base);
      made.set(name, network);
      return network;
    },
  };
}

// `learnt` are tokens that runs of the network have taught the page.
function decodeAlphabet({ mode, fold, tokens, rows, unknown }) {
  return { mode, fold, places: placesOf(tokens, fold), rows: decodeBlock(rows), unknown, learnt: new Map() };
}

// A trace as what draws it asks for it: `row` is one step of a symbol over all its units; of "h_prev" that is one step
// back in the trace's own time. `symbols` are blocks of (time, unit), `before` the states before the first step.
export function modelOf({ steps, reverse, symbols, before }) {
  return {
    steps, reverse, symbols,
    row(name, t) {
      const symbol = name.endsWith("_prev") ? name.slice(0, -5) : name;
      const at = symbol === name ? t : reverse ? t + 1 : t - 1;
      if (at < 0 || at >= steps) return before[symbol].values;
      const { shape: [, width], values } = symbols[symbol];
      return values.subarray(at * width, (at + 1) * width);
    },
  };
}

// The same steps of the network as it came, where what is sent is of an edited one.
export function decodeOriginal({ original, steps, reverse, arrays }) {
  return original && modelOf({ steps, reverse, symbols: decodeBlocks({ ...original.arrays, x: arrays.x }), before: decodeBlocks(original.initial) });
}

// The states before the first step of a layer; those of every layer are there where they are not 0.
function decodeStart({ forward, backward }) {
  const rows = (side) => side && mapValues(side, (block) => Float64Array.from(decodeBlock(block).values));
  return { forward: rows(forward), backward: rows(backward) };
}

// What is sent once a text: one layer and direction over the steps that are shown.
export function decodeRun({ steps, reverse, layer, direction, arrays, initial, weights, products, tracks, starts, rows }, { layers }) {
  return {
    ...modelOf({ steps, reverse, symbols: decodeBlocks(arrays), before: decodeBlocks(initial) }),
    weights: layers ? layers[layer][direction] : decodeWeights(weights),
    products: products && decodeBlocks(products),
    starts: starts && starts.map(decodeStart),
    first: rows && decodeBlock(rows),
    tracks: tracks.map(({ who, kind, title, answers, short, right, truth, values }) =>
      ({ who, kind, title, answers, short, right, truth, values: decodeBlock(values) })),
  };
}
