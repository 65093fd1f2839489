// The text boxes of a Streamlit page: where typing ends, how a box of one line holds several, and that a text stays as typed.
import { BREAK, forBox, textIn } from "../core/lines.js";

const TEXT = ".st-key-text input";
const LINES = ".st-key-text input, .st-key-swap input, .st-key-instead input, .st-key-second input, .st-key-own_vocabulary input";
const LISTS = { ".st-key-labels input": " ", ".st-key-own_labels input": ", " }; // what parts the entries of these
const BOXES = "[data-testid=stTextInput] input";
const ENTER = 13;
// To a network other letters are another text: a phone's keyboard is told to leave them alone.
const AS_TYPED = { autocapitalize: "none", autocorrect: "off", spellcheck: "false" };

// `type` hears what the box of the text holds when the reader comes to it and after each change, but of no half a word
// of an input method.
export function listenToTextBoxes(signal, type) {
  const hear = ({ target, isComposing }) => isComposing || !target.matches?.(TEXT) || type(textIn(target));
  for (const change of ["focusin", "input", "compositionend"]) document.addEventListener(change, hear, { signal, capture: true });
  document.querySelectorAll(BOXES).forEach(leaveAsTyped);
  // A keyboard asks as it opens; boxes that come later are met before that.
  for (const comes of ["pointerdown", "focusin"]) {
    document.addEventListener(comes, ({ target }) => target.matches?.(BOXES) && leaveAsTyped(target), { signal, capture: true });
  }
  document.addEventListener("keydown", onEnter, { signal, capture: true });
  document.addEventListener("paste", onPaste, { signal, capture: true });
}

function leaveAsTyped(box) {
  for (const [name, value] of Object.entries(AS_TYPED)) box.setAttribute(name, value);
}

// What the box of the text holds now.
export function typedText() {
  const box = document.querySelector(TEXT);
  return box && textIn(box);
}

// As if it were typed, by a hand that leaves the focus where it is.
export function typeText(text) {
  const box = document.querySelector(TEXT);
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, forBox(text)); // past React, which keeps its own
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Has the box tell Streamlit now what it holds, and not a while after the last key. It does so at Enter; a key that has only
// Enter's number ends no typing.
export function tellText() {
  document.querySelector(TEXT)?.dispatchEvent(new KeyboardEvent("keydown", { keyCode: ENTER, bubbles: true }));
}

// Enter ends typing: the next arrow steps. The box keeps the key to itself, so it is seen on its way down.
function onEnter(event) {
  const composing = event.isComposing || event.keyCode === 229; // this Enter ends a word of an input method; Safari says it by 229
  if (event.key !== "Enter" || composing) return;
  if (event.shiftKey && event.target.matches?.(LINES)) insertText(event, BREAK);
  else if (event.target.closest?.(".st-key-text")) event.target.blur();
}

// A box of one line drops the breaks of what is pasted, and joins what they part. In JSON they part nothing.
function onPaste(event) {
  const text = event.clipboardData.getData("text/plain");
  const lists = Object.keys(LISTS).find((one) => event.target.matches?.(one));
  if (!/[\r\n]/.test(text) || (lists && /^\s*[[{]/.test(text))) return;
  if (lists) insertText(event, text.trim().replace(/[\r\n]+/g, LISTS[lists]));
  else if (event.target.matches?.(LINES)) insertText(event, text.replace(/\r\n?|\n/g, BREAK));
}

// As if it were typed: the page hears of it, and it can be undone.
function insertText(event, text) {
  event.preventDefault();
  event.stopPropagation();
  document.execCommand("insertText", false, text);
}
