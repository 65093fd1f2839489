// One update in slow motion: what was read, what it cost, the gradient, the new weights. Four boxes that come one after
// another, or at once where the reader prefers stillness.
import { arraySaid, brief } from "../core/learning_words.js";
import { fillIn } from "../core/sentences.js";
import { element, KEPT } from "./dom.js";

const SEQUENCES = 3; // of the batch that are written out
const LONG_ROW = 28; // tokens of one
const BARS = 6, FEW_BARS = 3; // arrays whose lengths are drawn, the longest first; of two trainings
const STAGES = ["batch", "loss", "gradient", "weights"];

// `place` is filled anew for each update: `parts` as the server tells them, or null.
export function createUpdateParts(place) {
  let drawn = null;
  return {
    draw(parts, { clip, label }, several, says) {
      place.hidden = !parts;
      if (!parts || (drawn?.parts === parts && drawn.says === says)) return;
      const again = drawn?.parts === parts;
      drawn = { parts, says };
      const title = fillIn(says.parts, { update: parts.update.toLocaleString("en"), before: (parts.update - 1).toLocaleString("en") });
      const most = several ? FEW_BARS : BARS;
      const boxes = [ofBatch, ofLoss, ofGradient, ofWeights].map((of, at) => boxOf(STAGES[at], says, of(parts, says, most, clip)));
      place.replaceChildren(element("h3", { textContent: several ? `${label}: ${title}` : title }), ...boxes);
      boxes.forEach((box, at) => box.style.setProperty("--turn", again ? 0 : at));
      place.toggleAttribute("data-still", again);
    },
  };
}

function boxOf(name, says, content) {
  const box = element("section", { className: "part" }, element("h4", { textContent: says[`part_${name}`] }), ...content);
  box.dataset.testid = `part-${name}`;
  return box;
}

function ofBatch({ sequences }, says) {
  const shown = sequences.slice(0, SEQUENCES), more = sequences.length - shown.length;
  const rows = shown.map((tokens) => {
    const gap = tokens.some((token) => [...token].length > 1) ? " " : "";
    return element("bdi", { ...KEPT, className: "row notranslate", textContent: tokens.slice(0, LONG_ROW).join(gap) + (tokens.length > LONG_ROW ? "…" : "") });
  });
  return [...rows, ...(more > 0 ? [element("small", { textContent: fillIn(says.part_more, { count: more }) })] : [])];
}

const ofLoss = ({ loss }, says) => [figureSaid(brief(loss)), element("small", { textContent: says.part_loss_says })];

function ofGradient({ length, clipped, gradients }, says, most, clip) {
  const said = clipped < 1 ? fillIn(says.part_clipped, { clip: brief(clip), by: brief(clipped) }) : clip ? fillIn(says.part_unclipped, { clip: brief(clip) }) : says.part_never;
  return [figureSaid(brief(length)), element("small", { textContent: said }), barsOf(gradients, says, most)];
}

function ofWeights({ rate, changes, weight: { array, place, before, gradient, change, after } }, says, most) {
  const name = `${arraySaid(array, says)}[${place.map((index) => index + 1).join(", ")}]`, signed = change < 0 ? `− ${brief(-change)}` : `+ ${brief(change)}`;
  const told = element("p", { ...KEPT, className: "weight notranslate" }, element("b", { textContent: name }), ` ${brief(before)} ${signed} = ${brief(after)}`);
  return [told, element("small", { textContent: fillIn(says.part_weight_says, { gradient: brief(gradient), rate: brief(rate) }) }), barsOf(changes, says, most)];
}

const figureSaid = (said) => element("span", { ...KEPT, className: "figure notranslate", textContent: said });

// The lengths of arrays, the longest of them as long as the box.
function barsOf(lengths, says, count) {
  const longest = Object.entries(lengths).sort(([, one], [, other]) => other - one).slice(0, count), most = longest[0]?.[1] || 1;
  const rows = longest.map(([array, length]) => {
    const row = element("li", { style: `--share: ${length / most}` }, element("b", { textContent: arraySaid(array, says) }), element("i"), element("span", { textContent: brief(length) }));
    return row;
  });
  return element("ul", { ...KEPT, className: "notranslate" }, ...rows);
}
