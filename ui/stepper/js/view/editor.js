// The editor: on which gate, unit and steps the hand lies, its value as a slider, what its ends mean, and what is edited.
import { decimals } from "../core/numbers.js";
import { element, KEPT, setAttr, setText, textNode } from "./dom.js";

const LETTERS = { c_tilde: "c\u0303" };
const SEEN = ["edited", "original", "difference"];
const STEPS = ["step", "from", "always"];

export const letterOf = (symbol) => LETTERS[symbol] ?? symbol;

// `acts` hears of each: aim(change), set(value), usual(), preset(name), see(what), go(entry), lift(entry), liftAll(), rest().
export function createEditor(root, signal, acts) {
  const find = (selector) => root.querySelector(selector);
  const aim = find(".aim"), grip = find(".grip"), slider = find(".grip .value"), ghost = find(".grip .was"), presets = find(".presets"), list = find(".list");
  const shownValue = textNode(find(".grip .is")), effect = textNode(find(".grip .said")), count = textNode(find(".list summary"));
  const opener = find(".tools .edit"), lift = find("[data-act=lift]");
  let pressed = [], built = "", listed = "";

  slider.addEventListener("input", () => acts.set(slider.valueAsNumber), { signal });
  slider.addEventListener("change", () => acts.rest(), { signal });
  presets.addEventListener("change", () => {
    acts.preset(presets.value);
    presets.value = "";
  }, { signal });

  // Buttons of which one is pressed: entries are [value, text, hue], `of` tells the value from a view.
  function segments(name, entries, of, ask) {
    const parent = find(`.segments.${name}`);
    parent.hidden = entries.length < 2;
    parent.replaceChildren(...entries.map(([value, text, hue]) => {
      const button = element("button", { ...KEPT, type: "button", textContent: text, onclick: () => ask(value) });
      button.dataset.value = value;
      if (hue) button.style.setProperty("--hue", hue);
      pressed.push((view) => setAttr(button, "aria-pressed", String(of(view) === value)));
      return button;
    }));
  }

  function build({ symbols, parts, meanings, offered, timed, original, unit }, words, hues) {
    pressed = [];
    segments("symbols", symbols.map((symbol) => [symbol, letterOf(symbol), hues[symbol]]), (view) => view.aim.symbol, (symbol) => acts.aim({ symbol }));
    segments("part", parts.map((part) => [part, words[`part_${part}`]]), (view) => view.aim.part, (part) => acts.aim({ part }));
    segments("units", [[false, unit], [true, words.all_units]], (view) => view.aim.all, (all) => acts.aim({ all }));
    segments("when", timed ? STEPS.map((when) => [when, words[`when_${when}`]]) : [], (view) => view.aim.when, (when) => acts.aim({ when }));
    segments("seen", original ? SEEN.map((what) => [what, words[`seen_${what}`]]) : [], (view) => view.seen, acts.see);
    find(".meanings").replaceChildren(...meanings.map(([name, value]) =>
      element("button", { type: "button", onclick: () => (value === null ? acts.usual() : acts.put(value)) },
        words[`mean_${name}`], element("small", { textContent: value === null ? "" : ` ${value}` }))));
    presets.replaceChildren(element("option", { value: "", textContent: words.presets }),
      ...offered.map((one) => element("option", { value: one, textContent: words[`preset_${one}`] })));
  }

  function writeList(edits, words) {
    list.hidden = !edits.length;
    if (!edits.length) list.open = false;
    setText(count, words.edits_count.replace("{count}", edits.length));
    const rows = edits.map((entry) => element("li", { className: entry.rests ? "rests" : "" },
      element("button", { ...KEPT, type: "button", textContent: entry.rests ? words.at_rest.replace("{edit}", entry.told) : entry.told, onclick: () => acts.go(entry) }),
      liftOf("✕", `${words.lift}: ${entry.told}`, () => acts.lift(entry))));
    list.querySelector("ul").replaceChildren(...rows, element("li", {}, liftOf(words.lift_all, words.lift_all, acts.liftAll)));
  }

  return {
    // A view says what there is to choose from and where the hand is; controls are built anew only where that changes. Of a
    // closed editor it says whether there is anything to edit, and edited.
    draw({ message: { words, lang }, network: { id, hues } }, view) {
      const { open, edits, value, base } = view;
      root.classList.toggle("editing", open);
      const focused = !open && [aim, grip].some((part) => part.contains(document.activeElement));
      aim.hidden = grip.hidden = !open;
      if (focused) opener.focus({ preventScroll: true });
      setAttr(opener, "aria-expanded", String(open));
      opener.classList.toggle("held", edits.length > 0);
      opener.hidden = !view.editable;
      if (!open) return;
      const [low, high, step] = view.range;
      const choices = JSON.stringify([id, lang, view.symbols, view.parts, view.meanings, view.offered, view.timed, view.unit, view.original]);
      if (choices !== built) build(view, words, hues);
      built = choices;
      for (const press of pressed) press(view);
      setAttr(slider, "min", String(low));
      setAttr(slider, "max", String(high));
      setAttr(slider, "step", String(step));
      slider.valueAsNumber = value;
      setAttr(slider, "aria-valuetext", decimals(value));
      setAttr(grip, "data-symbol", view.aim.symbol);
      grip.style.setProperty("--hue", hues[view.aim.symbol]);
      setText(shownValue, decimals(value));
      ghost.style.setProperty("--at", ((Math.max(low, Math.min(high, base)) - low) / (high - low)).toFixed(3));
      ghost.title = words.was.replace("{value}", decimals(base));
      setText(effect, view.effect);
      lift.hidden = !view.lifts;
      const told = JSON.stringify([lang, edits]);
      if (told !== listed) writeList(edits, words);
      listed = told;
    },
    focus: () => slider.focus({ preventScroll: true }),
  };
}

function liftOf(text, label, onclick) {
  const button = element("button", { type: "button", className: "lifts", textContent: text, onclick });
  button.setAttribute("aria-label", label);
  return button;
}
