// Predicting before seeing: which steps are still covered, what may be said of the next one, and what came of it. Steps are
// counted from 0 as they are shown; a direction that reads from the end uncovers them from there.
import { answerRow, bestAnswer } from "./answers.js";
import { decimals } from "./numbers.js";
import { move } from "./player.js";

// `frontier` is the furthest step that was revealed, `asked` whether the reader wanted to go beyond it, `made` what she said
// of steps, { symbol, unit, said, right, from, to } by their t.
export const OPEN = { on: false, frontier: 0, asked: false, made: {}, right: 0, count: 0 };

export const ANSWER = "answer"; // in the place of a symbol
const FEW_ANSWERS = 6; // so many can be chosen among; of more only whether the present one stays
const STILL = { gate: 0.05, state: 0.1 }; // what moves by less stays: a twentieth of the range of a gate, and of -1..1

export const isCovered = ({ on, frontier }, t, reverse) => on && (reverse ? t < frontier : t > frontier);

// The steps that are covered, from one to before another.
export const coveredSteps = ({ on, frontier }, { steps, reverse }) => (!on ? [0, 0] : reverse ? [0, frontier] : [frontier + 1, steps]);

// The step that a prediction is of; null where all are revealed.
export function nextStep(guess, { steps, reverse }) {
  const t = guess.frontier + (reverse ? -1 : 1);
  return guess.on && t >= 0 && t < steps ? t : null;
}

// The room in which the reader may move.
export const openRoom = ({ on, frontier }, room, reverse) => (!on ? room : reverse ? { ...room, from: frontier } : { ...room, steps: frontier + 1 });

const further = (one, other, reverse) => (reverse ? Math.min(one, other) : Math.max(one, other));

// Who comes to a text at step t sees all up to it, and what she has seen of that text before.
export const coverAfter = (guess, t, reverse, seen = t) => ({ ...guess, frontier: further(t, seen, reverse), asked: false, made: {} });

export const askNext = (guess) => ({ ...guess, asked: true });

// The next step, with what was said of it or without.
export function revealNext(guess, t, verdict = null) {
  const said = verdict && { made: { ...guess.made, [t]: verdict }, count: guess.count + 1, right: guess.right + verdict.right };
  return { ...guess, ...said, frontier: t, asked: false };
}

// What an action comes to: it "moves" the reader among steps that are revealed, it "asks" her for the next one, or, the second
// time that she steps on, it "reveals" that unpredicted. A key that is held down only asks.
export function effectOf(guess, player, action, room, reverse) {
  if (!guess.on || action.type === "tick" || !isCovered(guess, move(player, action, room).t, reverse)) return "moves";
  const again = guess.asked && player.t === guess.frontier && !action.quick;
  return again && (action.type === "by" || action.type === "operate") ? "reveals" : "asks";
}

// Whether the question about the next step is put to a reader at step t: what came of the last one is seen first.
export const isPut = (guess, t, model) => nextStep(guess, model) !== null && t === guess.frontier && (guess.asked || !guess.made[t]);

const trackIn = ({ message, model }) => model.tracks[message.lead];

// What may be asked of the next step: a symbol of the cell, and the answer where there is one.
export function askable(shown, t) {
  const track = trackIn(shown), next = t + (shown.model.reverse ? -1 : 1);
  const answers = track && [t, next].every((step) => !Number.isNaN(answerRow(track, step)[0]));
  return [...shown.network.rows.map(({ symbol }) => symbol), ...(answers ? [ANSWER] : [])];
}

// What is asked before the reader chooses: the large heatmap's symbol, else what the cell remembers.
export const usuallyAsked = ({ message, network }) => [message.large, "c", "h"].find((symbol) => network.rows.some((row) => row.symbol === symbol));

const isNumber = ({ kind, answers }) => kind === "linear" && answers.length === 1;

// By less than how much something moves that stays; 0 where names are chosen.
export function stillBound(shown, about) {
  if (about === ANSWER) return isNumber(trackIn(shown)) ? STILL.state : 0;
  const [head] = shown.network.rows.find(({ symbol }) => symbol === about).program;
  return head.includes("sigmoid") ? STILL.gate : STILL.state;
}

// Of names that are likely or not, all that may be together; of others one.
const setsOf = (names) => names.reduce((sets, name) => [...sets, ...sets.map((set) => [...set, name])], [[]]).map((set) => set.join(", ") || "–");
const nameAt = (track, t) => (track.kind === "sigmoid" ? bestAnswer(track, t, track.answers) : track.answers[answerRow(track, t).indexOf(Math.max(...answerRow(track, t)))]);

// The names of answers among which the reader chooses; null where they are too many, or a number.
function namesOf(track) {
  const { kind, answers } = track;
  if (isNumber(track) || answers.length > FEW_ANSWERS) return null;
  const names = kind === "sigmoid" ? setsOf(answers) : answers;
  return names.length > FEW_ANSWERS ? null : names;
}

// What can be said of the step after t: a list of { said: a word's name, answer: an answer's name or "" }.
export function choicesOf(shown, about, t) {
  const track = about === ANSWER && trackIn(shown), names = track && namesOf(track);
  if (names) return names.map((answer) => ({ said: "", answer }));
  if (track && !isNumber(track)) return [{ said: "same", answer: nameAt(track, t) }, { said: "other", answer: "" }];
  return ["up", "stays", "down"].map((said) => ({ said, answer: "" }));
}

// What came of a choice: { symbol, unit, choice, right, from, to }, the values as they are read on the screen. What moves is
// told by the numbers that the reader sees.
export function verdictOn(shown, about, choice, { t, unit }, next) {
  const track = about === ANSWER && trackIn(shown), one = { symbol: about, unit, choice };
  if (track && !isNumber(track)) {
    const [from, to] = [t, next].map((step) => nameAt(track, step));
    return { ...one, from, to, right: choice.said === "other" ? from !== to : choice.answer === to };
  }
  const [from, to] = [t, next].map((step) => decimals(track ? answerRow(track, step)[0] : shown.model.row(about, step)[unit]));
  return { ...one, from, to, right: movement(from, to, stillBound(shown, about)) === choice.said };
}

function movement(from, to, bound) {
  const [before, after] = [from, to].map((told) => Math.round(100 * Number(told.replace("−", "-").replace("∞", "Infinity"))));
  const by = after - before;
  if (!(Math.abs(by) >= Math.round(100 * bound))) return "stays";
  return by > 0 ? "up" : "down";
}
