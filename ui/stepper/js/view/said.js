// What stands on a stepper in words: its labels and its sentence.
import { termElement } from "./dom.js";

export function writeWords(root, { words, look, leads, tracks, folded }) {
  for (const node of root.querySelectorAll("[data-word]")) {
    node.title = words[node.dataset.word];
    node.setAttribute("aria-label", words[node.dataset.word]);
  }
  for (const node of root.querySelectorAll("[data-word-text]")) node.textContent = words[node.dataset.wordText];
  root.querySelector(".look").replaceChildren(...look.map(([text, means]) => means ? termElement(text, means) : text));
  root.classList.toggle("below", leads.length > 1 && look.length > 0);
  root.classList.toggle("answers", tracks.length > 0);
  root.classList.add("built");
  root.classList.toggle("folded", folded);
}
