// The whole pass of a network over a sequence, from the programs of its cell's rows, in float64.
import { firstOf, firstUnlike, isMean, replacing } from "./edits.js";
import { compile, sigmoid } from "./program.js";

const READOUTS = {
  linear: (row) => row,
  sigmoid: (row) => row.map(sigmoid),
  softmax: (row) => {
    const most = Math.max(...row), powers = row.map((a) => Math.exp(a - most));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  },
};

// `inputs` are rows of x, one a step. → { layers: [{ forward, backward | null }], output | null, edits, unedited }; a
// trace is { units, steps, reverse, arrays: { f: Float64Array of (time, unit) } } in input order, the output rows.
//
// `initial` holds { forward: { h, c }, backward } for each layer, zeros if left out. `from` = { t, run } goes on from
// step t of an earlier run of the same network whose inputs were the same before t, whatever was edited in it: what
// can't have changed is kept. `edits` (core/edits.js) replace the values of a row before the next reads it; what a unit
// has on average is asked of the `unedited` run, which is made where it is needed and not given.
export function run(network, inputs, given) {
  const pass = runStepwise(network, inputs, given);
  for (;;) {
    const { done, value } = pass.next();
    if (done) return value;
  }
}

// The same with a pause after each step of a layer: a generator that returns the run.
export function* runStepwise(network, inputs, { initial = null, from = null, edits = [], unedited = null } = {}) {
  const usual = edits.some(isMean) ? unedited ?? (yield* runStepwise(network, inputs, { initial, from: earlierOf(from) })) : unedited;
  const layers = [];
  let rows = inputs, first = firstChange(inputs, from, edits);
  for (const [depth, layer] of network.layers.entries()) {
    const kept = from && from.run.layers[depth];
    const before = initial && initial[depth];
    const editing = (direction) => ({
      edits: edits.filter((edit) => edit.layer === depth + 1 && edit.direction === direction),
      usual: usual && usual.layers[depth][direction],
    });
    const forward = yield* traceOf(network, layer.forward, rows, before && before.forward, false, first, kept && kept.forward, editing("forward"));
    let backward = null;
    if (layer.backward) {
      backward = yield* traceOf(network, layer.backward, rows, before && before.backward, true, 0, null, editing("backward"));
      first = 0; // what is read from the end changes at every step
    }
    rows = hiddenRows(forward, backward);
    layers.push({ forward, backward });
  }
  const output = network.readout && (yield* answerRows(network.readout, rows, from ? from.run.output.slice(0, first) : []));
  return { layers, output, edits, unedited: usual };
}

// Where the unedited pass goes on, if there is an earlier one.
function earlierOf(from) {
  const earlier = from && (from.run.edits.length ? from.run.unedited : from.run);
  return earlier && { t: from.t, run: earlier };
}

// The first step that must be computed. Another text has other means at every step.
function firstChange(inputs, from, edits) {
  if (!from) return 0;
  const { t } = from, same = t === inputs.length && t === from.run.layers[0].forward.steps;
  return Math.min(t, firstUnlike(edits, from.run.edits), same ? t : firstOf(edits.filter(isMean)));
}

function* traceOf({ rows, states }, weights, inputs, initial, reverse, first, kept, { edits, usual }) {
  const units = Object.values(weights.U)[0].shape[1], steps = inputs.length;
  const programs = rows.map(({ symbol, program }) => [symbol, compile(program, weights, units), replacing(edits, symbol, usual)]);
  const arrays = Object.fromEntries(programs.map(([symbol]) => {
    const array = new Float64Array(steps * units);
    if (kept) array.set(kept.arrays[symbol].subarray(0, first * units));
    return [symbol, array];
  }));
  const at = (symbol, t) => arrays[symbol].subarray(t * units, (t + 1) * units);
  const step = {};
  for (const state of states) {
    step[`${state}_prev`] = first ? at(state, first - 1) : (initial && initial[state]) || new Float64Array(units);
  }
  for (let count = first; count < steps; count++) {
    const t = reverse ? steps - 1 - count : count;
    step.x = inputs[t];
    for (const [symbol, row, replace] of programs) {
      const values = at(symbol, t);
      values.set(row(step));
      if (replace) replace(values, t);
      step[symbol] = values;
    }
    for (const state of states) step[`${state}_prev`] = step[state];
    yield;
  }
  return { units, steps, reverse, arrays };
}

// What a layer hands on: h of both directions, side by side.
function hiddenRows(forward, backward) {
  const parts = backward ? [forward, backward] : [forward];
  return Array.from({ length: forward.steps }, (_, t) => {
    const rows = parts.map(({ units, arrays }) => arrays.h.subarray(t * units, (t + 1) * units));
    return rows.length === 1 ? rows[0] : Float64Array.from([...rows[0], ...rows[1]]);
  });
}

function* answerRows(readout, rows, kept) {
  const output = [...kept], answer = answersOf(readout);
  while (output.length < rows.length) {
    output.push(answer(rows[output.length]));
    yield;
  }
  return output;
}

function answersOf({ W, b, kind }) {
  const [count, outputs] = W.shape;
  return (hidden) => {
    const sums = Float64Array.from(b.values);
    for (let k = 0; k < count; k++) {
      for (let output = 0; output < outputs; output++) sums[output] += hidden[k] * W.values[k * outputs + output];
    }
    return READOUTS[kind](sums);
  };
}
