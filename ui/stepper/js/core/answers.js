// What a network answered at a step. A track is { kind, answers, short, values: (time, answer), … }.
import { decimals } from "./numbers.js";

export function answerRow({ values: { shape: [, count], values } }, t) {
  return values.subarray(t * count, (t + 1) * count);
}

const SAID = 3; // numbers of an answer that fit under a token

// The answer in one word: the likeliest, all that are likelier than not, or the first numbers.
export function bestAnswer(track, t, names = track.short) {
  const row = answerRow(track, t);
  if (track.kind === "linear") {
    return [...row.subarray(0, SAID)].map((value) => decimals(value)).join(" ") + (row.length > SAID ? " …" : "");
  }
  if (track.kind === "sigmoid") return names.filter((_, place) => row[place] > 0.5).join(names === track.short ? "" : ", ") || "–";
  return Number.isNaN(row[0]) ? "" : names[row.indexOf(Math.max(...row))];
}
