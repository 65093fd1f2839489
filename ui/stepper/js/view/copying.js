// A link that is copied, and what its button says of that for a while. A browser may refuse, as it does in a frame: the link
// then stands in a field, chosen, to be copied from.
import { createTimer, element } from "./dom.js";

const SHOWN_FOR = 2500; // ms

export function createCopying(signal, say) {
  const said = createTimer(signal);
  return async (button, link, { words, linkless }) => {
    const without = { link_without: words.link_without, link_without_network: words.link_without_network };
    if (await copyText(button, link, words.link_field)) say((button.textContent = without[linkless] ?? words.copied));
    said.start(() => (button.textContent = words.link), SHOWN_FOR);
  };
}

// Whether the clipboard took it; if not, a field that is called `label` stands in the button's place until it is left.
export async function copyText(button, text, label) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("input", { type: "text", className: "linkfield", readOnly: true, value: text });
    field.setAttribute("aria-label", label);
    field.addEventListener("blur", () => {
      button.hidden = false;
      field.remove();
    });
    field.addEventListener("keydown", ({ key }) => key === "Escape" && field.blur());
    button.hidden = true;
    button.after(field);
    field.select();
    return false;
  }
}
