// Every number of one unit as a table, in a dialog of its own.
import { allDigits } from "../core/numbers.js";
import { element, KEPT, termElement } from "./dom.js";

export function createTable(root) {
  const dialog = root.querySelector("dialog"), caption = root.querySelector(".caption"), place = root.querySelector(".scroll");

  function fill({ message: { words, tokens, first, units, leads, lead, where }, network, model, covered }, { unit }) {
    const whose = leads[lead] ? [leads[lead].label, leads[lead].detail] : [];
    caption.textContent = [...whose, where, `${words.unit} ${units[unit]}`].filter(Boolean).join(" · ");
    const head = element("tr", {},
      ...[words.step, words.token].map((title) => element("th", { scope: "col", textContent: title })),
      ...network.rows.map(({ title, sentence }) => element("th", { scope: "col" }, termElement(title, sentence))));
    const revealed = [...tokens.entries()].filter(([t]) => !covered(t));
    const lines = revealed.map(([t, token]) => element("tr", {},
      element("th", { scope: "row", textContent: first + t }), element("td", {}, element("bdi", { textContent: token })),
      ...network.rows.map(({ symbol }) => element("td", { textContent: allDigits(model.row(symbol, t)[unit]) }))));
    place.replaceChildren(element("table", {}, element("thead", {}, head), element("tbody", { ...KEPT, className: "notranslate" }, ...lines)));
  }

  return {
    open(shown, player) {
      fill(shown, player);
      dialog.showModal();
    },
    draw(shown, player) {
      if (dialog.open) fill(shown, player);
    },
  };
}
