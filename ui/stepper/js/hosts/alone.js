// The stepper without a server: its messages are given, a box beside it takes another text, heatmaps stand below.
import { decodeNetwork } from "../core/decode.js";
import { textIn } from "../core/lines.js";
import { createStepper } from "../stepper.js";
import { createMaps } from "../view/maps.js";
import { dressForEditing, dressPage } from "./dress.js";

// Starts the stepper of a `scope` that holds a .stepper; where they are there, heatmaps in .maps, and a box for the text in
// .typed, with .unread beside it, which says what the page alone can't read. `host` has the ways of a host that differ:
// report, address, link, keys.
export function startAlone(scope, { network, run: message, maps = null }, host) {
  const root = scope.querySelector(".stepper"), place = scope.querySelector(".maps"), box = scope.querySelector(".typed input"), unread = scope.querySelector(".unread");
  let pictures = null;
  const stepper = createStepper(root, {
    ...host, shown: () => pictures?.update(), waits() {}, training: () => null,
    settle: (said) => dressPage(said, scope),
    text: () => box && textIn(box),
    alone: (read) => unread?.toggleAttribute("hidden", read),
  });
  dressForEditing(root, stepper.signal, scope);
  if (maps && place) pictures = createMaps(place, stepper, maps);
  stepper.accept(decodeNetwork(network), message);
  listenToBox(box, stepper);
  return stepper;
}

function listenToBox(box, { type, signal }) {
  const hear = ({ isComposing }) => isComposing || type(textIn(box));
  for (const change of ["focusin", "input", "compositionend"]) box?.addEventListener(change, hear, { signal });
  box?.addEventListener("keydown", ({ key, isComposing }) => key === "Enter" && !isComposing && box.blur(), { signal });
}
