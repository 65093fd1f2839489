// The stepper in a page of its own: where the reader is stands in the address.
import { startAlone } from "./alone.js";

// In a frame that a notebook holds, which has no address of its own, the link of a view leads nowhere.
const framed = () => location.protocol === "about:";

// `live` is the address of the app, if it is known. What the reader does is told as events on the stepper's root: "at" with
// { step, unit } as its detail.
export default function startPage({ live = "", run: message, ...data }, page = document) {
  const scope = page.querySelector(".gates-page") ?? page.body;
  const report = (name, detail) => stepper.root.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  const stepper = startAlone(scope, { ...data, run: { ...message, ...placeIn(location.hash, message) } }, {
    report, address: writeHash, link: (query) => linkOf(live, query), keys: page,
  });
  scope.toggleAttribute("data-framed", framed());
  stepper.root.querySelector("[data-act=link]").hidden = framed() && !live;
  if (framed()) fitFrame(scope, stepper.signal);
  // Back, forward, and a link to the same page.
  window.addEventListener("hashchange", () => {
    const { step, unit } = placeIn(location.hash, message);
    stepper.dispatch({ type: "go", t: step - message.first, unit: unit - 1 });
  }, { signal: stepper.signal });
  return stepper;
}

// The frame is as high as what is in it; a frame whose page may not be reached stays as it is.
function fitFrame(scope, signal) {
  const fit = () => { if (window.frameElement) window.frameElement.style.height = `${Math.ceil(scope.getBoundingClientRect().height)}px`; };
  const observer = new ResizeObserver(fit);
  observer.observe(scope);
  signal.addEventListener("abort", () => observer.disconnect());
}

function placeIn(hash, { step, unit }) {
  const query = new URLSearchParams(hash.slice(1));
  return { step: Number(query.get("step")) || step, unit: Number(query.get("unit")) || unit };
}

const writeHash = (query) => framed() || history.replaceState(history.state, "", `#${query}`);

const linkOf = (live, query) => (live ? `${live}?${query}` : new URL(`#${query}`, location.href).href);
