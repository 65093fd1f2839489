// A slider through the training of the network that is shown: at each place the weights that were kept there, and what they
// had reached; at the last the network that ships.
import { createTimer, lettersWide, setAttr, setText, textNode } from "./dom.js";

export const TRAINED = "trained"; // the last place, as it is called in a link
const CALL = 300; // ms that a hand rests at a place before the host is told
const LETTER = 0.45; // em that a letter takes, digits and blanks among them

// `choose` is given the name of a checkpoint as the hand passes it, `tell` that on which it rests.
export function createCheckpoints(root, signal, { choose, tell }) {
  const panel = root.querySelector(".training"), slider = panel.querySelector("input"), timer = createTimer(signal);
  const boxes = [panel.querySelector(".moment"), panel.querySelector(".reached")], [label, reached] = boxes.map(textNode);
  let places = [];

  slider.addEventListener("input", () => {
    const { name } = places[slider.valueAsNumber];
    choose(name);
    timer.start(() => tell(name), CALL);
  }, { signal });

  return {
    draw({ message: { checkpoint, edits, altered } }, training) {
      panel.hidden = !training;
      if (!training) return;
      if (places !== training.checkpoints) {
        places = training.checkpoints;
        slider.max = places.length - 1;
        // Nothing moves when they change.
        ["label", "reached"].forEach((part, at) => (boxes[at].style.minWidth = `${LETTER * Math.max(...places.map((one) => lettersWide(one[part])))}em`));
      }
      const place = places.findIndex(({ name }) => name === checkpoint), here = places[place];
      if (!here) return;
      if (slider.valueAsNumber !== place) slider.value = place;
      const edited = edits || altered; // what was reached is told of weights and gates as they came
      setText(label, here.label);
      setText(reached, edited ? "" : here.reached);
      setAttr(slider, "aria-valuetext", edited ? here.label : `${here.label}. ${here.says}`);
      setAttr(panel, "title", edited ? "" : here.says);
    },
  };
}
