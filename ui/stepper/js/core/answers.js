// What a network answered at a step. A track is { kind, answers, short, values: (time, answer), … }.
import { decimals } from "./numbers.js";

export function answerRow({ values: { shape: [, count], values } }, t) {
  return values.subarray(t * count, (t + 1) * count);
}

const SAID = 3; // numbers of an answer that fit under a token

// Short names side by side; a word of several letters stands apart from what is before it: "a·end".
const together = (before, name) => before + (before && name.length > 1 ? "·" : "") + name;

// The answer in one word: the likeliest, all that are likelier than not, or the numbers; of many the largest with its name.
export function bestAnswer(track, t, names = track.short) {
  const row = answerRow(track, t), largest = row.indexOf(Math.max(...row));
  if (track.kind === "linear" && row.length <= SAID) return [...row].map((value) => decimals(value)).join(" ");
  if (track.kind === "linear") return largest < 0 ? "" : `${names[largest]}: ${decimals(row[largest])}`;
  const likely = names.filter((_, place) => row[place] > 0.5);
  if (track.kind === "sigmoid") return (names === track.short ? likely.reduce(together, "") : likely.join(", ")) || "–";
  return Number.isNaN(row[0]) ? "" : names[largest];
}

const CLOSE = 0.05; // a number this near the truth counts as right, as in ui/stepper/answer_track.py

// Whether an answer is the truth, which a track tells in words.
export function isRight(track, t) {
  if (track.kind !== "linear") return bestAnswer(track, t, track.answers).replace(/^–$/, "") === track.truth[t];
  const truth = track.truth[t].split(", ").map((number) => Number(number.replace("−", "-")));
  return [...answerRow(track, t)].every((value, place) => Math.abs(value - truth[place]) < CLOSE);
}
