// What is said of a step to who listens: names and values of one unit, and what changed since the step before.
import { changeBefore, stepBefore } from "./changes.js";
import { decimals, lengthOf } from "./numbers.js";
import { meaningOf } from "./readings.js";
import { scaleOf } from "./scales.js";
import { fillIn } from "./sentences.js";

const HEARD = 0.02; // of a scale's length: a smaller change is not told

// The name of a symbol: the forget gate, not "f" alone.
export const nameIn = ({ rows, graph }, symbol) =>
  rows.find((row) => row.symbol === symbol)?.title ?? graph.nodes.find((node) => node.symbol === symbol)?.says ?? symbol;

export const sayStep = ({ message: { words, first, tokens } }, t) => fillIn(words.said_step, { step: first + t, token: tokens[t] });

export const sayUnitName = ({ message: { words, units } }, unit) => fillIn(words.said_unit, { unit: units[unit] });

const capital = (sentence) => sentence[0].toUpperCase() + sentence.slice(1);

// Of one symbol { said, fresh: whether there is a change to tell }.
function sayNumber(shown, symbol, { t, unit }) {
  const { message: { words }, network, model, original, held } = shown, name = nameIn(network, symbol), before = stepBefore(model, t);
  const value = model.row(symbol, t)[unit], now = decimals(value), was = decimals(before === null ? value : model.row(symbol, before)[unit]);
  const { low, high } = scaleOf(shown, symbol), by = changeBefore(shown, symbol, t, unit), came = original && decimals(original.row(symbol, t)[unit]), edited = original && came !== now;
  const how = held(symbol, t, unit) ? words.said_held : Math.abs(by) < HEARD * (high - low) || was === now ? words.said_is : by > 0 ? words.said_rose : words.said_fell;
  const said = [capital(fillIn(how, { name, was, now })), ...(edited ? [fillIn(words.said_without, { was: came })] : [])];
  return { said: said.join(" "), name, now, fresh: how !== words.said_is || edited };
}

// All symbols of a unit: what changed first, then the rest in short; at the first step nothing has changed yet.
export function sayUnit(shown, player) {
  const { message: { words }, network, model, covered } = shown;
  if (covered(player.t)) return words.covered;
  const all = network.rows.map(({ symbol }) => sayNumber(shown, symbol, player));
  const still = all.filter(({ fresh }) => !fresh);
  if (stepBefore(model, player.t) === null || still.length === all.length) return all.map(({ said }) => said).join(" ");
  const list = still.map(({ name, now }) => `${name} ${now}`).join(", ");
  return [...all.filter(({ fresh }) => fresh).map(({ said }) => said), ...(list ? [fillIn(words.said_same, { list })] : [])].join(" ");
}

// One cell of a heatmap, and what its number means.
export function sayCell(shown, symbol, player) {
  const { message: { words }, network, model, covered } = shown, { t, unit } = player;
  if (covered(t)) return words.covered;
  if (symbol === "x") return capital(fillIn(words.said_is, { name: nameIn(network, symbol), now: lengthOf(model.row(symbol, t)) }));
  const means = meaningOf(network.rows.find((row) => row.symbol === symbol)?.reads, model.row(symbol, t)[unit]);
  return sayNumber(shown, symbol, player).said + (means && ` ${capital(means)}.`);
}

export function sayEquation({ message: { words }, network: { rows }, model }, { t, unit, operation }) {
  const { symbol, title } = rows[operation];
  return fillIn(words.said_equation, { place: operation + 1, count: rows.length, name: title, now: decimals(model.row(symbol, t)[unit]) });
}
