// How far the values of a symbol reach: gates from 0 to 1, all else as far below 0 as above, as its heatmap is coloured.
import { boundOf } from "./unit_lines.js";

const bounds = new WeakMap(); // of a run: asked at each tone, and of many numbers

export const isGateSymbol = ({ rows }, symbol) => (rows.find((row) => row.symbol === symbol)?.reads?.limits[0] ?? -1) > 0;

// → { low, high }. Of an edited run the scale is that of the run without edits.
export function scaleOf({ network, model, original }, symbol) {
  if (isGateSymbol(network, symbol)) return { low: 0, high: 1 };
  const run = original ?? model, known = bounds.get(run) ?? bounds.set(run, {}).get(run);
  known[symbol] ??= Math.max(boundOf(run.symbols[symbol].values, symbol), symbol === "c_tilde" ? 1 : 0);
  return { low: -known[symbol], high: known[symbol] };
}
