// A lesson in a page of its own: the panel, and beside it the stage of the present page, which stands in the address.
import { createLesson } from "../view/lesson.js";
import { startAlone } from "./alone.js";
import { createMarks } from "./lesson_marks.js";
import { readerPlace } from "./lesson_place.js";

// `pages` are { panel, body, data }, data null where only the app can show the view.
export default function startLesson({ pages: leaves }) {
  const stage = document.querySelector(".stage"), panel = createLesson({ marks: createMarks(), here: readerPlace, tell() {}, uncover: () => stepper?.uncover() });
  let stepper = null;

  function turn(number) {
    const wanted = Math.min(Math.max(number || leaves.length, 1), leaves.length), { panel: message, body, data } = leaves[wanted - 1];
    stepper?.dispose();
    stage.innerHTML = body;
    stepper = data && startAlone(stage, data, { report() {}, address() {}, link: () => location.href, keys: document });
    panel.accept(message);
    history.replaceState(history.state, "", `#page=${wanted}`);
  }

  panel.go = turn;
  document.body.append(panel.root);
  document.documentElement.toggleAttribute("data-lesson", true);
  addEventListener("hashchange", () => turn(pageIn(location.hash)));
  turn(pageIn(location.hash));
  return panel;
}

const pageIn = (hash) => Number(new URLSearchParams(hash.slice(1)).get("page")) || 1;
