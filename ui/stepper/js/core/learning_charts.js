// The curves of trainings as numbers: for each chart its axis, which never jumps, and its lines.
//
// An axis is { low, high, log }. It begins with the range that is known beforehand, and grows only where a value lies
// outside: on a log scale by whole decades, else to the next of a few round numbers.

const ROUND = [1, 2, 5, 10];
const SHARE = { low: 0, high: 1 };
const FLOOR = -3, GENTLE = -2; // decades where loss and gradient begin
const SCORES = { longest: { low: 0, high: 20 }, squared_error: { low: FLOOR, high: 0, log: true } }; // all others are shares
const FARTHEST = 9; // decades that an axis has, up or down, whatever explodes

// Each chart of looks: what it draws of one, and on which axis.
const CHARTS = [
  { name: "loss", axis: () => ({ low: FLOOR, high: 0, log: true }), parts: { held: ({ held }) => held, trained: ({ loss }) => loss } },
  { name: "score", axis: (score) => SCORES[score] ?? SHARE, parts: { score: ({ scores }, name) => scores[name] } },
  { name: "length", axis: () => ({ low: GENTLE, high: 1, log: true }), parts: { length: ({ length }) => length } },
  { name: "saturated", axis: () => SHARE, parts: { saturated: ({ saturated }) => saturated } },
  { name: "r", axis: () => SHARE, parts: { r: ({ r }) => r && Math.abs(r) } },
];

export const scoreOf = ({ looks }) => Object.keys(looks[0]?.scores ?? {})[0] ?? "";

// → [{ name, score, axis, lines: [{ arm, part, points: [[update, value], …] }], clips: [{ arm, value }] }]; a value that is missing or not
// finite leaves a gap, and so does one of which a log scale knows nothing.
export function chartsOf(arms) {
  const score = arms.map(scoreOf).find(Boolean) ?? "";
  return CHARTS.map(({ name, axis, parts }) => {
    const begins = axis(score);
    const lines = arms.flatMap(({ looks }, arm) => Object.entries(parts).map(([part, of]) => ({
      arm, part, points: looks.map((look) => [look.update, valueOn(begins, of(look, score))]),
    })));
    const clips = name === "length" ? arms.flatMap(({ clip }, arm) => (clip ? [{ arm, value: clip }] : [])) : [];
    const values = [...lines.flatMap(({ points }) => points.map(([, value]) => value)), ...clips.map(({ value }) => value)];
    return { name, score, axis: axisFor(begins, values.filter(Number.isFinite)), lines, clips };
  });
}

const valueOn = ({ log }, value) => (Number.isFinite(value) && (!log || value > 0) ? value : NaN);

export function axisFor({ low, high, log = false }, values) {
  const least = Math.min(...values), most = Math.max(...values);
  if (!values.length) return { low, high, log };
  if (log) return { low: Math.max(-FARTHEST, Math.min(low, Math.floor(Math.log10(least)))), high: Math.min(FARTHEST, Math.max(high, Math.ceil(Math.log10(most)))), log };
  return { low, high: most <= high ? high : roundAbove(most), log };
}

export function roundAbove(value) {
  const ten = 10 ** Math.floor(Math.log10(value));
  return ten * ROUND.find((one) => one * ten >= value * (1 - 1e-9));
}

// Where a value lies on an axis, 0 below and 1 above, also one that lies outside.
export function shareOn({ low, high, log }, value) {
  return Math.max(0, Math.min(1, ((log ? Math.log10(value) : value) - low) / (high - low)));
}

// Where an update lies across a chart, 0 to 1, and which one lies there: looks are as far apart everywhere.
export const shareOfUpdate = (update, steps) => Math.sqrt(Math.max(0, update) / Math.max(1, steps));
export const updateAt = (share, steps) => steps * Math.max(0, Math.min(1, share)) ** 2;
export const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

// The ends of an axis, as they are written beside it.
export const endsOf = ({ low, high, log }) => [low, high].map((end) => (log ? powerOfTen(end) : String(end)));

const UP = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function powerOfTen(power) {
  if (power >= 0 && power <= 3) return String(10 ** power);
  return `10${power < 0 ? "⁻" : ""}${[...String(Math.abs(power))].map((digit) => UP[digit]).join("")}`;
}
