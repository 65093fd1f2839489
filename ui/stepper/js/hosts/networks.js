// The networks that a page was sent, the last few by their id. Each component of the page is a module of its own, so what
// they share hangs on the page.
import { decodeNetwork } from "../core/decode.js";

const KEPT_NETWORKS = 4;

function shelf() {
  return (globalThis[Symbol.for("gates.networks")] ??= { known: new Map(), waiting: new Set() });
}

// `parse` gives the message of a network that is not known yet.
export function keepNetwork(id, parse) {
  const { known, waiting } = shelf();
  const network = known.get(id) ?? decodeNetwork(parse());
  known.delete(id);
  known.set(id, network); // behind all others
  while (known.size > KEPT_NETWORKS) known.delete(known.keys().next().value);
  for (const look of [...waiting]) look();
}

// A function that takes a network's id and calls back with the network, at once or as soon as it comes. Who asks again
// has forgotten what it asked for before.
export function createNetworkWait(signal) {
  const { known, waiting } = shelf();
  let asked = null;

  function look() {
    if (!asked || !known.has(asked.id)) return;
    const { id, take } = asked;
    asked = null;
    take(known.get(id));
  }

  waiting.add(look);
  signal.addEventListener("abort", () => waiting.delete(look));
  return (id, take) => {
    asked = { id, take };
    look();
  };
}
