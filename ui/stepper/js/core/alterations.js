// Alterations: weights of a network at others than it learned, and the line of a link that says which.
//
// An alteration is { kind: "b" | "U" | "W", gate: null for all, units: places from 0 | null for all, how, value, layer
// from 1, direction }. What a network lacks is altered nowhere. cells/alteration_text.py says the same.
const MOST_ALTERATIONS = 64;
const LONGEST_ALTERATIONS = 6000; // letters
const LARGEST_WEIGHT = 1e6;
const CHANGES = { "=": "set", "+": "add", " ": "add", "*": "scale" };
const CHANGE_OF = { set: "=", add: "+", scale: "*" };
const ALTERATION = /^(?:([1-9][0-9]?)?(b)?:)?([WUb])(?:\.(hc|h|f|i|o|c|u|r))?((?:\.[1-9][0-9]{0,3})*)([=+* ])(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e-?[0-9]+)?)$/;

const CHANGED = { set: (weight, value) => value, add: (weight, value) => weight + value, scale: (weight, value) => weight * value };

// The alterations of a line: "b.f.3=2.5;U*0"; null where any makes no sense.
export function parseAlterations(line) {
  if (!line) return [];
  if (line.length > LONGEST_ALTERATIONS) return null;
  const alterations = line.split(";").map(parseAlteration);
  return alterations.length <= MOST_ALTERATIONS && alterations.every((one) => one) ? alterations : null;
}

function parseAlteration(text) {
  const found = ALTERATION.exec(text);
  if (!found) return null;
  const [, layer, back, kind, gate, units, sign, number] = found, value = Number(number) + 0; // no negative zero
  if (Math.abs(value) > LARGEST_WEIGHT) return null;
  const places = units ? [...new Set(units.slice(1).split(".").map((unit) => unit - 1))].sort((one, other) => one - other) : null;
  return { kind, gate: gate ?? null, units: places, how: CHANGES[sign], value, layer: Number(layer ?? 1), direction: back ? "backward" : "forward" };
}

export const writeAlterations = (alterations) => alterations.map(writeAlteration).join(";");

export function writeAlteration({ kind, gate, units, how, value, layer, direction }) {
  const where = `${layer > 1 ? layer : ""}${direction === "backward" ? "b" : ""}`;
  const places = units ? units.map((unit) => `.${unit + 1}`).join("") : "";
  return `${where && `${where}:`}${kind}${gate ? `.${gate}` : ""}${places}${CHANGE_OF[how]}${value + 0}`;
}

// The network with its weights altered, one alteration after the other; the very same where none is.
export function alterNetwork(network, line) {
  const alterations = parseAlterations(line);
  if (!alterations.length || !network.layers) return network;
  const layers = network.layers.map((layer) => ({ ...layer }));
  for (const { kind, gate, units, how, value, layer, direction } of alterations) {
    const weights = layers[layer - 1]?.[direction];
    if (!weights) continue;
    const blocks = Object.entries(weights[kind]).map(([name, block]) =>
      [name, gate === null || gate === name ? alterBlock(block, units, (weight) => CHANGED[how](weight, value)) : block]);
    layers[layer - 1][direction] = { ...weights, [kind]: Object.fromEntries(blocks) };
  }
  return { ...network, layers };
}

// Of a matrix a unit's column holds what it reads.
function alterBlock({ shape, values }, units, changed) {
  const count = shape.at(-1), altered = Float64Array.from(values, (weight, at) => (!units || units.includes(at % count) ? changed(weight) : weight));
  return { shape, values: altered };
}
