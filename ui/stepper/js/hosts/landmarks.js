// What a Streamlit page does not say of its menu: that it is one, and which of its links leads to the page that is shown.
import { setAttr } from "../view/dom.js";

const dressed = new WeakMap(); // each menu, with what is said of it

export function dressMenu(data, page = document) {
  const menu = page.querySelector(".st-key-menu");
  if (!menu) return;
  // Streamlit fetches what draws its links when it needs it: they may come later, and anew.
  if (!dressed.has(menu)) new MutationObserver(() => dress(menu)).observe(menu, { childList: true, subtree: true });
  dressed.set(menu, data);
  dress(menu);
}

function dress(menu) {
  const { path, words: says } = dressed.get(menu);
  setAttr(menu, "role", "navigation");
  setAttr(menu, "aria-label", says.pages);
  for (const link of menu.querySelectorAll("[data-testid=stPageLink] a")) {
    if (link.getAttribute("href") === path) setAttr(link, "aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
