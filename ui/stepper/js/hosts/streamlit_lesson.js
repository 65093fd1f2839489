// A page of a lesson beside the view of a Streamlit page: Python sends it, and hears which page is wanted.
import { createLesson } from "../view/lesson.js";
import { createMarks } from "./lesson_marks.js";
import { readerPlace } from "./lesson_place.js";
import { roomOfPage } from "./rooms.js";

const lessonPanels = new WeakMap();

export default function showLesson({ parentElement, data, setTriggerValue }) {
  let panel = lessonPanels.get(parentElement);
  if (!panel || !panel.root.isConnected) {
    panel = createLesson({ marks: createMarks(), here: readerPlace, tell: tellClass, uncover: uncoverStepper });
    parentElement.append(panel.root);
    lessonPanels.set(parentElement, panel);
  }
  panel.go = (page, finished = false) => setTriggerValue("go", { page, finished });
  panel.accept(data);
  roomOfPage().asks(askedOf(data));
  document.documentElement.toggleAttribute("data-lesson", true);
  return () => setTimeout(() => {
    if (panel.root.isConnected) return;
    panel.dispose();
    roomOfPage().asks(null);
    if (!document.querySelector(".lesson")) document.documentElement.removeAttribute("data-lesson");
  });
}

// What a teacher's room shows the answers to.
function askedOf({ ask, lesson, pages: all, page }) {
  return ask && { question: `${lesson}.${all[page - 1].name}`, options: Object.fromEntries((ask.options ?? []).map(({ name, label }) => [name, label])) };
}

// A room's histogram, where one is open, hears what was answered.
function tellClass(question, option) {
  dispatchEvent(new CustomEvent("gates:answer", { detail: { question, option } }));
}

// The stepper is a module of its own.
const uncoverStepper = () => dispatchEvent(new CustomEvent("gates:uncover"));
