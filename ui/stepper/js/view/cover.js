// A cover over the columns, or rows, of steps that are not revealed: opaque, and a hand that rests on it reads nothing.
import { element, setStyle } from "./dom.js";

const EDGE_OF_CELLS = 1; // px: cells end at whole pixels, which may lie beyond their axis

// → { cover: the element, lay({ left, top, wide, high, unit, down, below }) }: to lie over its steps in a chart with that area, a
// step `unit` px wide, or high where steps go `down`; where the text itself is not told, `below` px more at the ticks. A line
// that goes on to a covered step is covered from the point before, `lines` px within that step.
export function createCover(stepper) {
  const cover = element("div", { className: "stepper-cover", hidden: true });
  cover.dataset.testid = "cover";
  cover.onclick = () => {
    const [from, to] = stepper.covered();
    stepper.dispatch({ type: "go", t: stepper.shown().model.reverse ? to - 1 : from });
  };
  return {
    cover,
    lay({ left, top, wide, high, unit, down = false, below = 0, lines = 0 }) {
      const [from, to] = stepper.covered(), { message, model } = stepper.shown(), whole = down ? high : wide;
      cover.hidden = to <= from;
      if (cover.hidden) return;
      const begin = from ? Math.min(whole, from * unit - lines) : 0, size = (to === model.steps ? whole : to * unit + lines) - begin;
      const sides = down ? { left, top: top + begin, width: wide, height: size } : { left: left + begin, top: top - EDGE_OF_CELLS, width: size, height: high + below + 2 * EDGE_OF_CELLS };
      for (const [side, px] of Object.entries(sides)) setStyle(cover, side, `${px}px`);
      cover.title = message.words.covered;
    },
  };
}
