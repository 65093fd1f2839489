// The stepper without a server: its messages are given, a box beside it takes another text, heatmaps stand below.
import { decodeNetwork } from "../core/decode.js";
import { textIn } from "../core/lines.js";
import { createStepper } from "../stepper.js";
import { createMaps } from "../view/maps.js";
import { dressForEditing, dressPage } from "./dress.js";

// Starts the stepper of a `scope` that holds a .stepper; where they are there, heatmaps in .maps, and a box for the text in
// .typed, with .unread beside it, which says what the page alone can't read. `host` has the ways of a host that differ:
// report, address, link, keys; where several share a text, text and alone; training; the `ranges` of heatmaps (view/maps.js).
// `renew` then takes another run of the same network.
export function startAlone(scope, { network, run: message, maps = null }, host) {
  const root = scope.querySelector(".stepper"), place = scope.querySelector(".maps"), box = scope.querySelector(".typed input"), unread = scope.querySelector(".unread");
  const decoded = decodeNetwork(network);
  let pictures = null;
  const stepper = createStepper(root, {
    training: () => null,
    text: () => box && textIn(box),
    alone: (read) => unread?.toggleAttribute("hidden", read),
    ...host, shown: () => pictures?.update(), waits() {},
    settle: (said) => dressPage(said, scope),
  });
  dressForEditing(root, stepper.signal, scope);
  if (maps && place) pictures = createMaps(place, stepper, maps, host.ranges);
  stepper.accept(decoded, message);
  listenToBox(box, stepper);
  return { ...stepper, renew: (other) => stepper.accept(decoded, other), paint: () => pictures?.update() };
}

// `type` hears what a box holds when the reader comes to it and after each change, but of no half a word.
export function listenToBox(box, { type, signal }) {
  const hear = ({ isComposing }) => isComposing || type(textIn(box));
  for (const change of ["focusin", "input", "compositionend"]) box?.addEventListener(change, hear, { signal });
  box?.addEventListener("keydown", ({ key, isComposing }) => key === "Enter" && !isComposing && box.blur(), { signal });
}
