// One unit over all steps as lines: above its memory, below its gates; a hand on them goes to the step.
import { pathThrough } from "../core/course.js";
import { clamp, decimals } from "../core/numbers.js";
import { boundOf, linesOf, valuesOf } from "../core/unit_lines.js";
import { element, setStyle, setText, svgElement, textNode } from "./dom.js";
import { letterOf } from "./editor.js";

const WIDE = 600, UPPER = 100, LOWER = 60; // the drawing's own units, stretched to its place
const FEW_NAMES = 40; // tokens whose names have room below
const TICKS = 10; // numbers of steps, at most, where names have none

export function createUnitLines(root, signal, dispatch) {
  const figure = root.querySelector(".unit-lines"), keys = figure.querySelector("figcaption"), plot = figure.querySelector(".plot");
  const cursor = plot.querySelector(".at"), ticks = plot.querySelector(".ticks"), button = root.querySelector("[data-act=lines]");
  let numbers = [], steps = 0, on = false, drawn = null;

  plot.addEventListener("pointerdown", ({ clientX }) => {
    const { left, width } = plot.getBoundingClientRect();
    dispatch({ type: "go", t: clamp(Math.floor((steps * (clientX - left)) / width), steps), halt: true });
  }, { signal });

  function band(name, height, lines, low, high) {
    const svg = plot.querySelector(`svg.${name}`);
    svg.setAttribute("viewBox", `0 0 ${WIDE} ${height}`);
    svg.replaceChildren();
    svgElement("path", { d: `M0,${low < 0 ? height / 2 : height}H${WIDE}`, class: "zero" }, svg);
    for (const { values, hue, former, broken } of lines) svgElement("path", { d: pathThrough(values, { low, high, width: WIDE, height }), class: former ? "former" : broken ? "broken" : "solid", stroke: hue }, svg);
    const ends = plot.querySelector(`.scale.${name}`);
    ends.replaceChildren(...(low < 0 ? [high, 0, low] : [high, low]).map((end) => element("span", { textContent: decimals(end).replace(/\.?0+$/, "") })));
  }

  function build({ message: { tokens, first, words }, network, model, original, covered }, { unit }) {
    const { memory, gates } = linesOf(network), { hues } = network, letters = [memory, ...gates];
    steps = model.steps;
    figure.setAttribute("aria-label", words.lines_title);
    const lineOf = (of, symbol, style) => ({ values: valuesOf(of, symbol, unit, covered), hue: hues[symbol], ...style });
    const both = (symbol, broken = false) => [...(original ? [lineOf(original, symbol, { former: true })] : []), lineOf(model, symbol, { broken })];
    const upper = both(memory), bound = boundOf(upper.flatMap(({ values }) => values), memory);
    band("memory", UPPER, upper, -bound, bound);
    band("gates", LOWER, gates.flatMap((gate, place) => both(gate, place > 0)), 0, 1);
    plot.classList.toggle("alone", !gates.length);
    numbers = letters.map((symbol, place) => {
      const sample = svgElement("svg", { viewBox: "0 0 22 6", "aria-hidden": "true" });
      svgElement("path", { d: "M0,3H22", stroke: hues[symbol], class: place > 1 ? "broken" : "solid" }, sample);
      const value = element("b");
      return { symbol, node: element("span", {}, sample, element("i", { textContent: letterOf(symbol) }), value), value: textNode(value) };
    });
    keys.replaceChildren(...numbers.map(({ node }) => node));
    const every = steps <= FEW_NAMES ? 1 : Math.ceil(steps / TICKS);
    ticks.replaceChildren(...[...tokens.keys()].filter((t) => t % every === 0).map((t) =>
      element("bdi", { textContent: every === 1 ? tokens[t] : first + t, style: `left: ${(100 * (t + 0.5)) / steps}%` })));
  }

  // → whether they are shown.
  function show(wanted) {
    on = wanted;
    figure.hidden = !on;
    root.classList.toggle("with-lines", on);
    button.setAttribute("aria-pressed", String(on));
    return on;
  }

  return {
    show, shown: () => on,
    build: () => (drawn = null), // of another run: with its next step
    draw(shown, player) {
      if (!on) return;
      const { t, unit } = player, { model, covered } = shown;
      if (drawn !== unit) build(shown, player);
      drawn = unit;
      setStyle(cursor, "left", `${(100 * (t + 0.5)) / steps}%`);
      for (const { symbol, value } of numbers) setText(value, covered(t) ? "" : decimals(model.row(symbol, t)[unit]));
    },
  };
}
