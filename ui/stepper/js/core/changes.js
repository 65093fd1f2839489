// By how much a unit changes from one step to the next, in the order in which the network reads.
import { scaleOf } from "./scales.js";

const LARGE = 0.25; // of a scale's length: from here on a change is a large one

// The step that was read before; null of the first.
export function stepBefore({ steps, reverse }, t) {
  const before = reverse ? t + 1 : t - 1;
  return before < 0 || before >= steps ? null : before;
}

export function changeBefore({ model }, symbol, t, unit) {
  const before = stepBefore(model, t);
  return before === null ? 0 : model.row(symbol, t)[unit] - model.row(symbol, before)[unit];
}

const isLarge = (shown, symbol, t, unit) => {
  const { low, high } = scaleOf(shown, symbol);
  return Math.abs(changeBefore(shown, symbol, t, unit)) >= LARGE * (high - low);
};

// The next step on either side at which one of the symbols changes much, among those that are not covered; null without one.
export function largeChange(shown, symbols, { t, unit }, by) {
  const { model, covered } = shown;
  for (let at = t + by; at >= 0 && at < model.steps && !covered(at); at += by) {
    if (symbols.some((symbol) => isLarge(shown, symbol, at, unit))) return at;
  }
  return null;
}

// Where a symbol changes most, → { t, was, now }; null where it hardly does.
export function largestChange(shown, symbol, unit) {
  const { model, covered } = shown, steps = [...Array(model.steps).keys()].filter((t) => !covered(t));
  const size = (t) => Math.abs(changeBefore(shown, symbol, t, unit)) || 0;
  const t = steps.reduce((most, one) => (size(one) > size(most) ? one : most), steps[0] ?? 0);
  if (size(t) < 0.005) return null;
  return { t, was: model.row(symbol, stepBefore(model, t))[unit], now: model.row(symbol, t)[unit] };
}
