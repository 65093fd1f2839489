// The text that is read while trainings run: for each a stepper with its heatmaps, and the weights of the look that is shown.
// Text, step and unit are one for all, and so are the ranges of colours, which only grow.
import { decodeMoment } from "../core/decode.js";
import { textIn } from "../core/lines.js";
import { createTimer, element } from "../view/dom.js";
import { listenToBox, startAlone } from "./alone.js";

const DECODED = 6; // networks of looks that stay decoded
const TYPED = 300; // ms without a key until a text is told of
const START_OF_ALL = "0"; // the update at which Python's own run is

// `place` takes the readers, `template` holds a stepper, `box` the text, `unread` says that the page can't read it. `told`
// hears text() when typing rests and moved() after a step.
export function createReaders({ place, template, box, unread }, signal, told) {
  const pause = createTimer(signal), bounds = new Map(), keyless = element("i");
  let readers = [], following = false;
  listenToBox(box, { type: (text) => readers.forEach(({ stepper }) => stepper.type(text)), signal });
  box.addEventListener("input", () => pause.start(told.text, TYPED), { signal });
  signal.addEventListener("abort", () => clear());

  const ranges = {
    reach(symbol, bound) {
      if (bound <= (bounds.get(symbol) ?? 0)) return bounds.get(symbol);
      bounds.set(symbol, bound);
      queueMicrotask(() => readers.forEach(({ stepper }) => stepper.paint()));
      return bound;
    },
  };

  // What one does the others do.
  function lead(leader, { t, unit, operation, quick }) {
    if (following) return;
    following = true;
    for (const { stepper } of readers.filter((one) => one.stepper !== leader)) {
      stepper.dispatch({ type: "go", t, unit, quick, halt: true });
      if (operation !== null) stepper.dispatch({ type: "operation", operation });
    }
    following = false;
    told.moved();
  }

  function readerOf({ recipe, embedded, data }, index) {
    const head = element("header"), scope = element("section", { className: "gates-page arm" }, head, template.content.cloneNode(true), element("div", { className: "maps" }));
    const weights = new Map(), decoded = new Map();
    scope.dataset.testid = "arm";
    scope.dataset.arm = index;
    place.append(scope);

    function at(name, base) {
      const sent = weights.get(name);
      if (!decoded.has(name) && sent) decoded.set(name, decodeMoment(sent, base));
      if (decoded.size > DECODED) decoded.delete(decoded.keys().next().value);
      return decoded.get(name) ?? null;
    }

    const stepper = startAlone(scope, { ...data, run: beginning(recipe, data.run) }, {
      ranges, report() {}, address() {}, link: String, keys: index ? keyless : document,
      training: () => ({ checkpoints: [], at }), text: () => textIn(box), alone: (read) => unread.toggleAttribute("hidden", read),
    });
    stepper.root.querySelector("[data-act=link]").hidden = true; // the page has one
    stepper.follow((player, before) => ["t", "unit", "operation"].some((name) => player[name] !== before[name]) && lead(stepper, player));
    return { key: armKey({ recipe, data }), recipe, embedded, run: data.run.run, head, scope, stepper, weights };
  }

  function clear() {
    for (const { stepper, scope } of readers) {
      stepper.dispose();
      scope.remove();
    }
    readers = [];
  }

  return {
    // The arms as Python sends them: those that are there read another text, or stay as they are.
    accept(arms) {
      if (arms.length === readers.length && arms.every((arm, at) => armKey(arm) === readers[at].key)) {
        for (const [at, { recipe, data }] of arms.entries()) {
          if (data.run.run === readers[at].run) continue;
          const { stepper } = Object.assign(readers[at], { run: data.run.run }), { checkpoint } = stepper.changes();
          stepper.renew(beginning(recipe, data.run));
          stepper.change({ checkpoint }); // with what is true of this text, which Python knows
        }
        return;
      }
      const known = new Map(readers.map(({ recipe, weights }) => [recipe, weights]));
      clear();
      bounds.clear();
      readers = arms.map(readerOf);
      for (const { recipe, weights } of readers) for (const [update, numbers] of known.get(recipe) ?? []) weights.set(update, numbers);
    },
    // Whose embedding is trained, too, is read with the rows of that moment or not at all.
    keeps: (index, update, numbers) => (numbers.rows || !readers[index].embedded) && readers[index].weights.set(String(update), numbers),
    knows: (index, update) => String(update) === START_OF_ALL || readers[index].weights.has(String(update)),
    // Reads the text with the weights of a look that it knows.
    shows(index, update) {
      const { stepper } = readers[index], checkpoint = String(update);
      if (stepper.changes().checkpoint !== checkpoint) stepper.change({ checkpoint });
    },
    heads: () => readers.map(({ head }) => head),
    // Where the reader is, from 1.
    at() {
      const { player, shown } = readers[0].stepper;
      return { step: shown().message.first + player().t, unit: player().unit + 1 };
    },
  };
}

const armKey = ({ recipe, data }) => [recipe, data.network.id, data.run.lang, ...data.maps.panels.map(({ symbol }) => symbol)].join();

// Python's run, as the first of the training's moments.
const beginning = (recipe, message) => ({ ...message, training: recipe, checkpoint: START_OF_ALL });
