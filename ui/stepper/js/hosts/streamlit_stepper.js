// The stepper's place on a Streamlit page: what a run brings goes to its code, at once or as soon as that is there.
import { codeShelf } from "./code.js";

export default function mountWithCode(given) {
  const shelf = codeShelf();
  if (shelf.mount) return shelf.mount(given);
  let end = null;
  const late = () => (end = shelf.mount(given));
  shelf.waiting.add(late);
  return () => shelf.waiting.delete(late) || end?.();
}
