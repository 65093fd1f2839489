// Brings the stepper's code to the page: a component that shows nothing. Streamlit sends it once, and the runs without it.
import { codeShelf } from "./code.js";
import { mountStepper } from "./streamlit.js";

export default function bringCode() {
  const { waiting } = Object.assign(codeShelf(), { mount: codeShelf().mount ?? mountStepper });
  for (const one of waiting) one();
  waiting.clear();
}
