// A text as tokens and rows of x, as the server reads it, or null where only the server is sure of that.
import { BREAK } from "./lines.js";

const LONGEST = 8000; // UTF-16 units of a text that is read here
const LARGEST = 1e6; // magnitude of a number

// Characters of which every version of Unicode that a browser or a server may have says the same: how they join, and
// that they can be seen. Not among them are Indic conjuncts, jamo, direction marks, and what is new.
const FAMILIAR = /^[\n -~\u00a0-\u00ac\u00ae-\u024f[[\u0370-\u052f]&&\p{L}]\u0300-\u034e\u0350-\u036f\u0591-\u05bd\u05d0-\u05ea\u0621-\u0652\u2010-\u2027\u2212\u3000-\u3002\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fef\uac00-\ud7a3\uff0c\uff1b\u2600-\u27bf\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6d5}\u{1f900}-\u{1f978}\u{1f1e6}-\u{1f1ff}\u200d\u20e3\ufe0f\u{e0020}-\u{e007f}]*$/v;
const PRINTABLE = /^[\n -~]*$/;
const UNSEEN = /^[\u200d\ufe0f\u{e0020}-\u{e007f}]/v; // at the head of a token it joins nothing
const BLANKS = /[ \u00a0\u3000]/g;
// As in Python: figures around dots and commas, single letters with dots, words; Han and kana stand alone.
const KANA = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
const ONE_LETTER = `[\\p{L}--${KANA}]\\p{M}*`;
const ENDS = "(?![\\p{L}\\p{M}\\p{N}_])";
const WORD = new RegExp([
  `(?:-?\\p{Nd}{1,3}(?:,\\p{Nd}{3})+(?:\\.\\p{Nd}+)*|-?\\p{Nd}+(?:\\.\\p{Nd}+)+)${ENDS}`,
  `${ONE_LETTER}(?:\\.${ONE_LETTER})+${ENDS}\\.?`,
  `[[\\p{L}\\p{M}\\p{N}_'’\\-\\u200c\\u200d]--${KANA}]+`,
].join("|"), "vy");
const DOTTED = /^[^.,].*[.,]/v;
const PIECE = /[\p{L}\p{M}\p{N}_'’\-]+|[^]/gv;
const NUMBER = /^[+\-]?(\d+\.?\d*|\.\d+)(e[+\-]?\d+)?$/i;
const SEGMENTER = new Intl.Segmenter("und", { granularity: "grapheme" });

// How a token is spelled to be looked up, as cells/tokens.py spells it.
const FOLDS = {
  "": (token) => token.normalize("NFC"),
  lower: (token) => token.normalize("NFC").toLowerCase(),
  plain: (token) => [...token.toLowerCase().normalize("NFD")][0],
};

const graphemesOf = (text) =>
  PRINTABLE.test(text) ? [...text] : Array.from(SEGMENTER.segment(text), ({ segment }) => segment);

function wordsOf(text) {
  const found = [];
  for (let at = 0; at < text.length;) {
    WORD.lastIndex = at;
    const [token] = WORD.exec(text) ?? graphemesOf(text.slice(at));
    at += token.length;
    if (token.trim()) found.push(token);
  }
  return found;
}

const DECIMAL_COMMA = /^([-−]?\p{Nd}+),(\p{Nd}+\*?)$/u;

// Where something else stands between numbers, a comma between digits is a decimal one, as Python says.
function numbersOf(text) {
  const parts = text.split(/[\s;，；、]+/).filter((part) => part), commas = parts.filter((part) => part.includes(","));
  if (parts.length > 1 && commas.length && commas.every((part) => DECIMAL_COMMA.test(part))) return parts.map((part) => part.replace(DECIMAL_COMMA, "$1.$2"));
  return text.split(/[\s,;，；、]+/).filter((part) => part);
}

const SPLITS = {
  characters: graphemesOf, words: wordsOf, numbers: numbersOf, marked: numbersOf,
  spaces: (text) => text.split(/\s+/).filter((part) => part),
};
const PARTED = ["words", "spaces"]; // what parts these tokens is none itself
// Vocabularies of single code points, for marks of letters and emoji have several, and those of words without dots.
const PARTS = {
  characters: (token) => [token, token.normalize("NFC"), token.normalize("NFD")].map((form) => [...form]),
  words: (token) => (DOTTED.test(token) ? [token.match(PIECE)] : []),
};

// Where each token stands, as it is spelled and folded.
export const placesOf = (tokens, fold) =>
  new Map([...tokens.map((token, place) => [FOLDS[fold](token), place]), ...tokens.map((token, place) => [token, place])]);

const tokenPlace = (token, { fold, places }) => places.get(token) ?? places.get(FOLDS[fold](token));

// A line break is a token where the network has it, however words are parted; of a token that it lacks the parts are, if it
// has all of these.
function split(text, alphabet) {
  const { mode, places, unknown } = alphabet, apart = (line) => SPLITS[mode](line);
  const knows = (token) => tokenPlace(token, alphabet) !== undefined;
  const partsOf = (token) => (knows(token) ? [token] : (PARTS[mode]?.(token) ?? []).find((parts) => parts.every(knows)) ?? [token]);
  const lines = PARTED.includes(mode) && places.has("\n") ? text.split("\n") : [text];
  const tokens = lines.flatMap((line, place) => (place ? ["\n", ...apart(line)] : apart(line)));
  return unknown === "ask" ? tokens : tokens.flatMap(partsOf);
}

// How a token stands on the strip and the axes.
const visible = (token) => token.replace(BLANKS, "␣").replaceAll("\n", BREAK);

// → { tokens, names, rows: one of x for each token, strange: the places of those that the network doesn't know } | null
export function tokenize(text, alphabet) {
  if (!alphabet || !SPLITS[alphabet.mode] || text.length > LONGEST || !FAMILIAR.test(text)) return null;
  const tokens = split(text, alphabet);
  if (!tokens.length || tokens.some((token) => UNSEEN.test(token))) return null;
  const read = SPLITS[alphabet.mode] === numbersOf ? numberRow : tokenRow, rows = [], strange = [];
  for (const [place, token] of tokens.entries()) {
    const found = read(token, alphabet);
    if (!found) return null;
    rows.push(found.row);
    if (found.strange) strange.push(place);
  }
  return { tokens, names: tokens.map(visible), rows, strange };
}

function numberRow(token, { mode }) {
  const starred = mode === "marked" && token.endsWith("*");
  const written = (starred ? token.slice(0, -1) : token).replaceAll("−", "-"), value = Number(written);
  if (!NUMBER.test(written) || !(Math.abs(value) <= LARGEST)) return null;
  return { row: Float64Array.from(mode === "marked" ? [value, Number(starred)] : [value]) };
}

function tokenRow(token, alphabet) {
  const { rows: { shape: [, features], values }, unknown, learnt } = alphabet, known = tokenPlace(token, alphabet), rowAt = (place) => values.subarray(place * features, (place + 1) * features);
  if (known !== undefined) return { row: rowAt(known) };
  if (unknown === "ask") return learnt.get(token) ?? null;
  return { row: unknown === "zero" ? new Float64Array(features) : rowAt(unknown), strange: true };
}

// What the server made of a text teaches the page tokens that it had to ask for.
export function learn(text, alphabet, { message, model }) {
  if (alphabet?.unknown !== "ask" || message.layer !== 0 || message.first !== 1 || !FAMILIAR.test(text)) return;
  const tokens = split(text, alphabet);
  if (SPLITS[alphabet.mode] === numbersOf || tokens.length !== message.total || model.steps !== message.total) return;
  tokens.forEach((token, t) => {
    if (tokenPlace(token, alphabet) !== undefined || alphabet.learnt.has(token)) return;
    alphabet.learnt.set(token, { row: model.row("x", t), strange: message.unknown.includes(t) });
  });
}
