// Light or dark, as the reader chose it or as her system has it. Streamlit and all that draws ask the browser by this very
// query; what she chose answers them in its place, and they are told when it changes.
import { onceOnPage } from "./once.js";

const DARK = "(prefers-color-scheme: dark)";

export const schemeOfPage = () => onceOnPage("scheme", createScheme);

function createScheme() {
  const ask = globalThis.matchMedia.bind(globalThis), system = ask(DARK), answer = new EventTarget();
  let chosen = "", told = system.matches;
  const dark = () => (chosen ? chosen === "dark" : system.matches);
  Object.defineProperties(answer, { matches: { get: dark }, media: { value: DARK } });
  globalThis.matchMedia = (query) => (query === DARK ? answer : ask(query));
  system.addEventListener("change", tell);

  function tell() {
    if (told === dark()) return;
    told = dark();
    answer.dispatchEvent(new Event("change"));
    dispatchEvent(new Event("afterprint")); // Streamlit asked the system before this module came; after a print it asks anew
  }

  return {
    // "light", "dark", or "" for the system's.
    choose(name) {
      chosen = name;
      document.documentElement.style.colorScheme = name; // of the empty page, too
      tell();
    },
  };
}
