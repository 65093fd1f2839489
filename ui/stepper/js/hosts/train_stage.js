// Trainings under way, one or two, and the reader's text with the gates of each at every look: what the panel asks goes over
// the wires, what comes back is drawn a frame later, however much of it came.
import { freshArm, goneTo, isUnderWay, lookShown, partsShown, toNews, untilOf, updatesOf } from "../core/learning.js";
import { chartsOf } from "../core/learning_charts.js";
import { forBox, textIn } from "../core/lines.js";
import { createStore } from "../core/store.js";
import { createTimer, element } from "../view/dom.js";
import { createLearning, putIn, writeHead } from "../view/learning.js";
import { createCurves } from "../view/learning_curves.js";
import { createUpdateParts } from "../view/update_parts.js";
import { createReaders } from "./train_readers.js";
import { createTrainingWire, trainingThere } from "./train_wire.js";
import { appBase } from "./wire.js";

const RESTING = 450; // ms without a step or a look before Python is told
const TALL = 1000; // px of a window that has room for the cell and its equations, too

// `report` tells Python "at": { moments: [{ recipe, update }], step, unit, text }.
export function createTrainStage(root, report) {
  const controller = new AbortController(), { signal } = controller, find = (selector) => root.querySelector(selector);
  const box = find(".typed input"), unread = find(".unread"), slow = find(".slow"), whole = find(".whole"), pause = createTimer(signal);
  const store = createStore({ arms: [], at: null, lost: false, server: "", renewed: false }), wires = new Map();
  const readers = createReaders({ place: find(".arms"), template: find("template"), box, unread }, signal, { text: tell, moved: rest });
  const panel = createLearning(find(".panel"), signal, { does: (act) => acts[act](), goes });
  const curves = createCurves(find(".charts"), signal, (update) => goes(updatesOf(store.get().arms).indexOf(update)));
  const asked = new Set(); // looks whose weights are on their way, or kept no more
  let says = {}, slowly = [], moments = [], frame = 0, told = "";

  const set = (change) => store.set({ ...store.get(), ...change });
  const change = (recipe, next) => set({ arms: store.get().arms.map((arm) => (arm.recipe === recipe ? next(arm) : arm)) });
  store.follow(() => (frame ||= requestAnimationFrame(draw)));
  signal.addEventListener("abort", () => cancelAnimationFrame(frame));
  whole.addEventListener("click", () => unfold(!root.hasAttribute("data-whole")), { signal });

  // ------------------------------------------------------------------------------------------- what is heard

  const indexOf = (recipe) => store.get().arms.findIndex((arm) => arm.recipe === recipe);

  function wireOf(base, recipe) {
    return createTrainingWire(base, recipe, {
      heard(event) {
        if (indexOf(recipe) < 0) return;
        const before = store.get().arms[indexOf(recipe)].phase;
        const looks = (event.looks ?? []).map(({ weights, ...look }) => {
          if (weights) readers.keeps(indexOf(recipe), look.update, weights);
          return look;
        });
        change(recipe, (arm) => toNews(arm, { ...event, looks }));
        if (event.state !== before) rest();
      },
      lost: (lost) => set({ lost }),
      refused: (fault, details = {}) => change(recipe, (arm) => ({ ...arm, phase: "refused", fault: { ...details, name: fault } })),
      renewed: () => set({ renewed: true }),
    });
  }

  // ------------------------------------------------------------------------------------------- what is asked

  function want(act) {
    set({ at: null, renewed: false });
    for (const { recipe } of store.get().arms) {
      change(recipe, (arm) => {
        wires.get(recipe).want(untilOf(arm, act));
        return { ...arm, phase: "asked", fault: null };
      });
    }
  }

  function leave(phase) {
    for (const { recipe } of store.get().arms) wires.get(recipe).leave();
    set({ at: null, renewed: false, arms: store.get().arms.map((arm) => (phase === "fresh" ? freshArm(arm) : { ...arm, phase, parts: null })) });
    rest();
  }

  const acts = {
    train() {
      const going = store.get().arms.filter(isUnderWay);
      if (!going.length) return want("train");
      for (const arm of going) wires.get(arm.recipe).want(untilOf(arm, "pause"));
    },
    look: () => want("look"),
    one() {
      set({ at: null });
      for (const { recipe, update } of store.get().arms) {
        wires.get(recipe).explain(update);
        change(recipe, (arm) => ({ ...arm, phase: "asked", fault: null }));
      }
    },
    again: () => leave("fresh"),
    stop: () => leave("stopped"),
  };

  function goes(place) {
    const updates = updatesOf(store.get().arms);
    if (updates.length) set({ at: goneTo(updates, place) });
    rest();
  }

  // ------------------------------------------------------------------------------------------- what is shown

  function draw() {
    frame = 0;
    const state = store.get(), { arms, at } = state;
    if (signal.aborted || !arms.length) return;
    arms.forEach((arm, index) => read(arm, index, at));
    panel.draw(state, says);
    const steps = Math.max(...arms.map((arm) => arm.steps)), updates = updatesOf(arms);
    curves.draw({ charts: chartsOf(arms), steps, updates, at: at ?? updates.at(-1) ?? 0, arms, says });
    readers.heads().forEach((head, index) => writeHead(head, arms[index], { update: moments[index], newest: at === null, several: arms.length > 1 }, says));
    arms.forEach((arm, index) => slowly[index].draw(partsShown(arm, at), arm, arms.length > 1, says));
  }

  // The text with the weights of the look that is wanted; until they are here, with those that were.
  function read(arm, index, at) {
    const update = lookShown(arm, at)?.update ?? 0, name = `${arm.recipe} ${update}`;
    if (readers.knows(index, update)) {
      moments[index] = update;
      return readers.shows(index, update);
    }
    if (asked.has(name)) return;
    asked.add(name);
    wires.get(arm.recipe).weights(update).then((numbers) => {
      if (!numbers || indexOf(arm.recipe) < 0) return;
      if (readers.keeps(indexOf(arm.recipe), update, numbers)) asked.delete(name);
      set({});
    });
  }

  function unfold(on) {
    root.toggleAttribute("data-whole", on);
    whole.setAttribute("aria-expanded", String(on));
  }

  // ------------------------------------------------------------------------------------------- what Python hears

  const seen = () => ({ moments: store.get().arms.map(({ recipe }, index) => ({ recipe, update: moments[index] })), ...readers.at(), text: textIn(box) });

  function tell() {
    const now = seen(), written = JSON.stringify(now);
    if (written === told) return;
    told = written;
    report("at", now);
  }

  // Of a run that goes on Python hears when it rests.
  function rest() {
    pause.start(() => store.get().arms.some(isUnderWay) || tell(), RESTING);
  }

  // ------------------------------------------------------------------------------------------- what Python says

  function accept({ arms, path, words }) {
    const first = !store.get().arms.length, base = appBase(location.pathname, path), before = store.get().arms, { text } = arms[0].data.run;
    says = words;
    if (first) trainingThere(base).then((server) => server === "none" && set({ server }));
    for (const { recipe } of before) if (!arms.some((arm) => arm.recipe === recipe)) forget(recipe);
    readers.accept(arms);
    moments = arms.map(({ recipe }) => moments[before.findIndex((arm) => arm.recipe === recipe)] ?? 0);
    if (document.activeElement !== box && textIn(box) !== text) box.value = forBox(text ?? "");
    writeAround(arms.length);
    const known = arms.map(({ data, ...arm }) => ({ ...(before.find(({ recipe }) => recipe === arm.recipe) ?? freshArm(arm)), ...arm }));
    set({ arms: known });
    for (const { recipe } of known) {
      if (wires.has(recipe)) continue;
      wires.set(recipe, wireOf(base, recipe));
      wires.get(recipe).comeBack();
    }
    if (arms.length !== before.length) unfold(arms.length === 1 && innerHeight >= TALL);
    if (first) {
      told = JSON.stringify(seen());
    }
  }

  function forget(recipe) {
    wires.get(recipe).leave();
    wires.delete(recipe);
  }

  function writeAround(count) {
    root.dataset.arms = count;
    putIn(find(".typed span"), says.text);
    putIn(unread, says.unread);
    putIn(whole, says.cell);
    if (slowly.length === count) return;
    const places = Array.from({ length: count }, () => element("div", { className: "update", hidden: true }));
    slow.replaceChildren(...places);
    slowly = places.map(createUpdateParts);
  }

  return {
    root, signal, accept,
    dispose() {
      for (const wire of wires.values()) wire.rest();
      controller.abort();
    },
  };
}
