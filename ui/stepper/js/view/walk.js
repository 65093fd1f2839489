// A heatmap to which the keyboard comes: it says in words what it shows, and while it has the focus the keys of the steps and
// units walk over its cells, whose numbers are then said and sounded.
import { summaryOf } from "../core/summary.js";
import { setAttr } from "./dom.js";

// Of a node that lies over a heatmap of a symbol. → update(): to be told that the numbers, or the unit, are others.
export function walkOver(node, symbol, stepper) {
  const { message: { words } } = stepper.shown();
  node.tabIndex = 0;
  node.setAttribute("role", "application"); // a screen reader leaves it the arrows
  node.setAttribute("aria-roledescription", words.heatmap);
  node.setAttribute("aria-description", words.heatmap_keys);
  node.dataset.walk = symbol;
  node.onfocus = () => stepper.attend(symbol, true);
  node.onblur = () => stepper.attend("", false);
  const update = () => {
    const shown = stepper.shown();
    if (shown.model.steps && shown.model.symbols[symbol]) setAttr(node, "aria-label", summaryOf(shown, symbol, stepper.player().unit));
  };
  update();
  return update;
}
