// What the tests ask of the modules; arrays go over in float64, so that nothing is rounded on the way.
import { decodeNetwork, decodeRun } from "/core/decode.js";
import { allDigits, decimals } from "/core/numbers.js";
import { run } from "/core/pass.js";
import { START, enter, move } from "/core/player.js";
import { evaluate } from "/core/program.js";

const pack = (values) => {
  const bytes = new Uint8Array(Float64Array.from(values).buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
};
const packTrace = (trace) => trace && Object.fromEntries(Object.entries(trace.arrays).map(([name, array]) => [name, pack(array)]));

const calls = {
  // The whole pass; with `from` the pass of `before` goes on at step `from`.
  pass({ message, inputs, initial = null, before = null, from = 0 }) {
    const network = decodeNetwork(message);
    const kept = before && { t: from, run: run(network, before) };
    const { layers, output } = run(network, inputs, { initial, from: kept });
    return {
      layers: layers.map(({ forward, backward }) => ({ forward: packTrace(forward), backward: packTrace(backward) })),
      output: output && pack(output.flatMap((row) => [...row])),
    };
  },
  // Programs at steps, each for so many units: a list of numbers for each (program, step).
  evaluate({ message, run: sent, programs, steps }) {
    const model = decodeRun(sent, decodeNetwork(message));
    return pack(programs.flatMap(([program, units]) => steps.flatMap((t) =>
      Array.from({ length: units }, (_, unit) => evaluate(program, model, t, unit)))));
  },
  row({ message, run: sent, names, steps }) {
    const model = decodeRun(sent, decodeNetwork(message));
    return names.map((name) => steps.map((t) => [...model.row(name, t)]));
  },
  // Infinities and NaN come as words, which JSON has none for.
  numbers: ({ values }) => values.map((value) => [decimals(Number(value)), allDigits(Number(value))]),
  play: ({ actions, room, start }) => actions.reduce((states, action) =>
    [...states, move(states.at(-1), action, room)], [enter({ ...START, ...start }, start.t ?? 0, start.unit ?? 0, room)]),
};
export default (name, given) => calls[name](given);
