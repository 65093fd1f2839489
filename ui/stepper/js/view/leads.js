// Of networks side by side, which one's numbers are shown.
import { element } from "./dom.js";

export function writeLeads(parent, { leads, lead }, ask) {
  parent.replaceChildren(...leads.map(({ name, label, detail, apart }, place) => {
    const button = element("button", { type: "button", title: apart, disabled: apart !== "", onclick: () => place === lead || ask(name) });
    button.append(element("b", { textContent: label }), element("small", { textContent: detail }));
    button.setAttribute("aria-pressed", String(place === lead));
    return button;
  }));
}
