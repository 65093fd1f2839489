// The answer over the whole text: how likely one answer is at each step, and where it is wrong.
import { answerRow, bestAnswer } from "./answers.js";

const chosenBy = ({ kind }, row) => (kind === "sigmoid" ? [...row].map((share) => share > 0.5) : [...row].map((share) => share === Math.max(...row)));

// Of several answers, each yes or no by itself, how likely exactly these are together.
const togetherOf = (row, chosen) => row.reduce((share, one, place) => share * (chosen[place] ? one : 1 - one), 1);

const likelihoodOf = ({ kind }, row, chosen) => (kind === "sigmoid" ? togetherOf(row, chosen) : row[chosen.indexOf(true)] ?? NaN);

function trueAt({ answers, truth }, t) {
  const names = new Set(truth[t].split(", "));
  return answers.map((name) => names.has(name));
}

// → { known, name, shares }: at each step the share of the right answer where the truth is `known` anywhere, NaN at steps where it
// isn't; else that of the answer of step t, which has that name. Null for answers that are no shares.
export function courseOf(track, t) {
  if (track.kind === "linear") return null;
  const steps = track.right.length, known = track.right.some((right) => right !== null);
  const chosen = chosenBy(track, answerRow(track, t)), name = known ? "" : bestAnswer(track, t, track.answers);
  const at = (step) => (known ? track.right[step] === null ? null : trueAt(track, step) : chosen);
  return { known, name, shares: Array.from({ length: steps }, (_, step) => (at(step) ? likelihoodOf(track, answerRow(track, step), at(step)) : NaN)) };
}

export const wrongSteps = ({ right }) => [...right.keys()].filter((t) => right[t] === false);

// The first wrong step; from one that is wrong the next, and after the last the first again.
export const wrongAfter = (wrong, t) => (wrong.includes(t) ? wrong.find((step) => step > t) : null) ?? wrong[0];

// A line through values of which some are missing, as an SVG path over `width` by `height`; a value alone is a short stroke.
export function pathThrough(values, { low, high, width, height }) {
  const x = (t) => (width * (t + 0.5)) / values.length, y = (value) => height * (1 - (value - low) / (high - low)), half = width / values.length / 2;
  let path = "", before = false;
  values.forEach((value, t) => {
    const there = Number.isFinite(value), alone = there && !before && !Number.isFinite(values[t + 1]);
    if (there) path += `${before ? "L" : "M"}${(x(t) - (alone ? half : 0)).toFixed(2)},${y(value).toFixed(2)}`;
    if (alone) path += `H${(x(t) + half).toFixed(2)}`;
    before = there;
  });
  return path;
}
