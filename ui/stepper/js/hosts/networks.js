// The networks that a page was sent, the last few by their id.
import { decodeNetwork, decodeTraining } from "../core/decode.js";
import { onceOnPage } from "./once.js";

const KEPT_NETWORKS = 4;
const KEPT_TRAININGS = 2;

const shelf = () => onceOnPage("networks", () => ({ known: new Map(), trainings: new Map(), waiting: new Set() }));

// `parse` gives the message of a network that is not known yet.
export function keepNetwork(id, parse) {
  const { known, waiting } = shelf();
  keepLast(known, KEPT_NETWORKS, id, known.get(id) ?? decodeNetwork(parse()));
  for (const look of [...waiting]) look();
}

// The same of the weights along a network's training.
export function keepTraining(id, parse) {
  const { trainings, waiting } = shelf();
  keepLast(trainings, KEPT_TRAININGS, id, trainings.get(id) ?? decodeTraining(parse()));
  for (const look of [...waiting]) look();
}

export const trainingOf = (id) => shelf().trainings.get(id) ?? null;

// `heard` is told whenever something has come.
export function listenToShelf(signal, heard) {
  const { waiting } = shelf();
  waiting.add(heard);
  signal.addEventListener("abort", () => waiting.delete(heard));
}

function keepLast(kept, most, id, value) {
  kept.delete(id);
  kept.set(id, value); // behind all others
  while (kept.size > most) kept.delete(kept.keys().next().value);
}

// A function that takes a network's id and calls back with the network, at once or as soon as it comes. Who asks again
// has forgotten what it asked for before.
export function createNetworkWait(signal) {
  const { known } = shelf();
  let asked = null;

  function look() {
    if (!asked || !known.has(asked.id)) return;
    const { id, take } = asked;
    asked = null;
    take(known.get(id));
  }

  listenToShelf(signal, look);
  return (id, take) => {
    asked = { id, take };
    look();
  };
}
