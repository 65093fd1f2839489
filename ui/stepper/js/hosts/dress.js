// A page, or a part of one, that belongs to the stepper: it speaks the run's language and makes room for what is shown.
import { setAttr } from "../view/dom.js";

// What is written to the document has the style of all of it computed anew, also where it says the same: 9 ms of a keystroke.
export function dressPage({ folded, tracks, prose, lang }, page = document.documentElement) {
  setAttr(page, "lang", lang); // stays when the stepper goes: other pages speak it too
  page.toggleAttribute("data-folded", folded);
  page.toggleAttribute("data-answers", tracks.length > 0); // the heatmaps make room
  page.toggleAttribute("data-prose", prose !== null);
  if (page.style.getPropertyValue("--tracks") !== `${tracks.length}`) page.style.setProperty("--tracks", tracks.length);
}

// The editor has a row of its own.
export function dressForEditing(root, signal, page = document.documentElement) {
  root.addEventListener("editing", ({ detail }) => page.toggleAttribute("data-editing", detail), { signal });
}

export function undressPage() {
  for (const name of ["data-answers", "data-editing", "data-folded", "data-projector", "data-prose", "data-waiting"]) document.documentElement.removeAttribute(name);
}
