// A page of a lesson beside the view of a Streamlit page: Python sends it, and hears which page is wanted.
import { createLesson } from "../view/lesson.js";
import { createMarks } from "./lesson_marks.js";
import { readerPlace } from "./lesson_place.js";

const lessonPanels = new WeakMap();

export default function showLesson({ parentElement, data, setTriggerValue }) {
  let panel = lessonPanels.get(parentElement);
  if (!panel || !panel.root.isConnected) {
    panel = createLesson({ marks: createMarks(), here: readerPlace, tell: tellClass });
    parentElement.append(panel.root);
    lessonPanels.set(parentElement, panel);
  }
  panel.go = (page) => setTriggerValue("go", { page });
  panel.accept(data);
  document.documentElement.toggleAttribute("data-lesson", true);
  return () => setTimeout(() => {
    if (panel.root.isConnected) return;
    panel.dispose();
    if (!document.querySelector(".lesson")) document.documentElement.removeAttribute("data-lesson");
  });
}

// A room's histogram, where one is open, hears what was answered.
function tellClass(question, option) {
  dispatchEvent(new CustomEvent("gates:answer", { detail: { question, option } }));
}
