// Editing by hand: where the hand lies, what it makes, what is lifted. The numbers that follow are the predicting's.
import { parseAlterations, writeAlterations } from "./core/alterations.js";
import { tellAlteration, tellEdit } from "./core/edit_words.js";
import { parseEdits, writeEdits } from "./core/edits.js";
import { AIM, aimOf, alterationAt, editAt, gateOf, halfLifeOf, hasWeights, isGate, MEANINGS, presetAt, presetsOf, put, rangeOf, restsHere, sameAlteration, sameEdit, symbolsOf } from "./core/editing.js";
import { decimals } from "./core/numbers.js";
import { meaningOf } from "./core/readings.js";
import { createTimer } from "./view/dom.js";
import { listenToDrags } from "./view/drag.js";
import { createEditor } from "./view/editor.js";

const REST = 300; // ms without a change before the host is told
const PULL = 160; // px of a hand from the least to the most

// `changes` gives { edits, altered } as lines and `change` takes them, `tell` tells the host, `seen` hears that another picture
// is asked for.
export function createEditing(root, signal, { shown, player, dispatch, changes, change, tell, seen: changeSeen }) {
  const timer = createTimer(signal);
  let aim = AIM, open = false, seen = "edited", opens = true, pulled = false;

  const lists = () => ({ edits: parseEdits(changes().edits), alterations: parseAlterations(changes().altered) });
  const editable = () => Boolean(shown()?.model.steps && shown().message.editable);

  function make({ edits, alterations }) {
    change({ edits: writeEdits(edits), altered: writeAlterations(alterations) });
    rest();
  }

  // Where the reader is in the whole text, not only in what is shown of it.
  const place = () => ({ t: player().t + shown().message.first - 1, unit: player().unit });

  // A hand that still pulls is waited for: what the server sends would take away what it pulls at.
  const rest = () => pulled || timer.start(tell, REST);

  // The present place: as one that is not edited, and among those that are.
  function here() {
    const { edits, alterations } = lists();
    if (aim.part === "value") {
      const edit = editAt(aim, place(), shown());
      return { edit, found: edits.find((one) => sameEdit(one, edit)), edits, alterations };
    }
    const alteration = alterationAt(aim, place(), shown());
    return { alteration, found: alterations.find((one) => sameAlteration(one, alteration)), edits, alterations };
  }

  function set(value, how) {
    if (!editable()) return;
    const { edit, alteration, edits, alterations } = here(), held = { value, ...(how && { how }) };
    if (edit) make({ edits: put(edits, { ...edit, ...held }, sameEdit), alterations });
    else make({ edits, alterations: put(alterations, { ...alteration, ...held }, sameAlteration) });
  }

  function lift({ edit, alteration }) {
    const { edits, alterations } = lists();
    make({ edits: edits.filter((one) => !edit || !sameEdit(one, edit)), alterations: alterations.filter((one) => !alteration || !sameAlteration(one, alteration)) });
  }

  // What the hand holds, which may be ahead of the pass that is shown, and what it was.
  function value() {
    const { model, original, base, message } = shown(), { t, unit } = player(), { symbol, part } = aim, { found } = here();
    const ahead = found?.how === "set" && (changes().edits !== message.edits || changes().altered !== message.altered);
    if (part === "value") return [ahead ? found.value : model.row(symbol, t)[unit], (original ?? model).row(symbol, t)[unit]];
    if (part === "U") return [found?.value ?? 1, 1];
    const gate = gateOf(symbol), biasOf = (weights) => weights.b[gate].values[unit];
    return [ahead ? found.value : biasOf(model.weights), biasOf(base.layers[message.layer][message.direction])];
  }

  // What the value means; where the forget gate's bias is moved, how long it lets the unit keep, before and now.
  function effect(held) {
    const { message: { words }, network: { rows }, model, original } = shown(), { unit } = player();
    if (aim.part === "value") return meaningOf(rows.find(({ symbol }) => symbol === aim.symbol).reads, held);
    if (aim.symbol !== "f") return "";
    const [before, now] = [original ?? model, model].map((one) => halfLifeOf(one, "f", unit));
    return words.half_life.replace("{before}", told(before)).replace("{now}", told(now));
  }

  const told = (steps) => (steps > 999 ? "∞" : decimals(steps).replace(/\.?0+$/, ""));

  const symbolOf = ({ gate }) => (gate === null ? aim.symbol : gate === "c" || gate === "hc" ? "c_tilde" : gate);

  function aimAt(change) {
    aim = { ...aim, ...change };
    const { network } = shown();
    if (!symbolsOf(network).includes(aim.symbol)) aim = { ...AIM, symbol: symbolsOf(network)[0] };
    if (aim.part !== "value" && !hasWeights(network, aim.symbol)) aim = { ...aim, part: "value" };
  }

  const acts = {
    aim(change) {
      aimAt(change);
      draw();
    },
    set,
    put: (held) => set(held),
    usual: () => set(0, "mean"),
    rest,
    preset(name) {
      const { edits, alterations } = lists(), those = presetAt(name, place(), shown());
      make({
        edits: those.edits.reduce((list, one) => put(list, one, sameEdit), edits),
        alterations: those.alterations.reduce((list, one) => put(list, one, sameAlteration), alterations),
      });
    },
    see(what) {
      seen = what;
      draw();
      changeSeen();
    },
    lift,
    liftAll: () => make({ edits: [], alterations: [] }),
    go({ edit, alteration }) {
      const { units, from, to } = edit ?? alteration;
      aimAt(edit ? aimOf(edit, shown()) : { symbol: symbolOf(alteration), part: alteration.kind, all: !units });
      const { t } = place(), there = edit ? Math.max(from, Math.min(to ?? Infinity, t)) : t;
      dispatch({ type: "go", t: there - shown().message.first + 1, unit: units?.[0] ?? player().unit });
      draw();
    },
  };
  const editor = createEditor(root, signal, acts);

  function draw() {
    if (!open || !editable()) {
      const { edits, altered } = changes();
      return editor.draw(shown(), { open: false, editable: editable(), edits: edits + altered });
    }
    const { message: { words, units: names, resting }, network, original } = shown(), { edits, alterations } = lists();
    aimAt({});
    const [now, base] = value(), { found } = here(), gate = isGate(network, aim.symbol) || hasWeights(network, aim.symbol);
    editor.draw(shown(), {
      editable: true, open, aim, seen, value: now, base, range: rangeOf(shown(), aim), lifts: Boolean(found), timed: aim.part === "value",
      unit: `${words.unit} ${names[player().unit]}`,
      symbols: symbolsOf(network), parts: gate && network.layers ? ["value", "b", "U"] : ["value"],
      meanings: aim.part === "value" ? [...Object.entries(MEANINGS[aim.symbol]), ["usual", null]] : [],
      offered: presetsOf(network), effect: resting || effect(now), original: Boolean(original),
      edits: [
        ...edits.map((edit) => ({ edit, told: tellEdit(edit, words, names), rests: restsHere(edit, shown()) })),
        ...alterations.map((alteration) => ({ alteration, told: tellAlteration(alteration, words, names), rests: restsHere(alteration, shown()) })),
      ],
    });
  }

  function toggle(symbol, focused = true) {
    if (!editable()) return;
    open = symbol ? true : !open;
    if (open) aimAt(symbol ? { symbol, part: "value" } : {});
    draw();
    root.dispatchEvent(new CustomEvent("editing", { detail: open, bubbles: true }));
    if (open && focused) editor.focus();
  }

  // A hand that pulls a number across, or a heatmap's cell up and down, moves its value; one that only clicks opens the editor.
  function pulls(node, symbolOf, vertical) {
    let begun = null;
    listenToDrags(node, signal, {
      begin(event) {
        const symbol = symbolOf(event);
        if (!symbol || !editable()) return false;
        const { model } = shown(), { t, unit } = player();
        begun = { symbol, value: model.row(symbol, t)[unit] };
        return (pulled = true);
      },
      pull(across, down) {
        if (!open || aim.symbol !== begun.symbol || aim.part !== "value") toggle(begun.symbol);
        const [low, high, step] = rangeOf(shown(), aim), by = ((vertical ? -down : across) / PULL) * (high - low);
        const next = Math.max(low, Math.min(high, begun.value + by));
        set(Math.round(next / step) * step);
      },
      end(moved) {
        pulled = false;
        if (moved) rest();
        else toggle(begun.symbol);
      },
    });
  }

  pulls(root.querySelector(".equations"), ({ target }) => target.closest(".number")?.closest(".equation").dataset.symbol, false);

  return {
    draw, toggle, pulls, lift: () => lift(here()),
    // The first edits of a view open the editor: a link that holds some shows what they are.
    shows() {
      if (!opens || !editable()) return;
      const { edits: [edit], alterations: [alteration] } = lists();
      opens = false;
      if (!edit && !alteration) return;
      toggle(symbolsOf(shown().network)[0], false); // who opens a page has not gone there yet
      aimAt(edit ? aimOf(edit, shown()) : { symbol: symbolOf(alteration), part: alteration.kind, all: !alteration.units });
      draw();
    },
    // An open editor takes in hand what is clicked on elsewhere.
    takes: (symbol) => open && symbolsOf(shown().network).includes(symbol) && acts.aim({ symbol, part: "value" }),
    seen: () => (shown().original ? seen : "edited"),
    close() {
      if (!open) return false;
      toggle();
      return true;
    },
  };
}
