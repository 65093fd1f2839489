// Keys and touch. A key is held from the moment it goes down, long before the system repeats it, until it comes up.

export const KEYS = {
  ArrowLeft: "previous", ArrowRight: "next", Home: "first", End: "last", " ": "play",
  ArrowUp: "unit-up", ArrowDown: "unit-down", Escape: "whole",
  e: "edit", w: "wrong", l: "lines", p: "projector", c: "predict",
  1: "guess", 2: "guess", 3: "guess", 4: "guess", 5: "guess", 6: "guess",
  n: "change-on", "Shift+N": "change-back", m: "sound", "?": "keys", "Shift+?": "keys",
  "Shift+ArrowLeft": "operation-back", "Shift+ArrowRight": "operation-on",
};
export const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=slider], [role=radiogroup], [role=combobox], [role=dialog], dialog";

// Which act a key that goes down asks for; none where the reader types, or a button takes the key.
export function actOf(event, target) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return null;
  if (target.closest(TYPING)) return null;
  if (event.key === " " && target.closest("button, a, summary, [role=button], [role=option], [type=checkbox]")) return null;
  return KEYS[(event.shiftKey ? "Shift+" : "") + event.key] ?? null;
}

// What the hand holds down; `ended` is told when it has let go of everything.
export function createHold(signal, ended) {
  const held = new Set();

  function letGo(name) {
    if (held.delete(name) && !held.size) ended();
  }

  // Of a window that has lost the focus or is hidden nobody hears when a key comes up.
  function letGoOfAll() {
    if (!held.size) return;
    held.clear();
    ended();
  }

  window.addEventListener("keyup", ({ key }) => {
    if (key === "Meta") letGoOfAll(); // while Command is down a Mac tells of no other key that comes up
    else letGo(key);
  }, { signal, capture: true });
  window.addEventListener("blur", letGoOfAll, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && letGoOfAll(), { signal });
  return { hold: (name) => held.add(name), letGo, holds: () => held.size > 0 };
}

const PULLED = ".pulled, .number, input"; // what a finger moves itself

// A finger across a part of the page, which holds what it touched if `counts` says so.
export function listenToSwipes(place, signal, swiped, counts = Boolean) {
  let from = null;
  place.addEventListener("touchstart", ({ changedTouches: [touch], touches, target }) => {
    from = touches.length === 1 && counts(target) && !target.closest(PULLED) ? touch : null; // two fingers zoom
  }, { signal, passive: true });
  place.addEventListener("touchend", (event) => {
    if (!from) return;
    const to = event.changedTouches[0];
    const [x, y] = [to.clientX - from.clientX, to.clientY - from.clientY];
    if (Math.abs(x) > 40 && Math.abs(x) > 2 * Math.abs(y)) swiped(x < 0 ? 1 : -1);
  }, { signal, passive: true });
}
