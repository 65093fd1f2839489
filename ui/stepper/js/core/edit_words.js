// An edit as a reader says it, in the words of the message: "f of unit 3 held at 0, step 6". ui/text/edits.py says the same.
import { parseAlterations } from "./alterations.js";
import { parseEdits } from "./edits.js";
import { decimals } from "./numbers.js";
import { fillIn } from "./sentences.js";

const FEW_UNITS = 6; // units that are named one by one

const shortNumber = (value) => decimals(value).replace(/\.?0+$/, "");

export function tellEdit({ symbol, units, from, to, how, value, layer, direction }, words, names) {
  const what = inside(unitsOf(symbol.replace("c_tilde", "c\u0303"), units, words, names), layer, direction, words);
  return fillIn(words.edit_said, { what, how: howOf(how, value, words), when: stepsOf(from, to, words) });
}

export function tellAlteration({ kind, gate, units, how, value, layer, direction }, words, names) {
  const what = inside(unitsOf(gate ? `${kind}_${gate}` : kind, units, words, names), layer, direction, words);
  return fillIn(words.edit_weights, { what, how: howOf(how, value, words) });
}

// What is edited now and was not, or else what was; { edits, altered } are lines.
export function tellChange(before, after, words, names) {
  const toldAll = ({ edits, altered }) => [...parseEdits(edits).map((one) => tellEdit(one, words, names)), ...parseAlterations(altered).map((one) => tellAlteration(one, words, names))];
  const [was, is] = [toldAll(before), toldAll(after)], fresh = is.filter((one) => !was.includes(one)), gone = was.filter((one) => !is.includes(one));
  const [sentence, told] = fresh.length ? [words.said_edit, fresh] : [words.said_lift, gone];
  return told.length ? fillIn(sentence, { edit: told.join(", ") }) : "";
}

function unitsOf(symbol, units, words, names) {
  if (!units) return fillIn(words.edit_all_units, { symbol });
  if (units.length > FEW_UNITS) return fillIn(words.edit_many_units, { symbol, units: units.length });
  return fillIn(units.length === 1 ? words.edit_unit : words.edit_units, { symbol, units: units.map((unit) => names[unit] ?? unit + 1).join(", ") });
}

function inside(what, layer, direction, words) {
  if (layer === 1 && direction === "forward") return what;
  const place = layer === 1 ? words.edit_back : fillIn(direction === "forward" ? words.edit_layer : words.edit_layer_back, { layer });
  return fillIn(words.edit_inside, { what, place });
}

function howOf(how, value, words) {
  if (Array.isArray(value)) return words.edit_patched;
  const falls = how === "add" && value < 0;
  return fillIn(words[`edit_${falls ? "lower" : how}`], { value: shortNumber(falls ? -value : value) });
}

function stepsOf(from, to, words) {
  if (to === null) return from ? fillIn(words.edit_from, { first: from + 1 }) : words.edit_all_steps;
  return from === to ? fillIn(words.edit_step, { step: from + 1 }) : fillIn(words.edit_steps, { first: from + 1, last: to + 1 });
}
