// The rows of the cell: formula, the same with numbers of one unit, result, and by how much it changed.
import { allDigits, decimals } from "../core/numbers.js";
import { evaluate } from "../core/program.js";
import { meaningOf } from "../core/readings.js";
import { boxed, element, KEPT, setAttr, setText } from "./dom.js";

const CALM = 250; // ms between steps from which what changed is marked

export function createEquations(root) {
  const panel = root.querySelector(".equations");
  let rows = [], lastStepAt = 0;
  return {
    build({ message, network }) {
      panel.setAttribute("aria-label", message.words.equations);
      rows = network.rows.map((row, place) => rowOf(row, place, network.hues));
      panel.replaceChildren(...rows.map(({ line }) => line));
      panel.dataset.rows = rows.length;
    },
    draw({ model, original, held }, { t, unit, operation, quick }, moved) {
      // Steps in quick succession mark nothing: all would flicker.
      const instant = performance.now();
      const marks = moved && !quick && instant - lastStepAt >= CALM;
      lastStepAt = instant;
      const before = model.reverse ? t + 1 : t - 1, now = operation ?? Infinity;
      rows.forEach(({ line, slots, equal, result, change, symbol, program: whole }, place) => {
        for (const { node, program, guarded } of slots) {
          const value = decimals(evaluate(program, model, t, unit));
          setText(node, guarded && value.startsWith("−") ? `(${value})` : value);
        }
        const value = model.row(symbol, t)[unit], shown = decimals(value), hold = held(symbol, t, unit);
        setText(equal, hold && decimals(evaluate(whole, model, t, unit)) !== shown ? "≠" : "="); // what is held is not computed
        const difference = before < 0 || before >= model.steps ? 0 : value - model.row(symbol, before)[unit];
        const fresh = marks && result.nodeValue !== shown && place <= now;
        setText(result, shown);
        // Of an edited run the number beside is that of the network as it came, if it is another.
        const was = original && decimals(original.row(symbol, t)[unit]);
        if (original) setText(change, was === shown ? "" : was);
        else setText(change, Math.abs(difference) < 0.005 ? "" : `${difference > 0 ? "▲" : "▼"}${decimals(Math.abs(difference))}`);
        setAttr(line, "class", `equation${fresh ? " fresh" : ""}${hold ? " held" : ""}${original ? " other" : ""}${timeClass(place, now)}`);
      });
    },
    updateTitles({ message: { words, editable }, model }, { t, unit }) {
      for (const { line, output, numbers, symbol, sentence, reads } of rows) {
        const value = model.row(symbol, t)[unit], means = meaningOf(reads, value), said = allDigits(value) + (means && `, ${means}`);
        output.title = said + (editable ? ` · ${words.drag}` : "");
        line.title = `${sentence}\n${said}`;
        numbers.title = numbers.textContent; // where the row has no room for all of it
      }
    },
    calm() {
      for (const { line } of rows) line.classList.remove("fresh");
    },
  };
}

// Where a row stands to the operation up to which the step is shown.
export const timeClass = (row, now) => (row > now ? " later" : row === now ? " now" : "");

function rowOf({ symbol, sentence, reads, mathml, program, parts }, place, hues) {
  const line = element("div", { className: "equation" });
  line.setAttribute("role", "listitem");
  line.dataset.testid = "equation";
  line.dataset.symbol = symbol;
  line.style.setProperty("--hue", hues[symbol]);
  const formula = element("span", { ...KEPT, className: "formula notranslate" });
  formula.innerHTML = mathml; // written by cells/notation.py from the cell's source; no reader's text in it
  const numbers = element("span", { className: "numbers" }, "=\u2009");
  const slots = [];
  for (const part of parts) {
    if (typeof part === "string") numbers.append(part);
    else {
      const node = document.createTextNode("");
      const ahead = numbers.lastChild.nodeValue ?? "";
      numbers.append(element("span", { className: "slot" }, node));
      slots.push({ node, program: part, guarded: ahead.endsWith(" ") });
    }
  }
  const result = document.createTextNode(""), change = document.createTextNode("");
  const output = element("span", { className: "number" }, result);
  output.dataset.testid = "number";
  const equal = document.createTextNode("="), equals = element("span", { className: "equals" }, equal);
  const changed = element("span", { className: "change" }, change);
  line.append(formula, element("span", { ...KEPT, className: "live notranslate" }, boxed(numbers, equals, output, changed)));
  line.dataset.operation = place;
  return { line, numbers, slots, equal, result, output, change, symbol, sentence, reads, program };
}
