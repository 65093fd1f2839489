// The stepper in a page of its own, without a server: its messages are given, and where the reader is stands in the address.
import { decodeNetwork } from "../core/decode.js";
import { textIn } from "../core/lines.js";
import { createStepper } from "../stepper.js";
import { createMaps } from "../view/maps.js";
import { dressForEditing, dressPage } from "./dress.js";

// Starts the stepper of a document that holds a .stepper; where they are there, heatmaps in .maps, and a box for the text in
// .typed, with .unread beside it, which says what the page alone can't read. `live` is the address of the app, if it is known.
// What the reader does is told as events on the stepper's root: "at" with { step, unit } as its detail.
export default function startPage({ network, run: message, maps = null, live = "" }, page = document) {
  const root = page.querySelector(".stepper"), place = page.querySelector(".maps"), box = page.querySelector(".typed input"), unread = page.querySelector(".unread");
  const report = (name, detail) => root.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  let pictures = null;
  const stepper = createStepper(root, {
    report, address: writeHash, link: (query) => linkOf(live, query), shown: () => pictures?.update(), waits() {}, training: () => null, keys: page,
    settle: dressPage,
    text: () => box && textIn(box),
    alone: (read) => unread?.toggleAttribute("hidden", read),
  });
  dressForEditing(root, stepper.signal);
  if (maps && place) pictures = createMaps(place, stepper, maps);
  stepper.accept(decodeNetwork(network), { ...message, ...placeIn(location.hash, message) });
  listenToBox(box, stepper);
  // Back, forward, and a link to the same page.
  window.addEventListener("hashchange", () => {
    const { step, unit } = placeIn(location.hash, message);
    stepper.dispatch({ type: "go", t: step - message.first, unit: unit - 1 });
  }, { signal: stepper.signal });
  return stepper;
}

function listenToBox(box, { type, signal }) {
  const hear = ({ isComposing }) => isComposing || type(textIn(box));
  for (const change of ["focusin", "input", "compositionend"]) box?.addEventListener(change, hear, { signal });
  box?.addEventListener("keydown", ({ key, isComposing }) => key === "Enter" && !isComposing && box.blur(), { signal });
}

function placeIn(hash, { step, unit }) {
  const query = new URLSearchParams(hash.slice(1));
  return { step: Number(query.get("step")) || step, unit: Number(query.get("unit")) || unit };
}

const writeHash = (query) => history.replaceState(history.state, "", `#${query}`);

const linkOf = (live, query) => (live ? `${live}?${query}` : new URL(`#${query}`, location.href).href);
