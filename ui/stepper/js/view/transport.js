// Slider, play, speed, and what stands beside them: the number of the step, the unit, the operation.
import { SPEEDS } from "../core/player.js";
import { createTimer, element, setText, textNode } from "./dom.js";

const THUMB = 16; // px, as in the style sheet

// `hand` hears of a hand on the slider: { hold(), letGo() }.
export function createTransport(root, signal, dispatch, hand) {
  const find = (selector) => root.querySelector(selector);
  const slider = find(".slider"), rail = find(".rail"), thumb = find(".thumb"), speed = find(".speed"), play = find("[data-act=play]");
  const stepNumber = textNode(find("[data-testid=step-number]")), unitName = textNode(find(".unit-name"));
  const operations = find(".operations"), way = find(".operation"), wayName = textNode(way);
  let first = 1, steps = 0, t = 0;

  function drag(to) {
    hand.hold();
    dispatch({ type: "go", t: to, quick: true });
  }

  slider.addEventListener("input", () => drag(slider.valueAsNumber - first), { signal });
  slider.addEventListener("keydown", () => (slider.value = first + t), { signal });
  // The real slider's thumb may still be where the last pause left it: where the hand is counts, whatever it hit.
  slider.addEventListener("pointerdown", ({ clientX }) => {
    const { left, width } = slider.getBoundingClientRect();
    drag(Math.round(((clientX - left - THUMB / 2) / (width - THUMB)) * (steps - 1)));
    slider.value = first + t;
  }, { signal });
  for (const end of ["change", "pointerup", "pointercancel"]) slider.addEventListener(end, hand.letGo, { signal });
  speed.addEventListener("change", () => dispatch({ type: "speed", speed: Number(speed.value) }), { signal });

  return {
    build({ message: { words, total, first: number, tokens } }, player) {
      first = number;
      steps = tokens.length;
      find(".of").textContent = words.of.replace("{total}", total.toLocaleString("en"));
      if (!speed.options.length) speed.append(...SPEEDS.map((rate) => element("option", { value: rate, textContent: `${rate}×` })));
      speed.value = player.speed;
      slider.min = first;
      slider.max = first + steps - 1;
      // The step's number is laid out alone, in a box that has room for the last one.
      root.style.setProperty("--digits", Math.max(2, slider.max.length));
      this.label(words, player.playing);
    },
    label(words, playing) {
      const word = playing ? words.pause : words.play;
      play.querySelector(".word").textContent = word;
      play.setAttribute("aria-label", word);
      play.setAttribute("aria-pressed", String(playing));
    },
    draw({ message: { words, units }, network }, player) {
      t = player.t;
      setText(stepNumber, String(first + t));
      const done = (100 * t) / Math.max(1, steps - 1);
      thumb.style.backgroundPositionX = `${done.toFixed(2)}%`;
      rail.style.backgroundPositionX = `${(100 - done / 2).toFixed(2)}%`;
      setText(unitName, units[player.unit]);
      const { operation } = player;
      const whole = operation === null;
      setText(wayName, whole ? words.operations : `${words.operation} ${operation + 1} / ${network.rows.length} ✕`);
      if (way.title !== (whole ? words.operation_on : words.whole)) way.title = whole ? words.operation_on : words.whole;
      operations.classList.toggle("under-way", !whole);
    },
    updateTitles: () => (slider.value = first + t),
  };
}

// A play is a tick a step, at the speed that is chosen when the step begins.
export function createMetronome(signal, player, dispatch) {
  const timer = createTimer(signal);
  const beat = () => timer.start(() => {
    dispatch({ type: "tick" });
    if (player().playing) beat();
  }, 1000 / player().speed);
  return ({ playing }, before) => {
    if (playing && !before.playing) beat();
    else if (!playing) timer.stop();
  };
}
