// Every number as a table, in a dialog of its own: all symbols of one unit, a step a row, or all units of one symbol.
import { allDigits, clamp } from "../core/numbers.js";
import { nameIn } from "../core/saying.js";
import { fillIn } from "../core/sentences.js";
import { createDialog } from "./dialog.js";
import { element, KEPT, termElement } from "./dom.js";

const CELLS = 20_000; // of a table, at most: of more units fewer steps are shown, around the present one

export function createTable(root, signal) {
  const node = root.querySelector("dialog.table"), caption = node.querySelector(".caption"), which = node.querySelector(".which"), place = node.querySelector(".scroll");
  const dialog = createDialog(node, signal);
  let present = null; // { shown, player }
  which.addEventListener("change", () => fill(present.shown, present.player), { signal });

  function offer({ message: { words, units }, network }, { unit }, chosen) {
    const symbols = ["x", ...network.rows.map(({ symbol }) => symbol)];
    which.replaceChildren(element("option", { value: "", textContent: fillIn(words.table_unit, { unit: units[unit] }) }),
      ...symbols.map((symbol) => element("option", { value: symbol, textContent: symbol === "x" ? nameIn(network, symbol) : fillIn(words.table_symbol, { name: nameIn(network, symbol) }) })));
    which.value = symbols.includes(chosen) ? chosen : "";
  }

  // Rows are [head, …cells]; a head names its row. A column may say what it means.
  function tableOf(columns, rows) {
    const head = element("tr", {}, ...columns.map(([title, means]) => element("th", { scope: "col" }, means ? termElement(title, means) : element("bdi", { textContent: title }))));
    const lines = rows.map(([first, ...cells]) => element("tr", {}, element("th", { scope: "row", textContent: first }), ...cells.map((cell) => element("td", {}, cell))));
    return element("table", {}, element("thead", {}, head), element("tbody", { ...KEPT, className: "notranslate" }, ...lines));
  }

  const token = (text) => element("bdi", { textContent: text });

  function ofUnit({ message: { words, tokens, first }, network: { rows }, model }, { unit }, steps) {
    return tableOf([[words.step], [words.token], ...rows.map(({ title, sentence }) => [title, sentence])],
      steps.map((t) => [first + t, token(tokens[t]), ...rows.map(({ symbol }) => allDigits(model.row(symbol, t)[unit]))]));
  }

  // In the order of the heatmap; a row of x is a number of the input.
  function ofSymbol({ message: { words, tokens, first, order, units }, model }, symbol, steps) {
    const rows = symbol === "x" ? [...model.row("x", 0).keys()] : order;
    return tableOf([[symbol === "x" ? "x" : words.unit], ...steps.map((t) => [`${first + t} ${tokens[t]}`])],
      rows.map((row) => [symbol === "x" ? row + 1 : units[row], ...steps.map((t) => allDigits(model.row(symbol, t)[row]))]));
  }

  function fill(shown, player) {
    const { message: { words, first, units, leads, lead, where, tokens }, model, covered } = shown, symbol = which.value;
    const revealed = [...tokens.keys()].filter((t) => !covered(t)), most = symbol ? Math.max(1, Math.floor(CELLS / model.row(symbol, 0).length)) : revealed.length;
    const from = clamp(player.t - Math.floor(most / 2), Math.max(1, revealed.length - most + 1)), steps = revealed.slice(from, from + most);
    const whose = leads[lead] ? [leads[lead].label, leads[lead].detail] : [];
    const some = steps.length < revealed.length && fillIn(words.table_some, { first: first + steps[0], last: first + steps.at(-1), total: revealed.length });
    caption.textContent = [...whose, where, symbol ? "" : `${words.unit} ${units[player.unit]}`, some].filter(Boolean).join(" · ");
    place.replaceChildren(symbol ? ofSymbol(shown, symbol, steps) : ofUnit(shown, player, steps));
  }

  function draw(shown, player, chosen = which.value) {
    if (!dialog.isOpen()) return;
    present = { shown, player };
    offer(shown, player, chosen);
    fill(shown, player);
  }

  return {
    draw,
    // Of a symbol, where its heatmap is asked from.
    open(shown, player, symbol = "") {
      dialog.open();
      draw(shown, player, symbol);
    },
  };
}
