// What is drawn of one unit over all steps: its memory on a scale of its own, and the gates that keep and write it, from 0 to 1.

const NICE_STEPS = [1, 2, 5, 10];

// The memory comes first: c where there is one, else h.
export function linesOf({ rows }) {
  const known = rows.map(({ symbol }) => symbol);
  const [memory, gates] = known.includes("c") ? ["c", ["f", "i"]] : ["h", ["u", "r"]];
  return { memory, gates: gates.filter((gate) => known.includes(gate)) };
}

export const valuesOf = (model, symbol, unit, covered) => Array.from({ length: model.steps }, (_, t) => (covered(t) ? NaN : model.row(symbol, t)[unit]));

// The bound, on both sides of 0, of a scale that holds all values: 1 at least where they are of h.
export function boundOf(values, symbol) {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value) || 0), symbol === "h" ? 1 : 0);
  if (!Number.isFinite(largest) || !largest) return 1;
  const ten = 10 ** Math.floor(Math.log10(largest));
  return ten * NICE_STEPS.find((step) => step * ten >= largest * (1 - 1e-6));
}
