// A link that is copied, and what its button says of that for a while.
import { createTimer } from "./dom.js";

const SHOWN_FOR = 2500; // ms

export function createCopying(signal, say) {
  const said = createTimer(signal);
  return async (button, link, { words, linkless }) => {
    try {
      await navigator.clipboard.writeText(link);
      const without = { link_without: words.link_without, link_without_network: words.link_without_network };
      button.textContent = without[linkless] ?? words.copied;
    } catch {
      button.textContent = words.in_address;
    }
    say(button.textContent);
    said.start(() => (button.textContent = words.link), SHOWN_FOR);
  };
}
