// What a mark says to who points at it or comes to it by the keyboard: a name with its number, and what that means.
import { setText, textNode } from "./dom.js";

const GAP = 6, EDGE_GAP = 8; // px below the mark, and to the sides of the window

// `partAt` gives of an element the part that was asked, null for none; `says` its { title, means }, and its node as `at`.
export function createTip(root, signal, figure, { partAt, says }) {
  const tip = root.querySelector(".tip"), title = textNode(tip.querySelector("b")), means = textNode(tip.querySelector("span"));
  let asked = null;

  function write() {
    const said = says(asked);
    setText(title, said.title);
    setText(means, said.means);
    return said;
  }

  // A line is long: what it says stands where the hand met it.
  function ask({ target, clientX = null, clientY = null }) {
    const part = partAt(target);
    if (!part) return leave();
    asked = part;
    const { at, spread } = write(), box = at.getBoundingClientRect();
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect(), along = spread && clientX !== null;
    const middle = along ? clientX : box.left + box.width / 2, under = (along ? clientY + GAP : box.bottom) + GAP;
    const above = (along ? clientY : box.top) - GAP - height;
    tip.style.left = `${Math.max(EDGE_GAP, Math.min(middle - width / 2, window.innerWidth - width - EDGE_GAP))}px`;
    tip.style.top = `${under + height > window.innerHeight - EDGE_GAP ? above : under}px`;
  }

  function leave() {
    asked = null;
    tip.hidden = true;
  }

  figure.addEventListener("pointerover", ask, { signal });
  figure.addEventListener("focusin", (event) => event.target.matches(":focus-visible") && ask(event), { signal });
  figure.addEventListener("focusout", leave, { signal });
  // A finger that is lifted leaves nothing: what it asked for stands until it touches something else.
  figure.addEventListener("pointerout", ({ pointerType }) => pointerType === "touch" || leave(), { signal });
  document.addEventListener("pointerdown", ({ target }) => figure.contains(target) || leave(), { signal });
  window.addEventListener("scroll", leave, { signal, passive: true, capture: true });
  return { update: () => asked && write(), leave };
}
