// A stepper: tokens, transport, diagram and equations of one run, under one root, in whatever page holds it.
//
// A host is what a stepper asks of that page:
//   report(name, value)   "at" { step, unit } when the reader rests, "changed" { edit, weights, checkpoint } when she has edited or gone
//                         through the training; "lead" name, "large" symbol or "", "lines" 0 or 1, "predict" 0 or 1 when she asks for them;
//                         "picked" { step, unit } when she clicks on a cell of a chart below
//   address(query)        the link of the view has changed (URLSearchParams)
//   link(query)           → the same as an address that can be copied
//   settle(message)       a run is about to be shown: what the host makes room for, or says of the page
//   shown()               it is shown
//   waits(on)             what was typed waits for the server
//   training(id)          → the weights along the training of the network that a run names, null where they aren't at hand
//   alone(read)           there is no server, and the page could `read` what was typed; a host with a server has none
//   text()                → what the box holds in which a text is typed, null without one
//   project(on)           large type for a whole room, where the host has that
//   keys                  where keys are heard: the document, or of many steppers on a page the root of each
// It gives the stepper a network and runs (accept), and what is typed (type), may follow the player and move it (follow,
// dispatch), and ends it (dispose): one signal ends all listeners, observers and timers.
import { alterNetwork } from "./core/alterations.js";
import { decodeOriginal, decodeRun } from "./core/decode.js";
import { holding } from "./core/editing.js";
import { enter, move, START } from "./core/player.js";
import { stepAfter } from "./core/prediction.js";
import { fillIn } from "./core/sentences.js";
import { createStore } from "./core/store.js";
import { createActs } from "./acting.js";
import { tellChange } from "./core/edit_words.js";
import { createEditing } from "./editing.js";
import { createGuessing } from "./guessing.js";
import { createListening } from "./listening.js";
import { createPredicting } from "./predicting.js";
import { createAnswers } from "./view/answers.js";
import { createCheckpoints, TRAINED } from "./view/checkpoints.js";
import { createCopying } from "./view/copying.js";
import { createCourse } from "./view/course.js";
import { createDiagram } from "./view/diagram.js";
import { createTimer } from "./view/dom.js";
import { createDialog } from "./view/dialog.js";
import { createEquations } from "./view/equations.js";
import { actOf, createHold, listenToSwipes } from "./view/keys.js";
import { createLegend } from "./view/legend.js";
import { writeLeads } from "./view/leads.js";
import { createProse } from "./view/prose.js";
import { writeWords } from "./view/said.js";
import { createTable } from "./view/table.js";
import { createTokens } from "./view/tokens.js";
import { createMetronome, createTransport } from "./view/transport.js";
import { createUnitLines } from "./view/unit_lines.js";

const PAUSE = 450; // ms without a step before the host is told

