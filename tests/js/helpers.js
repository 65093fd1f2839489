// What the tests ask of the modules; arrays go over in float64, so that nothing is rounded on the way.
import { decodeNetwork, decodeRun } from "/core/decode.js";
import { parseEdits, writeEdits } from "/core/edits.js";
import { allDigits, decimals } from "/core/numbers.js";
import { run } from "/core/pass.js";
import { START, enter, move } from "/core/player.js";
import { differenceOf, predictedOf, stepAfter } from "/core/prediction.js";
import { evaluate } from "/core/program.js";
import { tokenize } from "/core/tokenize.js";

const pack = (values) => {
  const bytes = new Uint8Array(Float64Array.from(values).buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
};
const packTrace = (trace) => trace && Object.fromEntries(Object.entries(trace.arrays).map(([name, array]) => [name, pack(array)]));

const calls = {
  // The whole pass; with `from` the pass of `before` goes on at step `from`. Edits are lines, as in a link.
  pass({ message, inputs, initial = null, before = null, from = 0, edits = "", edited = "" }) {
    const network = decodeNetwork(message);
    const kept = before && { t: from, run: run(network, before, { initial, edits: parseEdits(edited) }) };
    const { layers, output } = run(network, inputs, { initial, from: kept, edits: parseEdits(edits) });
    return {
      layers: layers.map(({ forward, backward }) => ({ forward: packTrace(forward), backward: packTrace(backward) })),
      output: output && pack(output.flatMap((row) => [...row])),
    };
  },
  edits: ({ lines }) => lines.map((line) => {
    const edits = parseEdits(line);
    return edits && [edits, writeEdits(edits)];
  }),
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
  // Of each text its tokens, how they are shown, which are strange, and their rows; null where the page would ask.
  tokenize({ message, texts }) {
    const { alphabet } = decodeNetwork(message);
    return texts.map((text) => {
      const reading = tokenize(text, alphabet);
      return reading && { ...reading, rows: reading.rows.map((row) => [...row]) };
    });
  },
  // Each character alone, between letters, doubled and with a mark behind it: those that the page doesn't ask for.
  sweep({ message, first, last }) {
    const { alphabet } = decodeNetwork(message), found = [];
    for (let point = first; point < last; point++) {
      const character = String.fromCodePoint(point), texts = [character, `a${character}b`, character + character, `e${character}\u0301`];
      const read = texts.map((text) => tokenize(text, alphabet));
      if (read.some((reading) => reading)) found.push([point, read.map((reading) => reading && [reading.tokens, reading.names])]);
    }
    return found;
  },
  step: ({ before, after, t }) => stepAfter(before, after, t),
  // A run of one text with another's numbers predicted in it, against the server's run of that text.
  predict({ message, run: sent, expected, text }) {
    const network = decodeNetwork(message), reading = tokenize(text, network.alphabet);
    const shown = { message: sent, network, base: network, model: decodeRun(sent, network) }, plain = run(network, reading.rows);
    const { model, message: said } = predictedOf(shown, { text, edits: "", altered: "" }, { reading, plain, network, whole: plain });
    const other = decodeRun(expected, network), symbols = Object.keys(other.symbols);
    const answers = model.tracks.map(({ values }, place) => values.values.reduce((most, value, at) =>
      Math.max(most, Math.abs(value - other.tracks[place].values.values[at])), 0));
    return { difference: differenceOf(model, other, symbols), tokens: said.tokens, unknown: said.unknown, steps: model.steps, answers };
  },
  // Infinities and NaN come as words, which JSON has none for.
  numbers: ({ values }) => values.map((value) => [decimals(Number(value)), allDigits(Number(value))]),
  play: ({ actions, room, start }) => actions.reduce((states, action) =>
    [...states, move(states.at(-1), action, room)], [enter({ ...START, ...start }, start.t ?? 0, start.unit ?? 0, room)]),
};
export default (name, given) => calls[name](given);
