// A heatmap in two sentences: how the chosen unit fares over all steps that are shown, and where it changes most.
import { largestChange } from "./changes.js";
import { decimals } from "./numbers.js";
import { nameIn } from "./saying.js";
import { isGateSymbol } from "./scales.js";
import { fillIn } from "./sentences.js";

export function summaryOf(shown, symbol, unit) {
  const { message: { words, units, first, tokens }, network, model, covered } = shown, name = nameIn(network, symbol);
  if (symbol === "x") return fillIn(words.sum_input, { name, count: model.symbols.x.shape[1] });
  const steps = [...Array(model.steps).keys()].filter((t) => !covered(t)), values = steps.map((t) => model.row(symbol, t)[unit]);
  if (!values.length) return `${name}. ${words.covered}`;
  const about = { name, unit: units[unit], total: values.length }, most = largestChange(shown, symbol, unit);
  const whole = isGateSymbol(network, symbol) ? ofGate(network, symbol, values, words, about)
    : fillIn(words.sum_state, { ...about, low: decimals(Math.min(...values)), high: decimals(Math.max(...values)) });
  const change = most ? fillIn(words.sum_change, { step: first + most.t, token: tokens[most.t], was: decimals(most.was), now: decimals(most.now) }) : words.sum_still;
  return `${whole} ${change}`;
}

function ofGate({ rows }, symbol, values, words, about) {
  const { limits: [low, high] } = rows.find((row) => row.symbol === symbol).reads;
  return fillIn(words.sum_gate, { ...about, open: values.filter((value) => value > high).length, closed: values.filter((value) => value < low).length });
}