export function createStepper(root, host) {
  const controller = new AbortController(), { signal } = controller;
  const store = createStore(START), find = (selector) => root.querySelector(selector);
  const pause = createTimer(signal), copy = createCopying(signal, (said) => listening.say(said));
  const predicting = createPredicting(signal, { show, wait, text: host.text, training: host.training, alone: host.alone });
  let shown = null; // { message, network, base: as it came, model, original: its own model | null, predicted: by the page }
  let toldEdits = { edits: "", altered: "" }; // what the host knows, and who listens
  let waiting = false; // for the pass or the server's run of what was changed

  const room = () => ({
    steps: shown.model.steps, units: shown.message.units.length, rows: shown.network.rows.length, order: shown.message.order,
  });

  function dispatch(action) {
    if (shown?.model.steps && !guessing.stops(action)) store.set(move(store.get(), action, guessing.room()));
  }

  const held = createHold(signal, rest);
  const slider = { hold: () => held.hold("slider"), letGo: () => held.letGo("slider") };
  const tokens = createTokens(root, signal), prose = createProse(root, signal, dispatch), transport = createTransport(root, signal, dispatch, slider);
  const equations = createEquations(root), diagram = createDiagram(root, signal), answers = createAnswers(root), course = createCourse(root, signal, dispatch), lines = createUnitLines(root, signal, dispatch), table = createTable(root, signal), legend = createLegend(root, signal), keys = createDialog(find("dialog.help"), signal);
  const editing = createEditing(root, signal, { shown: () => shown, player: store.get, dispatch, changes: predicting.changes, change: predicting.change, tell: tellChanges, seen: host.shown });
  const guessing = createGuessing(root, signal, { shown: () => shown, player: store.get, room, dispatch, uncover, say: (said) => listening.say(said), add: (...said) => listening.add(...said) });
  const listening = createListening(root, signal, { shown: () => shown, player: store.get, dispatch, ready: () => !waiting && !held.holds() });
  const checkpoints = createCheckpoints(root, signal, { choose: (checkpoint) => predicting.change({ checkpoint }), tell: (checkpoint) => tellChanges({ checkpoint }) });
  const metronome = createMetronome(signal, store.get, dispatch);

  function draw(player, moved) {
    tokens.draw(shown, player);
    prose.draw(shown, player);
    transport.draw(shown, player);
    equations.draw(shown, player, moved);
    diagram.draw(shown, player);
    answers.draw(shown, player);
    course.draw(shown, player);
    lines.draw(shown, player);
    editing.draw();
    guessing.draw();
  }

  // One step, or all of them.
  function uncover(t) {
    if (t === undefined) tokens.build(shown);
    else tokens.uncover(shown, t);
    for (const part of [prose, course, lines]) part.build(shown, store.get());
    if (t === undefined) draw(store.get(), false);
    table.draw(shown, store.get());
    host.shown();
  }

  // What each mark says with all its digits, and where the slider is. Only a resting hand asks for it, so it is written
  // where one arrives and in the pause after a step: as a part of each step it had the style of 125 elements computed
  // instead of 67 (in a trace).
  function updateTitles() {
    if (!shown?.model.steps) return;
    transport.updateTitles();
    equations.updateTitles(shown, store.get());
    answers.updateTitles();
    course.updateTitles(shown, store.get());
  }

  store.follow((player, before) => {
    if (player.t !== before.t || player.unit !== before.unit || player.operation !== before.operation) draw(player, true);
    if (player.unit !== before.unit) table.draw(shown, player);
    if (player.playing !== before.playing) transport.label(shown.message.words, player.playing);
    if (player.t !== before.t || player.unit !== before.unit) listening.ring();
    metronome(player, before);
    if (player.speed === before.speed) rest();
  });

  // The host is told where the reader is when she rests; a view that follows the step also while it plays, if slowly
  // enough for that.
  function rest() {
    if (shown) pause.start(() => {
      updateTitles();
      equations.calm();
      if (held.holds()) return; // the hand that lets go begins the pause anew
      const { playing, speed } = store.get();
      if (waiting) { // the server knows no step of a text that it has not read
        address();
        return rest();
      }
      if (playing && !(shown.message.foldable && speed <= 1)) return rest();
      tell();
    }, PAUSE);
    listening.soon();
  }

  const at = () => ({ step: shown.message.first + store.get().t, unit: store.get().unit + 1 });

  // The link of the view at the present step.
  function query() {
    const place = new URLSearchParams(shown.message.link);
    const { edits, altered, checkpoint } = predicting.changes(), text = predicting.typed();
    if (text !== null) place.set("text", text);
    const chosen = { lines: lines.shown() ? 1 : 0, predict: guessing.on() ? 1 : 0, edit: edits, weights: altered, checkpoint: checkpoint === TRAINED ? "" : checkpoint };
    for (const [name, value] of Object.entries({ ...at(), ...chosen })) value ? place.set(name, value) : place.delete(name);
    return place;
  }

  function tell() {
    host.address(query());
    host.report("at", at());
  }

  const address = () => host.address(query());

  function tellChanges(change = {}) {
    const { edits, altered, checkpoint } = { ...predicting.changes(), ...change };
    address();
    listening.add("edit", tellChange(toldEdits, { edits, altered }, shown.message.words, shown.message.units));
    toldEdits = { edits, altered };
    predicting.ask({ edits, altered, checkpoint });
    host.report("changed", { edit: edits, weights: altered, checkpoint });
  }

  const acts = createActs({
    host, shown: () => shown, player: store.get, dispatch, query, address,
    parts: { course, lines, table, legend, keys, copy, editing, guessing, listening },
  });

  function press(event, target = event.target instanceof Element ? event.target : document.body) {
    const act = actOf(event, target);
    if (!act || !shown?.model.steps || (act === "guess" && !guessing.isAsked())) return;
    event.preventDefault();
    held.hold(event.key);
    acts[act]({ quick: event.repeat, halt: true, key: event.key });
  }

  host.keys.addEventListener("keydown", (event) => press(event), { signal });
  root.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]"), token = target.closest(".token"), line = target.closest(".equation");
    if (!shown) return;
    if (button) acts[button.dataset.act]({}, button);
    else if (token) {
      tokens.focus();
      dispatch({ type: "go", t: Number(token.dataset.step) });
    } else if (target.closest(".number")) return; // pulled, or clicked: the editing's
    else if (target.closest(".node[data-symbol]")) editing.toggle(target.closest(".node").dataset.symbol);
    else if (line) dispatch({ type: "operation", operation: Number(line.dataset.operation) });
  }, { signal });
  find(".panels").addEventListener("pointerover", updateTitles, { signal });
  listenToSwipes(find(".panels"), signal, (by) => dispatch({ type: "by", by }));

  // A run of a network as decodeNetwork gives it.
  function accept(base, message) {
    const network = alterNetwork(base, message.altered);
    predicting.accept({ message, network, base, model: decodeRun(message, network), original: decodeOriginal(message) });
  }

  function wait(on) {
    waiting = Boolean(on);
    root.dataset.waits = on;
    root.setAttribute("aria-busy", String(waiting));
    host.waits(waiting);
  }

  // Another network begins at the unit that is worth looking at, one of another task also at such a step, whole; another
  // text keeps the unit that was chosen, and the step stays on its token where it can.
  function show(next) {
    const before = shown, { message, network, model } = next, { t, unit } = store.get();
    shown = { ...next, held: holding(message), covered: guessing.covered };
    const same = before?.message.who === message.who && before.message.sent === message.sent, led = before && before.message.arrival !== message.arrival;
    const entered = led || before?.message.entry !== message.entry, { playing } = store.get();
    const step = entered ? message.step - message.first : stepIn(next, before, t);
    guessing.enterText(step, led);
    const player = enter({ ...store.get(), playing: playing && !led }, step, same && !led ? unit : message.unit - 1, guessing.room(), entered);
    store.set(player, false);
    if (!next.predicted) {
      writeWords(root, message);
      writeLeads(find(".whose"), message, (name) => host.report("lead", name));
    }
    if (before?.message.lines !== message.lines) lines.show(message.lines === 1);
    host.settle(message);
    drawTraining();
    for (const part of [tokens, prose, transport, answers, course, lines]) part.build(shown, player);
    if (before?.network.rows !== network.rows) for (const part of [equations, diagram]) part.build(shown, player);
    if (model.steps) draw(player, false);
    if (!next.predicted) updateTitles();
    table.draw(shown, player);
    editing.shows();
    host.shown();
    if (!next.predicted) toldEdits = { edits: message.edits, altered: message.altered };
    if (before) hearOf(message, before.message);
    else if (model.steps) listening.knows();
    if (before && !next.predicted && at().step !== message.step) rest();
  }

  // Who listens hears that another network, or another text, is shown.
  function hearOf({ words, who, units, tokens, where }, { who: former, tokens: read, where: there }) {
    if (who !== former) listening.add("network", fillIn(words.said_network, { units: units.length }));
    else if (where !== there) listening.add("network", `${where}.`);
    if (tokens.length !== read.length) listening.add("text", fillIn(words.said_text, { steps: tokens.length }));
    listening.soon();
  }

  // When its weights come, after the run that names them, they can be gone through.
  function drawTraining() {
    if (shown) checkpoints.draw(shown, host.training(shown.message.training));
  }

  return {
    root, drawTraining, accept, press, tell, dispatch, query, at, signal,
    type: predicting.type,
    change: predicting.change, // { edits } as a line, as if by hand
    changes: predicting.changes,
    pulls: editing.pulls,
    seen: editing.seen,
    typed: predicting.typed,
    covered: guessing.range,
    uncover: guessing.open, // all that is still to be guessed
    attend: listening.attend, // a heatmap
    takes(symbol) {
      listening.attend(symbol);
      editing.takes(symbol);
    },
    picks(t, unit) {
      pause.stop(); // it may lead to another page, which is told of no step by this one
      host.report("picked", { step: shown.message.first + t, unit: unit + 1 });
    },
    dispose: () => controller.abort(),
    follow: store.follow,
    player: store.get,
    shown: () => shown,
  };
}

// Where a step is in another run.
function stepIn({ message }, { message: before }, t) {
  if (before.who !== message.who || before.first !== message.first) return t + before.first - message.first;
  return stepAfter(before.tokens, message.tokens, t);
}
