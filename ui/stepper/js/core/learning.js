// What a page knows of trainings, one or two side by side: pure, each function gives the next state.
//
// An arm is one of them: { recipe, label, steps, planned: the updates of its looks, clip, phase, place, update, fault, looks, parts }.
// Its phase is what the server says: waiting, training, resting, done, failed; "fresh" before it was asked, "asked" until it
// answers, "refused" where it said no. A look is { update, loss, held, scores, length, saturated, r, unit, tells, … }.

const BEGUN = { phase: "fresh", place: 0, update: 0, fault: null, looks: [], parts: null };
const UNDER_WAY = new Set(["asked", "waiting", "training"]);

export const freshArm = (known) => ({ ...known, ...BEGUN });

export const isUnderWay = ({ phase }) => UNDER_WAY.has(phase);

// The update that was just explained, as long as nothing has come after it.
export const partsShown = (arm, at) => (arm.parts && at === null && !isUnderWay(arm) && arm.parts.update === arm.update ? arm.parts : null);

export const isOver = ({ phase }) => phase === "done" || phase === "failed";

// An event of the stream. Who listens anew hears all looks again, and they are the same.
export function toNews(arm, { state, place = 0, update, fault = null, looks = [], parts = [] }) {
  return { ...arm, phase: state, place, update, fault: fault && { ...fault.details, ...fault }, looks: looksWith(arm.looks, looks), parts: parts.at(-1) ?? arm.parts };
}

function looksWith(known, come) {
  if (!come.length) return known;
  if (!known.length || come[0].update > known.at(-1).update) return [...known, ...come];
  const all = new Map([...known, ...come].map((look) => [look.update, look]));
  return [...all.values()].sort((one, other) => one.update - other.update);
}

// How far a training is to go for what was asked of it: all of it, a look, one update, or no further than it is.
export function untilOf({ update, steps, planned }, act) {
  switch (act) {
    case "train": return steps;
    case "look": return planned.find((one) => one > update) ?? steps;
    case "one": return Math.min(steps, update + 1);
    default: return update;
  }
}

// The look that is shown of an arm: the last one up to an update, the newest where none is named.
export function lookShown({ looks }, at = null) {
  return (at === null ? looks.at(-1) : looks.findLast(({ update }) => update <= at)) ?? looks[0] ?? null;
}

// The places of the slider: updates at which any arm was looked at.
export function updatesOf(arms) {
  return [...new Set(arms.flatMap(({ looks }) => looks.map(({ update }) => update)))].sort((one, other) => one - other);
}

// The place nearest to an update; of none, the last.
export function placeNear(places, at) {
  if (at === null) return places.length - 1;
  return places.reduce((best, update, place) => (Math.abs(update - at) < Math.abs(places[best] - at) ? place : best), 0);
}

// What is looked at after a move by so many places; null follows the newest, so that it is followed from there on.
export function goneTo(places, place) {
  return place >= places.length - 1 ? null : places[Math.max(0, place)];
}
