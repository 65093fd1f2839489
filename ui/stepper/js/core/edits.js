// Edits: values of a network held at others than it computes, and the line of a link that says which.
//
// An edit is { symbol, units: places from 0 | null for all, from, to: steps from 0, both edited, to null for the text's
// end, how, value, layer from 1, direction }. What a network or a text lacks is edited nowhere. cells/edits.py and
// cells/edit_text.py say the same.

const MOST_EDITS = 64;
const LONGEST_LINE = 6000;
const LARGEST_VALUE = 1e6;
const SIGNS = { "=": "set", "+": "add", "*": "scale" };
const SIGN_OF = { set: "=", add: "+", scale: "*" };
const EDIT = /^(?:([1-9][0-9]?)?(b)?:)?(f|i|o|c_tilde|c|h|u|r)((?:\.[1-9][0-9]{0,3})*)(?:@([1-9][0-9]{0,5})(?:(-)([1-9][0-9]{0,5})?)?)?(?:=(mean)|([=+* ])(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e-?[0-9]+)?)((?:,-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e-?[0-9]+)?)*))$/;

// What a row becomes: (as it was computed, its mean over the text, the edit's value), each of one unit.
const HOW = {
  set: (computed, mean, value) => value,
  add: (computed, mean, value) => computed + value,
  scale: (computed, mean, value) => computed * value,
  mean: (computed, mean) => mean,
};

// The edits of a line: "f.3@5-9=0;u@2=1;2b:i=mean"; null where any makes no sense.
export function parseEdits(line) {
  if (!line) return [];
  if (line.length > LONGEST_LINE) return null;
  const edits = line.split(";").map(parseEdit);
  return edits.length <= MOST_EDITS && edits.every((edit) => edit) ? edits : null;
}

function parseEdit(text) {
  const found = EDIT.exec(text);
  if (!found) return null;
  const [, layer, back, symbol, units, first, on, last, mean, sign, number, more] = found;
  const values = `${number ?? 0}${more ?? ""}`.split(",").map((one) => Number(one) + 0); // no negative zero
  const from = Number(first ?? 1) - 1, to = last ? last - 1 : on || !first ? null : from;
  if (values.some((value) => Math.abs(value) > LARGEST_VALUE) || (to !== null && to < from)) return null;
  const places = units ? units.slice(1).split(".").map((unit) => unit - 1) : null;
  const held = more ? valuesByUnit(places, values, sign) : values[0];
  return held === null ? null : {
    symbol, units: places && ascending(places), from, to,
    how: mean ? "mean" : SIGNS[sign === " " ? "+" : sign], value: held, layer: Number(layer ?? 1), direction: back ? "backward" : "forward",
  };
}

// A value for each of the units in ascending order; null where they don't fit.
function valuesByUnit(places, values, sign) {
  const held = new Map(places?.map((unit, place) => [unit, values[place]]));
  return sign === "=" && held.size === places?.length && held.size === values.length ? ascending(places).map((unit) => held.get(unit)) : null;
}

const ascending = (units) => [...new Set(units)].sort((one, other) => one - other);

export const writeEdits = (edits) => edits.map(writeEdit).join(";");

export function writeEdit({ symbol, units, from, to, how, value, layer, direction }) {
  const where = `${layer > 1 ? layer : ""}${direction === "backward" ? "b" : ""}`;
  const places = units ? ascending(units).map((unit) => `.${unit + 1}`).join("") : "";
  return `${where && `${where}:`}${symbol}${places}${writeSteps(from, to)}${how === "mean" ? "=mean" : SIGN_OF[how] + [value].flat().map((one) => one + 0)}`;
}

function writeSteps(from, to) {
  if (to === null) return from ? `@${from + 1}-` : "";
  return from === to ? `@${from + 1}` : `@${from + 1}-${to + 1}`;
}

// The first step at which two lists of edits may differ in what they do; Infinity where they say the same.
export function firstUnlike(one, other) {
  const before = one.map(writeEdit), after = other.map(writeEdit), least = Math.min(before.length, after.length);
  let head = 0, tail = 0;
  while (head < least && before[head] === after[head]) head++;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return firstOf([...one.slice(head, one.length - tail), ...other.slice(head, other.length - tail)]);
}

export const firstOf = (edits) => Math.min(...edits.map(({ from }) => from));

export const isMean = ({ how }) => how === "mean";

// What replaces the values of a row at a step, in place: of edits that meet at a value the last alone is in force.
// `usual` is the unedited trace, which "mean" asks; null where no edit falls.
export function replacing(edits, symbol, usual) {
  const own = edits.filter((edit) => edit.symbol === symbol);
  if (!own.length) return null;
  const means = own.some(isMean) && meansOf(usual, symbol);
  return (values, t) => {
    const computed = values.slice();
    for (const { units, from, to, how, value } of own) {
      if (t < from || (to !== null && t > to)) continue;
      let place = 0;
      for (const unit of units ?? values.keys()) {
        const held = Array.isArray(value) ? value[place++] : value;
        if (unit < values.length) values[unit] = HOW[how](computed[unit], means[unit], held);
      }
    }
  };
}

function meansOf({ steps, units, arrays }, symbol) {
  const means = new Float64Array(units);
  arrays[symbol].forEach((value, place) => { means[place % units] += value; });
  return means.map((sum) => sum / steps);
}
