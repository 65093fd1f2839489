// The stepper as a component of a Streamlit page: Python sends a run once a text, and hears of the step after a pause.
import { KEYS } from "../view/keys.js";
import { createStepper } from "../stepper.js";
import { addressOfPage, sharedAddress } from "./address.js";
import { dressForEditing, dressPage, undressPage } from "./dress.js";
import { createLeaving } from "./leaving.js";
import { createNetworkWait, listenToShelf, trainingOf } from "./networks.js";
import { createPlotlyFrames } from "./plotly_frames.js";
import { createPlotlyMarks } from "./plotly_marks.js";
import { roomOfPage } from "./rooms.js";
import { keepAboveKeyboard } from "./screen_keyboard.js";
import { listenToTextBoxes, tellText, typedText, typeText } from "./text_boxes.js";
import { createTextWire } from "./text_wire.js";

const TRIGGERS = ["large", "lead", "lines", "picked", "predict", "projector"]; // reports that are wishes: told once, not kept
const pages = new WeakMap();

export function mountStepper({ parentElement, data, setStateValue, setTriggerValue }) {
  let page = pages.get(parentElement);
  if (!page || page.signal.aborted || !parentElement.contains(page.root)) {
    page = openPage(parentElement.querySelector(".stepper"));
    pages.set(parentElement, page);
  }
  Object.assign(page.ways, { setStateValue, setTriggerValue });
  page.hears(data);
  // A clean-up may come with each new message as well as at the end: only the end takes the page's node away.
  return () => setTimeout(() => page.root.isConnected || page.dispose());
}

function openPage(root) {
  const ways = {}, ofClass = roomOfPage();
  const report = (name, value) => {
    if (leaving.away() || (name === "at" && (texts.staged() || ofClass.quiet(stepper.shown().message)))) return;
    texts.before(() => (TRIGGERS.includes(name) ? ways.setTriggerValue : ways.setStateValue)(name, value));
  };
  const address = (query) => {
    place.write(query);
    ofClass.changed();
  };
  const settle = (message) => {
    dressPage(message);
    document.documentElement.toggleAttribute("data-projector", message.projector);
  };
  const shown = () => {
    pictures.forEach((one) => one.show());
    if (stepper.typed() !== null) place.type(stepper.query);
  };
  const stepper = createStepper(root, { report, address, link: sharedAddress, settle, project: (on) => report("projector", Number(on)), shown, waits, training: trainingOf, text: typedText, keys: document });
  const { signal, dispose } = stepper, withNetwork = createNetworkWait(signal), place = addressOfPage();
  const narrow = matchMedia("(max-width: 40em)");
  narrow.addEventListener("change", () => report("narrow", narrow.matches), { signal });
  signal.addEventListener("abort", undressPage);
  addEventListener("gates:uncover", stepper.uncover, { signal }); // a lesson's question is answered
  listenToShelf(signal, stepper.drawTraining);
  const texts = createTextWire(signal, {
    accept: (message) => {
      accept(message);
      return pictures[0].canShow();
    },
    commit: (read) => {
      tellText();
      ways.setTriggerValue("read", { ...read, ...stepper.at() });
    },
    link: (text) => {
      const view = stepper.query();
      view.set("text", text);
      return view;
    },
    text: typedText, write: typeText,
  });
  const leaving = createLeaving(signal, texts);
  listenToTextBoxes(signal, (text) => {
    stepper.type(text);
    texts.type(text);
  });
  listenToWidgets(stepper);
  keepAboveKeyboard(root, signal);
  dressForEditing(root, signal);
  let pictures = [], answered = null;

  function accept(message) {
    withNetwork(message.network, (network) => {
      stepper.accept(network, message);
      place.arrives(message.came);
      if (pictures.length || location.search || message.link) place.write(stepper.query(), answered === message.answered);
      else place.mark();
      answered = message.answered; // a room's asks: who is led chooses nothing
      if (pictures.length) pictures.forEach((one) => one.renew());
      else pictures = [createPlotlyFrames(stepper, (symbol) => report("large", symbol)), createPlotlyMarks(stepper)];
      ofClass.shows(stepper, message, texts.read);
      if (narrow.matches !== message.narrow) queueMicrotask(() => report("narrow", narrow.matches));
    });
  }

  function hears(message) {
    leaving.stays();
    accept(message);
    texts.hears(message);
  }

  return { root, ways, signal, dispose, hears };
}

const waits = (on) => document.documentElement.toggleAttribute("data-waiting", on);

// A switch that was clicked leaves the keys to the steps, one that was reached by keyboard keeps them. The focus may
// come back to it whenever the page is drawn anew, the stepper with it, so what counts is how it was reached.
const focus = { pointed: false };

const switchOf = ({ target }) => target.closest?.("[data-testid=stButtonGroup]");

function listenToWidgets(stepper) {
  const { signal } = stepper;
  document.addEventListener("pointerdown", (event) => (focus.pointed = Boolean(switchOf(event))), { signal, capture: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab") focus.pointed = false;
    if (!focus.pointed || !switchOf(event) || !KEYS[event.key]) return;
    event.stopPropagation();
    event.target.blur();
    stepper.press(event, document.body);
  }, { signal, capture: true });
  // What a switch brings is drawn at the present step: told once the switch has heard of the click itself.
  document.addEventListener("click", (event) => {
    if (stepper.player().playing && switchOf(event)?.closest(".st-key-brief")) setTimeout(stepper.tell);
  }, { signal });
}
