// The stepper in a page of its own, without a server: the messages lie in the page, where the reader is in its address.
import { decodeNetwork } from "../core/decode.js";
import { createStepper } from "../stepper.js";

// Starts the stepper of a document that holds a .stepper and two scripts of JSON, data-stepper="network" and "run".
// What the reader does is told as events on the stepper's root: "at" with { step, unit } as its detail.
export default function startPage(page = document) {
  const messageOf = (name) => JSON.parse(page.querySelector(`script[data-stepper=${name}]`).textContent);
  const root = page.querySelector(".stepper"), message = messageOf("run");
  const report = (name, detail) => root.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  const stepper = createStepper(root, { report, address: writeHash, link: hashLink, settle: ({ lang }) => (page.documentElement.lang = lang), shown() {}, waits() {}, training: () => null, text: () => null, keys: page });
  const network = decodeNetwork(messageOf("network"));
  stepper.accept(network, { ...message, ...placeIn(location.hash, message) });
  // Back, forward, and a link to the same page.
  window.addEventListener("hashchange", () => {
    const { step, unit } = placeIn(location.hash, message);
    stepper.dispatch({ type: "go", t: step - message.first, unit: unit - 1 });
  }, { signal: stepper.signal });
  return stepper;
}

function placeIn(hash, { step, unit }) {
  const query = new URLSearchParams(hash.slice(1));
  return { step: Number(query.get("step")) || step, unit: Number(query.get("unit")) || unit };
}

const writeHash = (query) => history.replaceState(history.state, "", `#${query}`);

const hashLink = (query) => new URL(`#${query}`, location.href).href;
